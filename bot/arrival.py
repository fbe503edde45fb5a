"""One input on its way from the outside to a turn.

Decides what the writer thread is handed: where it came from (so that it is taken exactly once), which chat it belongs
to, and what was said. It holds no Telegram type; `bot/telegram/inbound` and `bot/intake` make it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dialogs.engine.said import Said, Sent, Typed
from dialogs.understanding.reading import Reading


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

    `locale` is the client's language if one of ours fits, `client` if we have at least safety cards in it; `callback`
    answers a pressed button. `message` is the number of what was written, `written_at` when, in UTC epoch seconds.
    """

    source: Source
    id: int
    chat: int
    said: Said | Elsewhere | Gone
    locale: str | None = None
    kept: str | None = None
    callback: str | None = None
    client: str | None = None
    message: int | None = None
    written_at: int | None = None

    @property
    def reading(self) -> Reading | None:
        """What was understood of the words in it, where there are any."""
        match self.said:
            case Typed(reading=reading):
                return reading
            case Sent(caption=caption):
                return caption
            case _:
                return None

    @property
    def alarming(self) -> bool:
        """Whether there is danger in it that must be answered at once."""
        return self.reading is not None and any(signal.urgent for signal in self.reading.signals)
