"""Sign-ins that failed, so that guessing is slow.

Decides how many guesses there are in a window, and that they are counted for a name from one address: whoever guesses
from elsewhere locks nobody out. Neither name nor address is kept, only a keyed hash.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, delete, func, insert, select

from bot.storage.staff_tables import ATTEMPT

WINDOW: Final = 15 * 60
MOST: Final = 10
MOST_FROM_ONE_ADDRESS: Final = 50


def too_many(connection: Connection, key: str, address_key: str, now: int) -> bool:
    """Whether another guess is refused."""
    since = now - WINDOW
    return (
        _count(connection, key, since) >= MOST
        or _count(connection, address_key, since) >= MOST_FROM_ONE_ADDRESS
    )


def note_failure(connection: Connection, key: str, address_key: str, now: int) -> None:
    """A guess failed. What is too old to count is dropped on the way."""
    connection.execute(delete(ATTEMPT).where(ATTEMPT.c.at <= now - WINDOW))
    connection.execute(insert(ATTEMPT), [{"key": key, "at": now}, {"key": address_key, "at": now}])


def forgive(connection: Connection, key: str) -> None:
    """They proved who they are: their own guesses count no longer."""
    connection.execute(delete(ATTEMPT).where(ATTEMPT.c.key == key))


def _count(connection: Connection, key: str, since: int) -> int:
    row = ATTEMPT.c
    query = select(func.count()).select_from(ATTEMPT).where(row.key == key, row.at > since)
    return connection.scalar(query) or 0
