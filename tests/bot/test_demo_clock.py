"""The demo's clock: the machine's, until it is moved."""

from __future__ import annotations

import asyncio

from bot.demo.clock import DemoClock
from tests.support.clock import FakeClock

DAY = 86_400


async def test_moving_it_moves_every_way_to_tell_the_time() -> None:
    machine = FakeClock(1_000)
    clock = DemoClock(machine)
    clock.move(DAY)
    assert (clock.now(), clock.monotonic(), clock.ahead) == (1_000 + DAY, 1_000 + DAY, DAY)


async def test_a_wait_ends_when_the_clock_is_moved_past_its_end_and_not_before() -> None:
    machine = FakeClock()
    clock, event = DemoClock(machine), asyncio.Event()
    waiting = asyncio.create_task(clock.wait(event, 2 * DAY))
    await machine.asleep(at_least=2 * DAY)
    clock.move(DAY)
    while machine.waits != [DAY]:  # noqa: ASYNC110 - a turn of the loop is all it takes
        await asyncio.sleep(0)
    clock.move(DAY)
    assert await waiting is False


async def test_what_is_waited_for_ends_the_wait() -> None:
    clock, event = DemoClock(FakeClock()), asyncio.Event()
    waiting = asyncio.create_task(clock.wait(event, DAY))
    await asyncio.sleep(0)
    event.set()
    assert await waiting is True
