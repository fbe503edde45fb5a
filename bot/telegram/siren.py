"""Safety cards that go out although the database fails.

Decides that such a card is sent straight away, once for each input, however often Telegram hands that input over again.
It knows nothing of the conversation: the card names the numbers that work in most places, or a country in the message.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial

from telegram import Bot, LinkPreviewOptions
from telegram.constants import ParseMode

from bot.arrival import Arrival
from bot.clock import Timekeeper
from bot.logs import Journal
from bot.talk import Talk
from bot.tasks import Tasks
from bot.telegram.bubbles import Renders, bubble
from bot.turns_plan import DEFAULT_LOCALE, facts_of, urgent
from dialogs.engine.lines import Message

MOST_REMEMBERED = 10_000
_journal = Journal("siren")


class Siren:
    """Sends cards without the outbox. To be used in the event loop's thread."""

    def __init__(
        self, bot: Bot, talk: Talk, renderer: Renders, tasks: Tasks, clock: Timekeeper
    ) -> None:
        self._bot, self._talk, self._renderer = bot, talk, renderer
        self._tasks, self._clock = tasks, clock
        self._sounded: OrderedDict[int, None] = OrderedDict()

    def sound(self, arrivals: Sequence[Arrival]) -> None:
        """Send the cards of inputs that could not be written."""
        for arrival in arrivals:
            if arrival.id not in self._sounded:
                self._sounded[arrival.id] = None
                self._tasks.errand("siren", partial(self._send, arrival))
        while len(self._sounded) > MOST_REMEMBERED:
            self._sounded.popitem(last=False)

    async def _send(self, arrival: Arrival) -> None:
        try:
            for message in urgent(self._talk, arrival, None, facts_of(arrival, self._clock.now())):
                await self._say(arrival.chat, message, message.locale or DEFAULT_LOCALE)
        except Exception as error:  # noqa: BLE001 - logged; the next time Telegram hands it over is another try
            self._sounded.pop(arrival.id, None)
            _journal.failure("not_sounded", error=error)

    async def _say(self, chat: int, message: Message, locale: str) -> None:
        shown = bubble(message, locale, self._renderer)
        for piece in shown.pieces:
            await self._bot.send_message(
                chat,
                piece,
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=shown.keyboard if piece is shown.pieces[-1] else None,
            )
