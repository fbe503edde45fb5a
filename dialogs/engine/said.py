"""What can reach a conversation: the closed list of inputs, and the facts that come with them.

Decides the shape of an input. It does not read text: `Typed` carries a Reading made before. One door for all of
them: `dialogs.engine.turn.take_turn`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple

from dialogs.understanding.reading import Reading


class Unreadable(StrEnum):
    """What a person can send that this program does not read."""

    VOICE = "voice"
    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"
    LOCATION = "location"
    CONTACT = "contact"
    STICKER = "sticker"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Tap:
    """A pressed button, with the data it carried: possibly old, doubled, or made up.

    `before` is the text that a safety card was shown for, while it is still in memory.
    """

    press: str
    before: Reading | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """A text. `edited` when it replaces an earlier one."""

    reading: Reading
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A `/command` from our closed list of names. `word` is its argument when that is one of ours, else empty."""

    name: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that is not text. `caption` is what was written under it."""

    what: Unreadable
    caption: Reading | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A timer that fired. Stale, and without effect, unless `stamp` is the one the conversation knows."""

    timer: str
    stamp: int


@dataclass(frozen=True, slots=True)
class Returned:
    """The person unblocked the assistant."""


Said = Tap | Typed | Command | Sent | Due | Returned


class Staff(NamedTuple):
    """Whether people answer questions here, and within how many hours half of the answers came; None: too few yet."""

    active: bool = False
    usual_hours: int | None = None


class Facts(NamedTuple):
    """What the world contributes to a turn. `now` is UTC epoch seconds; `kept` the de-identified text that came in,
    where it may be kept: the person's, or with a timer what staff answered.

    `message` is the number of the message that came in; `client` the language of the person's phone, where it is one of
    those we have safety cards in. `withheld` are the ids of records that staff took back while they look into them.
    """

    now: int
    kept: str | None = None
    keep_days: int = 90
    refs: frozenset[str] = frozenset()
    message: int | None = None
    client: str | None = None
    staff: Staff = Staff()
    withheld: frozenset[str] = frozenset()

    @property
    def today(self) -> date:
        """The date of `now`, in UTC."""
        return datetime.fromtimestamp(self.now, UTC).date()
