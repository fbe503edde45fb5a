"""How many taps lie between a person and what they came for.

Decides the goals and how each is measured, by what a walk found with the real engine. A goal that nobody reaches is as
bad as one that is too far. Taps after /start are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dialogs.checks.walk import Walk
from dialogs.engine.conversation import Place
from dialogs.mistakes import Mistake

Measure = Callable[[Walk], int | None]
"""The taps a walk needed; None when it never got there."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A distance that may not grow. `name` reads on after "taps "."""

    name: str
    most: int
    measure: Measure


@dataclass(frozen=True, slots=True)
class Distance:
    """A goal as it was measured in one language."""

    goal: Goal
    locale: str
    taps: int | None

    def __str__(self) -> str:
        """One line for the report."""
        taps = "never reached" if self.taps is None else self.taps
        return f"taps {self.goal.name} ({self.locale}): {taps}, at most {self.goal.most}"


def from_start(place: Place) -> Measure:
    """The shortest way from /start to where a state is shown."""

    def measure(walked: Walk) -> int | None:
        path = walked.paths.get(place)
        return len(path) - 1 if path else None

    return measure


def from_anywhere(name: str) -> Measure:
    """The longest way to menu, person or stop, over every state."""

    def measure(walked: Walk) -> int | None:
        ways = [near.get(name) for near in walked.help_at.values()]
        known = [taps for taps in ways if taps is not None]
        return max(known) if known and len(known) == len(ways) else None

    return measure


GOALS = (
    Goal("from /start to the first fitting option", 6, from_start(Place("options", "results"))),
    Goal("from any state to a person", 2, from_anywhere("person")),
)


def distances(walks: Sequence[Walk]) -> list[Distance]:
    """Every goal in every language that was walked."""
    return [
        Distance(goal, walked.locale, goal.measure(walked)) for goal in GOALS for walked in walks
    ]


def far(found: Sequence[Distance]) -> Iterator[Mistake]:
    """The goals that are missed."""
    for each in found:
        if each.taps is None or each.taps > each.goal.most:
            yield Mistake("flows", 1, str(each), "shorten the way, or ask less before it")
