"""Background work: none lost, none silent."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future

import pytest

from bot.tasks import Tasks, settled
from tests.support.clock import FakeClock


async def test_lasting_work_that_fails_is_started_again_after_growing_pauses(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock, started = FakeClock(), asyncio.Event()
    tasks, runs = Tasks(clock), 0

    async def work() -> None:
        nonlocal runs
        runs += 1
        if runs < 4:
            raise OSError("private words")
        started.set()

    tasks.keep("work", work)
    for pause in (1, 2, 4):
        assert await clock.asleep() == pause
        clock.advance(pause)
    async with asyncio.timeout(5):
        await started.wait()
    await tasks.stop(0)
    assert caplog.text.count("work_failed work=work error=OSError@test_tasks.py") == 3
    assert "private" not in caplog.text


async def test_an_errand_that_fails_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        raise OSError("private words")

    tasks = Tasks(FakeClock())
    tasks.errand("work", work)
    await tasks.stop(1)
    assert "errand_failed work=work error=OSError@" in caplog.text
    assert not tasks._errands


async def test_stopping_lets_errands_finish_and_ends_lasting_work() -> None:
    done, ended = asyncio.Event(), asyncio.Event()

    async def errand() -> None:
        await asyncio.sleep(0)
        done.set()

    async def lasting() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    tasks = Tasks(FakeClock())
    tasks.keep("lasting", lasting)
    tasks.errand("errand", errand)
    await asyncio.sleep(0)
    await tasks.stop(5)
    assert done.is_set()
    assert ended.is_set()


async def test_an_errand_that_takes_too_long_is_given_up() -> None:
    tasks = Tasks(FakeClock())
    tasks.errand("errand", asyncio.Event().wait)  # type: ignore[arg-type]
    async with asyncio.timeout(5):
        await tasks.stop(0.01)
    assert not tasks._errands


async def test_who_stops_waiting_for_a_thread_does_not_cancel_its_work() -> None:
    promise: Future[int] = Future()
    waiting = asyncio.ensure_future(settled(promise))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert not promise.cancelled()
    promise.set_result(1)
