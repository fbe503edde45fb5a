"""What becomes of "This is wrong": a counter by day and record, and no trace of who said so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from sqlalchemy import Engine, select

from bot.storage.engine import open_engine, reading
from bot.storage.log_tables import EVENT
from bot.storage.record_checks import Reports, checks, last_checks, note_check, reports_since_check
from bot.storage.tables import TALLY
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


async def test_a_report_is_counted_and_joins_no_transcript(live: Live) -> None:
    await report(live)
    await report(live)
    engine = open_engine(live.settings.database_url)
    with reading(engine).connect() as connection:
        counted = connection.execute(COUNTED).all()
        steps = connection.execute(select(EVENT)).all()

    assert [tuple(row) for row in counted] == [("options", ROUTE, 2)]
    assert steps, "staff may read the rest"
    assert not [step for step in steps if ROUTE in step.detail or step.kind == "reported"]
    with reading(engine).connect() as connection:
        assert reports_since_check(connection)[ROUTE].times == 2


DAY = 86_400
NOON = 100 * DAY + DAY // 2


def report_on(
    engine: Engine, day: int, times: int, record: str = "a", kind: str = "reported"
) -> None:
    """People call a record wrong on a day: its counter stands there from then on."""
    row = {"day": day * DAY, "kind": kind, "place": "options", "detail": record, "count": times}
    with engine.begin() as connection:
        connection.execute(TALLY.delete().where(TALLY.c.day == day * DAY, TALLY.c.detail == record))
        connection.execute(TALLY.insert(), row)


def since(engine: Engine) -> dict[str, Reports]:
    """What was reported since the last check."""
    with reading(engine).connect() as connection:
        return dict(reports_since_check(connection))


def check(engine: Engine, record: str = "a", now: int = NOON, changed: str = "") -> None:
    """Somebody looks at a record."""
    with engine.begin() as connection:
        note_check(connection, record, changed, "m1", now)


def test_reports_add_up_over_all_days_while_nobody_looked(tmp_path: Path) -> None:
    engine = database(tmp_path)
    report_on(engine, 98, 2)
    report_on(engine, 99, 5)
    report_on(engine, 99, 9, "b", kind="chosen")

    assert since(engine) == {"a": Reports(7, 99 * DAY)}


def test_a_check_settles_what_was_reported_before_it(tmp_path: Path) -> None:
    engine = database(tmp_path)
    report_on(engine, 99, 5)
    report_on(engine, 100, 2)
    report_on(engine, 100, 1, "b")
    check(engine)

    assert since(engine) == {"b": Reports(1, 100 * DAY)}


def test_a_report_later_on_the_day_of_the_check_counts(tmp_path: Path) -> None:
    engine = database(tmp_path)
    report_on(engine, 100, 2)
    check(engine)
    report_on(engine, 100, 3)
    assert since(engine) == {"a": Reports(1, 100 * DAY)}
    check(engine, now=NOON + 60)

    assert since(engine) == {}


def test_the_newest_check_of_each_record_counts(tmp_path: Path) -> None:
    engine = database(tmp_path)
    check(engine, now=NOON - DAY, changed="The number is another one.")
    check(engine, now=NOON)
    check(engine, "b", now=NOON - 5)
    with reading(engine).connect() as connection:
        newest, of_a = last_checks(connection), checks(connection, "a")

    assert {name: each.at for name, each in newest.items()} == {"a": NOON, "b": NOON - 5}
    assert [each.changed for each in of_a] == ["", "The number is another one."]
