"""What becomes of "This is wrong": a counter by day and record, and no trace of who said so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select
from typer.testing import CliRunner

from bot.cli import app
from bot.reports import reported, told
from bot.storage.engine import open_engine, reading
from bot.storage.tables import EVENT, TALLY
from tests.support.database import database
from tests.support.live import Live, live_program
from tests.support.world_chat import WorldChat

ROUTE = "de-116117-zweitmeinung-27b"
COUNTED = select(TALLY.c.place, TALLY.c.detail, TALLY.c["count"]).where(TALLY.c.kind == "reported")
TAPS = ("Remember", "Spine or joints", "Public system or public insurance")


@pytest_asyncio.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    async with live_program(tmp_path) as running:
        yield running


async def report(live: Live) -> None:
    """Somebody who lets staff read along says that the first record is wrong."""
    chat = WorldChat(live)
    await chat.says("/start options")
    await chat.says("Germany")
    for label in TAPS:
        await chat.taps(label)
    await chat.says("/privacy")
    await chat.taps("Change: may staff read?")
    await chat.taps("Yes")
    await chat.taps("Menu")
    await chat.taps("Where can I go, and who pays?")
    await chat.taps("This is wrong")
    await chat.taps("1. Gesetzliches Zweitmeinungsverfahren (§…")
    assert "Thank you. We will check it." in chat.said()[-1]
    chat.close()


async def test_a_report_is_counted_and_joins_no_transcript(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    await report(live)
    await report(live)
    engine = open_engine(live.settings.database_url)
    with reading(engine).connect() as connection:
        counted = connection.execute(COUNTED).all()
        steps = connection.execute(select(EVENT)).all()

    assert [tuple(row) for row in counted] == [("options", ROUTE, 2)]
    assert steps, "staff may read the rest"
    assert not [step for step in steps if ROUTE in step.detail or step.kind == "reported"]
    monkeypatch.setenv("DATABASE_URL", live.settings.database_url)
    listed = CliRunner().invoke(app, ["reports"])
    assert listed.stdout.startswith(f"{ROUTE}: 2, last on 20")


def test_the_most_reported_comes_first_over_all_days(tmp_path: Path) -> None:
    engine = database(tmp_path)
    days = [("a", 0, 2), ("b", 0, 1), ("b", 86_400, 5)]
    rows = [
        {"day": day, "kind": "reported", "place": "options", "detail": record, "count": count}
        for record, day, count in days
    ]
    other = {"day": 0, "kind": "chosen", "place": "x", "detail": "c", "count": 9}
    with engine.begin() as connection:
        connection.execute(TALLY.insert(), [*rows, other])

    assert list(told(reported(engine))) == ["b: 6, last on 1970-01-02", "a: 2, last on 1970-01-01"]


def test_without_reports_that_is_said(tmp_path: Path) -> None:
    assert list(told(reported(database(tmp_path)))) == ["nothing was reported"]
