"""What the least possible work costs: the floors everything else is a multiple of.

Imports nothing of this program, so that no change to it can move a floor.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

STATE = orjson.dumps(
    {
        "schema": 1,
        "locale": "en",
        "frames": [["menu", "open", 12, 4], ["options", "country", 14, 5]],
        "answers": {f"answer_{n}": ["choice", f"value_{n}", f"flow.state_{n}"] for n in range(5)},
        "trail": [[["menu", "open"]], [["read", "topics"]]],
        "turns": 15,
    }
)
OUTBOX_PAYLOAD = orjson.dumps({"chat": 123456789, "lines": ["x" * 100, "y" * 80]})
TABLE = {f"s{n}": {f"t{m}": f"s{(n * 7 + m) % 60}" for m in range(5)} for n in range(60)}


def parse_table_state(updates: Sequence[bytes]) -> None:
    """Parse the update, look the next state up in a dict, read and write the state as JSON."""
    place = "s0"
    for raw in updates:
        update = orjson.loads(raw)
        state = orjson.loads(STATE)
        place = TABLE[place][f"t{update['update_id'] % 5}"]
        state["turns"] += 1
        state["frames"][1][1] = place
        orjson.dumps(state)


class RawSqlite:
    """Dedupe, load, update, two log rows and one or two outbox rows; one transaction a turn."""

    def __init__(self, path: Path, chats: int) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        run = self._connection.execute
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = FULL")
        run("PRAGMA cache_size = -16384")
        run("CREATE TABLE seen (id INTEGER PRIMARY KEY, at INTEGER)")
        run("CREATE TABLE conversation (chat INTEGER PRIMARY KEY, state BLOB, at INTEGER)")
        run("CREATE TABLE log (id INTEGER PRIMARY KEY, chat INTEGER, at INTEGER, what TEXT)")
        run("CREATE TABLE outbox (id INTEGER PRIMARY KEY, chat INTEGER, at INTEGER, payload BLOB)")
        run("BEGIN")
        rows = ((chat, STATE, 0) for chat in range(chats))
        self._connection.executemany("INSERT INTO conversation VALUES (?, ?, ?)", rows)
        run("COMMIT")
        self._chats, self._next = chats, 1

    def turns(self, number: int) -> None:
        """Take so many turns."""
        for _ in range(number):
            self._turn()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _turn(self) -> None:
        run, update, at = self._connection.execute, self._next, 1_700_000_000 + self._next
        chat = update * 7919 % self._chats
        self._next += 1
        run("BEGIN IMMEDIATE")
        run("INSERT OR IGNORE INTO seen VALUES (?, ?)", (update, at))
        ((state,),) = run("SELECT state FROM conversation WHERE chat = ?", (chat,)).fetchall()
        run("UPDATE conversation SET state = ?, at = ? WHERE chat = ?", (state, at, chat))
        for what in ("chosen", "shown"):
            run("INSERT INTO log (chat, at, what) VALUES (?, ?, ?)", (chat, at, what))
        for _ in range(1 + update % 2):
            values = (chat, at, OUTBOX_PAYLOAD)
            run("INSERT INTO outbox (chat, at, payload) VALUES (?, ?, ?)", values)
        run("COMMIT")


CATALOG = {
    f"Sentence number {n}, about {{people}} people in {{place}}.": (
        f"Frase número {n}: {{people}} personas en {{place}}."
    )
    for n in range(20)
}


def dict_and_format(messages: int) -> None:
    """Twenty sentences a message: looked up in a dict, filled with two parameters each."""
    catalog = CATALOG
    for _ in range(messages):
        for msgid in catalog:
            catalog[msgid].format(people=900, place="US")


async def no_op_app(_scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - raw ASGI
    """Read the body, answer 200, do nothing."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"ok"})
