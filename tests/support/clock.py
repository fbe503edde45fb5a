"""A clock that only moves when a test moves it."""

from __future__ import annotations

import asyncio


class FakeClock:
    """Starts at `now`; `advance` lets time pass, and ends every wait whose time has come."""

    def __init__(self, now: int = 1_700_000_000) -> None:
        self._now = float(now)
        self._waiting: dict[asyncio.Future[bool], float] = {}
        self._changed = asyncio.Event()

    def now(self) -> int:
        return int(self._now)

    def monotonic(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass."""
        self._now += seconds
        for future, due in list(self._waiting.items()):
            if due <= self._now and not future.done():
                future.set_result(False)

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        if event.is_set():
            return True
        timer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        happened = asyncio.ensure_future(event.wait())
        self._waiting[timer] = self._now + seconds
        self._changed.set()
        try:
            await asyncio.wait((timer, happened), return_when=asyncio.FIRST_COMPLETED)
            return event.is_set()
        finally:
            happened.cancel()
            timer.cancel()
            del self._waiting[timer]

    @property
    def waits(self) -> list[float]:
        """How long each wait that is going on still takes, shortest first."""
        waiting = (due for timer, due in self._waiting.items() if not timer.done())
        return sorted(due - self._now for due in waiting)

    async def asleep(self, at_least: float = 0.0) -> float:
        """Wait until somebody waits for `at_least` seconds or more; how long they will."""
        while True:
            self._changed.clear()
            long_enough = [wait for wait in self.waits if wait >= at_least]
            if long_enough:
                return long_enough[0]
            async with asyncio.timeout(5):
                await self._changed.wait()
