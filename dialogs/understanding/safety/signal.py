"""What was read out of a text about danger: a signal, its category and how sure it is.

Decides the closed lists everybody else speaks in. It reads no text and knows no card.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How to answer. The order here is the order of weight."""

    NOW = "now"  # the card, at once
    CHECK = "check"  # one question with buttons first: "Is this happening now?"
    SOON = "soon"  # no emergency, but time matters
    NOTE = "note"  # no danger; it changes what is said afterwards (a child writes)


class Category(StrEnum):
    """What the danger is about. The order here decides between two signals of one level."""

    UNCONSCIOUS = "unconscious"
    BREATHING = "breathing"
    CARDIAC = "cardiac"
    STROKE = "stroke"
    OVERDOSE = "overdose"
    ANAPHYLAXIS = "anaphylaxis"
    CHILD = "child"
    PREGNANCY = "pregnancy"
    BLEEDING = "bleeding"
    INJURY = "injury"
    OTHER_EMERGENCY = "other_emergency"
    SELFHARM = "selfharm"
    ABUSE = "abuse"
    TIME = "time"
    CHILD_WRITES = "child_writes"


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign found. `sign` is its name in `signs.yaml`, `language` the lexicon that found it."""

    category: Category
    level: Level
    sign: str
    language: str

    @property
    def urgent(self) -> bool:
        """Whether it stops everything, for a card or a question."""
        return self.level in (Level.NOW, Level.CHECK)

    @property
    def weight(self) -> tuple[int, int]:
        """Sorts the gravest signal first."""
        return list(Level).index(self.level), list(Category).index(self.category)


def graver(one: str, other: str) -> str:
    """The graver of two codes "category.level"; an empty one is no danger."""
    return min(one, other, key=lambda code: _WEIGHTS.get(code, _NO_DANGER))


_WEIGHTS = {
    f"{category}.{level}": (rank, place)
    for rank, level in enumerate(Level)
    for place, category in enumerate(Category)
}
_NO_DANGER = (len(Level), 0)
