"""Opening the database.

Decides the settings a connection starts with; the only module that knows what is special about
SQLite. It does not create tables: `bot.storage.migrate` does.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, event, make_url

if TYPE_CHECKING:
    from sqlite3 import Connection as SqliteConnection

BUSY_MILLISECONDS = 5_000
_READING = "reading"
_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -16384",
    # A safety net of 40 MB: `checkpoint` runs in the background long before.
    "PRAGMA wal_autocheckpoint = 10000",
)


def open_engine(url: str) -> Engine:
    """An engine for `url`.

    A directory missing for a SQLite file is made, readable by this user only.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = create_engine(parsed)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def reading(engine: Engine) -> Engine:
    """The same engine, for transactions that only read and so wait for nobody."""
    return engine.execution_options(**{_READING: True})


def checkpoint(engine: Engine, *, truncate: bool = False) -> bool:
    """Move what was committed from SQLite's log into its file; `truncate` also clears the log.
    Elsewhere a no-op.

    Returns whether all of it was done: somebody who is reading can hold back a part.
    """
    if engine.dialect.name != "sqlite":
        return True
    mode = "TRUNCATE" if truncate else "PASSIVE"
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        # It must not wait for readers: meanwhile nobody could write. It is done another time.
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            cursor.execute(f"PRAGMA wal_checkpoint({mode})")
            row: tuple[int, int, int] = cursor.fetchall()[0]
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
            cursor.close()
    finally:
        raw.close()
    busy, in_log, moved = row
    return not busy and in_log == moved


def _prepare(connection: SqliteConnection, _record: object) -> None:
    # The driver's own BEGIN comes too late to lock before reading.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()


def _begin(connection: Connection) -> None:
    is_reading = connection.get_execution_options().get(_READING, False)
    # The driver's own cursor: SQLAlchemy's way costs more than the statement.
    connection.connection.cursor().execute("BEGIN" if is_reading else "BEGIN IMMEDIATE").close()
