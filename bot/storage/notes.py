"""Private notes of staff about a conversation.

Decides how they are sealed. They are added and read, never changed, except that words can be cut out of them: see
`bot.storage.cutting`.
"""

from __future__ import annotations

import secrets
from typing import Final, NamedTuple

from sqlalchemy import Connection, insert, select

from bot.logs import Journal
from bot.privacy.vault import Vault
from bot.storage.review_tables import NOTE
from bot.storage.staff_tables import STAFF

LONGEST: Final = 4_000
UNREADABLE: Final = "(This note cannot be opened: its key is gone.)"
_journal = Journal("notes")


class Note(NamedTuple):
    """A note and who wrote it."""

    id: str
    at: int
    name: str
    text: str


def add_note(
    connection: Connection, vault: Vault, ref: str, staff: str, text: str, now: int
) -> None:
    """Write one."""
    name = secrets.token_hex(12)
    sealed = seal_note(vault, name, text)
    connection.execute(insert(NOTE).values(id=name, ref=ref, at=now, staff=staff, text=sealed))


def notes_of(connection: Connection, vault: Vault, ref: str) -> list[Note]:
    """All notes about a conversation, the first first."""
    row = NOTE.c
    query = (
        select(row.id, row.at, STAFF.c.name, row.text)
        .select_from(NOTE.outerjoin(STAFF, STAFF.c.id == row.staff))
        .where(row.ref == ref)
        .order_by(row.at, row.id)
    )
    return [
        Note(id_, at, name or "", _opened(vault, id_, sealed))
        for id_, at, name, sealed in connection.execute(query)
    ]


def seal_note(vault: Vault, id_: str, text: str) -> bytes:
    """A note, sealed."""
    return vault.seal("note", id_, text.encode())


def open_note(vault: Vault, id_: str, sealed: bytes) -> str:
    """A note. Raises UnopenableError."""
    return vault.open("note", id_, sealed).decode()


def _opened(vault: Vault, id_: str, sealed: bytes) -> str:
    try:
        return open_note(vault, id_, sealed)
    except ValueError as error:
        _journal.trouble("note_unreadable", error=error)
        return UNREADABLE
