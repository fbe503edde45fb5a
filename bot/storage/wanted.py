"""Which conversations of the log somebody wants: all filters of the list, of searches and of exports.

Decides what each filter means, as a condition on `visit` joined with `review`. How they stand in an address is the
console's concern.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from bot.storage.log_tables import EVENT, VISIT
from bot.storage.review_status import ReviewStatus
from bot.storage.review_tables import LABELLED, REVIEW, VERDICT
from dialogs.engine.result import EventKind
from dialogs.understanding.safety.signal import Category, Level

STATUS: Final = func.coalesce(REVIEW.c.status, ReviewStatus.NEW.value)
"""Where the review of a visit stands, also of one without a row in `review`."""
RARELY: Final = 20_000
"""Times that a place was shown, up to which it was shown rarely."""

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is empty, None or False rules nothing out; everything else has to hold at once.

    `since` and `until` are about the last turn, in UTC epoch seconds, `until` exclusive. Of each group of places in
    `reached` one was shown. `reviewer` is a member's id: they hold the claim, or gave a verdict. `unassigned`: nobody
    does, or did. `dangers` are categories of which one was seen.
    """

    since: int | None = None
    until: int | None = None
    language: str = ""
    switched: bool = False
    reached: tuple[tuple[str, ...], ...] = ()
    outcome: str = ""
    fewest_turns: int | None = None
    most_turns: int | None = None
    fewest_misses: int | None = None
    dangers: tuple[Category, ...] = ()
    with_text: bool = False
    label: str = ""
    statuses: tuple[ReviewStatus, ...] = ()
    reviewer: str = ""
    unassigned: bool = False

    def conditions(self, connection: Connection, now: int) -> list[Condition]:
        """What has to hold. `now` tells which claims still do."""
        shown = [_shown(connection, places) for places in self.reached]
        return [*shown, *self._of_the_visit(), *self._of_the_review(now)]

    def _of_the_visit(self) -> Iterator[Condition]:
        row = VISIT.c
        if self.since is not None:
            yield row.last_at >= self.since
        if self.until is not None:
            yield row.last_at < self.until
        if self.language:
            yield row.locale == self.language
        if self.switched:
            yield row.switched
        if self.outcome:
            yield row.outcome == self.outcome
        yield from self._of_its_length()
        if self.dangers:
            yield _in_danger(self.dangers)
        if self.with_text:
            yield row.texts > 0

    def _of_its_length(self) -> Iterator[Condition]:
        row = VISIT.c
        if self.fewest_turns is not None:
            yield row.turns >= self.fewest_turns
        if self.most_turns is not None:
            yield row.turns <= self.most_turns
        if self.fewest_misses is not None:
            yield row.misses >= self.fewest_misses

    def _of_the_review(self, now: int) -> Iterator[Condition]:
        if self.label:
            labelled = select(LABELLED.c.ref).where(LABELLED.c.label == self.label)
            yield VISIT.c.ref.in_(labelled)
        if self.statuses:
            yield STATUS.in_([status.value for status in self.statuses])
        if self.reviewer:
            yield or_(_claimed(now, self.reviewer), _judged(self.reviewer))
        if self.unassigned:
            yield and_(~func.coalesce(_claimed(now), false()), ~_judged())


def claimed_by(now: int) -> ColumnElement[str]:
    """Who holds the claim; empty when nobody does."""
    return case((_claimed(now), REVIEW.c.claimed_by), else_="")


def _claimed(now: int, by: str = "") -> Condition:
    row = REVIEW.c
    holder = row.claimed_by == by if by else row.claimed_by != ""
    return and_(row.claimed_until > now, holder)


def _judged(by: str = "") -> Condition:
    row = VERDICT.c
    theirs = (row.staff == by,) if by else ()
    return select(row.ref).where(row.ref == VISIT.c.ref, *theirs).exists()


def _shown(connection: Connection, places: tuple[str, ...]) -> Condition:
    """One of the places was shown. What was shown rarely is looked up, what was shown often is looked for one
    conversation at a time: each is slow where the other is fast.
    """
    row = EVENT.c
    there = and_(row.kind == EventKind.SHOWN.value, row.place.in_(places))
    some = select(literal(1)).where(there).limit(RARELY + 1).subquery()
    if (connection.scalar(select(func.count()).select_from(some)) or 0) <= RARELY:
        return VISIT.c.ref.in_(select(row.ref).where(there))
    return select(row.ref).where(row.ref == VISIT.c.ref, there).exists()


def _in_danger(categories: tuple[Category, ...]) -> Condition:
    """Written out in part, because a bound value would not use the partial index."""
    seen = VISIT.c.signal != literal_column("''")
    if set(categories) == set(Category):
        return seen
    codes = [f"{category}.{level}" for category in categories for level in Level]
    return and_(seen, VISIT.c.signal.in_(codes))
