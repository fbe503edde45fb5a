"""What was seen on the wire: the last updates and calls, and what followed the last thing each person did.

Decides how much is remembered and what belongs to whom. It reads no database and explains nothing: `inspect` does.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from bot.clock import Clock
from bot.demo.world import World

Json = dict[str, Any]
Counts = dict[tuple[str, str, str], int]

REMEMBERED: Final = 80
_POLL: Final = "getUpdates"


@dataclass(slots=True)
class Act:
    """Something a person did, and what the program did about it so far. Times in seconds."""

    kind: str
    query: str | None
    at: float
    counts: Counts
    answered_after: float = 0.0
    calls: list[Json] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing on the wire. `number` counts them."""

    number: int
    update: Json | None = None
    call: Json | None = None


class Witness:
    """Listens to a World for as long as it lives."""

    def __init__(self, world: World, count: Callable[[], Counts], clock: Clock) -> None:
        """`count` tells the program's counters at this moment."""
        self._count, self._clock = count, clock
        self._number = 0
        self._acts: dict[int, Act] = {}
        self.wire: deque[Seen] = deque(maxlen=REMEMBERED)
        world.subscribe(self._hear)

    def last_act(self, user: int) -> Act | None:
        """The last thing this person did."""
        return self._acts.get(user)

    def _hear(self, event: Json) -> None:
        if event["type"] == "update":
            self._update(event["update"])
        elif event["type"] == "call":
            self._call(event["call"])

    def _update(self, update: Json) -> None:
        self._number += 1
        self.wire.append(Seen(self._number, update=update))
        kind, content = next((name, value) for name, value in update.items() if name != "update_id")
        user = content.get("from", {}).get("id")
        if user is not None:
            query = content["id"] if kind == "callback_query" else None
            self._acts[user] = Act(kind, query, self._clock.monotonic(), self._count())

    def _call(self, call: Json) -> None:
        if call["method"] == _POLL and call["status"] == 200:
            return  # one every few seconds, saying nothing
        self._number += 1
        self.wire.append(Seen(self._number, call=call))
        params = call["params"]
        chat, query = params.get("chat_id"), params.get("callback_query_id")
        for user, act in self._acts.items():
            if str(chat) == str(user) or (query is not None and query == act.query):
                if not act.calls:
                    act.answered_after = self._clock.monotonic() - act.at
                act.calls.append(call)
