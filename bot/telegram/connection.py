"""The library's bot: made from the settings, introduced to Telegram, let go at the end.

Decides time limits and how many connections there are. Only a refused token stops the program from starting; while
Telegram cannot be reached, everything else runs and tries again.
"""

from __future__ import annotations

from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest, HTTPXRequest

from bot.logs import Journal
from bot.settings import Settings, SettingsError
from bot.telegram.raw import UpdateSource
from bot.telegram.refusals import refusal

CONNECTIONS = 64
ANSWER_SECONDS = 20.0

Request = BaseRequest
"""How calls are made: over the network, or for the demo and tests into a Telegram in memory."""

_journal = Journal("telegram")


class Connection:
    """A bot and its two requests: one for calls, one for the long wait for updates."""

    def __init__(
        self,
        settings: Settings,
        request: Request | None = None,
        updates_request: Request | None = None,
    ) -> None:
        self._updates_request = updates_request or HTTPXRequest(connection_pool_size=1)
        self.bot = Bot(
            settings.telegram_bot_token.get_secret_value(),
            base_url=settings.api_root,
            request=request
            or HTTPXRequest(
                connection_pool_size=CONNECTIONS, read_timeout=ANSWER_SECONDS, pool_timeout=5.0
            ),
            get_updates_request=self._updates_request,
        )

    @property
    def updates(self) -> UpdateSource:
        """Where polled updates come from."""
        return UpdateSource(self.bot, self._updates_request)

    async def open(self) -> None:
        """Get ready to call. Raises SettingsError when Telegram refuses the token."""
        try:
            await self.bot.initialize()
        except InvalidToken:
            mend = "Telegram refused it; ask BotFather for the present one."
            raise SettingsError(f"TELEGRAM_BOT_TOKEN is wrong: {mend}") from None
        except TelegramError as error:
            _journal.trouble("telegram_unreachable", why=refusal(error).code)

    async def close(self) -> None:
        """Close all connections."""
        await self.bot.shutdown()
