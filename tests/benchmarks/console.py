"""`python -W ignore -m tests.benchmarks.console [--gate]`: how long the pages of the console take.

Among 100,000 conversations of some eight turns each, through the application as it is served, signed in as an admin.
Each page that needs no name in its address is asked for, so also one that is added tomorrow; the list and the search
with several filters too, and one transcript. These are times by the clock on the wall: noisy neighbours show. With
--gate a missed goal exits 1.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from bot.storage.staff import Role
from tests.benchmarks.console_people import People
from tests.support.logged import told
from tests.support.office import Client, Office, office
from tests.support.routes import ways

VISITS = 100_000
MOST = 300
"""Milliseconds that half of the requests may take."""
WARM, ASKED = 2, 15
NOT_PAGES = {"/sign-in", "/sign-on", "/sign-on/back", "/account/sign-on"}
"""Ways in; single sign-on is not set up here."""
QUERIES = (
    "/conversations?within=7d",
    "/conversations?language=hi&outcome=declined",
    "/conversations?flow=barriers",
    "/conversations?flow=when_useful",
    "/conversations?flow=barriers&misses=5",
    "/conversations?state=when_useful.more",
    "/conversations?label=l3&status=follow_up",
    "/conversations?reviewer=mine",
    "/conversations?reviewer=unassigned&danger=any",
    "/conversations?turns_min=100",
    "/conversations?before=1790000000.a",
    "/conversations?q=doctor",
    "/conversations?q=nowhere+at+all",
    "/conversations?q=nowhere+at+all&flow=barriers",
    "/conversations?q=nowhere+at+all&label=l3",
)
WALK = ("/start", "what does it cost", "[Something worries me]", "my doctor may be angry", "/menu")


@dataclass(frozen=True, slots=True)
class Result:
    """A page, and how long its requests took, in milliseconds."""

    path: str
    status: int
    size: int
    taken: list[float]

    @property
    def half(self) -> float:
        """Half of them took no longer."""
        return quantiles(self.taken, n=20)[9]

    @property
    def missed(self) -> bool:
        """Whether that is too long, or no page came."""
        return self.half > MOST or self.status != 200

    def __str__(self) -> str:
        """One line of the table."""
        most = quantiles(self.taken, n=20)[18]
        verdict = "MISSED" if self.missed else "ok"
        return (
            f"{self.path:<56} {self.status:>4} {self.size / 1024:>6.0f}"
            f" {self.half:>7.0f} {most:>7.0f}  {verdict}"
        )


def addresses(house: Office, ref: str) -> Iterator[str]:
    """What is asked for."""
    for way in ways(house.app):
        if way.method == "GET" and "{" not in way.route and way.route not in NOT_PAGES:
            yield way.path
        if way.method == "GET" and way.route == "/conversations/{ref}":
            yield f"/conversations/{ref}"
    yield from QUERIES


async def ask(client: Client, path: str) -> Result:
    """Ask for a page often enough."""
    taken = []
    for _ in range(WARM + ASKED):
        begun = time.perf_counter()
        answer = await client.get(path)
        taken.append((time.perf_counter() - begun) * 1_000)
    return Result(path, answer.status_code, len(answer.content), taken[WARM:])


async def measure(house: Office, ref: str) -> bool:
    """Print the table. Whether a page took too long."""
    client, missed = await house.signed_in(Role.ADMIN), False
    print(f"{'page':<56} {'':>4} {'KiB':>6} {'p50 ms':>7} {'p95 ms':>7}  at most {MOST} ms")
    for path in addresses(house, ref):
        result = await ask(client, path)
        print(result, flush=True)
        missed |= result.missed
    return missed


def main() -> int:
    """Fill a database, and measure."""
    with tempfile.TemporaryDirectory() as name:
        house = office(Path(name))
        staff = [house.colleague(role).member.id for role in Role]
        People(house, staff).fill(VISITS)
        missed = asyncio.run(measure(house, told(house, *WALK)))
        house.engine.dispose()
    return int(missed and "--gate" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
