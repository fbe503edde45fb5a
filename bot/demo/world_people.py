"""People, chats and bubbles of the emulated Telegram, and how the Bot API shows them.

Decides the JSON of a user, a chat and a message. It does not decide what people do (`world_acts`) nor what the bot may
send (`world_messages`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from bot.demo.world_html import Entity, to_html

Json = dict[str, Any]

# Where real Telegram puts the reply markup: only inline keyboards are part of a message.
_INLINE: Final = "inline_keyboard"


class ChatKind(StrEnum):
    """The four kinds of chat."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(slots=True)
class Person:
    """Somebody with a Telegram client. `language_code` is the client's, as the client spells it."""

    id: int
    first_name: str
    language_code: str | None
    blocked: bool = False
    deleted: bool = False

    @property
    def json(self) -> Json:
        """The User object."""
        shown: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.language_code:
            shown["language_code"] = self.language_code
        return shown


@dataclass(slots=True)
class Bubble:
    """A message as it stands now. `versions` are the texts it had before, oldest first."""

    message: Json
    from_bot: bool
    keyboard: Json | None = None
    versions: list[str] = field(default_factory=list)

    @property
    def view(self) -> Json:
        """The Message object plus what a chat page wants to know."""
        text: str = self.message.get("text") or self.message.get("caption", "")
        entities: list[Entity] = (
            self.message.get("entities") or self.message.get("caption_entities") or []
        )
        return {
            **self.message,
            "from_bot": self.from_bot,
            "edited": "edit_date" in self.message,
            "html": to_html(text, entities),
            "keyboard": self.keyboard,
        }

    def set_markup(self, markup: Json | None) -> None:
        """Replace the keyboard; an inline one is shown in the message, the others only beside it."""
        self.message.pop("reply_markup", None)
        self.keyboard = None
        if markup and _INLINE in markup:
            if markup[_INLINE]:
                self.message["reply_markup"] = markup
        else:
            self.keyboard = markup


@dataclass(slots=True)
class Chat:
    """A chat the bot can see, with its messages by id, in order."""

    id: int
    kind: ChatKind
    name: str
    open: bool = False
    bubbles: dict[int, Bubble] = field(default_factory=dict)

    @property
    def json(self) -> Json:
        """The Chat object."""
        named = "first_name" if self.kind is ChatKind.PRIVATE else "title"
        return {"id": self.id, "type": self.kind.value, named: self.name}
