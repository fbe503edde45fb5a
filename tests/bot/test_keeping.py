"""Retention by command: what it counts, removes and tells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from bot.cli import app
from bot.keeping import look, sweep, told
from bot.storage.hanging import OF_A_REF
from bot.storage.log_tables import TURN, VISIT
from bot.storage.migrate import upgrade
from bot.storage.one_process import OneProcess
from bot.storage.outbox import Sent
from bot.storage.retention import Retention
from bot.storage.tables import CONVERSATION, OUTBOX, SEEN, TALLY
from dialogs.kept_for import PERIODS, YEAR, Kind
from tests.support.database import House, open_house
from tests.support.live import DATA_KEY, LOOKUP_KEY

DAY = 86_400
TABLES = (CONVERSATION, SEEN, OUTBOX, TALLY, *OF_A_REF)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A running house in which three people once talked, two of them for staff to read."""
    with open_house(tmp_path) as house:
        for chat in (1, 2):
            house.take(house.tap(chat, "yes"), house.tap(chat, "timer"), house.tap(chat, "a"))
        house.take(house.tap(3, "b"))
        house.turns.mark([Sent(house.heads()[0].id, 9, house.clock.now())]).result(timeout=10)
        yield house


def retention(house: House) -> Retention:
    """Retention with the usual period."""
    return Retention(house.engine, house.vault, 90)


def test_a_dry_run_tells_exactly_what_a_run_removes(house: House) -> None:
    for days in (1, 3, 50, 45, 3 * YEAR):
        house.clock.advance(days * DAY)
        would = look(retention(house), house.clock)
        before = [house.rows(table) for table in TABLES]
        assert look(retention(house), house.clock) == would
        assert [house.rows(table) for table in TABLES] == before
        gone = sweep(house.engine, retention(house), house.clock)
        assert {kind: n for kind, n in would.items() if n} == dict(gone)
        assert not any(look(retention(house), house.clock).values())
        house.take(house.tap(1, "yes"), house.tap(2, "again"))


def test_more_than_a_slice_is_told_and_removed(house: House) -> None:
    house.take(*(house.tap(chat, "yes") for chat in range(10, 350)))
    house.clock.advance(91 * DAY)
    would = look(retention(house), house.clock)
    assert would[Kind.CONVERSATIONS] == 343
    assert dict(sweep(house.engine, retention(house), house.clock)) == {
        kind: number for kind, number in would.items() if number
    }
    for table in (CONVERSATION, *OF_A_REF):
        assert house.rows(table) == []


def test_a_transcript_is_never_cut_in_half(house: House) -> None:
    house.clock.advance(60 * DAY)
    house.take(house.tap(1, "later"))
    house.clock.advance(60 * DAY)
    sweep(house.engine, retention(house), house.clock)
    (visit,) = house.rows(VISIT)
    assert len(house.rows(TURN)) == visit["turns"] == 4


def test_whoever_comes_back_while_old_ones_are_looked_for_keeps_their_log(house: House) -> None:
    house.clock.advance(91 * DAY)
    log = [each for each in retention(house).removals(house.clock.now()) if each.kind is Kind.LOG]
    with house.engine.begin() as connection:
        connection.execute(update(VISIT).values(last_at=house.clock.now()))
    with house.engine.begin() as connection:
        assert [removal.run(connection) for removal in log] == [0]
    assert len(house.rows(VISIT)) == 2


def test_daily_counts_go_after_three_years(house: House) -> None:
    house.clock.advance((3 * YEAR - 1) * DAY)
    sweep(house.engine, retention(house), house.clock)
    assert house.rows(TALLY)
    house.clock.advance(2 * DAY)
    sweep(house.engine, retention(house), house.clock)
    assert house.rows(TALLY) == []


def test_what_waits_to_be_sent_goes_with_its_conversation_only(house: House) -> None:
    house.clock.advance(80 * DAY)
    sweep(house.engine, retention(house), house.clock)
    assert house.rows(OUTBOX)
    house.clock.advance(11 * DAY)
    sweep(house.engine, retention(house), house.clock)
    assert house.rows(OUTBOX) == []


def test_every_kind_is_a_line_with_its_period() -> None:
    lines = list(told({Kind.LOG: 7}, 30, dry_run=True))
    assert len(lines) == len(PERIODS) == len(Kind)
    assert "log: 7 would go, older than 30 days" in lines
    assert "counts: 0 would go, older than 1095 days" in lines


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An environment that names a database, and its address."""
    url = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("BOT_DATA_KEYS", DATA_KEY)
    monkeypatch.setenv("BOT_LOOKUP_KEY", LOOKUP_KEY)
    return url


def test_the_command_runs_beside_a_running_program(environment: str) -> None:
    upgrade(environment)
    alone = OneProcess(environment)
    for words, told_as in ((["--dry-run"], "would go"), ([], "removed")):
        listed = CliRunner().invoke(app, ["retention", *words])
        assert listed.exit_code == 0
        assert listed.stdout.count(told_as) == len(Kind)
    alone.release()


@pytest.mark.usefixtures("environment")
def test_the_command_refuses_a_database_that_is_not_up_to_date() -> None:
    refused = CliRunner().invoke(app, ["retention"])
    assert refused.exit_code == 2
    assert "python -m bot migrate" in refused.output
