"""The one place that starts tasks, so that none is lost, forgotten or silent.

Decides what becomes of work that fails: lasting work is started again after a growing pause, an errand is given
up; both leave a line in the log. It does not decide what the work is, nor retry an errand.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from bot.backoff import Backoff
from bot.clock import Timekeeper
from bot.logs import Journal

Result = TypeVar("Result")

_journal = Journal("tasks")


class Tasks:
    """Everything that runs in the background of one program."""

    def __init__(self, clock: Timekeeper) -> None:
        self._clock = clock
        self._lasting: set[asyncio.Task[None]] = set()
        self._errands: set[asyncio.Task[None]] = set()
        self._never = asyncio.Event()

    def keep(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Run `work` until `stop`; when it fails, start it again after a pause. When it returns, it is done."""
        self._start(self._lasting, name, self._again_and_again(name, work))

    def errand(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Run `work` once, in the background."""
        self._start(self._errands, name, self._once(name, work))

    async def stop(self, grace: float) -> None:
        """Stop the lasting work now, and the errands when they are done, or after `grace` seconds."""
        await _cancel(self._lasting)
        if self._errands:
            await asyncio.wait(self._errands, timeout=grace)
        await _cancel(self._errands)

    def _start(
        self, among: set[asyncio.Task[None]], name: str, work: Coroutine[Any, Any, None]
    ) -> None:
        task = asyncio.get_running_loop().create_task(work, name=name)
        among.add(task)
        task.add_done_callback(among.discard)

    async def _again_and_again(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        pauses = Backoff()
        while True:
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - a supervisor survives whatever it supervises
                pause = pauses.failed()
                _journal.failure("work_failed", work=name, error=error, retry_in=pause)
                await self._clock.wait(self._never, pause)
            else:
                return

    async def _once(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - a supervisor survives whatever it supervises
            _journal.failure("errand_failed", work=name, error=error)


async def settled(future: Future[Result]) -> Result:
    """What a thread promised. Whoever stops waiting for it leaves the thread's work alone."""
    return await asyncio.shield(asyncio.wrap_future(future))


async def _cancel(tasks: set[asyncio.Task[None]]) -> None:
    cancelled = list(tasks)
    for task in cancelled:
        task.cancel()
    await asyncio.gather(*cancelled, return_exceptions=True)
