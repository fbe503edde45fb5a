"""Filters that staff saved under a name.

Decides who sees and may change one: its owner; a shared one is seen by everybody and changed by whoever may lead. What
the filters mean is not known here.
"""

from __future__ import annotations

import secrets
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update

from bot.storage.review_tables import SAVED_VIEW
from bot.storage.staff_tables import STAFF

MOST: Final = 50
"""Views that one member can have, shared ones included."""
LONGEST_NAME: Final = 60


class TooManyError(ValueError):
    """This member has as many views as one can have."""


class SavedView(NamedTuple):
    """A view. `owner` is the name of who saved it; `query` is what stands after the "?" of an address."""

    id: str
    name: str
    staff: str
    owner: str
    shared: bool
    query: str


def views_for(connection: Connection, staff: str) -> list[SavedView]:
    """What a member sees: their own and the shared ones, by name."""
    row = SAVED_VIEW.c
    seen = (
        select(row.id, row.name, row.staff, func.coalesce(STAFF.c.name, ""), row.shared, row.query)
        .select_from(SAVED_VIEW.outerjoin(STAFF, STAFF.c.id == row.staff))
        .where(or_(row.staff == staff, row.shared))
        .order_by(func.lower(row.name), row.id)
    )
    return [SavedView(*found) for found in connection.execute(seen)]


def save(
    connection: Connection, staff: str, name: str, query: str, now: int, *, shared: bool
) -> str:
    """A new view's id. Raises ValueError for no name, TooManyError."""
    row = SAVED_VIEW.c
    theirs = select(func.count()).select_from(SAVED_VIEW).where(row.staff == staff)
    if (connection.scalar(theirs) or 0) >= MOST:
        raise TooManyError(staff)
    made = {"id": secrets.token_hex(12), "name": tidy(name), "staff": staff, "shared": shared}
    connection.execute(insert(SAVED_VIEW).values(**made, query=query, made_at=now))
    return str(made["id"])


def rename(connection: Connection, id_: str, staff: str, name: str, *, leads: bool) -> bool:
    """Give it another name. False when it is not there for them to change; raises ValueError for no name."""
    renamed = update(SAVED_VIEW).where(_theirs(id_, staff, leads=leads)).values(name=tidy(name))
    return connection.execute(renamed).rowcount == 1


def remove(connection: Connection, id_: str, staff: str, *, leads: bool) -> bool:
    """Remove it. False when it is not there for them to remove."""
    removed = delete(SAVED_VIEW).where(_theirs(id_, staff, leads=leads))
    return connection.execute(removed).rowcount == 1


def tidy(name: str) -> str:
    """A name as it is kept. Raises ValueError."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ValueError(f"a name has 1 to {LONGEST_NAME} characters")
    return name


def _theirs(id_: str, staff: str, *, leads: bool) -> ColumnElement[bool]:
    row = SAVED_VIEW.c
    if leads:
        return (row.id == id_) & or_(row.staff == staff, row.shared)
    return (row.id == id_) & (row.staff == staff) & ~row.shared
