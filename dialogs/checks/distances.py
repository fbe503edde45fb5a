"""How many taps lie between a person and what they came for.

Decides the goals and how each is measured, by what a walk found with the real engine. A goal that nobody reaches is as
bad as one that is too far. Taps after /start are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dialogs.book import Book
from dialogs.checks.walk import NOON, Walk
from dialogs.engine.conversation import Conversation, Place
from dialogs.engine.result import Turn
from dialogs.engine.said import Command, Facts, Tap
from dialogs.engine.turn import take_turn
from dialogs.mistakes import Mistake

Measure = Callable[[Book, Walk], int | None]
"""The taps a way needs, as a walk found it or as it is gone now; None when it never gets there."""


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

    def measure(_: Book, walked: Walk) -> int | None:
        path = walked.paths.get(place)
        return len(path) - 1 if path else None

    return measure


def from_anywhere(name: str) -> Measure:
    """The longest way to menu, person or stop, over every state."""

    def measure(_: Book, walked: Walk) -> int | None:
        ways = [near.get(name) for near in walked.help_at.values()]
        known = [taps for taps in ways if taps is not None]
        return max(known) if known and len(known) == len(ways) else None

    return measure


def interviewed(*, more: bool, press: Callable[[Turn], str]) -> Measure:
    """From /start to a plan, with `press` answering each question; with `more`, the whole interview."""
    ways = {
        "menu.main": "prepare",
        "prepare.ready": "more" if more else "plan",
        "details.summary": "plan",
    }

    def measure(book: Book, walked: Walk) -> int | None:
        turn = take_turn(book, Conversation(walked.locale), Command("start"), Facts(NOON))
        for taps in range(MOST_TAPS):
            top = turn.conversation.top
            if top is None or top.place == PLAN:
                return taps if top else None
            choice = ways.get(str(top.place))
            data = f"{top.asked}:{choice}" if choice else press(turn)
            turn = take_turn(book, turn.conversation, Tap(data), Facts(NOON))
        return None

    return measure


def _first(turn: Turn) -> str:
    """The button that stands first."""
    return next(b.press for row in turn.messages[-1].rows for b in row if b.press)


def _skip(turn: Turn) -> str:
    """Skip; where nothing can be skipped, the button that stands first."""
    found = (b.press for row in turn.messages[-1].rows for b in row if b.press)
    return next((press for press in found if press.endswith(":<skip")), _first(turn))


PLAN = Place("plan", "pages")
MOST_TAPS = 60
GOALS = (
    Goal("from /start to the first fitting option", 6, from_start(Place("options", "results"))),
    Goal("from /start to a plan, each question answered", 8, interviewed(more=False, press=_first)),
    Goal("from /start to a plan, all asked and skipped", 18, interviewed(more=True, press=_skip)),
    Goal("from any state to a person", 2, from_anywhere("person")),
)


def distances(book: Book, walks: Sequence[Walk]) -> list[Distance]:
    """Every goal in every language that was walked."""
    return [
        Distance(goal, walked.locale, goal.measure(book, walked))
        for goal in GOALS
        for walked in walks
    ]


def far(found: Sequence[Distance]) -> Iterator[Mistake]:
    """The goals that are missed."""
    for each in found:
        if each.taps is None or each.taps > each.goal.most:
            yield Mistake("flows", 1, str(each), "shorten the way, or ask less before it")
