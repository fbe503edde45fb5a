"""Removing what was kept long enough.

Decides which rows are older than the periods of `dialogs.kept_for`. Old rows are looked for on a reading connection,
because looking takes long and nobody should wait for it; they are removed in slices.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, Dialect, Engine, Table, and_, delete, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from bot.logs import Journal
from bot.privacy.vault import Vault
from bot.storage.conversations import Conversations
from bot.storage.engine import reading
from bot.storage.envelope import open_state
from bot.storage.hanging import OF_A_REF
from bot.storage.log import Log
from bot.storage.log_tables import VISIT
from bot.storage.statements import Each, Values
from bot.storage.tables import CONVERSATION, OUTBOX, QUESTION, SEEN, TALLY, done
from dialogs.kept_for import PERIODS, Kind

SLICE = 1_000
FEW = 100
"""References at a time: each has many rows."""
DAY = 24 * 3_600
_journal = Journal("retention")


class Removal(NamedTuple):
    """Rows of a kind that may go. `run` removes them and returns how many there were."""

    kind: Kind
    run: Callable[[Connection], int]


Old = Callable[[int, int], ColumnElement[bool]]
"""A time, and now -> whether a row is from before that time, and done with."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """What is old in a table, and the statement that removes it by key."""

    table: Table
    old: Old
    drop: Each

    def keys(self, connection: Connection, before: int, now: int) -> list[Values]:
        """The keys of at most a slice of rows."""
        columns = self.table.primary_key.columns
        found = connection.execute(select(*columns).where(self.old(before, now)).limit(SLICE))
        return [tuple(row) for row in found]


class Retention:
    """Finds what is kept no longer. `keep_days` is the period of what has none of its own."""

    def __init__(self, engine: Engine, vault: Vault, keep_days: int) -> None:
        self._engine, self._vault, self._keep_days = reading(engine), vault, keep_days
        self._conversations = Conversations(engine.dialect)
        self._log = Log(engine.dialect, vault)
        self._rules = _rules(engine.dialect)

    def removals(self, now: int) -> list[Removal]:
        """What is to be run one by one, at most a slice of each kind; empty when all is well.

        Conversations come last, when nothing that hangs on them is old by itself.
        """
        with self._engine.connect() as connection:
            found = [*self._of_rules(connection, now), *self._of_the_log(connection, now)]
            return found or self._idle(connection, now)

    def due(self, now: int) -> dict[Kind, int]:
        """How many rows of each kind `removals` removes, all slices together. What waits to be sent, and timers, go
        with their conversation and are not counted.
        """
        with self._engine.connect() as connection:
            old = {
                kind: _count(connection, rule.table, rule.old(self._before(kind, now), now))
                for kind, rule in self._rules.items()
            }
            refs = select(VISIT.c.ref).where(VISIT.c.last_at < self._before(Kind.LOG, now))
            logged = [_count(connection, table, table.c.ref.in_(refs)) for table in OF_A_REF]
            idle = CONVERSATION.c.updated_at < self._before(Kind.CONVERSATIONS, now)
            return {
                Kind.CONVERSATIONS: _count(connection, CONVERSATION, idle),
                Kind.LOG: sum(logged),
                **old,
            }

    def _before(self, kind: Kind, now: int) -> int:
        return now - PERIODS[kind].of(self._keep_days) * DAY

    def _of_rules(self, connection: Connection, now: int) -> list[Removal]:
        found = []
        for kind, rule in self._rules.items():
            if keys := rule.keys(connection, self._before(kind, now), now):
                found.append(Removal(kind, _dropping(rule.drop, keys)))
        return found

    def _of_the_log(self, connection: Connection, now: int) -> list[Removal]:
        old = VISIT.c.last_at < self._before(Kind.LOG, now)
        refs = list(connection.scalars(select(VISIT.c.ref).where(old).limit(FEW)))

        def remove(connection: Connection) -> int:
            still = select(VISIT.c.ref).where(VISIT.c.ref.in_(refs), old)
            return self._log.remove(connection, list(connection.scalars(still)))

        return [Removal(Kind.LOG, remove)] if refs else []

    def _idle(self, connection: Connection, now: int) -> list[Removal]:
        row = CONVERSATION.c
        old = row.updated_at < self._before(Kind.CONVERSATIONS, now)
        names = list(connection.scalars(select(row.id).where(old).limit(SLICE)))

        def remove(connection: Connection) -> int:
            # Whoever came back since they were found stays.
            idle = select(row.id, row.state).where(row.id.in_(names), old)
            found = connection.execute(idle).all()
            refs = [ref for name, state in found if (ref := self._reference(name, state))]
            self._conversations.remove(connection, [name for name, _ in found])
            self._log.remove(connection, refs)
            return len(found)

        return [Removal(Kind.CONVERSATIONS, remove)] if names else []

    def _reference(self, row: str, state: bytes) -> str | None:
        try:
            return open_state(self._vault, row, state).ref if state else None
        except ValueError as error:
            # Its log rows are as old as itself, and go by their own age.
            _journal.trouble("reference_unreadable", error=error)
            return None


def _rules(dialect: Dialect) -> dict[Kind, _Rule]:
    """The kinds whose rows go one by one."""
    return {
        Kind.QUESTIONS: _rule(dialect, QUESTION, lambda before, _: QUESTION.c.asked_at < before),
        Kind.MESSAGES: _rule(dialect, OUTBOX, _spent),
        Kind.INPUTS: _rule(dialect, SEEN, lambda before, _: SEEN.c.at < before),
        Kind.COUNTS: _rule(dialect, TALLY, lambda before, _: TALLY.c.day < before),
    }


def _rule(dialect: Dialect, table: Table, old: Old) -> _Rule:
    columns = list(table.primary_key.columns)
    drop = Each(
        dialect,
        len(columns),
        lambda p: delete(table).where(
            and_(*(column == bind for column, bind in zip(columns, p, strict=True)))
        ),
    )
    return _Rule(table, old, drop)


def _dropping(drop: Each, keys: list[Values]) -> Callable[[Connection], int]:
    return lambda connection: drop.run(connection, keys)


def _count(connection: Connection, table: Table, old: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(old)) or 0


def _spent(before: int, now: int) -> ColumnElement[bool]:
    """Rows that were dealt with long ago, or can no longer be sent."""
    row = OUTBOX.c
    dealt_with = and_(done(row), or_(row.sent_at.is_(None), row.sent_at < before))
    return and_(row.made_at < before, or_(dealt_with, row.expires_at < now))
