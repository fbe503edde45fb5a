"""Whatever is repeated, stopped or broken between Telegram and the commit: every update takes effect once.

`python -m tests.kill` shows the same with `kill -9`; here each moment is met on purpose.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.storage.outbox import Mark
from bot.telegram.inbound import Update, parse_update
from bot.turns_batch import Batch, Input, Outcome
from tests.support.live import Live, live_program
from tests.support.world_chat import WorldChat


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    async with live_program(tmp_path) as running:
        yield running


def turns(live: Live, chat: WorldChat) -> int:
    """How many inputs the stored conversation has taken."""
    conversation = live.conversation(chat.user)
    return conversation.turns if conversation else 0


async def test_updates_committed_but_not_acknowledged_change_nothing_after_a_restart(
    live: Live,
) -> None:
    chat = WorldChat(live)
    await chat.says("/start options")
    update = live.world.says(chat.user, "USA")
    waiting = dict(live.world.inbox._waiting)
    await live.settled()
    await live.stop_program()
    # Telegram never heard of the acknowledgement: it hands the update out again.
    live.world.inbox._waiting = {update["update_id"]: waiting[update["update_id"]]}
    live.world.inbox._lanes = {chat.user: dict(live.world.inbox._waiting)}
    await live.start_program()
    await live.settled()
    assert turns(live, chat) == 2
    assert chat.place() == "place.region"


async def test_updates_that_wait_while_we_are_down_are_taken_afterwards(live: Live) -> None:
    chat = WorldChat(live)
    await chat.says("/start options")
    await live.stop_program()
    live.world.says(chat.user, "USA")
    live.world.says(chat.user, "Texas")
    await live.start_program()
    await live.settled()
    assert turns(live, chat) == 3
    assert chat.answers() == {"country": "US", "region": "US-TX"}


class Failing:
    """A batch that the database refuses so many times."""

    def __init__(self, real: Any, times: int) -> None:  # noqa: ANN401 - the bound method
        self.real, self.times = real, times

    def __call__(
        self, connection: Connection, inputs: Sequence[Input], marks: Sequence[Mark], now: int
    ) -> Outcome:
        outcome: Outcome = self.real(connection, inputs, marks, now)
        if inputs and self.times:
            self.times -= 1
            raise sqlite3.OperationalError("database or disk is full")
        return outcome


async def test_an_update_whose_commit_fails_is_not_acknowledged_and_taken_later(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = WorldChat(live)
    await chat.says("/start options")
    batch: Batch = live.program.backstage.turns._batch
    failing = Failing(batch.run, times=4)
    monkeypatch.setattr(batch, "run", failing)
    await chat.says("Norway")
    assert failing.times == 0
    assert turns(live, chat) == 2
    assert chat.answers() == {"country": "NO"}


async def test_a_reply_waits_in_the_outbox_until_telegram_is_back(live: Live) -> None:
    chat = WorldChat(live)
    await chat.says("/start options")
    live.world.faults.next_5xx(1, "sendMessage")
    live.world.says(chat.user, "Norway")
    await live.postponed()
    await live.stop_program()
    live.clock.advance(600)
    await live.start_program()
    await live.settled()
    assert "encrypted" in chat.bubbles()[-1]["text"]


async def test_one_push_twice_at_the_same_moment_is_one_turn(live: Live) -> None:
    chat = WorldChat(live)
    await chat.says("/start")
    intake = live.program.backstage.intake
    update = parse_update(live.world.says(chat.user, "/menu"))
    assert isinstance(update, Update)
    futures: list[Future[Any]] = [intake.receive([update]) for _ in range(20)]
    fresh = [taken.fresh for future in futures for taken in future.result(timeout=5)]
    await live.settled()
    assert sum(fresh) <= 1
    assert turns(live, chat) == 2
