"""The tables, as SQLModel classes.

Decides columns, keys and indexes. It holds no queries. Times are UTC epoch seconds; sealed columns
hold what `bot.privacy.vault` made; nothing here holds a word a person wrote. What staff may read
stands in `log_tables`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    Table,
    literal_column,
    text,
)
from sqlmodel import Field, SQLModel

ROW_NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""On SQLite the row's own number, which needs no index of its own."""

KEY_ONLY = {"sqlite_with_rowid": False}
"""A SQLite table that is its primary key's index."""


class Status(StrEnum):
    """Where an outbox row stands. MERGED: a newer row says it instead."""

    PENDING = "pending"
    SENT = "sent"
    MERGED = "merged"
    GIVEN_UP = "given_up"


def partial(name: str, columns: tuple[str, ...], where: str) -> Index:
    """An index over the rows for which `where` holds."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class ConversationRow(SQLModel, table=True):
    """One chat. `state` is sealed; empty while the first turn is still being taken."""

    __tablename__ = "conversation"

    id: str = Field(primary_key=True, max_length=32)
    chat_hash: str = Field(unique=True, max_length=40)
    locale: str | None = Field(default=None, max_length=16)
    state: bytes = Field(sa_type=LargeBinary)
    updated_at: int = Field(sa_type=BigInteger)
    unreachable: bool = Field(sa_type=Boolean, default=False)


class SeenRow(SQLModel, table=True):
    """An input that was taken."""

    __tablename__ = "seen"
    __table_args__ = KEY_ONLY

    source: str = Field(primary_key=True, max_length=16)
    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    at: int = Field(sa_type=BigInteger)


class OutboxRow(SQLModel, table=True):
    """Something to send. `payload` is sealed, and emptied once the row is no longer pending.

    `erase` rows vanish when sent: farewells, and answers in places where no conversation is held.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        partial("ix_outbox_next", ("priority", "id"), "status = 'pending'"),
        partial("ix_outbox_waiting", ("conversation", "id"), "status = 'pending'"),
        partial("ix_outbox_done", ("conversation", "key", "id"), "status <> 'pending'"),
    )

    id: int = Field(primary_key=True, sa_type=ROW_NUMBER, sa_column_kwargs={"autoincrement": False})
    conversation: str = Field(max_length=32)
    kind: str = Field(max_length=16)
    locale: str = Field(max_length=16)
    key: int = Field(sa_type=BigInteger)
    edit: bool = Field(sa_type=Boolean)
    erase: bool = Field(sa_type=Boolean)
    priority: int
    made_at: int = Field(sa_type=BigInteger)
    expires_at: int | None = Field(default=None, sa_type=BigInteger)
    not_before: int = Field(default=0, sa_type=BigInteger)
    tries: int = 0
    status: str = Field(default=Status.PENDING, max_length=16)
    telegram_id: int | None = Field(default=None, sa_type=BigInteger)
    pieces: str | None = Field(default=None)
    sent_at: int | None = Field(default=None, sa_type=BigInteger)
    payload: bytes = Field(sa_type=LargeBinary)


class TimerRow(SQLModel, table=True):
    """An input that is due later. `id` is random and never used again, so that it fires once."""

    __tablename__ = "timer"

    conversation: str = Field(primary_key=True, max_length=32)
    name: str = Field(primary_key=True, max_length=64)
    id: int = Field(unique=True, sa_type=BigInteger)
    due: int = Field(sa_type=BigInteger, index=True)
    stamp: int = Field(sa_type=BigInteger)


class TallyRow(SQLModel, table=True):
    """A daily counter. `day` is the epoch second at which the day began, in UTC."""

    __tablename__ = "tally"
    __table_args__ = KEY_ONLY

    day: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    kind: str = Field(primary_key=True, max_length=32)
    place: str = Field(primary_key=True, max_length=128)
    detail: str = Field(primary_key=True, max_length=128)
    count: int = Field(sa_type=BigInteger)


class QuestionRow(SQLModel, table=True):
    """De-identified words for staff: a question, or a worry nobody understood. `text` and `answer` are sealed.

    `stamp` is that of the timer with which the answer comes in. `answered_by` is the id of the member who wrote
    the answer; that to an `alarmed` one is read by another, too.
    """

    __tablename__ = "question"

    id: str = Field(primary_key=True, max_length=32)
    conversation: str = Field(max_length=32, index=True)
    kind: str = Field(max_length=16)
    locale: str = Field(max_length=16)
    state: str = Field(max_length=16)
    alarmed: bool = Field(sa_type=Boolean)
    stamp: int = Field(sa_type=BigInteger)
    asked_at: int = Field(sa_type=BigInteger, index=True)
    text: bytes = Field(sa_type=LargeBinary)
    answer: bytes | None = Field(default=None, sa_type=LargeBinary)
    answered_at: int | None = Field(default=None, sa_type=BigInteger)
    answered_by: str | None = Field(default=None, max_length=64)


def table_of(name: str) -> Table:
    """The table of that name, for Core statements."""
    return SQLModel.metadata.tables[name]


CONVERSATION = table_of("conversation")
SEEN = table_of("seen")
OUTBOX = table_of("outbox")
TIMER = table_of("timer")
TALLY = table_of("tally")
QUESTION = table_of("question")


def pending(row: Any) -> ColumnElement[bool]:  # noqa: ANN401 - the outbox's columns, or an alias's
    """Whether an outbox row waits.

    Written out, because a bound value would not use the partial indexes.
    """
    is_pending: ColumnElement[bool] = row.status == literal_column("'pending'")
    return is_pending


def done(row: Any) -> ColumnElement[bool]:  # noqa: ANN401 - as above
    """Whether an outbox row no longer waits."""
    is_done: ColumnElement[bool] = row.status != literal_column("'pending'")
    return is_done
