"""A record that staff took back vanishes from chats within seconds, and returns when they give it back."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.storage.engine import open_engine, reading
from bot.storage.record_alerts import alerts, lift_alert, raise_alert
from bot.upkeep import Upkeep
from bot.withholding import Withholding
from tests.support.clock import FakeClock
from tests.support.database import House, database, open_house, vault
from tests.support.live import live_program
from tests.support.world_chat import WorldChat

ROUTE, NAME = "de-116117-zweitmeinung-27b", "Gesetzliches Zweitmeinungsverfahren"
NOW = 1_795_000_000


def alert(engine: Engine, record: str = ROUTE) -> bool:
    """Take a record back."""
    with engine.begin() as connection:
        return raise_alert(connection, record, "The page is gone.", "m1", NOW)


def lift(engine: Engine, record: str = ROUTE) -> bool:
    """Give it back."""
    with engine.begin() as connection:
        return lift_alert(connection, record, "m2", NOW + 9)


def test_an_alert_withholds_until_it_is_lifted(tmp_path: Path) -> None:
    engine = database(tmp_path)
    withholding = Withholding(engine)
    seen = []
    for change in (alert, lift, alert):
        assert change(engine)
        withholding.look()
        seen.append(withholding.ids())

    assert seen == [{ROUTE}, set(), {ROUTE}]


def test_one_alert_at_a_time_and_none_is_forgotten(tmp_path: Path) -> None:
    engine = database(tmp_path)
    done = [alert(engine), alert(engine), lift(engine), lift(engine), alert(engine)]
    with reading(engine).connect() as connection:
        found = alerts(connection, ROUTE)

    assert done == [True, False, True, False, True]
    assert [each.lifted_at for each in found] == [None, NOW + 9]


def test_what_was_known_stays_known_while_the_database_is_away(tmp_path: Path) -> None:
    engine = database(tmp_path)
    withholding = Withholding(engine)
    alert(engine)
    withholding.look()
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE record_alert")
    with pytest.raises(Exception, match="record_alert"):
        withholding.look()

    assert withholding.ids() == {ROUTE}


def test_upkeep_looks_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.upkeep.TICK", 0.001)
    looked = threading.Semaphore(0)
    with open_house(tmp_path) as house:
        upkeep = _upkeep(house, looked)
        upkeep.start()
        try:
            assert all(looked.acquire(timeout=10) for _ in range(3))
        finally:
            upkeep.stop()


def _upkeep(house: House, looked: threading.Semaphore) -> Upkeep:
    return Upkeep(
        house.engine,
        vault(),
        house.turns,
        FakeClock(NOW),
        keep_days=90,
        look=looked.release,
    )


async def test_people_do_not_see_a_record_with_an_alert(tmp_path: Path) -> None:
    async with live_program(tmp_path) as live:
        engine = open_engine(live.settings.database_url)
        chat = WorldChat(live)
        await chat.says("/start options")
        await chat.says("Germany")
        for label in ("Remember", "Spine or joints", "Public system or public insurance"):
            await chat.taps(label)
        assert NAME in chat.said()[-1]

        alert(engine)
        live.program.backstage.withholding.look()
        await chat.says("/start options")
        assert NAME not in "".join(chat.said())
        assert "I leave out 1 place" in "".join(chat.said())

        lift(engine)
        live.program.backstage.withholding.look()
        await chat.says("/start options")
        assert NAME in chat.said()[-1]
        chat.close()
        engine.dispose()


async def test_a_program_that_starts_knows_what_is_withheld(tmp_path: Path) -> None:
    async with live_program(tmp_path) as live:
        engine = open_engine(live.settings.database_url)
        await live.stop_program()
        alert(engine)
        await live.start_program()

        assert live.program.backstage.withholding.ids() == {ROUTE}
        engine.dispose()
