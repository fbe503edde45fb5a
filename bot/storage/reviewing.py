"""Where the review of a conversation stands, and who has it in hand.

Decides that only one member holds a conversation at a time, for half an hour, and that a finished one is let go.
Nothing is written about a conversation that is no longer in the log: see `hold`.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, or_, select, update

from bot.storage.log_tables import VISIT
from bot.storage.review_status import ReviewStatus
from bot.storage.review_tables import REVIEW
from bot.storage.staff_tables import STAFF
from bot.storage.statements import upsert_for

CLAIM_LASTS: Final = 30 * 60
"""Seconds for which a conversation is somebody's, from the last time they said so."""


class Review(NamedTuple):
    """The review of one conversation. `claimed_by` is a member's id, empty when nobody has it in hand."""

    status: ReviewStatus = ReviewStatus.NEW
    claimed_by: str = ""
    claimed_until: int = 0
    name: str = ""


def hold(connection: Connection, ref: str) -> bool:
    """Whether the conversation is in the log; if so, it stays there until this transaction ends."""
    held = select(VISIT.c.ref).where(VISIT.c.ref == ref).with_for_update()
    return connection.execute(held).first() is not None


def review_of(connection: Connection, ref: str, now: int) -> Review:
    """Where its review stands. A claim that has run out is none."""
    row = REVIEW.c
    query = select(row.status, row.claimed_by, row.claimed_until, STAFF.c.name).select_from(
        REVIEW.outerjoin(STAFF, STAFF.c.id == row.claimed_by)
    )
    found = connection.execute(query.where(row.ref == ref)).first()
    if found is None:
        return Review()
    status = ReviewStatus(found.status)
    if not found.claimed_by or found.claimed_until <= now:
        return Review(status)
    return Review(status, found.claimed_by, found.claimed_until, found.name or "")


def claim(connection: Connection, ref: str, staff: str, now: int) -> bool:
    """Take it in hand, or keep it there. False while somebody else has it."""
    begun = case(
        (REVIEW.c.status == ReviewStatus.NEW.value, ReviewStatus.IN_REVIEW.value),
        else_=REVIEW.c.status,
    )
    values = {"claimed_by": staff, "claimed_until": now + CLAIM_LASTS}
    return _put(
        connection, ref, staff, now, values | {"status": ReviewStatus.IN_REVIEW.value}, begun
    )


def release(connection: Connection, ref: str, staff: str, now: int) -> bool:
    """Let it go; what was only begun is new again. False when it was not theirs."""
    row = REVIEW.c
    left = case(
        (row.status == ReviewStatus.IN_REVIEW.value, ReviewStatus.NEW.value), else_=row.status
    )
    own = update(REVIEW).where(row.ref == ref, row.claimed_by == staff)
    gone = own.values(claimed_by="", claimed_until=0, status=left, changed_at=now, changed_by=staff)
    return connection.execute(gone).rowcount == 1


def set_status(
    connection: Connection, ref: str, staff: str, status: ReviewStatus, now: int
) -> bool:
    """Say where it stands. Who begins has it in hand, all else lets it go. False while somebody else has it."""
    begins = status is ReviewStatus.IN_REVIEW
    values = {
        "status": status.value,
        "claimed_by": staff if begins else "",
        "claimed_until": now + CLAIM_LASTS if begins else 0,
    }
    return _put(connection, ref, staff, now, values, status.value)


def in_hand(now: int) -> ColumnElement[bool]:
    """Whether a row of `review` is somebody's."""
    return and_(REVIEW.c.claimed_by != "", REVIEW.c.claimed_until > now)


def _put(
    connection: Connection, ref: str, staff: str, now: int, values: dict[str, Any], status: Any  # noqa: ANN401 - a value or an expression
) -> bool:  # fmt: skip
    row = REVIEW.c
    new = upsert_for(connection.dialect)(REVIEW).values(
        ref=ref, changed_at=now, changed_by=staff, **values
    )
    changed = values | {"status": status, "changed_at": now, "changed_by": staff}
    free = or_(row.claimed_until <= now, row.claimed_by.in_(("", staff)))
    statement = new.on_conflict_do_update(index_elements=["ref"], set_=changed, where=free)
    return connection.execute(statement).rowcount == 1
