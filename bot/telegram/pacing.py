"""How fast Telegram may be called.

Decides when the next call to a chat may start: so many in any second over all chats, one a second in one chat after
a small burst, and nothing while Telegram asked us to wait. Pure: the time comes in. It does not order what is sent.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

PRUNE_ABOVE = 10_000


@dataclass(slots=True)
class Pace:
    """The calls made so far. `per_second` over all chats; in one chat one every `chat_pause` after `chat_burst`."""

    per_second: int = 30
    chat_pause: float = 1.0
    chat_burst: int = 5
    _recent: deque[float] = field(default_factory=deque)
    _chats: dict[int, float] = field(default_factory=dict)
    """When each chat will have paid for its calls: one call costs `chat_pause`."""
    _held: dict[int, float] = field(default_factory=dict)
    _all_held: float = 0.0

    def rest(self, now: float) -> float:
        """Seconds until any call may start at all."""
        oldest = self._recent[0] if len(self._recent) >= self.per_second else now - 1
        return max(0.0, oldest + 1 - now, self._all_held - now)

    def delay(self, chat: int, now: float) -> float:
        """Seconds until a call to `chat` may start."""
        credit = self.chat_pause * (self.chat_burst - 1)
        paid = self._chats.get(chat, now) - credit
        return max(self.rest(now), paid - now, self._held.get(chat, 0.0) - now)

    def urgent_delay(self, chat: int, now: float) -> float:
        """Seconds until a call to `chat` may start that does not wait for the chat's own pace."""
        return max(self.rest(now), self._held.get(chat, 0.0) - now)

    def spend(self, chat: int, now: float) -> None:
        """A call to `chat` starts now."""
        self._recent.append(now)
        while len(self._recent) > self.per_second:
            self._recent.popleft()
        self._chats[chat] = max(self._chats.get(chat, now), now) + self.chat_pause
        if len(self._chats) > PRUNE_ABOVE:
            self._chats = {chat: paid for chat, paid in self._chats.items() if paid > now}

    def hold(self, chat: int, now: float, seconds: float) -> None:
        """Telegram asked to wait. A second chat that is asked while another still waits means all of them."""
        self._held = {held: until for held, until in self._held.items() if until > now}
        if self._held.keys() - {chat}:
            self.hold_all(now, seconds)
        self._held[chat] = now + seconds

    def hold_all(self, now: float, seconds: float) -> None:
        """Start no call for so long."""
        self._all_held = max(self._all_held, now + seconds)
