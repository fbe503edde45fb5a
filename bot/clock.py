"""The only clock. Everything else is told the time, or asked to wait, through these protocols.

Decides nothing. Tests move their own clock (`tests/support/clock.py`), so nothing in the program or its tests waits
for real seconds to prove what happens later.
"""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> int:
        """UTC epoch seconds."""
        ...

    def monotonic(self) -> float:
        """Seconds from an arbitrary start; never goes back."""
        ...


class Timekeeper(Clock, Protocol):
    """A clock that can also be waited for."""

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait for `event`, at most `seconds`. Whether it happened."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> int:
        """UTC epoch seconds."""
        return time.time_ns() // 1_000_000_000

    def monotonic(self) -> float:
        """Seconds since the machine started, or similar."""
        return time.monotonic()

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait for `event`, at most `seconds`. Whether it happened."""
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return False
        return True
