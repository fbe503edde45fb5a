"""`python -m tests.benchmarks.turns [--full] [--gate]`: what a turn costs, as ratios to floors of the same run.

Every number is CPU time, which survives noisy neighbours; wall time does not. With --gate a missed
goal exits 1; CI runs without it, because a noisy neighbour must not fail a change.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import orjson

from bot.backstage import settle_memory
from bot.i18n import Renderer
from bot.telegram.inbound import parse_update
from dialogs.book import Book, load_book
from dialogs.catalogs import Catalogs, Texts
from dialogs.engine.conversation import from_json, to_json
from dialogs.engine.lines import Code, CodeKind, Line, Message, Param
from dialogs.engine.said import Facts
from dialogs.engine.turn import take_turn
from tests.benchmarks import client, floors
from tests.benchmarks.bench_house import BenchHouse
from tests.benchmarks.measure import rounds
from tests.benchmarks.rival import Rival
from tests.benchmarks.stream import FIRST_CHAT, NOW, Walk, begins_at, stream, update, walk

REPEATS = 8
"""How often the walk is walked in a round, so that a round of ours is as long as one of the floor."""

CHATS = 2_000
PARAMS: dict[str, Param] = {"people": 900, "place": Code(CodeKind.COUNTRY, "US")}


@dataclass(frozen=True, slots=True)
class Result:
    """A ratio, the most it may be, and what we aim at."""

    what: str
    cost: str
    ratio: float
    limit: float | None = None
    aim: float | None = None

    @property
    def missed(self) -> bool:
        """Whether it is more than it may be."""
        return self.limit is not None and self.ratio > self.limit

    def __str__(self) -> str:
        """One line of the table."""
        limit = "" if self.limit is None else f"{self.limit:g}x"
        aim = "" if self.aim is None else f"{self.aim:g}x"
        verdict = "" if self.limit is None else "MISSED" if self.missed else "ok"
        return f"{self.what:<58} {self.cost:>20} {self.ratio:>7.2f}x {limit:>6} {aim:>6}  {verdict}"


class Supply:
    """Updates made beforehand, so that making them is not measured."""

    def __init__(self, updates: Iterator[bytes], number: int) -> None:
        self._updates = iter(list(islice(updates, number)))

    def some(self, number: int) -> list[bytes]:
        """The next ones."""
        return list(islice(self._updates, number))


@dataclass(frozen=True, slots=True)
class Bench:
    """What all measurements share."""

    directory: Path
    book: Book
    walk: Walk
    full: bool
    closing: ExitStack

    @property
    def rounds(self) -> int:
        """How many interleaved rounds."""
        return 21 if self.full else 9


def engine(bench: Bench) -> list[Result]:
    """G2: one turn in memory, parsed, stored as JSON and rendered."""
    updates = list(islice(stream(bench.walk, CHATS), 1_000))
    renderer = Renderer(bench.book.catalogs)
    stored = [orjson.dumps(to_json(each)) for each in bench.walk.before]
    inputs = [step.said for step in bench.walk.steps]

    def floor() -> int:
        floors.parse_table_state(updates)
        return len(updates)

    def ours() -> int:
        for _ in range(REPEATS):
            for place, (state, said) in enumerate(zip(stored, inputs, strict=True)):
                parse_update(updates[place])
                turn = take_turn(bench.book, from_json(orjson.loads(state)), said, Facts(NOW))
                orjson.dumps(to_json(turn.conversation))
                for message in turn.messages:
                    _render(renderer, message, "en")
        return REPEATS * len(stored)

    ours()
    cost = rounds({"floor": floor, "ours": ours}, bench.rounds)
    return [_ratio("engine with rendering / parse, table, JSON state (G2)", cost, "ours", 15, 8)]


def storage(bench: Bench) -> list[Result]:
    """G3 and G4: durable turns, 64 and 1 in flight, and the ConversationHandler beside them."""
    floor = floors.RawSqlite(bench.directory / "floor.sqlite3", CHATS * 5)
    house = BenchHouse(bench.directory / "turns.sqlite3", bench.book, bench.walk, CHATS)
    rival = Rival()
    for each in (floor, house, rival):
        bench.closing.callback(each.close)
    warm, most, few = 2 * CHATS, 1_280, 200
    updates = Supply(stream(bench.walk, CHATS), warm + bench.rounds * (most + few))
    same = list(islice(stream(bench.walk, 200), 1_000))

    def raw() -> int:
        floor.turns(400)
        return 400

    def settle() -> int:
        house.clear()
        return 1

    variants: dict[str, Callable[[], int]] = {
        "floor": raw,
        "many": lambda: house.take(updates.some(most), 64),
        "settle": settle,
        "one": lambda: house.take(updates.some(few), 1),
        "rival": lambda: rival.take(same),
    }
    house.take(updates.some(warm), 64)
    cost = rounds(variants, bench.rounds)
    return [
        _ratio("SQLite FULL, 64 in flight / raw sqlite3 (G3)", cost, "many", 1.8, 1.2),
        _ratio("SQLite FULL, 1 in flight / raw sqlite3 (G4)", cost, "one", 7, 4),
        _ratio("  ConversationHandler in memory / raw sqlite3", cost, "rival"),
    ]


def growth(bench: Bench) -> list[Result]:
    """G9: the same turns among few and among many conversations."""
    sizes = {"floor": 1_000, "many": 1_000_000 if bench.full else 100_000}
    houses = {
        name: BenchHouse(bench.directory / f"{name}-people.sqlite3", bench.book, bench.walk, size)
        for name, size in sizes.items()
    }
    for house in houses.values():
        bench.closing.callback(house.close)
    number = bench.rounds * 1_000
    updates = {
        name: Supply(_strided(bench.walk, size, number), number) for name, size in sizes.items()
    }

    def take(name: str) -> Callable[[], int]:
        return lambda: houses[name].take(updates[name].some(1_000), 64)

    def settle(name: str) -> Callable[[], int]:
        def clear() -> int:
            houses[name].clear()
            return 1

        return clear

    variants = {}
    for name in houses:
        variants[name], variants[f"settle {name}"] = take(name), settle(name)
    cost = rounds(variants, bench.rounds)
    what = f"{sizes['many']:,} conversations / {sizes['floor']:,} (G9)"
    return [_ratio(what, cost, "many", 1.25)]


def rendering(bench: Bench) -> list[Result]:
    """G13: twenty translated sentences."""
    single = {("bench", msgid): text for msgid, text in floors.CATALOG.items()}
    renderer = Renderer(Catalogs({"es": Texts(single)}))
    lines = tuple(Line("bench", msgid, PARAMS) for msgid in floors.CATALOG)
    message = Message(1, lines)

    def floor() -> int:
        floors.dict_and_format(500)
        return 500

    def ours() -> int:
        for _ in range(500):
            renderer.message(message, "es")
        return 500

    ours()
    cost = rounds({"floor": floor, "ours": ours}, bench.rounds)
    return [_ratio("message of 20 strings / dict and format (G13)", cost, "ours", 2)]


def web(bench: Bench) -> list[Result]:
    """The whole path over HTTP; a start (G8); memory with few and with many people (G7)."""
    number = 12_000 if bench.full else 4_000
    with client.server("floor") as port:
        start_floor = client.ask(port, "/cpu")
        floor = _posted(port, list(islice(stream(bench.walk, CHATS), number)))
    memory = {}
    for name, people in (("few", 1_000), ("many", 1_000_000 if bench.full else 100_000)):
        path = bench.directory / f"served-{name}.sqlite3"
        BenchHouse(path, bench.book, bench.walk, people).close()
        updates = list(_strided(bench.walk, people, number))
        with client.server("ours", str(path)) as port:
            client.post(port, updates[:1])
            start = client.ask(port, "/cpu")
            cost = _posted(port, updates[1:])
            memory[name] = client.ask(port, "/memory")
    cost_text = f"{cost:.0f} / {floor:.0f} µs"
    start_text = f"{start / 1e9:.2f} / {start_floor / 1e9:.2f} s"
    memory_text = f"{memory['many'] / 2**20:.0f} / {memory['few'] / 2**20:.0f} MiB"
    return [
        Result("webhook to 200 after commit / no-op server", cost_text, cost / floor),
        Result("start to first update / no-op server (G8)", start_text, start / start_floor, 5),
        Result("memory, many people / few (G7)", memory_text, memory["many"] / memory["few"], 1.35),
    ]


def _posted(port: int, updates: list[bytes]) -> float:
    """CPU µs of the server per update."""
    before = client.ask(port, "/cpu")
    client.post(port, updates)
    return (client.ask(port, "/cpu") - before) / len(updates) / 1_000


def _strided(walk_: Walk, people: int, number: int) -> Iterator[bytes]:
    """So many updates of people spread evenly over the table, each one step further than before."""
    half, stride = len(walk_.steps) // 2, max(1, people // number)
    for place in range(number):
        further, chat = divmod(place * stride, people)
        step = walk_.steps[begins_at(walk_, chat) + further % half]
        yield update(place + 1, FIRST_CHAT + chat, step)


def _render(renderer: Renderer, message: Message, locale: str) -> None:
    renderer.message(message, locale)
    for row in message.rows:
        for button in row:
            renderer.label(button.label, locale)


def _ratio(
    what: str,
    cost: dict[str, float],
    name: str,
    limit: float | None = None,
    aim: float | None = None,
) -> Result:
    text = f"{cost[name]:.1f} / {cost['floor']:.1f} µs"
    return Result(what, text, cost[name] / cost["floor"], limit, aim)


def main() -> int:
    """Measure everything and print the table."""
    book = load_book()
    with tempfile.TemporaryDirectory() as name, ExitStack() as closing:
        bench = Bench(Path(name), book, walk(book, 120), "--full" in sys.argv, closing)
        print(f"{'CPU of':<58} {'ours / floor':>20} {'ratio':>8} {'limit':>6} {'aim':>6}")
        settle_memory()
        missed = False
        for measurement in (engine, rendering, storage, growth, web):
            for result in measurement(bench):
                print(result, flush=True)
                missed |= result.missed
    return int(missed and "--gate" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
