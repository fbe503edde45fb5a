"""python-telegram-bot's ConversationHandler in memory, on the same stream of updates.

It remembers nothing on disk, renders nothing and sends nothing: only parsing and choosing the next
of sixty states.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

STATES = 60


async def _step(_update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    assert context.user_data is not None
    turns: int = context.user_data.get("turns", 0) + 1
    context.user_data["turns"] = turns
    return turns % STATES


class Rival:
    """One application, started."""

    def __init__(self) -> None:
        handlers: list[BaseHandler[Update, Any, Any]] = [
            CallbackQueryHandler(_step, "^a:"),
            CallbackQueryHandler(_step, "^b:"),
            CallbackQueryHandler(_step),
            MessageHandler(filters.TEXT & ~filters.COMMAND, _step),
        ]
        conversation: ConversationHandler[Any] = ConversationHandler(
            entry_points=[CommandHandler("start", _step)],
            states={state: list(handlers) for state in range(STATES)},
            fallbacks=[CommandHandler(["menu", "help", "language"], _step)],
            per_message=False,
        )
        self._application: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder().token("1:a").updater(None).request(_Nowhere()).build()
        )
        self._application.add_handler(conversation)
        self._loop = asyncio.new_event_loop()
        self._loop.run_until_complete(self._application.initialize())

    def take(self, updates: Sequence[bytes]) -> int:
        """Take updates one after the other."""

        async def take() -> None:
            for raw in updates:
                parsed = Update.de_json(json.loads(raw), self._application.bot)
                await self._application.process_update(parsed)

        self._loop.run_until_complete(take())
        return len(updates)

    def close(self) -> None:
        """End."""
        self._loop.run_until_complete(self._application.shutdown())
        self._loop.close()


class _Nowhere(BaseRequest):
    """Says who the bot is, without a network."""

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, *_: object, **__: object) -> tuple[int, bytes]:
        me = {"id": 1, "is_bot": True, "first_name": "Assistant", "username": "assistant_bot"}
        return 200, json.dumps({"ok": True, "result": me}).encode()
