"""The tables of the de-identified log, as SQLModel classes.

Decides columns, keys and indexes of what staff may read. It holds no queries.
Codes are plain, so that they can be counted and filtered; kept text, and what the assistant showed, are sealed.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, Boolean, Index, LargeBinary
from sqlmodel import Field, SQLModel

from bot.storage.tables import ROW_NUMBER, partial, table_of


class Act(StrEnum):
    """What a person did, or what came by itself."""

    TYPED = "typed"
    TAPPED = "tapped"
    COMMAND = "command"
    SENT = "sent"  # something that is not text
    EDITED = "edited"
    TIMER = "timer"
    RETURNED = "returned"


class VisitRow(SQLModel, table=True):
    """A conversation as the log knows it, by a random reference: what a list of conversations shows.

    `turns`, `misses` and `texts` count its logged turns, those in which something was not understood, and those with
    kept text. `locale` and `place` are of the last turn; `signal` is the gravest, `outcome` the furthest.
    """

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_newest", "last_at", "ref"),
        Index("ix_visit_queue", "misses", "last_at", "ref"),
        Index("ix_visit_locale", "locale", "last_at", "ref"),
        Index("ix_visit_outcome", "outcome", "last_at", "ref"),
        partial("ix_visit_signal", ("last_at", "ref"), "signal <> ''"),
    )

    ref: str = Field(primary_key=True, max_length=32)
    began_at: int = Field(sa_type=BigInteger)
    last_at: int = Field(sa_type=BigInteger)
    locale: str = Field(max_length=16)
    switched: bool = Field(sa_type=Boolean)
    turns: int
    misses: int
    signal: str = Field(max_length=64)
    place: str = Field(max_length=128)
    outcome: str = Field(max_length=16)
    texts: int


class TurnRow(SQLModel, table=True):
    """One input of such a conversation, and where it led.

    `number` counts all its inputs. `before` and `place` are the states open before and after; `choice`, `intent`,
    `repair` and `signal` are codes, or empty. `waited`: seconds between writing and this turn, where that is known.
    `text` and `shown` are sealed, under the row's `bot.storage.log.sealed_as`; empty where nothing may be kept.
    """

    __tablename__ = "turn"
    __table_args__ = (
        Index("ix_turn_ref", "ref", "id"),
        partial("ix_turn_missed", ("locale", "at", "id"), "repair <> '' AND text IS NOT NULL"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_NUMBER)
    ref: str = Field(max_length=32)
    number: int
    at: int = Field(sa_type=BigInteger)
    act: str = Field(max_length=16)
    locale: str = Field(max_length=16)
    before: str = Field(max_length=128)
    place: str = Field(max_length=128)
    choice: str = Field(max_length=128)
    intent: str = Field(max_length=128)
    repair: str = Field(max_length=16)
    signal: str = Field(max_length=64)
    waited: int | None = Field(default=None, sa_type=BigInteger)
    text: bytes | None = Field(default=None, sa_type=LargeBinary)
    shown: bytes | None = Field(default=None, sa_type=LargeBinary)


class EventRow(SQLModel, table=True):
    """What happened in a turn, in codes only: what funnels count."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_reached", "place", "kind", "ref", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(index=True, max_length=32)
    at: int = Field(sa_type=BigInteger)
    kind: str = Field(max_length=32)
    place: str = Field(max_length=128)
    detail: str = Field(max_length=128)


class PhraseRow(SQLModel, table=True):
    """A sentence of ours that was shown to somebody, in English; `shown` names it by its hash."""

    __tablename__ = "phrase"

    hash: str = Field(primary_key=True, max_length=32)
    context: str
    msgid: str
    plural: str | None = None


VISIT = table_of("visit")
TURN = table_of("turn")
EVENT = table_of("event")
PHRASE = table_of("phrase")
