"""What goes wrong at Telegram's end, on purpose: switches a test or the demo turns.

Decides which call fails next and when the flood limit strikes; each fault is used up as it strikes. It does not decide
what a call does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.demo.world_inbox import Inbox
from bot.demo.world_refusals import Refusal, too_many_requests

Aim = str | frozenset[str] | None
"""A method, several, or any but getUpdates, which never stops running."""

SENDS: Final = frozenset(
    {"sendMessage", "sendDocument", "sendPhoto", "editMessageText", "editMessageReplyMarkup"}
)
"""The methods that put something into a chat."""


@dataclass(frozen=True, slots=True)
class FloodLimits:
    """Messages a second, over all chats and in one; a burst may go out at once."""

    overall: float
    overall_burst: int
    chat: float
    chat_burst: int


DOCUMENTED: Final = FloodLimits(overall=30, overall_burst=30, chat=1, chat_burst=5)
"""About what Telegram's FAQ tells; the true numbers are not published."""

GENEROUS: Final = FloodLimits(overall=1_000, overall_burst=2_000, chat=50, chat_burst=200)
"""Catches only a bot that has run away."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float

    def wait(self, now: float, rate: float, burst: int) -> float:
        """Seconds until a token is there."""
        self.tokens = min(burst, self.tokens + max(0.0, now - self.at) * rate)
        self.at = now
        return max(0.0, (1 - self.tokens) / rate)


class Flood:
    """Token buckets: one for the bot, one for each chat."""

    def __init__(self, clock: Callable[[], float], limits: FloodLimits | None) -> None:
        self._clock = clock
        self._overall: _Bucket | None = None
        self._chats: dict[int, _Bucket] = {}
        self.limits = limits

    def admit(self, chat_id: int) -> None:
        """Count a message to `chat_id`; raises 429 with the seconds to wait."""
        limits = self.limits
        if limits is None:
            return
        now = self._clock()
        overall = self._overall = self._overall or _Bucket(limits.overall_burst, now)
        chat = self._chats.get(chat_id)
        if chat is None:
            chat = self._chats[chat_id] = _Bucket(limits.chat_burst, now)
        wait = max(
            overall.wait(now, limits.overall, limits.overall_burst),
            chat.wait(now, limits.chat, limits.chat_burst),
        )
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        overall.tokens -= 1
        chat.tokens -= 1


@dataclass(slots=True)
class _Planned:
    refusal: Refusal
    aim: Aim


class Faults:
    """The switches. `wake` tells whoever delivers updates that some may go again."""

    def __init__(self, inbox: Inbox, wake: Callable[[], object] = lambda: None) -> None:
        self._inbox, self._wake = inbox, wake
        self._planned: list[_Planned] = []
        self._lost: list[Aim] = []

    def next_429(self, retry_after: int, method: Aim = None, times: int = 1) -> None:
        """The next `times` calls are told to wait `retry_after` seconds."""
        self._planned += [_Planned(too_many_requests(retry_after), method)] * times

    def next_5xx(self, times: int = 1, method: Aim = None) -> None:
        """The next `times` calls find the server broken; nothing is done."""
        self._planned += [_Planned(Refusal(500), method)] * times

    def next_refusal(self, status: int, words: str, method: Aim = None) -> None:
        """The next call is refused with a status and words of the test's choice."""
        self._planned.append(_Planned(Refusal(status, words), method))

    def lose_answer(self, times: int = 1, method: Aim = None) -> None:
        """The next `times` calls are carried out, and the caller never hears of it."""
        self._lost += [method] * times

    @property
    def duplicate_updates(self) -> bool:
        """Every update is delivered twice."""
        return self._inbox.duplicated

    @duplicate_updates.setter
    def duplicate_updates(self, on: bool) -> None:
        self._inbox.duplicated = on

    @property
    def reorder(self) -> bool:
        """A batch of updates is delivered newest first."""
        return self._inbox.reordered

    @reorder.setter
    def reorder(self, on: bool) -> None:
        self._inbox.reordered = on

    @property
    def late_updates(self) -> bool:
        """Updates wait, and arrive late: when this is switched off."""
        return self._inbox.held

    @late_updates.setter
    def late_updates(self, on: bool) -> None:
        self._inbox.held = on
        self._wake()

    @property
    def view(self) -> Mapping[str, Any]:
        """What is switched on, for showing."""
        return {
            "planned": len(self._planned),
            "lost_answers": len(self._lost),
            "duplicate_updates": self.duplicate_updates,
            "reorder": self.reorder,
            "late_updates": self.late_updates,
            "waiting": len(self._inbox),
        }

    def strike(self, method: str) -> None:
        """Raise the planned refusal of this call, if there is one."""
        for index, one in enumerate(self._planned):
            if _aims_at(one.aim, method):
                del self._planned[index]
                raise one.refusal

    def loses(self, method: str) -> bool:
        """Whether the answer to this call gets lost."""
        for index, aim in enumerate(self._lost):
            if _aims_at(aim, method):
                del self._lost[index]
                return True
        return False


def _aims_at(aim: Aim, method: str) -> bool:
    if aim is None:
        return method != "getUpdates"
    return method == aim if isinstance(aim, str) else method in aim
