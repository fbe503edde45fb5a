"""Asking Telegram for updates, again and again.

Decides when the offset moves: only after the updates before it are committed, so that whatever is killed whenever,
nothing is lost. While Telegram or our database is in trouble it waits, longer each time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from telegram.error import TelegramError

from bot.backoff import Backoff
from bot.clock import Timekeeper
from bot.logs import Journal
from bot.telegram.inbound import MalformedUpdate, Update
from bot.telegram.raw import UpdateSource
from bot.telegram.refusals import Kind, refusal

CONFLICT_PAUSE = 3.0
"""Telegram makes a second poller wait that long anyway."""

_journal = Journal("polling")
Receive = Callable[[Sequence[Update]], Awaitable[None]]


class Polling:
    """Polls until it is cancelled."""

    def __init__(self, source: UpdateSource, receive: Receive, clock: Timekeeper) -> None:
        self._source, self._receive, self._clock = source, receive, clock
        self._offset: int | None = None
        self._alone = False
        self._trouble = Backoff()
        self._never = asyncio.Event()

    async def run(self) -> None:
        """Fetch, hand over, and only then acknowledge."""
        while True:
            pause = await self._step()
            if pause > 0:
                await self._clock.wait(self._never, pause)

    async def _step(self) -> float:
        """Fetch and take once; the seconds to wait before the next."""
        try:
            await self._leave_webhook()
            fetched = await self._source.fetch(self._offset)
        except TelegramError as error:
            return self._refused(error)
        try:
            await self._receive([one for one in fetched if isinstance(one, Update)])
        except Exception as error:  # noqa: BLE001 - whatever failed, the updates are asked for again
            pause = self._trouble.failed()
            _journal.failure("updates_not_taken", error=error, retry_in=pause)
            return pause
        return self._taken(fetched)

    async def _leave_webhook(self) -> None:
        """One left from before would refuse us. What people wrote meanwhile is kept."""
        if not self._alone:
            await self._source.bot.delete_webhook(drop_pending_updates=False)
            self._alone = True

    def _taken(self, fetched: Sequence[Update | MalformedUpdate]) -> float:
        ids = [one.update_id for one in fetched if isinstance(one, Update)]
        if len(ids) < len(fetched):
            _journal.trouble("malformed_update", count=len(fetched) - len(ids))
        # With nothing left Telegram may start counting anywhere: ask from the beginning again.
        self._offset = max(ids) + 1 if ids else None
        if fetched and not ids:
            return self._trouble.failed()
        self._trouble.worked()
        return 0.0

    def _refused(self, error: TelegramError) -> float:
        refused = refusal(error)
        if refused.kind is Kind.FLOOD:
            return refused.wait
        first = self._trouble.failures == 0
        pause = self._trouble.failed(CONFLICT_PAUSE if refused.kind is Kind.CONFLICT else 0.0)
        if refused.kind is Kind.CONFLICT and first:
            _journal.failure("another_program_polls_with_this_token", retry_in=pause)
        elif refused.kind is not Kind.CONFLICT:
            _journal.trouble("no_updates", why=refused.code, retry_in=pause)
        return pause
