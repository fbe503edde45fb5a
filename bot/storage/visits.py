"""Conversations of the log as a list, newest first.

Decides what a list shows of each, how it is paged (by the key of the last one seen, so that nothing is skipped or shown
twice while others arrive), and how far it is counted. Which ones are wanted is decided in `wanted`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, literal, select, tuple_

from bot.storage.log_tables import VISIT
from bot.storage.review_tables import LABEL, LABELLED, REVIEW
from bot.storage.wanted import STATUS, Wanted, claimed_by

PAGE: Final = 50
COUNTED: Final = 10_000
"""More are not counted one by one: nobody reads them one by one either."""


class Key(NamedTuple):
    """Where a conversation stands in the list."""

    last_at: int
    ref: str


class Listed(NamedTuple):
    """A conversation in the list. `claimed_by` is a member's id, empty when nobody holds a claim."""

    ref: str
    last_at: int
    locale: str
    switched: bool
    turns: int
    texts: int
    misses: int
    signal: str
    outcome: str
    status: str
    claimed_by: str

    @property
    def key(self) -> Key:
        """Where it stands."""
        return Key(self.last_at, self.ref)


@dataclass(frozen=True, slots=True)
class Page:
    """Some conversations, newest first. `newer` and `older` are keys to go on from; None where there is nothing."""

    visits: list[Listed]
    newer: Key | None = None
    older: Key | None = None


def page(
    connection: Connection,
    wanted: Wanted,
    now: int,
    *,
    before: Key | None = None,
    after: Key | None = None,
    size: int = PAGE,
) -> Page:
    """The newest conversations; or those next older than `before`; or those next newer than `after`."""
    if after is not None:
        found = _found(connection, wanted, now, _key > _value(after), size + 1, newest=False)
        if len(found) > size:
            kept = found[:size][::-1]
            return Page(kept, newer=kept[0].key, older=kept[-1].key)
        before = None
    beyond = _key < _value(before) if before else None
    found = _found(connection, wanted, now, beyond, size + 1)
    kept, more = found[:size], len(found) > size
    newer = kept[0].key if kept and before else before
    return Page(kept, newer=newer, older=kept[-1].key if more else None)


def older(
    connection: Connection, wanted: Wanted, now: int, before: Key | None, most: int
) -> list[Listed]:
    """At most so many, the next older than `before`."""
    beyond = _key < _value(before) if before else None
    return _found(connection, wanted, now, beyond, most)


def refs(connection: Connection, wanted: Wanted, now: int, most: int) -> list[str]:
    """The references of at most so many, newest first."""
    row = VISIT.c
    query = _chosen(connection, select(row.ref), wanted, now).limit(most)
    return list(connection.scalars(query.order_by(row.last_at.desc(), row.ref.desc())))


def count(connection: Connection, wanted: Wanted, now: int) -> int:
    """How many there are; one more than `COUNTED` when there are more than that."""
    some = _chosen(connection, select(literal(1)), wanted, now).limit(COUNTED + 1).subquery()
    return connection.scalar(select(func.count()).select_from(some)) or 0


def labels(connection: Connection, *, retired: bool = True) -> dict[str, str]:
    """The names of labels by id, by default retired ones included: conversations still carry them."""
    named = select(LABEL.c.id, LABEL.c.name).order_by(LABEL.c.name)
    if not retired:
        named = named.where(~LABEL.c.retired)
    return dict(connection.execute(named).all())


def labels_of(connection: Connection, refs: Sequence[str]) -> Mapping[str, list[str]]:
    """The names of each conversation's labels, in the order of the alphabet."""
    row = LABELLED.c
    named = (
        select(row.ref, LABEL.c.name)
        .join_from(LABELLED, LABEL, LABEL.c.id == row.label)
        .where(row.ref.in_(refs))
        .order_by(LABEL.c.name)
    )
    names = defaultdict(list)
    for ref, name in connection.execute(named):
        names[ref].append(name)
    return names


_key: Final = tuple_(VISIT.c.last_at, VISIT.c.ref)
_OF_THE_VISIT: Final = Listed._fields[: Listed._fields.index("status")]


def _value(key: Key) -> Any:  # noqa: ANN401 - a tuple of two types
    return tuple_(literal(key.last_at), literal(key.ref))


def _found(
    connection: Connection,
    wanted: Wanted,
    now: int,
    beyond: ColumnElement[bool] | None,
    most: int,
    *,
    newest: bool = True,
) -> list[Listed]:
    row = VISIT.c
    columns = [row[name] for name in _OF_THE_VISIT]
    shown = select(*columns, STATUS, claimed_by(now))
    query = _chosen(connection, shown, wanted, now).limit(most)
    if beyond is not None:
        query = query.where(beyond)
    keys = (row.last_at, row.ref)
    query = query.order_by(*(key.desc() if newest else key.asc() for key in keys))
    return [Listed(*found) for found in connection.execute(query)]


def _chosen(
    connection: Connection, query: Select[Any], wanted: Wanted, now: int
) -> Select[Any]:  # fmt: skip
    joined = VISIT.outerjoin(REVIEW, REVIEW.c.ref == VISIT.c.ref)
    return query.select_from(joined).where(*wanted.conditions(connection, now))
