"""`python -m tests.kill --kills 50`: kill -9 at random moments under load; nothing may be lost or happen twice.

Decides the moments, from a seed. With `--planted` a program that acknowledges before it commits is run instead, and the
script fails unless it finds what was lost. It prints one line.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.clock import SystemClock
from bot.demo.door import telegram_door
from bot.demo.world import World
from bot.intake import MOST_WAITING
from bot.tasks import Tasks
from bot.web.server import WebServer
from dialogs.book import load_book
from tests.kill.child import RUN, RUN_HASTILY, Child
from tests.kill.crowd import WORDS, Crowd
from tests.kill.verdict import Verdict, judge
from tests.support.canaries import found_in, written

HOST = "127.0.0.1"
PEOPLE = 100
PER_SECOND = 250
TICK = 0.01
LONGEST_LIFE = 0.5
START_UP = 3.0
EARLY = 0.15
"""The share of kills that come while the program is starting."""
PATIENCE = 20


@dataclass(frozen=True, slots=True)
class Run:
    """What one run found. `in_flight`: kills while updates were handed out and not acknowledged."""

    kills: int
    in_flight: int
    seconds: float
    ended_well: bool
    leaked: int
    verdict: Verdict


class Killing:
    """One run."""

    def __init__(self, place: Path, kills: int, seed: int, module: str) -> None:
        self._place, self._kills, self._module = place, kills, module
        self._chance = random.Random(seed)
        self._clock = SystemClock()
        self._world = World(clock=self._clock.now)
        self._tasks = Tasks(self._clock)
        self._crowd = Crowd(self._world, load_book(), PEOPLE, self._chance)
        self._awake = asyncio.Event()
        self._acknowledged = asyncio.Event()
        self._world.subscribe(self._hear)

    async def run(self) -> Run:
        """Start, kill, start again …, and judge."""
        began = self._clock.monotonic()
        in_flight = 0
        async with self._door() as address:
            child = Child(self._place, address, self._module)
            async with asyncio.TaskGroup() as group:
                load = group.create_task(self._load())
                for _ in range(self._kills):
                    in_flight += await self._one_life(child)
                load.cancel()
            ended_well = await self._last_life(child)
        verdict = judge(child.settings, self._world, self._crowd)
        leaked = sum(word in child.log for word in (*WORDS, self._world.token))
        leaked += len(found_in(written(self._place)))
        seconds = self._clock.monotonic() - began
        return Run(self._kills, in_flight, seconds, ended_well, leaked, verdict)

    async def _one_life(self, child: Child) -> bool:
        """Whether updates were under way when it ended."""
        self._awake.clear()
        await child.start()
        if self._chance.random() < EARLY:
            await asyncio.sleep(self._chance.uniform(0, START_UP))
        else:
            await self._wakes(child)
            await asyncio.sleep(self._chance.uniform(0, LONGEST_LIFE))
        under_way = self._awake.is_set() and len(self._world.inbox) > 0
        if not await child.kill():
            raise RuntimeError(f"the program ended by itself:\n{_tail(child.log)}")
        return under_way

    async def _wakes(self, child: Child) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._awake.wait()
        except TimeoutError:
            raise RuntimeError(f"the program did not start:\n{_tail(child.log)}") from None

    async def _last_life(self, child: Child) -> bool:
        """Let it take what is left. Whether it could be stopped in an orderly way."""
        await child.start()
        async with asyncio.timeout(PATIENCE):
            while len(self._world.inbox):
                self._acknowledged.clear()
                await self._acknowledged.wait()
        return await child.stop()

    async def _load(self) -> None:
        """Never more than the program reads without hurry, so that it reads as the crowd's own copy does."""
        while True:
            for _ in range(int(PER_SECOND * TICK)):
                if len(self._world.inbox) < MOST_WAITING:
                    self._crowd.act()
            await asyncio.sleep(TICK)

    def _hear(self, event: dict[str, Any]) -> None:
        if event["type"] == "call":
            if event["call"]["method"] == "sendMessage":
                self._awake.set()  # what it needs for reading is loaded, and turns are being taken
            elif event["call"]["method"] == "getUpdates":
                self._acknowledged.set()

    @asynccontextmanager
    async def _door(self) -> AsyncIterator[str]:
        door = WebServer(telegram_door(self._world), HOST, 0, self._tasks)
        await door.start()
        try:
            yield f"http://{HOST}:{door.port}"
        finally:
            self._world.poller += 1  # polls of killed programs still wait
            self._world.wake()
            await door.stop()
            await self._tasks.stop(1.0)


def _tail(log: str) -> str:
    """The last lines, without those that say the same."""
    lines = dict.fromkeys(line.partition(" ")[2] for line in log.splitlines())
    return "\n".join(list(lines)[-20:])


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    parser.add_argument("--planted", action="store_true", help="run the program with the mistake")
    given = parser.parse_args()
    module = RUN_HASTILY if given.planted else RUN
    with tempfile.TemporaryDirectory(prefix="kill-") as place:
        run = asyncio.run(Killing(Path(place), given.kills, given.seed, module).run())
    print(_line(run, given.seed, planted=given.planted))
    if given.planted:
        return 0 if run.verdict.lost else 1
    return 0 if run.verdict.sound and run.ended_well and not run.leaked else 1


def _line(run: Run, seed: int, *, planted: bool) -> str:
    found = run.verdict
    said = (
        f"{run.kills} kills in {run.seconds:.0f} s (seed {seed}), {run.in_flight} with updates under way: "
        f"{found.updates} updates, {found.lost} lost, {found.twice} applied twice, "
        f"{found.differ} conversations differ; {found.bubbles} bubbles, {found.sent_twice} sent twice, "
        f"{found.unsent} unsent; {run.leaked} leaks; {'ended' if run.ended_well else 'did not end'} well"
    )
    if planted:
        return f"planted: {said} -> {'found' if found.lost else 'NOT FOUND'}"
    return f"kill: {said}"


if __name__ == "__main__":
    sys.exit(main())
