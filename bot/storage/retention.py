"""How long each kind of row is kept, and removing what is older.

Decides the one table of retention. Old rows are looked for on a reading connection, because looking
takes long and nobody should wait for it; they are removed in slices.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Dialect, Engine, Table, and_, delete, or_, select
from sqlalchemy.sql.elements import ColumnElement

from bot.logs import Journal
from bot.privacy.vault import Vault
from bot.storage.conversations import Conversations
from bot.storage.engine import reading
from bot.storage.envelope import open_state
from bot.storage.statements import Each, Values
from bot.storage.tables import CONVERSATION, EVENT, OUTBOX, QUESTION, SEEN, done

SLICE = 1_000
HOUR = 3_600
DAY = 24 * HOUR
SEEN_FOR = 48 * HOUR
"""Telegram hands an update over again for at most 24 hours."""

SENT_FOR = 48 * HOUR
"""For as long a bubble can be deleted."""

Removal = Callable[[Connection], None]
_journal = Journal("retention")


@dataclass(frozen=True, slots=True)
class _Kind:
    """Rows of one table that may go, and the statement that removes them by key."""

    table: Table
    drop: Each

    def old(self, connection: Connection, which: ColumnElement[bool]) -> list[Values]:
        """The keys of at most a slice of rows."""
        columns = self.table.primary_key.columns
        found = connection.execute(select(*columns).where(which).limit(SLICE))
        return [tuple(row) for row in found]


class Retention:
    """Finds what is kept no longer.

    Conversations go `keep_days` after the last thing the person did.
    """

    def __init__(self, engine: Engine, vault: Vault, keep_days: int) -> None:
        self._engine, self._vault, self._keep_days = reading(engine), vault, keep_days
        self._conversations = Conversations(engine.dialect)
        self._seen = _kind(engine.dialect, SEEN)
        self._outbox = _kind(engine.dialect, OUTBOX)
        self._events = _kind(engine.dialect, EVENT)
        self._questions = _kind(engine.dialect, QUESTION)

    def removals(self, now: int) -> list[Removal]:
        """What is to be run in the writer thread, at most a slice of each kind; empty when all is well."""
        long_ago = now - self._keep_days * DAY
        removals: list[Removal] = []
        with self._engine.connect() as connection:
            for kind, old in (
                (self._seen, SEEN.c.at < now - SEEN_FOR),
                (self._outbox, _spent(now)),
                (self._events, EVENT.c.at < long_ago),
                (self._questions, QUESTION.c.asked_at < long_ago),
            ):
                if keys := kind.old(connection, old):
                    removals.append(_removal(kind.drop, keys))
            if idle := self._idle(connection, long_ago):
                removals.append(self._forget_idle(idle, long_ago))
        return removals

    def _idle(self, connection: Connection, before: int) -> list[str]:
        row = CONVERSATION.c
        found = connection.execute(select(row.id).where(row.updated_at < before).limit(SLICE))
        return [name for (name,) in found]

    def _forget_idle(self, names: list[str], before: int) -> Removal:
        row = CONVERSATION.c

        def remove(connection: Connection) -> None:
            # Whoever came back since they were found stays.
            idle = select(row.id, row.state).where(row.id.in_(names), row.updated_at < before)
            found = connection.execute(idle).all()
            refs = [ref for name, state in found if (ref := self._reference(name, state))]
            self._conversations.remove(connection, [name for name, _ in found])
            self._conversations.remove_events(connection, refs)

        return remove

    def _reference(self, row: str, state: bytes) -> str | None:
        try:
            return open_state(self._vault, row, state).ref if state else None
        except ValueError as error:
            # Its log rows are as old as itself, and go by their own age.
            _journal.trouble("reference_unreadable", error=error)
            return None


def _kind(dialect: Dialect, table: Table) -> _Kind:
    columns = list(table.primary_key.columns)
    return _Kind(
        table,
        Each(
            dialect,
            len(columns),
            lambda p: delete(table).where(
                and_(*(column == bind for column, bind in zip(columns, p, strict=True)))
            ),
        ),
    )


def _removal(drop: Each, keys: list[Values]) -> Removal:
    def remove(connection: Connection) -> None:
        drop.run(connection, keys)

    return remove


def _spent(now: int) -> ColumnElement[bool]:
    """Rows that were dealt with long ago, or can no longer be sent."""
    row, old = OUTBOX.c, now - SENT_FOR
    dealt_with = and_(done(row), or_(row.sent_at.is_(None), row.sent_at < old))
    return and_(row.made_at < old, or_(dealt_with, row.expires_at < now))
