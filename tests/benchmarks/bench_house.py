"""The program without Telegram, for measuring: a database with people in it, and the threads running."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future
from pathlib import Path

from sqlalchemy import Connection, insert

from bot.clock import SystemClock
from bot.intake import Intake
from bot.privacy.vault import Vault
from bot.storage.engine import checkpoint, open_engine
from bot.storage.envelope import State, seal_state
from bot.storage.migrate import upgrade
from bot.storage.outbox import Outbox, Sent
from bot.storage.tables import CONVERSATION
from bot.telegram.inbound import Update, parse_update
from bot.turns import Turns
from bot.turns_plan import Taken
from bot.upkeep import Upkeep
from dialogs.book import Book
from tests.benchmarks.stream import FIRST_CHAT, Walk, begins_at

KEYS = bytes(range(32)), bytes(range(32, 64))


class BenchHouse:
    """Takes updates as bytes. With a walk, `conversations` people are already on it."""

    def __init__(
        self, path: Path, book: Book, walk: Walk | None = None, conversations: int = 0
    ) -> None:
        url = f"sqlite:///{path}"
        upgrade(url)
        self.engine, self.vault = open_engine(url), Vault([KEYS[0]], KEYS[1])
        if walk:
            self._fill(conversations, walk)
        clock = SystemClock()
        self.turns = Turns(self.engine, book, self.vault, clock, keep_days=90)
        self.intake = Intake(self.turns, clock)
        self.outbox = Outbox(self.engine, self.vault)
        self._upkeep = Upkeep(self.engine, self.vault, self.turns, clock, 90)
        self._clock = clock
        self.turns.start()
        self.intake.start()
        self._upkeep.start()

    def _fill(self, conversations: int, walk: Walk) -> None:
        rng = random.Random(5)
        rows = []
        now = SystemClock().now()
        for number in range(conversations):
            name, chat = f"{rng.getrandbits(96):024x}", FIRST_CHAT + number
            state = State(chat, f"{chat:024x}", walk.before[begins_at(walk, number)])
            rows.append(
                {
                    "id": name,
                    "chat_hash": self.vault.lookup(chat),
                    "locale": "en",
                    "state": seal_state(self.vault, name, state),
                    "updated_at": now,
                    "unreachable": False,
                }
            )
        with self.engine.begin() as connection:
            if rows:
                connection.execute(insert(CONVERSATION), rows)
        checkpoint(self.engine, truncate=True)

    def take(self, updates: Iterable[bytes], in_flight: int) -> int:
        """Take updates one by one, so many of them waiting at any time; the number of updates."""
        waiting: deque[Future[list[Taken]]] = deque()
        number = 0
        for raw in updates:
            parsed = parse_update(raw)
            assert isinstance(parsed, Update)
            waiting.append(self.intake.receive([parsed]))
            number += 1
            if len(waiting) >= in_flight:
                _check(waiting.popleft())
        while waiting:
            _check(waiting.popleft())
        return number

    def deliver(self) -> None:
        """Say of everything that waits that it was sent."""
        while parcels := self.outbox.heads(self._clock.now(), 500):
            now = self._clock.now()
            self.turns.mark([Sent(each.id, each.id, now) for each in parcels]).result()

    def clear(self) -> None:
        """Sent bubbles of long ago are gone."""

        def empty(connection: Connection) -> None:
            connection.exec_driver_sql("DELETE FROM outbox")

        self.turns.run(empty).result()

    def close(self) -> None:
        """Stop the threads."""
        self.intake.stop()
        self._upkeep.stop()
        self.turns.stop()
        self.engine.dispose()


def _check(future: Future[list[Taken]]) -> None:
    (taken,) = future.result()
    if taken.failed or not taken.fresh:
        raise AssertionError("a turn of the benchmark failed")
