"""One input on its way from the outside to a turn.

Decides what the writer thread is handed: where it came from (so that it is taken exactly once), which chat it belongs
to, and what was said. It holds no Telegram type; `bot/telegram/inbound` and `bot/intake` make it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dialogs.engine.said import Said


class Source(StrEnum):
    """Who hands out the ids that make an input unique."""

    TELEGRAM = "telegram"
    TIMER = "timer"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody called the assistant in a group or channel, where it does not hold conversations."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The person blocked the assistant: nothing can be sent until they come back."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An input, addressed.

    `locale` is the client's language if one of ours fits; `callback` answers a pressed button.
    """

    source: Source
    id: int
    chat: int
    said: Said | Elsewhere | Gone
    locale: str | None = None
    kept: str | None = None
    callback: str | None = None
