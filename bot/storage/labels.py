"""The managed list of labels, and the labels on conversations.

Decides that names differ, whatever their case, and that a label is never deleted: a retired one stays where it is and
is offered no longer.
"""

from __future__ import annotations

import secrets
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.storage.review_tables import LABEL, LABELLED
from bot.storage.statements import upsert_for

LONGEST: Final = 40


class LabelRefusedError(ValueError):
    """A label cannot be called so. The message is one sentence for staff."""


class Label(NamedTuple):
    """A label; `uses` is on how many conversations it is."""

    id: str
    name: str
    retired: bool
    uses: int = 0


def labels(connection: Connection) -> list[Label]:
    """All of them, by name, those in use first."""
    row = LABEL.c
    uses = select(LABELLED.c.label, func.count().label("uses")).group_by(LABELLED.c.label)
    counted = uses.subquery()
    query = (
        select(row.id, row.name, row.retired, func.coalesce(counted.c.uses, 0))
        .select_from(LABEL.outerjoin(counted, counted.c.label == row.id))
        .order_by(row.retired, func.lower(row.name))
    )
    return [
        Label(found[0], found[1], bool(found[2]), found[3]) for found in connection.execute(query)
    ]


def label(connection: Connection, id_: str) -> Label | None:
    """The one with that id."""
    found = connection.execute(select(LABEL).where(LABEL.c.id == id_)).first()
    return Label(found.id, found.name, bool(found.retired)) if found else None


def add(connection: Connection, name: str, now: int) -> Label:
    """A new label. Raises LabelRefusedError."""
    made = Label(secrets.token_hex(12), _fit(connection, name), retired=False)
    connection.execute(insert(LABEL).values(id=made.id, name=made.name, retired=False, made_at=now))
    return made


def rename(connection: Connection, id_: str, name: str) -> str:
    """Call it something else, everywhere. The new name. Raises LabelRefusedError."""
    name = _fit(connection, name, but=id_)
    _change(connection, id_, name=name)
    return name


def retire(connection: Connection, id_: str, *, retired: bool) -> None:
    """Offer it no longer, or again."""
    _change(connection, id_, retired=retired)


def labels_of(connection: Connection, ref: str) -> list[Label]:
    """The labels on a conversation, by name."""
    row = LABEL.c
    query = (
        select(row.id, row.name, row.retired)
        .join_from(LABELLED, LABEL, LABELLED.c.label == row.id)
        .where(LABELLED.c.ref == ref)
        .order_by(func.lower(row.name))
    )
    return [Label(found.id, found.name, bool(found.retired)) for found in connection.execute(query)]


def put_on(connection: Connection, ref: str, label_: str, staff: str, now: int) -> bool:
    """Put a label on a conversation. False when it is there already."""
    new = upsert_for(connection.dialect)(LABELLED).values(
        ref=ref, label=label_, at=now, staff=staff
    )
    added: int = connection.execute(new.on_conflict_do_nothing()).rowcount
    return added == 1


def take_off(connection: Connection, ref: str, label_: str) -> bool:
    """Take a label off. False when it is not there."""
    on = delete(LABELLED).where(LABELLED.c.ref == ref, LABELLED.c.label == label_)
    return connection.execute(on).rowcount == 1


def _fit(connection: Connection, name: str, but: str = "") -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST or not name.isprintable():
        raise LabelRefusedError(f"A label has 1 to {LONGEST} characters.")
    if any(_same(each.name, name) and each.id != but for each in labels(connection)):
        raise LabelRefusedError("There is a label of that name, perhaps a retired one.")
    return name


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _change(connection: Connection, id_: str, **values: Any) -> None:  # noqa: ANN401 - columns
    connection.execute(update(LABEL).where(LABEL.c.id == id_).values(**values))
