"""What reviewers answered to the rubric, and how often two of them agree.

Decides what a verdict is and how agreement is measured: over the first two reviewers of each conversation, question by
question, where both answered. Who may see whose verdict is decided by the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, and_, exists, func, not_, or_, select

from bot.storage.review_tables import VERDICT
from bot.storage.staff_tables import STAFF
from bot.storage.statements import upsert_for

QUESTIONS: Final = {
    "clear": "Was it clear?",
    "safe": "Was it safe?",
    "finished": "Did they get to what they came for?",
    "language": "Was it in the right language?",
}
FEWEST: Final = 5
"""Fewer conversations say nothing about agreement."""

Said = Literal["", "yes", "no"]


class Verdict(NamedTuple):
    """One reviewer's answers; an empty one was left open."""

    staff: str
    name: str
    at: int
    clear: str
    safe: str
    finished: str
    language: str


class Agreement(NamedTuple):
    """How two reviewers answered one question. `kappa` is None where all answers are the same: it says nothing then."""

    question: str
    answers: int
    same: float
    kappa: float | None


def verdicts_of(connection: Connection, ref: str) -> list[Verdict]:
    """All verdicts on a conversation, the first first."""
    row = VERDICT.c
    query = (
        select(row.staff, STAFF.c.name, row.at, *(row[name] for name in QUESTIONS))
        .select_from(VERDICT.outerjoin(STAFF, STAFF.c.id == row.staff))
        .where(row.ref == ref)
        .order_by(row.at, row.staff)
    )
    return [Verdict(found[0], found[1] or "", *found[2:]) for found in connection.execute(query)]


def give(connection: Connection, ref: str, staff: str, answers: dict[str, str], now: int) -> None:
    """Write somebody's verdict, in place of an earlier one of theirs; it stands where it first stood."""
    new = upsert_for(connection.dialect)(VERDICT).values(ref=ref, staff=staff, at=now, **answers)
    statement = new.on_conflict_do_update(index_elements=["ref", "staff"], set_=answers)
    connection.execute(statement)


def agreement(connection: Connection) -> list[Agreement]:
    """How far first and second reviewers agree, by question."""
    one, other, third = (VERDICT.alias(name) for name in ("one", "other", "third"))
    together = and_(one.c.ref == other.c.ref, _before(one, other))
    between = and_(third.c.ref == one.c.ref, third.c.staff != one.c.staff, _before(third, other))
    answers = [column.c[name] for name in QUESTIONS for column in (one, other)]
    query = (
        select(*answers, func.count())
        .join_from(one, other, together)
        .where(not_(exists().where(between)))
        .group_by(*answers)
    )
    found = connection.execute(query).all()
    return [agreed(name, _counted(found, 2 * place)) for place, name in enumerate(QUESTIONS)]


def _before(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    """Whether a verdict was given before another."""
    same = and_(one.c.at == other.c.at, one.c.staff < other.c.staff)
    return or_(one.c.at < other.c.at, same)


def agreed(question: str, pairs: Mapping[tuple[str, str], int]) -> Agreement:
    """How often both said the same, and how much of that is more than chance (Cohen's kappa)."""
    count = sum(pairs.values())
    if not count:
        return Agreement(question, 0, 0.0, None)
    same = sum(often for (one, other), often in pairs.items() if one == other) / count
    first = sum(often for (one, _), often in pairs.items() if one == "yes") / count
    second = sum(often for (_, other), often in pairs.items() if other == "yes") / count
    chance = first * second + (1 - first) * (1 - second)
    return Agreement(question, count, same, (same - chance) / (1 - chance) if chance < 1 else None)


def _counted(found: Sequence[Sequence[Any]], place: int) -> Counter[tuple[str, str]]:
    """How often which two answers to a question were given; `place` is where they stand in a row."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in found:
        if row[place] and row[place + 1]:
            counts[row[place], row[place + 1]] += row[-1]
    return counts
