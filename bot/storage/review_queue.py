"""What waits for a reviewer, in order.

Decides the order: danger first, then the most turns that were not understood, then what has waited longest. One
reviewed conversation in five waits for a second reviewer, who is not the first; which ones, the reference says.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, not_, or_, select

from bot.storage.log_tables import VISIT
from bot.storage.review_status import UNREAD, ReviewStatus
from bot.storage.review_tables import REVIEW, VERDICT
from bot.storage.reviewing import claim, in_hand
from dialogs.understanding.safety.signal import Level

SECOND_SHARE: Final = 5
"""One in so many is read twice."""
_ENDINGS: Final = [f"{number:02x}" for number in range(0, 256, SECOND_SHARE)]
_URGENT: Final = (Level.NOW, Level.CHECK)
MOST_TRIES: Final = 10
MOST_COUNTED: Final = 1_000


class Waiting(NamedTuple):
    """A conversation that waits. `second`: somebody reviewed it, and a second reviewer is wanted."""

    ref: str
    last_at: int
    locale: str
    turns: int
    misses: int
    signal: str
    second: bool


def waiting(connection: Connection, staff: str, now: int, most: int) -> list[Waiting]:
    """What this member could take next, the first first."""
    row = VISIT.c
    urgent = and_(row.signal != "", or_(*(row.signal.like(f"%.{level}") for level in _URGENT)))
    danger = _first(connection, staff, now, urgent, most)
    return [*danger, *_first(connection, staff, now, not_(urgent), most - len(danger))]


def how_many_wait(connection: Connection, staff: str, now: int) -> int:
    """How many conversations this member could take, counted up to `MOST_COUNTED` and one."""
    some = _open(select(VISIT.c.ref), staff, now).limit(MOST_COUNTED + 1).subquery()
    return connection.scalar(select(func.count()).select_from(some)) or 0


def take_next(connection: Connection, staff: str, now: int) -> str | None:
    """Take the first in hand that nobody else takes at the same moment; None when nothing waits."""
    found = waiting(connection, staff, now, MOST_TRIES)
    return next((each.ref for each in found if claim(connection, each.ref, staff, now)), None)


def in_hands_of(connection: Connection, staff: str, now: int) -> list[str]:
    """The references of what this member has in hand."""
    own = select(REVIEW.c.ref).where(in_hand(now), REVIEW.c.claimed_by == staff)
    return [ref for (ref,) in connection.execute(own.order_by(REVIEW.c.claimed_until))]


def read_twice(ref: str) -> bool:
    """Whether this conversation is one of those that two people review."""
    return ref[-2:] in _ENDINGS


def _first(
    connection: Connection, staff: str, now: int, which: ColumnElement[bool], most: int
) -> list[Waiting]:
    row = VISIT.c
    second = func.coalesce(REVIEW.c.status == ReviewStatus.REVIEWED.value, false())
    columns = (row.ref, row.last_at, row.locale, row.turns, row.misses, row.signal, second)
    query = _open(select(*columns), staff, now).where(which).limit(most)
    found = connection.execute(query.order_by(row.misses.desc(), row.last_at, row.ref))
    return [Waiting._make(each) for each in found]


def _open(query: Select[Any], staff: str, now: int) -> Select[Any]:
    row, verdict = REVIEW.c, VERDICT.c
    untouched = or_(row.ref.is_(None), row.status.in_([each.value for each in UNREAD]))
    given = select(func.count()).where(verdict.ref == VISIT.c.ref).scalar_subquery()
    own = select(verdict.ref).where(verdict.ref == VISIT.c.ref, verdict.staff == staff).exists()
    second = and_(
        row.status == ReviewStatus.REVIEWED.value,
        func.substr(VISIT.c.ref, func.length(VISIT.c.ref) - 1, 2).in_(_ENDINGS),
        given == 1,
        not_(own),
    )
    return (
        query.select_from(VISIT.outerjoin(REVIEW, row.ref == VISIT.c.ref))
        .where(or_(untouched, second))
        .where(or_(row.ref.is_(None), not_(in_hand(now))))
    )
