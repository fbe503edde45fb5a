"""The outbox as delivery reads it, and what delivery says back.

Decides which parcel may go next: the oldest of each conversation, the most urgent and then the
freshest first, because after an outage a backlog takes hours and new replies must not wait behind
it. A safety card waits for no other parcel of its conversation. It writes nothing: marks go through the
writer thread of `bot.turns`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    Connection,
    Engine,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    or_,
    select,
)
from sqlalchemy.sql.elements import ColumnElement

from bot.logs import Journal
from bot.privacy.vault import Vault
from bot.storage.engine import reading
from bot.storage.export import export
from bot.storage.lines_json import line_in, message_in
from bot.storage.plan_json import plan_in
from bot.storage.priority import Priority
from bot.storage.tables import OUTBOX, done, pending
from dialogs.engine.lines import Line, Message
from dialogs.plan.document import Plan

_journal = Journal("outbox")


class ParcelKind(StrEnum):
    """What is to be sent."""

    MESSAGE = "message"
    DELETE = "delete"
    EXPORT = "export"
    PLAN = "plan"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing to send.

    `bubble` is the Telegram id of the bubble to edit; None: send a new one.
    """

    id: int
    conversation: str
    chat: int
    locale: str
    kind: ParcelKind
    message: Message | None
    telegram_ids: tuple[int, ...]
    bubble: int | None
    priority: int
    made_at: int
    expires_at: int | None
    tries: int
    written_at: int | None = None
    """When the person wrote what a safety card answers, UTC epoch seconds."""
    plan: Plan | None = None
    beside: str | None = None
    """The second language of the plan."""
    sign: Line | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """It was sent, or there was nothing to change.

    `also` are further bubbles a long text needed.
    """

    id: int
    telegram_id: int | None
    at: int
    also: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Postponed:
    """It could not be sent now; try again at `until`, UTC epoch seconds."""

    id: int
    until: int


@dataclass(frozen=True, slots=True)
class GivenUp:
    """It can never be sent. `code` is from a closed list, never Telegram's own words."""

    id: int
    code: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person blocked the assistant or is gone: everything that waits for them is dropped."""

    conversation: str
    id: int


Mark = Sent | Postponed | GivenUp | Unreachable


class Outbox:
    """Reads what waits. May be called from any thread."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine, self._vault = reading(engine), vault
        self._unreadable: set[int] = set()

    def heads(self, now: int, limit: int, busy: Collection[str] = ()) -> list[Parcel]:
        """At most `limit` parcels that may be sent at `now`: the first of each conversation not in `busy`.

        Not the safety cards, which wait for nothing but each other: see `alarms`.
        """
        found: list[Parcel] = []
        with self._engine.connect() as connection:
            for priority in (
                Priority.REPLY,
                Priority.LATER,
            ):  # apart, so that an index gives the order
                room = limit - len(found)
                if room > 0:
                    found += self._of(connection, priority, now, room, busy)
        return found

    def alarms(self, now: int, limit: int, busy: Collection[str] = ()) -> list[Parcel]:
        """At most `limit` safety cards that may be sent at `now`, one a conversation, none of those in `busy`."""
        with self._engine.connect() as connection:
            return self._of(connection, Priority.SAFETY, now, limit, busy)

    def export(self, conversation: str) -> bytes:
        """Everything kept about a conversation, as indented JSON."""
        with self._engine.connect() as connection:
            return export(connection, self._vault, conversation)

    def _of(
        self,
        connection: Connection,
        priority: Priority,
        now: int,
        limit: int,
        busy: Collection[str],
    ) -> list[Parcel]:
        statement = _HEADS.limit(limit + len(busy) + len(self._unreadable))
        rows = connection.execute(statement, {"now": now, "priority": priority.value}).all()
        free = (row for row in rows if row.conversation not in busy)
        parcels = (self._readable(row) for row in free if row.id not in self._unreadable)
        return [parcel for parcel in parcels if parcel][:limit]

    def _readable(self, row: Row[Any]) -> Parcel | None:
        """The parcel of a row; None, once told in the log, for one whose key is gone: it must not stop the others."""
        try:
            return self._parcel(row)
        except (ValueError, KeyError, TypeError) as error:
            _journal.failure("parcel_unreadable", row=row.id, error=error)
            self._unreadable.add(row.id)
            return None

    def _parcel(self, row: Row[Any]) -> Parcel:
        payload = orjson.loads(self._vault.open("outbox", str(row.id), row.payload))
        message, plan, sign = (payload.get(name) for name in ("message", "plan", "sign"))
        return Parcel(
            id=row.id,
            conversation=row.conversation,
            chat=payload["chat"],
            locale=row.locale,
            kind=ParcelKind(row.kind),
            message=message_in(message) if message else None,
            telegram_ids=tuple(payload.get("ids", ())),
            bubble=row.bubble if row.edit else None,
            priority=row.priority,
            made_at=row.made_at,
            expires_at=row.expires_at,
            tries=row.tries,
            written_at=payload.get("at"),
            plan=plan_in(plan) if plan else None,
            beside=payload.get("beside"),
            sign=line_in(sign) if sign else None,
        )


def _alive(row: Any) -> ColumnElement[bool]:  # noqa: ANN401 - the table or an alias of it
    now = bindparam("now", type_=BigInteger)
    return and_(pending(row), or_(row.expires_at.is_(None), row.expires_at > now))


def _heads() -> Select[Any]:
    row, other, shown = OUTBOX.c, OUTBOX.alias("earlier").c, OUTBOX.alias("shown").c
    earlier = exists().where(
        other.conversation == row.conversation,
        other.id < row.id,
        or_(row.priority > Priority.SAFETY, other.priority == Priority.SAFETY),
        _alive(other),
    )
    bubble = (
        select(shown.telegram_id)
        .where(
            shown.conversation == row.conversation,
            shown.key == row.key,
            done(shown),
            shown.telegram_id.is_not(None),
        )
        .order_by(shown.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(OUTBOX, bubble.label("bubble"))
        .where(
            _alive(row),
            row.priority == bindparam("priority"),
            row.not_before <= bindparam("now", type_=BigInteger),
            ~earlier,
        )
        .order_by(row.id.desc())
    )


_HEADS = _heads()
