"""What people said is wrong in the directory: how often, and when last, by record.

Decides what staff see of reports until there is a console. Only daily counters exist: nobody can tell who reported, or
what was wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from sqlalchemy import Engine, func, select

from bot.storage.engine import reading
from bot.storage.tables import TALLY
from dialogs.engine.result import EventKind


class Reported(NamedTuple):
    """One record that was reported."""

    record: str
    times: int
    last: date


def reported(engine: Engine) -> list[Reported]:
    """The records that were reported, the most often first."""
    row = TALLY.c
    count, last = func.sum(row.count), func.max(row.day)
    query = select(row.detail, count, last).where(row.kind == EventKind.REPORTED.value)
    with reading(engine).connect() as connection:
        rows = connection.execute(query.group_by(row.detail)).all()
    found = [
        Reported(name, int(n), datetime.fromtimestamp(day, UTC).date()) for name, n, day in rows
    ]
    return sorted(found, key=lambda each: (-each.times, each.record))


def told(found: list[Reported]) -> Iterator[str]:
    """One line for each record."""
    for each in found:
        yield f"{each.record}: {each.times}, last on {each.last.isoformat()}"
    if not found:
        yield "nothing was reported"
