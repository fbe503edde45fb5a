"""Telegram's durable inbox: updates wait here until the bot confirms them, or until they are too old.

Decides ids, life time, confirmation by offset, which kinds are wanted and the order in each lane. It does not decide
what an update says, nor how it travels (`poll`, `sender`).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any, Final

Json = dict[str, Any]

DAY: Final = 86_400
CALLBACK_LIFE: Final = 150
"""Seconds a pressed button waits for its bot, and for its answer."""

_LIFE: Final = {"callback_query": CALLBACK_LIFE}
_ONLY_WHEN_ASKED: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that waits. Updates of one lane are delivered one after another, lanes side by side."""

    update: Json
    kind: str
    lane: int
    expires_at: float


class Inbox:
    """Updates in the order they happened, by id."""

    def __init__(self, clock: Callable[[], float], first_id: int) -> None:
        self._clock = clock
        self._next_id = first_id
        self._waiting: dict[int, Waiting] = {}
        self._lanes: dict[int, dict[int, Waiting]] = {}
        self._expiring: list[tuple[float, int]] = []
        self._allowed: frozenset[str] = frozenset()
        self.duplicated = False
        self.reordered = False
        self.held = False
        """Nothing is handed out for now: what happens meanwhile arrives late."""

    def __len__(self) -> int:
        self._expire()
        return len(self._waiting)

    def __contains__(self, update_id: int) -> bool:
        self._expire()
        return update_id in self._waiting

    @property
    def ready(self) -> bool:
        """Whether there is something to hand out now."""
        return not self.held and len(self) > 0

    def allow(self, kinds: Sequence[str]) -> None:
        """Which kinds to keep from now on; none named means the default ones. It sticks."""
        self._allowed = frozenset(kinds)

    @property
    def allowed(self) -> list[str]:
        """The kinds asked for, empty for the default."""
        return sorted(self._allowed)

    def add(self, kind: str, content: Json, lane: int) -> tuple[Json, bool]:
        """The Update, and whether it waits to be delivered (the bot may not want its kind)."""
        number = self._next_id
        self._next_id += 1
        update = {"update_id": number, kind: content}
        wanted = kind in self._allowed if self._allowed else kind not in _ONLY_WHEN_ASKED
        if wanted:
            expires_at = self._clock() + _LIFE.get(kind, DAY)
            waiting = Waiting(update, kind, lane, expires_at)
            self._waiting[number] = waiting
            self._lanes.setdefault(lane, {})[number] = waiting
            heapq.heappush(self._expiring, (expires_at, number))
        return update, wanted

    def take(self, offset: int, limit: int) -> list[Json]:
        """What getUpdates hands out: everything below `offset` is forgotten, the rest stays."""
        self._expire()
        if offset < 0:
            offset = next(iter([*self._waiting][offset:]), 0)
        for known in list(takewhile(lambda number: number < offset, self._waiting)):
            self.confirm(known)
        if self.held:
            return []
        updates = [one.update for one in islice(self._waiting.values(), limit)]
        if self.reordered:
            updates.reverse()
        return [one for one in updates for _ in range(1 + self.duplicated)]

    def lanes(self) -> list[int]:
        """The lanes in which something waits to be handed out."""
        self._expire()
        return [] if self.held else list(self._lanes)

    def head(self, lane: int) -> Waiting | None:
        """The update of a lane that is delivered next."""
        self._expire()
        waiting = {} if self.held else self._lanes.get(lane, {})
        order = reversed(waiting) if self.reordered else iter(waiting)
        return next((waiting[number] for number in order), None)

    def confirm(self, update_id: int) -> None:
        """The bot has it, or it is given up."""
        waiting = self._waiting.pop(update_id, None)
        if waiting is None:
            return
        lane = self._lanes[waiting.lane]
        del lane[update_id]
        if not lane:
            del self._lanes[waiting.lane]

    def clear(self) -> None:
        """drop_pending_updates."""
        self._waiting.clear()
        self._lanes.clear()
        self._expiring.clear()

    def _expire(self) -> None:
        now = self._clock()
        while self._expiring and self._expiring[0][0] <= now:
            self.confirm(heapq.heappop(self._expiring)[1])
