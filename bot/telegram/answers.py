"""Answers to pressed buttons: they end the spinner, and may show a short notice.

Best effort, in memory, after the turn is committed: a lost one costs a spinner, never a turn. When far too many wait,
the newest are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from telegram import Bot
from telegram.error import TelegramError

from bot.logs import Journal
from bot.tasks import Tasks
from bot.telegram.bubbles import Renders, shorten
from bot.telegram.refusals import Kind, refusal
from bot.turns_plan import Taken
from dialogs.engine.lines import Line

NOTICE_LIMIT = 200
MOST_UNDER_WAY = 200

_journal = Journal("answers")


class Answers:
    """Answers callback queries."""

    def __init__(self, bot: Bot, renderer: Renders, tasks: Tasks) -> None:
        self._bot, self._renderer, self._tasks = bot, renderer, tasks
        self._under_way = 0

    def give(self, taken: Iterable[Taken]) -> None:
        """Answer every pressed button among them, in the background."""
        for one in taken:
            if one.callback is None:
                continue
            if self._under_way >= MOST_UNDER_WAY:
                _journal.trouble("answer_left_out")
                continue
            self._under_way += 1
            self._tasks.errand(
                "answer", partial(self._answer, one.callback, one.notice, one.locale)
            )

    async def _answer(self, callback: str, notice: Line | None, locale: str) -> None:
        try:
            text = shorten(self._renderer.label(notice, locale), NOTICE_LIMIT) if notice else None
            await self._bot.answer_callback_query(callback, text)
        except TelegramError as error:
            refused = refusal(error)
            if refused.kind is not Kind.LATE:
                _journal.trouble("answer_refused", why=refused.code)
        finally:
            self._under_way -= 1
