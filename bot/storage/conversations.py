"""The rows of conversations, for the writer thread.

Decides how a batch locks, writes and removes them: one statement for all. What is inside `state` is
no concern here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Select, delete, select, update

from bot.storage.statements import Binds, Each, Whole, upsert_for
from bot.storage.tables import CONVERSATION, OUTBOX, QUESTION, TIMER, done, pending


@dataclass(frozen=True, slots=True)
class Found:
    """A row as stored. `state` is sealed, empty before the first turn."""

    id: str
    chat_hash: str
    locale: str | None
    state: bytes
    unreachable: bool


Saved = tuple[str | None, bytes, int, bool, str]
"""locale, sealed state, updated_at, unreachable, id."""

Born = tuple[str, str, int]
"""id, chat_hash, updated_at."""


class Conversations:
    """Statements on `conversation` and on everything that hangs on one."""

    def __init__(self, dialect: Dialect) -> None:
        row = CONVERSATION.c
        upsert = upsert_for(dialect)

        def lock(keys: Sequence[Binds]) -> Select[Any]:
            return (
                select(row.id, row.chat_hash, row.locale, row.state, row.unreachable)
                .where(row.chat_hash.in_([key for (key,) in keys]))
                .order_by(row.chat_hash)
                .with_for_update()
            )

        self._lock = Whole(dialect, 1, lock)
        self._claim = Each(
            dialect,
            3,
            lambda p: (
                upsert(CONVERSATION)
                .values(id=p[0], chat_hash=p[1], updated_at=p[2], state=b"", unreachable=False)
                .on_conflict_do_nothing(index_elements=["chat_hash"])
            ),
        )
        self._save = Each(
            dialect,
            5,
            lambda p: (
                update(CONVERSATION)
                .where(row.id == p[4])
                .values(locale=p[0], state=p[1], updated_at=p[2], unreachable=p[3])
            ),
        )
        self._cut_off = Each(
            dialect,
            1,
            lambda p: update(CONVERSATION).where(row.id == p[0]).values(unreachable=True),
        )
        self._drop_pending = Each(
            dialect,
            1,
            lambda p: delete(OUTBOX).where(OUTBOX.c.conversation == p[0], pending(OUTBOX.c)),
        )
        self._drop_rows = [
            Each(dialect, 1, lambda p: delete(CONVERSATION).where(row.id == p[0])),
            Each(
                dialect,
                1,
                lambda p: delete(OUTBOX).where(OUTBOX.c.conversation == p[0], done(OUTBOX.c)),
            ),
        ]
        self._drop_timers = Each(
            dialect, 1, lambda p: delete(TIMER).where(TIMER.c.conversation == p[0])
        )
        self._drop_questions = Each(
            dialect, 1, lambda p: delete(QUESTION).where(QUESTION.c.conversation == p[0])
        )

    def lock(self, connection: Connection, hashes: Collection[str]) -> list[Found]:
        """The rows of these chats, locked in key order until the transaction ends."""
        rows = self._lock.run(connection, [(key,) for key in sorted(hashes)])
        return [Found(*row) for row in rows]

    def claim(self, connection: Connection, born: Sequence[Born]) -> None:
        """Make empty rows, in key order; one that another process just made is left alone."""
        self._claim.run(connection, sorted(born, key=lambda row: row[1]))

    def save(self, connection: Connection, rows: Sequence[Saved]) -> None:
        """Write the state of rows that are locked."""
        self._save.run(connection, rows)

    def cut_off(self, connection: Connection, ids: Sequence[str]) -> None:
        """Nothing can be sent there: drop what waits to be sent. Timers stay, because one of them forgets."""
        rows = [(each,) for each in ids]
        self._cut_off.run(connection, rows)
        self._drop_pending.run(connection, rows)

    def remove(self, connection: Connection, ids: Sequence[str]) -> None:
        """Remove the rows, and all timers, questions and outbox rows of these conversations."""
        rows = [(each,) for each in ids]
        drops = (*self._drop_rows, self._drop_pending, self._drop_timers, self._drop_questions)
        for drop in drops:
            drop.run(connection, rows)
