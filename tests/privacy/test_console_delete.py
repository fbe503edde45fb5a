"""After /delete nobody who holds the whole database, all keys and the chat's id finds anything of that person.

Not in the log, nor in what staff made of it: the trace that they opened something is all that stays, and nothing leads
from the chat to it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest_asyncio
from sqlalchemy import select
from sqlmodel import SQLModel

from bot.storage.envelope import open_state
from bot.storage.hanging import OF_A_REF
from bot.storage.labels import add
from bot.storage.staff import Role
from bot.storage.tables import CONVERSATION
from tests.support.canaries import opened
from tests.support.live import Live, live_program
from tests.support.office import Office
from tests.support.world_chat import WorldChat

if TYPE_CHECKING:
    from tests.support.clock import FakeClock

WORDS = "the parking there is a nightmare"
ASKED = "Could you tell me what I need to bring to my appointment?"
NOTE = "Seems worried about the parking."


@pytest_asyncio.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    async with live_program(tmp_path) as running:
        yield running


async def test_after_delete_nothing_of_the_person_is_left(live: Live) -> None:
    backstage, chat = live.program.backstage, WorldChat(live)
    office = Office(backstage.engine, cast("FakeClock", live.clock), backstage.vault)
    await _chats_with_consent(chat)
    with backstage.engine.connect() as connection:
        row = connection.execute(select(CONVERSATION)).one()
    ref = open_state(backstage.vault, row.id, row.state).ref
    await _is_reviewed(office, ref)
    secrets = (str(chat.user), backstage.vault.lookup(chat.user), row.id, WORDS, ASKED, NOTE)
    assert [secret for secret in secrets if secret in _all(live)] == list(secrets)
    assert all(_rows(live, table.name, ref) for table in OF_A_REF if table.name != "assigned")
    await chat.says("/delete")
    await chat.taps("Yes, delete everything")
    backstage.upkeep.checkpoint()
    left = _all(live)
    assert [secret for secret in secrets if secret in left] == []
    assert not any(_rows(live, table.name, ref) for table in OF_A_REF)
    tables = SQLModel.metadata.tables
    assert {name for name in tables if ref in str(_rows(live, name))} == {"audit"}


async def _chats_with_consent(chat: WorldChat) -> None:
    await chat.says("/start")
    await chat.says("/privacy")
    await chat.taps("Change: may staff read?")
    await chat.taps("Yes")
    await chat.says("/menu")
    await chat.says(WORDS)
    await chat.says("/start person")
    await chat.taps("Write to our staff")
    await chat.says(ASKED)
    await chat.taps("Send")


async def _is_reviewed(office: Office, ref: str) -> None:
    client = await office.signed_in(Role.REVIEWER)
    with office.engine.begin() as connection:
        label = add(connection, "Parking", office.clock.now())
    at = f"/conversations/{ref}"
    assert WORDS in await client.see(at)
    await client.post(f"{at}/claim")
    await client.post(f"{at}/labels", {"label": label.id})
    await client.post(f"{at}/notes", {"text": NOTE})
    answers = dict.fromkeys(("clear", "safe", "finished", "language"), "yes")
    await client.post(f"{at}/verdict", answers)


def _all(live: Live) -> str:
    """Every row of every table, with everything sealed opened, and every byte on disk."""
    backstage = live.program.backstage
    with backstage.engine.connect() as connection:
        plain = opened(connection, backstage.vault).decode("utf-8", "replace")
    rows = [str(_rows(live, name)) for name in SQLModel.metadata.tables]
    files = [path.read_bytes().decode("latin-1") for path in live.place.glob("live.sqlite3*")]
    return "\0".join([plain, *rows, *files])


def _rows(live: Live, table: str, ref: str = "") -> list[object]:
    found = SQLModel.metadata.tables[table]
    query = select(found).where(found.c.ref == ref) if ref else select(found)
    with live.program.backstage.engine.connect() as connection:
        return list(connection.execute(query))
