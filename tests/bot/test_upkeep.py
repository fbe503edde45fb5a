"""Retention and checkpoints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.engine import BUSY_MILLISECONDS, checkpoint, reading
from bot.storage.log_tables import EVENT, VISIT
from bot.storage.outbox import Sent
from bot.storage.tables import CONVERSATION, OUTBOX, SEEN, TIMER
from tests.support.database import House, open_house

HOUR, DAY = 3_600, 86_400


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A running house."""
    with open_house(tmp_path) as house:
        yield house


def test_seen_inputs_are_remembered_for_two_days(house: House) -> None:
    house.take(house.tap(5, "a"))
    house.clock.advance(48 * HOUR)
    house.upkeep.sweep()
    assert len(house.rows(SEEN)) == 1
    house.clock.advance(1)
    house.upkeep.sweep()
    assert house.rows(SEEN) == []


def test_sent_rows_go_when_their_bubble_can_no_longer_be_deleted(house: House) -> None:
    house.take(house.tap(5, "a"), house.tap(6, "waiting"))
    house.turns.mark([Sent(house.heads()[0].id, 100, house.clock.now())]).result(timeout=10)
    house.clock.advance(48 * HOUR + 1)
    house.upkeep.sweep()
    assert [row["status"] for row in house.rows(OUTBOX)] == ["pending"]


def test_a_conversation_nobody_uses_is_removed_with_all_that_belongs_to_it(house: House) -> None:
    house.take(house.tap(5, "yes"), house.tap(5, "timer"))
    house.clock.advance(50 * DAY)
    house.take(house.tap(6, "later"))
    house.clock.advance(40 * DAY + 1)
    house.upkeep.sweep()
    assert len(house.rows(CONVERSATION)) == 1
    assert house.rows(TIMER) == house.rows(EVENT) == house.rows(VISIT) == []
    assert len(house.rows(OUTBOX)) == 1


def test_more_than_a_slice_is_removed_slice_by_slice(house: House) -> None:
    house.take(*(house.tap(chat, "silent") for chat in range(1, 2_500)))
    house.clock.advance(90 * DAY + 1)
    house.upkeep.sweep()
    assert house.rows(CONVERSATION) == house.rows(SEEN) == []


def test_a_checkpoint_empties_the_log_after_a_removal(house: House, tmp_path: Path) -> None:
    log = tmp_path / "test.sqlite3-wal"
    house.take(house.tap(5, "a"))
    house.upkeep.checkpoint()
    assert log.stat().st_size > 0
    house.take(house.tap(5, "forget"))
    house.upkeep.checkpoint()
    assert log.stat().st_size == 0


def test_the_thread_fires_timers_and_stops_when_told(house: House) -> None:
    house.take(house.tap(5, "timer"))
    house.clock.advance(60)
    house.spoken.clear()
    house.upkeep.start()
    assert house.spoken.wait(timeout=10)
    house.upkeep.stop()
    assert house.rows(TIMER) == []


def test_a_checkpoint_never_waits_for_somebody_who_reads(house: House) -> None:
    house.take(house.tap(1, "a"))
    with reading(house.engine).begin() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM conversation").all()
        house.take(house.tap(1, "b"))
        assert not checkpoint(house.engine, truncate=True)
    with house.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == BUSY_MILLISECONDS
