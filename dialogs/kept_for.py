"""How long what is kept: the one table of periods.

Decides the periods that people are told in /privacy, that staff are shown, and that `bot.storage.retention` carries
out. It removes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from dialogs.directory.phrases import together
from dialogs.engine.conversation import Frame
from dialogs.engine.lines import Line
from dialogs.engine.registry import Registry, Shown, Situation

YEAR = 365


class Kind(StrEnum):
    """A kind of rows that go together, at the same age."""

    CONVERSATIONS = "conversations"
    LOG = "log"
    QUESTIONS = "questions"
    MESSAGES = "messages"
    INPUTS = "inputs"
    COUNTS = "counts"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Period:
    """For how many days at most; None: as many as the operator set, `BOT_KEEP_DAYS`."""

    what: Line
    days: int | None = None

    def of(self, keep_days: int) -> int:
        """The days, where the operator set `keep_days`."""
        return keep_days if self.days is None else self.days


PERIODS: Mapping[Kind, Period] = {
    Kind.CONVERSATIONS: Period(Line("kept_for.conversations", "Your place here, if you stay away")),
    Kind.LOG: Period(Line("kept_for.log", "What staff may read, if you said yes")),
    Kind.QUESTIONS: Period(Line("kept_for.questions", "A question to our staff, and its answer")),
    Kind.MESSAGES: Period(Line("kept_for.messages", "Which messages here are mine"), 2),
    Kind.INPUTS: Period(Line("kept_for.inputs", "That a message of yours was answered"), 2),
    Kind.COUNTS: Period(
        Line("kept_for.counts", "What I count each day, with nothing about you"), 3 * YEAR
    ),
    Kind.AUDIT: Period(Line("kept_for.audit", "Which of our staff read what"), YEAR),
}
"""CONVERSATIONS and LOG count from what the person did last, all others from when they were made."""

IN_DAYS = Line("kept_for.in_days", "• {what}: {count} day", {}, "• {what}: {count} days")
IN_YEARS = Line("kept_for.in_years", "• {what}: {count} year", {}, "• {what}: {count} years")


def kept_for() -> Registry:
    """What the flow `privacy` may name."""
    return Registry(views={"periods": _periods})


def told(period: Period, keep_days: int) -> Line:
    """One row of the table, for people."""
    days = period.of(keep_days)
    if period.days is not None and days % YEAR == 0:
        return replace(IN_YEARS, params={"what": period.what}, count=days // YEAR)
    return replace(IN_DAYS, params={"what": period.what}, count=days)


def _periods(at: Situation, _frame: Frame) -> Shown:
    lines = tuple(told(period, at.facts.keep_days) for period in PERIODS.values())
    return Shown((together(lines, "below"),))
