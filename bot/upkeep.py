"""What a running database needs besides turns: timers that fall due, checkpoints, retention.

Decides when each is done, in one thread of its own. It writes nothing itself: due timers come in
through the same door as every input, and removing goes through the writer thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, Protocol

from sqlalchemy import Connection, Engine

from bot.arrival import Arrival
from bot.clock import Clock
from bot.logs import Journal
from bot.privacy.vault import Vault
from bot.storage.engine import checkpoint
from bot.storage.retention import Retention
from bot.storage.timers import due_timers
from bot.turns_plan import Taken

TICK = 0.2
TIMERS_EVERY, LOOK_EVERY, WIPE_EVERY, SWEEP_EVERY = 5, 10, 3_000, 18_000
"""In ticks: one second, two seconds, ten minutes, one hour."""

_journal = Journal("upkeep")


class Door(Protocol):
    """The writer thread, as far as upkeep needs it. `commits` and `removals` only count up."""

    commits: int
    removals: int

    def take(self, inputs: Sequence[Arrival]) -> Future[list[Taken]]:
        """Take inputs."""
        ...

    def run(self, chore: Callable[[Connection], object]) -> Future[None]:
        """Run other writing."""
        ...


class Upkeep:
    """The thread that looks after one database."""

    def __init__(
        self,
        engine: Engine,
        vault: Vault,
        door: Door,
        clock: Clock,
        keep_days: int,
        measure: Callable[[int], None] = lambda _: None,
        look: Callable[[], None] = lambda: None,
    ) -> None:
        """`measure` is called with the time, every hour: see `bot.answering`; `look` every two seconds: see
        `bot.withholding`.
        """
        self._engine, self._vault, self._door, self._clock = engine, vault, door, clock
        self._measure, self._look = measure, look
        self._retention = Retention(engine, vault, keep_days)
        self._moved = self._wiped = 0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upkeep")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; a chore under way is finished first."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def fire(self) -> list[Taken]:
        """Hand in every timer that is due, and wait until it is taken."""
        arrivals = due_timers(self._engine, self._vault, self._clock.now())
        return self._door.take(arrivals).result() if arrivals else []

    def sweep(self) -> None:
        """Remove everything that is kept no longer, a slice at a time."""
        while removals := self._retention.removals(self._clock.now()):
            for removal in removals:
                self._door.run(removal.run).result()
            if self._stopping.is_set():
                return

    def checkpoint(self, *, wipe: bool = False) -> None:
        """Move commits into the file, and clear the log when something personal was removed.

        Does nothing when nothing was written; what a reader holds back is tried again next time.
        """
        commits, removals = self._door.commits, self._door.removals
        wipe = wipe or removals != self._wiped
        if commits == self._moved and not wipe:
            return
        if checkpoint(self._engine, truncate=wipe):
            self._moved = commits
            self._wiped = removals if wipe else self._wiped

    def _run(self) -> None:
        tick = 0
        while not self._stopping.wait(TICK):
            tick += 1
            self._guard("checkpoint", self._wipe if tick % WIPE_EVERY == 0 else self.checkpoint)
            if tick % TIMERS_EVERY == 1:
                self._guard("timers", self.fire)
            if tick % LOOK_EVERY == 0:
                self._guard("look", self._look)
            if tick % SWEEP_EVERY == 1:
                self._guard("measure", lambda: self._measure(self._clock.now()))
                self._guard("sweep", self.sweep)

    def _wipe(self) -> None:
        self.checkpoint(wipe=True)

    def _guard(self, what: str, work: Callable[[], Any]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - the next tick tries again
            _journal.failure("upkeep_failed", work=what, error=error)
