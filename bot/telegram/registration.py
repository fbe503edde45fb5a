"""Telling Telegram where our webhook is.

Decides what is registered: the address, the secret, the kinds of update. What people wrote meanwhile is kept.
"""

from __future__ import annotations

from pydantic import SecretStr
from telegram import Bot

from bot.telegram.inbound import ALLOWED

CONNECTIONS = 40


async def register(bot: Bot, url: str, secret: SecretStr) -> None:
    """Have updates sent to `url`. Raises TelegramError."""
    await bot.set_webhook(
        url,
        secret_token=secret.get_secret_value(),
        allowed_updates=ALLOWED,
        max_connections=CONNECTIONS,
        drop_pending_updates=False,
    )
