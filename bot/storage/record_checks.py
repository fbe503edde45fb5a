"""Who looked at a record of the directory, when, and what people reported since.

Decides how reports are counted: by day and record, so that nobody can tell who reported; a check remembers how many
its own day already had, so that none is counted twice or lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select

from bot.storage.review_tables import RECORD_CHECK
from bot.storage.staff_tables import STAFF
from bot.storage.tables import TALLY
from dialogs.engine.result import EventKind

DAY = 86_400


class Check(NamedTuple):
    """Somebody looked. `changed` is what was different, in their words; `by` is empty for a member no longer known."""

    record: str
    at: int
    by: str
    changed: str


class Reports(NamedTuple):
    """How often a record was called wrong since its last check; `last` is the first second of the newest day (UTC)."""

    times: int
    last: int


def checks(connection: Connection, record: str | None = None) -> list[Check]:
    """All checks, or those of one record, the newest first."""
    row = RECORD_CHECK.c
    query = (
        select(row.record, row.at, STAFF.c.name, row.changed)
        .select_from(RECORD_CHECK.outerjoin(STAFF, STAFF.c.id == row.staff))
        .order_by(row.at.desc(), row.id.desc())
    )
    if record is not None:
        query = query.where(row.record == record)
    return [Check(name, at, by or "", text) for name, at, by, text in connection.execute(query)]


def last_checks(connection: Connection) -> dict[str, Check]:
    """The newest check of each record that has one."""
    row = RECORD_CHECK.c
    newest = select(func.max(row.id)).group_by(row.record)
    query = (
        select(row.record, row.at, STAFF.c.name, row.changed)
        .select_from(RECORD_CHECK.outerjoin(STAFF, STAFF.c.id == row.staff))
        .where(row.id.in_(newest))
    )
    found = connection.execute(query)
    return {name: Check(name, at, by or "", text) for name, at, by, text in found}


def note_check(connection: Connection, record: str, changed: str, staff: str, now: int) -> None:
    """Somebody looked at a record now."""
    row = TALLY.c
    today = now - now % DAY
    reported = connection.scalar(
        select(func.sum(row.count)).where(_is_report(), row.detail == record, row.day == today)
    )
    values = {"record": record, "at": now, "staff": staff, "changed": changed}
    connection.execute(insert(RECORD_CHECK).values(**values, reported=int(reported or 0)))


def reports_since_check(connection: Connection) -> Mapping[str, Reports]:
    """The records that were reported since their last check, or ever where there was none."""
    row, check = TALLY.c, RECORD_CHECK.c
    newest = select(func.max(check.id)).group_by(check.record)
    last = select(check.record, check.at, check.reported).where(check.id.in_(newest)).subquery()
    day_of_check = last.c.at - last.c.at % DAY
    query = (
        select(row.detail, func.sum(row.count), func.max(row.day), func.max(last.c.reported))
        .select_from(TALLY.outerjoin(last, last.c.record == row.detail))
        .where(_is_report(), or_(last.c.at.is_(None), row.day >= day_of_check))
        .group_by(row.detail)
    )
    found = (
        (name, int(n) - int(before or 0), day) for name, n, day, before in connection.execute(query)
    )
    return {name: Reports(count, day) for name, count, day in found if count > 0}


def _is_report() -> ColumnElement[bool]:
    is_report: ColumnElement[bool] = TALLY.c.kind == EventKind.REPORTED.value
    return is_report
