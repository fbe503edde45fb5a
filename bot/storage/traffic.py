"""Daily counters of everybody, read for figures: how often people went from one state to another.

Decides which counters are added up. They know no conversation. It hides no number; whoever shows one does.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from bot.storage.tables import TALLY

DAY = 86_400
MOVED = "moved"


def midnight(now: int, days: int) -> int:
    """When the last `days` days began, today among them, in UTC epoch seconds."""
    return now - now % DAY - (days - 1) * DAY


def moves(connection: Connection, since: int, least: int = 1) -> dict[tuple[str, str], int]:
    """How often a turn led from one place to another since that day, where that is `least` times or more; the first is
    empty at the beginning.
    """
    row = TALLY.c
    often = func.sum(row.count)
    counted = select(row.place, row.detail, often).where(row.day >= since, row.kind == MOVED)
    found = connection.execute(counted.group_by(row.place, row.detail).having(often >= least))
    return {(source, target): int(count) for source, target, count in found}


def happened(
    connection: Connection, places: Sequence[str], since: int
) -> dict[tuple[str, str, str], int]:
    """How often each kind of thing happened at these places since that day, by place, kind and detail."""
    row = TALLY.c
    counted = select(row.place, row.kind, row.detail, func.sum(row.count)).where(
        row.day >= since, row.kind != MOVED, row.place.in_(places)
    )
    found = connection.execute(counted.group_by(row.place, row.kind, row.detail))
    return {(place, kind, detail): int(count) for place, kind, detail, count in found}
