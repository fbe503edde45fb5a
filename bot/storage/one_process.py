"""One program per SQLite file.

Decides that a second process on the same file is refused, clearly and at once: two writers that each number the outbox
would send what the other has sent. The lock is SQLite's own, on a small file beside the database, so that it goes with
the process however it ends. Other databases need no such lock.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import make_url


class TakenError(RuntimeError):
    """Another process uses this database."""


class OneProcess:
    """Holds the lock until `release`. Does nothing for a database in memory or on a server."""

    def __init__(self, url: str) -> None:
        """Raises TakenError when another process holds it."""
        self._connection: sqlite3.Connection | None = None
        where = make_url(url)
        if where.get_backend_name() != "sqlite" or where.database in {None, "", ":memory:"}:
            return
        path = Path(f"{where.database}.lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, isolation_level=None, timeout=0, check_same_thread=False)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            connection.close()
            raise TakenError(str(path)) from error
        self._connection = connection

    def release(self) -> None:
        """Let others use the database."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
