"""What a page may ask for, as the person in front of it or as the weather at Telegram's end.

Decides the shape of `POST /demo/act` and what each act does to the World. What the World makes of it is its own.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from bot.demo.world import World
from bot.demo.world_faults import SENDS, Faults

SENDABLE = Literal["voice", "photo", "video", "document", "location", "contact", "sticker"]
MAX_PERSON: Final = 99
MOST_TROUBLE: Final = 20
MOST_HOURS: Final = 24 * 366
_PAUSE: Final = 2
"""Seconds a flooded bot is told to wait."""


class _Act(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    person: int = Field(ge=1, le=MAX_PERSON)


class Says(_Act):
    """Types a text."""

    action: Literal["says"]
    text: str = Field(min_length=1, max_length=4096)


class Taps(_Act):
    """Presses a button."""

    action: Literal["taps"]
    message_id: int
    data: str


class Sends(_Act):
    """Sends something that is not text."""

    action: Literal["sends"]
    kind: SENDABLE
    caption: str | None = Field(default=None, max_length=1024)


class Edits(_Act):
    """Changes a text sent before."""

    action: Literal["edits"]
    message_id: int
    text: str = Field(min_length=1, max_length=4096)


class Blocks(_Act):
    """Blocks the bot, or lets it in again."""

    action: Literal["blocks", "unblocks"]


class Language(_Act):
    """Sets the language of the Telegram app; None: the app does not tell."""

    action: Literal["language"]
    code: str | None = Field(default=None, pattern=r"^[a-z]{2,3}(-[a-z0-9]{2,8})?$")


class Clear(_Act):
    """Empties the chat on this person's side only."""

    action: Literal["clear"]


class Trouble(_Act):
    """The next calls that send something go wrong at Telegram's end, whomever they are for."""

    action: Literal["flood", "lost"]
    times: int = Field(default=1, ge=1, le=MOST_TROUBLE)


class Switch(_Act):
    """Turns a way of delivering updates on or off."""

    action: Literal["duplicate", "reorder", "late"]
    on: bool


class Pass(_Act):
    """Moves the clock of the demo on."""

    action: Literal["pass"]
    hours: int = Field(ge=1, le=MOST_HOURS)


class Restart(_Act):
    """Stops the program and starts it again on the same database."""

    action: Literal["restart"]


Act = Annotated[
    Says | Taps | Sends | Edits | Blocks | Language | Clear | Trouble | Switch | Pass | Restart,
    Field(discriminator="action"),
]
ACT: Final[TypeAdapter[Act]] = TypeAdapter(Act)

InChat = Says | Taps | Sends | Edits | Blocks


def perform(world: World, user: int, act: InChat) -> dict[str, Any]:
    """Do it; the Update the bot gets. Raises LookupError for what a Telegram app could not do."""
    match act:
        case Says():
            return world.says(user, act.text)
        case Taps():
            return world.taps(user, act.message_id, act.data)
        case Sends():
            return world.sends(user, act.kind, act.caption)
        case Edits():
            return world.edits(user, act.message_id, act.text)
        case Blocks(action="blocks"):
            return world.blocks(user)
        case Blocks():
            return world.unblocks(user)


def disturb(faults: Faults, act: Trouble | Switch) -> None:
    """Let something go wrong."""
    match act:
        case Trouble(action="flood"):
            faults.next_429(_PAUSE, SENDS, act.times)
        case Trouble():
            faults.lose_answer(act.times, SENDS)
        case Switch(action="duplicate"):
            faults.duplicate_updates = act.on
        case Switch(action="reorder"):
            faults.reorder = act.on
        case Switch():
            faults.late_updates = act.on
