"""Nothing that tells who somebody is shows on any page, export, audit row or download of the console."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.storage.log import seal_text
from bot.storage.log_tables import TURN
from tests.support.canaries import CANARIES, found_in, sentences, written
from tests.support.crawl import crawled
from tests.support.logged import told
from tests.support.office import Office
from tests.support.office import office as make_office

DOWNLOADS = ("/test", ".csv", ".jsonl", ".yaml", "/exports")
VISITORS = ("7000", "visitor-")
"""How chats and conversations of the people in these tests are numbered."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A console over conversations full of canaries."""
    made = make_office(tmp_path)
    for sentence in sentences():
        told(made, "/start", sentence, "[Something worries me]", sentence, sentence)
    yield made
    made.engine.dispose()


async def seen(office: Office) -> bytes:
    """All that an admin gets to see and to download."""
    client = await office.signed_in()
    answers = await crawled(client, posting=DOWNLOADS)
    assert len(answers) > 30
    wrong = {name: each.status_code for name, each in answers.items() if each.status_code >= 400}
    assert {name for name in wrong if not name.endswith("/test")} == set()
    assert sum(name.endswith("/test") and each.status_code == 200 for name, each in answers.items())
    return b"\0".join([name.encode() + answer.content for name, answer in answers.items()])


async def test_no_page_and_no_download_names_anybody(office: Office, tmp_path: Path) -> None:
    everything = await seen(office)
    assert found_in(everything) == []
    assert found_in(str(office.trail()).encode()) == []
    assert found_in(written(tmp_path)) == []
    for number in VISITORS:
        assert number.encode() not in everything


async def test_a_canary_that_was_missed_is_found_by_this_search(office: Office) -> None:
    with office.engine.begin() as connection:
        row = connection.execute(select(TURN).where(TURN.c.text.is_not(None))).first()
        assert row
        sealed = seal_text(office.vault, row.ref, row.number, f"I am {CANARIES['name']}")
        connection.execute(update(TURN).where(TURN.c.id == row.id).values(text=sealed))
    assert found_in(await seen(office)) == [CANARIES["name"]]
