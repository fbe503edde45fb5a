"""Figures of everybody, from the daily counters.

Decides what is counted: turns, and those in which nothing was understood. Nobody's consent is needed for them, because
they hold no person: a day, a code, a number.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, func, select

from bot.storage.tables import TALLY
from dialogs.engine.result import EventKind

TURN = "turn"
"""The counter of turns."""


class Turns(NamedTuple):
    """How many turns there were, and in how many something was not understood."""

    number: int
    missed: int


def turns(connection: Connection, since: int) -> Turns:
    """Of everybody, from the beginning of a day on."""
    row = TALLY.c
    kinds = (TURN, EventKind.MISSED.value)
    counted = (
        select(row.kind, func.sum(row.count))
        .where(row.day >= since, row.kind.in_(kinds))
        .group_by(row.kind)
    )
    found = {kind: int(number) for kind, number in connection.execute(counted)}
    return Turns(*(found.get(kind, 0) for kind in kinds))
