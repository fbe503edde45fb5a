"""The demo's clock: the machine's, moved on by hand.

Decides that a wait ends when the clock was moved past its end, as if the time had gone by. It does not decide who moves
it.
"""

from __future__ import annotations

import asyncio
from typing import Final

from bot.clock import SystemClock, Timekeeper

_MACHINE: Final = SystemClock()


class DemoClock:
    """A Timekeeper that is `ahead` of the machine's by some seconds. Move it in the event loop's thread."""

    def __init__(self, machine: Timekeeper = _MACHINE) -> None:
        self._machine = machine
        self._moved = asyncio.Event()
        self.ahead = 0

    def now(self) -> int:
        """UTC epoch seconds."""
        return self._machine.now() + self.ahead

    def monotonic(self) -> float:
        """Seconds from an arbitrary start; never goes back."""
        return self._machine.monotonic() + self.ahead

    def move(self, seconds: int) -> None:
        """Let `seconds` go by at once."""
        self.ahead += seconds
        self._moved.set()
        self._moved = asyncio.Event()

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait for `event`, at most `seconds`. Whether it happened."""
        end = self.monotonic() + seconds
        while not event.is_set() and (left := end - self.monotonic()) > 0:
            await self._first(event, self._moved, left)
        return event.is_set()

    async def _first(self, event: asyncio.Event, moved: asyncio.Event, seconds: float) -> None:
        """Wait until either is set, at most `seconds`."""
        either = asyncio.Event()
        watching = [asyncio.ensure_future(_pass_on(one, either)) for one in (event, moved)]
        try:
            await self._machine.wait(either, seconds)
        finally:
            for watch in watching:
                watch.cancel()


async def _pass_on(news: asyncio.Event, further: asyncio.Event) -> None:
    await news.wait()
    further.set()
