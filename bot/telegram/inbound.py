"""From Telegram's JSON to our own small update: only the fields this program reads.

Decides what of an update is looked at. What people wrote becomes a `SecretStr` at once. It takes no decision about an
update, and nothing odd in it is an error: a shape we do not know is an update with nothing to read, which is
still taken and acknowledged. Only an update without a usable id cannot be one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core import from_json

from dialogs.engine.said import Unreadable

LARGEST = 2**63 - 1

Id = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
Present = Annotated[bool, BeforeValidator(lambda value: value is not None)]
"""A field whose content is never looked at: only whether it is there."""


Name = Annotated[
    SecretStr | None, BeforeValidator(lambda value: value if isinstance(value, str) else None)
]
Moment = Annotated[int, BeforeValidator(lambda value: value if type(value) is int else 0)]
"""UTC epoch seconds. These and names only help: an odd one must not cost the message it comes with."""


class Shape(BaseModel):
    """What every model here keeps to: strict types, unknown fields ignored, no content in errors."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, strict=True, hide_input_in_errors=True, populate_by_name=True
    )


class Chat(Shape):
    """Where something happened. `type` is "private", "group", "supergroup" or "channel"."""

    id: Id
    type: str = "private"

    @property
    def private(self) -> bool:
        """Whether this is a conversation with one person."""
        return self.type == "private"


class User(Shape):
    """Who did it. `language_code` is what the client says, such as "pt-br".

    The names are read for one purpose, in memory: to take them out of what the person writes.
    """

    id: Id
    is_bot: bool = False
    language_code: str | None = None
    first_name: Name = None
    last_name: Name = None
    username: Name = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names the person goes by on Telegram."""
        given = (self.first_name, self.last_name, self.username)
        return tuple(name.get_secret_value() for name in given if name)


class Entity(Shape):
    """A part of a text that Telegram knows to be a phone number, a link, a mention. Counted in UTF-16 units."""

    type: str
    offset: int = Field(ge=0, le=LARGEST)
    length: int = Field(ge=0, le=LARGEST)


def _entities(value: object) -> list[Entity]:
    """Those that can be read. An odd one must not cost the message it stands in."""
    listed = value if isinstance(value, list) else []
    found = []
    for one in listed:
        with suppress(ValidationError):
            found.append(Entity.model_validate(one))
    return found


Entities = Annotated[list[Entity], BeforeValidator(_entities)]


class Message(Shape):
    """A message: its text or caption, and which kinds of content it carries. `date` is UTC epoch seconds."""

    message_id: int
    chat: Chat
    sender: User | None = Field(default=None, alias="from")
    date: Moment = 0
    edit_date: Moment = 0
    text: SecretStr | None = None
    caption: SecretStr | None = None
    entities: Entities = Field(default_factory=list)
    caption_entities: Entities = Field(default_factory=list)
    voice: Present = False
    audio: Present = False
    photo: Present = False
    video: Present = False
    video_note: Present = False
    animation: Present = False
    document: Present = False
    location: Present = False
    venue: Present = False
    contact: Present = False
    sticker: Present = False
    poll: Present = False
    dice: Present = False
    story: Present = False
    game: Present = False
    checklist: Present = False
    paid_media: Present = False

    @property
    def known_parts(self) -> list[tuple[int, int, str]]:
        """What Telegram itself found in the text or caption: start, end (in characters) and kind."""
        text, found = (
            (self.text, self.entities) if self.text else (self.caption, self.caption_entities)
        )
        units = text.get_secret_value().encode("utf-16-le", "surrogatepass") if text else b""
        return [
            (
                _characters(units, each.offset),
                _characters(units, each.offset + each.length),
                each.type,
            )
            for each in found
        ]

    @property
    def written_at(self) -> int:
        """When it was written, or last changed."""
        return self.edit_date or self.date

    @property
    def content(self) -> Unreadable | None:
        """Which kind of thing was sent that is not text; None for texts and for service messages."""
        return next((kind for name, kind in _KINDS if getattr(self, name)), None)


def _characters(units: bytes, offset: int) -> int:
    """How many characters stand before an offset that Telegram counts in UTF-16 units."""
    return len(units[: 2 * offset].decode("utf-16-le", "ignore"))


_KINDS = (
    ("voice", Unreadable.VOICE),
    ("audio", Unreadable.VOICE),
    ("photo", Unreadable.PHOTO),
    ("video", Unreadable.VIDEO),
    ("video_note", Unreadable.VIDEO),
    ("animation", Unreadable.VIDEO),  # before document: Telegram sets both
    ("document", Unreadable.DOCUMENT),
    ("location", Unreadable.LOCATION),
    ("venue", Unreadable.LOCATION),
    ("contact", Unreadable.CONTACT),
    ("sticker", Unreadable.STICKER),
    ("poll", Unreadable.OTHER),
    ("dice", Unreadable.OTHER),
    ("story", Unreadable.OTHER),
    ("game", Unreadable.OTHER),
    ("checklist", Unreadable.OTHER),
    ("paid_media", Unreadable.OTHER),
)


class Origin(Shape):
    """The message a pressed button hangs on; Telegram may no longer know more of it than this."""

    message_id: int
    chat: Chat


class CallbackQuery(Shape):
    """A pressed button. `data` may be old, doubled, or made up."""

    id: str
    sender: User = Field(alias="from")
    data: str | None = None
    message: Origin | None = None

    @property
    def chat(self) -> Chat:
        """The chat of the button, or the person's own when Telegram does not name it."""
        return self.message.chat if self.message else Chat(id=self.sender.id)


class Standing(Shape):
    """How the assistant stands in a chat: "member", "kicked", "left", "administrator" …"""

    status: str

    @property
    def inside(self) -> bool:
        """Whether the assistant can be talked to there."""
        return self.status not in ("kicked", "left")


class Membership(Shape):
    """The assistant was blocked, unblocked, or added to or removed from a group."""

    chat: Chat
    sender: User | None = Field(default=None, alias="from")
    old: Standing = Field(alias="old_chat_member")
    new: Standing = Field(alias="new_chat_member")

    @property
    def gone(self) -> bool:
        """Whether nothing can be sent there any more."""
        return not self.new.inside

    @property
    def came(self) -> bool:
        """Whether this let the assistant in."""
        return self.new.inside and not self.old.inside


class Update(Shape):
    """One thing that happened. At most one field besides the id is set; none when there is nothing we read."""

    update_id: int = Field(ge=0, le=LARGEST)
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: Membership | None = None


ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update asked for; Telegram keeps this setting until it is changed."""


@dataclass(frozen=True, slots=True)
class MalformedUpdate:
    """Something that is no update: it has no usable id, and so cannot even be acknowledged one by one."""


def parse_update(raw: bytes | Mapping[str, Any]) -> Update | MalformedUpdate:
    """The update in `raw`, JSON bytes or the object they hold. Never raises for anything that was sent."""
    try:
        if isinstance(raw, bytes):
            return Update.model_validate_json(raw)
        return Update.model_validate(raw)
    except (ValidationError, RecursionError):
        return _bare(parse_json(raw) if isinstance(raw, bytes) else raw)


def parse_json(raw: bytes) -> object:
    """The value in `raw`, or None when it is not JSON. Half a character pair is let through, as Python does."""
    for read in (from_json, json.loads):
        try:
            value: object = read(raw)
        except (ValueError, RecursionError):
            continue
        return value
    return None


def _bare(value: object) -> Update | MalformedUpdate:
    number = value.get("update_id") if isinstance(value, Mapping) else None
    if isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= LARGEST:
        return Update(update_id=number)
    return MalformedUpdate()
