"""A clock for tests of the whole program: waiting is short, the date is the test's.

`now` starts on a Monday and goes as fast as the real one; `advance` lets it jump. Whatever is waited for in the program
takes a fiftieth of its time, so that pacing is kept and nobody sits through it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

MONDAY = 1_795_000_000
HASTE = 50


class QuickClock:
    """The program's Timekeeper. `on_rest` is called whenever somebody begins to wait."""

    def __init__(self, now: int = MONDAY, haste: int = HASTE) -> None:
        self._start, self._haste = time.monotonic(), haste
        self._date = float(now)
        self.on_rest: Callable[[], None] = lambda: None

    def __call__(self) -> float:
        """Epoch seconds, as a World asks for them."""
        return self._date + time.monotonic() - self._start

    def now(self) -> int:
        """Epoch seconds."""
        return int(self())

    def monotonic(self) -> float:
        """Seconds for pacing: they pass faster than real ones."""
        return (time.monotonic() - self._start) * self._haste

    def advance(self, seconds: float) -> None:
        """Let the date jump."""
        self._date += seconds

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait for `event`, at most a fiftieth of `seconds`."""
        self.on_rest()
        try:
            async with asyncio.timeout(seconds / self._haste):
                await event.wait()
        except TimeoutError:
            return False
        return True

    async def sleep(self, seconds: float) -> None:
        """Sleep a fiftieth of `seconds`."""
        await asyncio.sleep(seconds / self._haste)
