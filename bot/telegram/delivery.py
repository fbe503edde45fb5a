"""The outbox, emptied into Telegram.

Decides the order and pace of sending, and what becomes of a parcel that is refused: again later, given up, or nobody
there. In one chat a parcel starts only when the one before is marked, so bubbles never overtake each other; only a
safety card overtakes everything. At least once: a call whose outcome is unknown is made again. What a parcel says is
decided elsewhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from concurrent.futures import Future
from functools import partial
from math import ceil
from typing import Protocol

from telegram import Bot
from telegram.error import TelegramError

from bot.backoff import Backoff, pause_after
from bot.clock import Timekeeper
from bot.logs import Journal
from bot.storage.outbox import GivenUp, Mark, Parcel, Postponed, Sent, Unreachable
from bot.tasks import Tasks, settled
from bot.telegram.bubbles import Renders
from bot.telegram.courier import Courier
from bot.telegram.pacing import Pace
from bot.telegram.refusals import Kind, Refusal, refusal

AT_ONCE, ALARMS_AT_ONCE = 32, 16
LOOK_AGAIN = 1.0
SAME_CHAT_PAUSE = 0.05
LONGEST_PAUSE = 300.0

_journal = Journal("delivery")


class Waiting(Protocol):
    """The outbox, as delivery reads it."""

    def heads(self, now: int, limit: int, busy: Collection[str] = ()) -> list[Parcel]:
        """The first parcel of each conversation not in `busy`, in the order they should go."""
        ...

    def alarms(self, now: int, limit: int, busy: Collection[str] = ()) -> list[Parcel]:
        """Safety cards that may be sent, one a conversation not in `busy`."""
        ...

    def export(self, conversation: str) -> bytes:
        """Everything kept about a conversation."""
        ...


class Marks(Protocol):
    """Who writes down what became of a parcel."""

    def mark(self, marks: Sequence[Mark]) -> Future[None]:
        """Done when it is committed."""
        ...


class Delivery:
    """Sends what waits in the outbox, until it is cancelled."""

    def __init__(
        self,
        bot: Bot,
        outbox: Waiting,
        marks: Marks,
        renderer: Renders,
        tasks: Tasks,
        clock: Timekeeper,
        pace: Pace | None = None,
    ) -> None:
        self._outbox, self._marks, self._tasks, self._clock = outbox, marks, tasks, clock
        self._pace = pace or Pace()
        self._courier = Courier(bot, renderer, outbox, self._next_call)
        self._wake = asyncio.Event()
        self._never = asyncio.Event()
        self._under_way: dict[str, int] = {}
        """The chat of each conversation that has a parcel on its way."""
        self._alarming: set[str] = set()
        """Conversations whose safety card is on its way."""
        self._cooling: dict[str, float] = {}
        """Conversations that may not be written to yet, and until when."""
        self._network = Backoff()

    def wake(self) -> None:
        """There may be something to send. Call it in the event loop's thread."""
        self._wake.set()

    async def run(self) -> None:
        """Send what waits, as it comes."""
        while True:
            self._wake.clear()
            pause = await self._round()
            if pause > 0:
                await self._clock.wait(self._wake, pause)

    async def _round(self) -> float:
        """Start what may go now; the seconds after which to look again unless woken."""
        now = self._clock.monotonic()
        self._cooling = {who: until for who, until in self._cooling.items() if until > now}
        rest = self._pace.rest(now)
        if rest == 0:
            await self._sound(now)
            rest = self._pace.rest(now)
        room = AT_ONCE - len(self._under_way)
        if rest > 0 or room <= 0:
            return rest or LOOK_AGAIN
        busy = self._under_way.keys() | self._cooling.keys()
        heads = await asyncio.to_thread(self._outbox.heads, self._clock.now(), room, busy)
        for parcel in heads:
            rest = self._pace.rest(now)
            if rest > 0:
                return rest
            self._start(parcel, now)
        cooled = min(self._cooling.values(), default=now + LOOK_AGAIN) - now
        return 0.0 if len(heads) == room else min(LOOK_AGAIN, cooled)

    async def _sound(self, now: float) -> None:
        """Start the safety cards that wait, whatever else is on its way to their chats."""
        room = ALARMS_AT_ONCE - len(self._alarming)
        if room <= 0:
            return
        alarms = self._outbox.alarms
        for parcel in await asyncio.to_thread(alarms, self._clock.now(), room, self._alarming):
            if self._pace.urgent_delay(parcel.chat, now) > 0:
                continue
            self._pace.spend(parcel.chat, now)
            self._alarming.add(parcel.conversation)
            self._tasks.errand("alarm", partial(self._carry_alarm, parcel))

    async def _carry_alarm(self, parcel: Parcel) -> None:
        try:
            await self._bring(parcel)
        finally:
            self._alarming.discard(parcel.conversation)
            self._wake.set()

    def _start(self, parcel: Parcel, now: float) -> None:
        delay = self._pace.delay(parcel.chat, now)
        if parcel.chat in self._under_way.values():
            delay = max(delay, SAME_CHAT_PAUSE)  # a chat that started anew has a new conversation
        if delay > 0:
            self._cooling[parcel.conversation] = now + delay
            return
        self._pace.spend(parcel.chat, now)
        self._under_way[parcel.conversation] = parcel.chat
        self._tasks.errand("delivery", partial(self._carry, parcel))

    async def _carry(self, parcel: Parcel) -> None:
        try:
            await self._bring(parcel)
        finally:
            del self._under_way[parcel.conversation]
            self._wake.set()

    async def _bring(self, parcel: Parcel) -> None:
        mark = await self._outcome(parcel)
        await self._write_down(mark)
        if not isinstance(mark, Postponed):
            self._courier.forget(parcel.id)

    async def _outcome(self, parcel: Parcel) -> Mark:
        try:
            sent: Sent = await self._courier.carry(parcel, self._clock.now())
        except TelegramError as error:
            return self._refused(parcel, refusal(error))
        except Exception as error:  # noqa: BLE001 - a parcel that cannot be made must not block its chat
            _journal.failure("parcel_unmakeable", parcel=parcel.id, error=error)
            return GivenUp(parcel.id, "unmakeable")
        self._network.worked()
        return sent

    def _refused(self, parcel: Parcel, refused: Refusal) -> Mark:
        _journal.trouble("refused", parcel=parcel.id, why=refused.code, tries=parcel.tries)
        match refused.kind:
            case Kind.UNREACHABLE:
                return Unreachable(parcel.conversation, parcel.id)
            case Kind.FLOOD:
                self._pace.hold(parcel.chat, self._clock.monotonic(), refused.wait)
                return self._later(parcel, refused.wait)
            case Kind.UNKNOWN | Kind.TOKEN | Kind.CONFLICT:
                # Everybody waits a moment, so that an outage does not postpone the whole outbox one by one.
                self._pace.hold_all(self._clock.monotonic(), self._network.failed())
                return self._later(parcel, pause_after(parcel.tries + 1, longest=LONGEST_PAUSE))
            case Kind.SAME:
                return Sent(parcel.id, parcel.bubble, self._clock.now())
            case Kind.GONE | Kind.LATE | Kind.WRONG:
                return GivenUp(parcel.id, refused.code)

    def _later(self, parcel: Parcel, seconds: float) -> Postponed:
        return Postponed(parcel.id, self._clock.now() + ceil(seconds))

    async def _write_down(self, mark: Mark) -> None:
        """Until it is committed: a parcel that was sent and not marked would be sent again."""
        pauses = Backoff(longest=10.0)
        while True:
            try:
                await settled(self._marks.mark([mark]))
            except Exception as error:  # noqa: BLE001 - whatever the database says, the parcel is sent
                pause = pauses.failed()
                _journal.failure("mark_failed", parcel=mark.id, error=error, retry_in=pause)
                await self._clock.wait(self._never, pause)
            else:
                return

    async def _next_call(self, chat: int) -> None:
        while (delay := self._pace.delay(chat, self._clock.monotonic())) > 0:
            await self._clock.wait(self._never, delay)
        self._pace.spend(chat, self._clock.monotonic())
