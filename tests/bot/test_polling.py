"""Asking for updates: nothing is acknowledged before it is committed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import pytest
from telegram.error import NetworkError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.tasks import Tasks
from bot.telegram.inbound import ALLOWED, Update
from bot.telegram.polling import Polling
from bot.telegram.raw import UpdateSource
from tests.support.clock import FakeClock
from tests.support.wire import Answer, Wire, bot_over, ok, refused


@dataclass
class Taking:
    """Takes updates; fails as often as told; when `closed`, only once `open` is set."""

    taken: list[int] = field(default_factory=list)
    failures: int = 0
    closed: bool = False
    open: asyncio.Event = field(default_factory=asyncio.Event)
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self, updates: Sequence[Update]) -> None:
        self.asked.set()
        if self.closed:
            await self.open.wait()
        if self.failures:
            self.failures -= 1
            raise OSError("disk full")
        self.taken += [update.update_id for update in updates]


@dataclass
class Poll:
    wire: Wire
    clock: FakeClock
    taking: Taking

    async def polled(self, count: int) -> list[int | None]:
        """The offsets of the calls so far, once there are `count`; time passes whenever nothing happens."""
        for _ in range(200):
            with suppress(TimeoutError):
                made = await asyncio.wait_for(self.wire.reach("getUpdates", count), 0.02)
                return [call.get("offset") for call in made]
            self.clock.advance(1)
        raise AssertionError("it does not poll")


@asynccontextmanager
async def polling(*answers: Answer, taking: Taking | None = None) -> AsyncIterator[Poll]:
    wire, clock, taking = Wire(), FakeClock(), taking or Taking()
    wire.answers("getUpdates", *answers)
    tasks = Tasks(clock)
    work = Polling(UpdateSource(bot_over(wire), wire), taking.receive, clock)
    tasks.keep("polling", work.run)
    try:
        yield Poll(wire, clock, taking)
    finally:
        await tasks.stop(0.0)


def updates(*ids: int) -> Answer:
    return ok([{"update_id": number} for number in ids])


async def test_the_offset_moves_only_after_the_commit() -> None:
    taking = Taking(closed=True)
    async with polling(updates(5, 6), taking=taking) as poll:
        await taking.asked.wait()
        assert await poll.polled(1) == [None]
        taking.open.set()
        assert await poll.polled(2) == [None, 7]
        assert taking.taken == [5, 6]


async def test_updates_that_could_not_be_taken_are_asked_for_again() -> None:
    taking = Taking(failures=2)
    async with polling(updates(5), updates(5), updates(5), taking=taking) as poll:
        started = poll.clock.now()
        assert await poll.polled(4) == [None, None, None, 6]
        assert taking.taken == [5]
        assert poll.clock.now() >= started + 3


async def test_what_is_asked_for() -> None:
    async with polling() as poll:
        await poll.polled(1)
        (asked,) = poll.wire.made("getUpdates")
        assert asked["allowed_updates"] == list(ALLOWED)
        assert asked["timeout"] <= 50
        assert asked["limit"] == 100


async def test_a_webhook_left_from_before_is_removed_and_nothing_dropped() -> None:
    async with polling() as poll:
        await poll.polled(1)
        (removed,) = poll.wire.made("deleteWebhook")
        assert not removed.get("drop_pending_updates")
        assert poll.wire.calls[0].method == "deleteWebhook"


async def test_after_an_empty_answer_telegram_may_count_from_anywhere() -> None:
    async with polling(updates(5), updates(), updates(2)) as poll:
        assert await poll.polled(4) == [None, 6, None, 3]
        assert poll.taking.taken == [5, 2]


async def test_another_poller_is_one_clear_line_and_a_pause(
    caplog: pytest.LogCaptureFixture,
) -> None:
    conflict = refused(409, "Conflict: terminated by other getUpdates request")
    async with polling(conflict, conflict, conflict, updates(5)) as poll:
        started = poll.clock.now()
        await poll.polled(5)
        assert poll.taking.taken == [5]
        assert poll.clock.now() >= started + 9
    lines = [one for one in caplog.messages if "another_program_polls_with_this_token" in one]
    assert len(lines) == 1


@pytest.mark.parametrize(
    "trouble", [NetworkError("no route"), refused(502, "Bad Gateway"), (200, {"ok": True})]
)
async def test_trouble_is_waited_out_longer_each_time(trouble: Answer) -> None:
    async with polling(trouble, trouble, trouble, updates(5)) as poll:
        started = poll.clock.now()
        await poll.polled(5)
        assert poll.taking.taken == [5]
        assert poll.clock.now() >= started + 1 + 2 + 4


async def test_flood_control_is_obeyed() -> None:
    async with polling(refused(429, "Too Many Requests", retry_after=11), updates(5)) as poll:
        started = poll.clock.now()
        await poll.polled(3)
        assert poll.clock.now() >= started + 11


async def test_a_malformed_update_does_not_hold_up_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    odd = {"message": {"text": "private words"}}
    answer = ok([odd, {"update_id": 8, "message": "odd"}, "nonsense", {"update_id": 9}])
    async with polling(answer) as poll:
        assert await poll.polled(2) == [None, 10]
        assert poll.taking.taken == [8, 9]
    assert "malformed_update" in caplog.text
    assert "private" not in caplog.text


@pytest.mark.parametrize("answers", [[], [NetworkError("no route")]])
async def test_it_stops_at_once_while_telegram_holds_the_call_or_in_a_pause(
    answers: list[Answer],
) -> None:
    async with asyncio.timeout(2), polling(*answers) as poll:
        await poll.polled(1)


def test_the_library_still_makes_parameters_as_it_did() -> None:
    """`raw` uses a part of the library that is not promised to stay."""
    request = RequestData([RequestParameter.from_input("allowed_updates", ALLOWED)])
    assert request.json_parameters == {"allowed_updates": json.dumps(list(ALLOWED))}
