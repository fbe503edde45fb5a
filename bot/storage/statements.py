"""Core statements compiled once, and run on the driver's own cursor, for the turns.

Decides how a batch reaches the database cheaply: SQLAlchemy writes the SQL a single time and keeps
connection and transaction; rows go in and come out as plain tuples. It knows no table. Types pass
as the driver takes them (int, str, bytes, bool, None), and errors are the driver's own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import BindParameter, Connection, Dialect, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.base import Executable

MOST = 64
Values = tuple[Any, ...]
Binds = tuple[BindParameter[Any], ...]


def upsert_for(dialect: Dialect) -> Callable[..., Any]:
    """The `insert` that knows ON CONFLICT, of the database in use."""
    return postgresql.insert if dialect.name == "postgresql" else sqlite.insert


class _Compiled:
    """The SQL of one statement and the order in which it wants its values, constants included."""

    def __init__(self, dialect: Dialect, statement: Executable, names: Sequence[str]) -> None:
        compiled = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
        self.sql: str = str(compiled)
        constants = {name: value for name, value in compiled.params.items() if name not in names}
        self._names = (*names, *constants)
        self._constants = tuple(constants.values())
        wanted: Sequence[str] | None = compiled.positiontup if dialect.positional else None
        self._by_name = wanted is None
        self._pick: Callable[[Values], Values] | None = None
        if wanted is not None and tuple(wanted) != tuple(names):
            self._pick = _picker([self._names.index(name) for name in wanted])

    def values(self, row: Values) -> Any:  # noqa: ANN401 - a tuple or a dict, as the driver wants
        """`row` as the driver takes it."""
        if self._by_name:
            return dict(zip(self._names, row + self._constants, strict=True))
        return self._pick(row + self._constants) if self._pick else row


def _picker(places: Sequence[int]) -> Callable[[Values], Values]:
    if len(places) == 1:
        place = places[0]
        return lambda row: (row[place],)
    return itemgetter(*places)


class Each:
    """A statement run for every row of a list, with no result."""

    def __init__(self, dialect: Dialect, width: int, build: Callable[[Binds], Executable]) -> None:
        """`build` gets `width` bind parameters and returns the statement for one row."""
        binds: Binds = tuple(bindparam(f"p{i}") for i in range(width))
        self._compiled = _Compiled(dialect, build(binds), [b.key for b in binds])

    def run(self, connection: Connection, rows: Sequence[Values]) -> int:
        """Run it; nothing happens for no rows. The number of rows that were touched."""
        if not rows:
            return 0
        compiled = self._compiled
        cursor = connection.connection.cursor()
        if len(rows) == 1:
            cursor.execute(compiled.sql, compiled.values(rows[0]))
        else:
            cursor.executemany(compiled.sql, [compiled.values(row) for row in rows])
        touched = cursor.rowcount
        cursor.close()
        return touched


class Whole:
    """One statement over a list of rows, with a result.

    Lists are padded with their last row to the next power of two, so the statement must not mind a
    row given twice.
    """

    def __init__(
        self, dialect: Dialect, width: int, build: Callable[[Sequence[Binds]], Executable]
    ) -> None:
        self._dialect, self._width, self._build = dialect, width, build
        self._compiled: dict[int, _Compiled] = {}

    def run(self, connection: Connection, rows: Sequence[Values]) -> list[Values]:
        """All results, in no order."""
        found: list[Values] = []
        for start in range(0, len(rows), MOST):
            found += self._some(connection, rows[start : start + MOST])
        return found

    def _some(self, connection: Connection, rows: Sequence[Values]) -> list[Values]:
        size = 1 << (len(rows) - 1).bit_length()
        compiled = self._compiled.get(size) or self._compile(size)
        flat = [value for row in rows for value in row]
        flat += list(rows[-1]) * (size - len(rows))
        cursor = connection.connection.cursor()
        cursor.execute(compiled.sql, compiled.values(tuple(flat)))
        found = cursor.fetchall()
        cursor.close()
        return list(found)

    def _compile(self, size: int) -> _Compiled:
        rows: list[Binds] = [
            tuple(bindparam(f"p{i}_{j}") for j in range(self._width)) for i in range(size)
        ]
        names = [bind.key for row in rows for bind in row]
        self._compiled[size] = _Compiled(self._dialect, self._build(rows), names)
        return self._compiled[size]
