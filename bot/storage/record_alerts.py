"""Alerts on records of the directory: while one stands, people are not shown the record.

Decides when an alert stands, and that it is lifted, never removed. Which records may have one is decided in
`dialogs.directory.entries`.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from bot.storage.review_tables import RECORD_ALERT
from bot.storage.staff_tables import STAFF


class Alert(NamedTuple):
    """Why a record is withheld, or was. The names are empty for members who are no longer known."""

    record: str
    at: int
    by: str
    reason: str
    lifted_at: int | None
    lifted_by: str


def withheld(connection: Connection) -> frozenset[str]:
    """The records that an alert stands on."""
    row = RECORD_ALERT.c
    return frozenset(connection.scalars(select(row.record).where(row.lifted_at.is_(None))))


def alerts(connection: Connection, record: str) -> list[Alert]:
    """All alerts a record ever had, the newest first."""
    row, by, lifter = RECORD_ALERT.c, STAFF.alias(), STAFF.alias()
    query = (
        select(row.record, row.at, by.c.name, row.reason, row.lifted_at, lifter.c.name)
        .select_from(
            RECORD_ALERT.outerjoin(by, by.c.id == row.staff).outerjoin(
                lifter, lifter.c.id == row.lifted_by
            )
        )
        .where(row.record == record)
        .order_by(row.at.desc(), row.id.desc())
    )
    return [
        Alert(name, at, who or "", reason, lifted_at, lifted_by or "")
        for name, at, who, reason, lifted_at, lifted_by in connection.execute(query)
    ]


def raise_alert(connection: Connection, record: str, reason: str, staff: str, now: int) -> bool:
    """Withhold a record. False when it is withheld already."""
    row = RECORD_ALERT.c
    standing = select(row.id).where(row.record == record, row.lifted_at.is_(None))
    if connection.execute(standing).first():
        return False
    values = {"record": record, "at": now, "staff": staff, "reason": reason}
    connection.execute(insert(RECORD_ALERT).values(values))
    return True


def lift_alert(connection: Connection, record: str, staff: str, now: int) -> bool:
    """Show a record again. False when it was not withheld."""
    row = RECORD_ALERT.c
    standing = update(RECORD_ALERT).where(row.record == record, row.lifted_at.is_(None))
    lifted = connection.execute(standing.values(lifted_at=now, lifted_by=staff))
    return lifted.rowcount > 0
