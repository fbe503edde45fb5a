"""Removing everything kept about one person.

Decides what "everything" is, and that the goodbye goes out under a fresh random name, in rows that
vanish when sent. What the database's own log still holds is wiped by the checkpoint that follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from bot.storage.merging import Post
from bot.storage.outbox import ParcelKind

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.storage.conversations import Conversations
    from bot.storage.dispatch import Dispatch
    from bot.storage.log import Log
    from bot.turns_plan import Forgotten

DELETABLE = 48 * 3_600
"""Seconds for which Telegram lets a bot delete its own messages."""


def forget(
    connection: Connection,
    conversations: Conversations,
    dispatch: Dispatch,
    log: Log,
    forgotten: Forgotten,
    now: int,
) -> list[Post]:
    """Remove the conversation, its timers, outbox rows and log, and return what is still to be sent."""
    shown = dispatch.shown_since(connection, forgotten.conversation, now - DELETABLE)
    conversations.remove(connection, [forgotten.conversation])
    log.remove(connection, [forgotten.ref])
    if not shown:
        return list(forgotten.farewell)
    payload = orjson.dumps({"chat": forgotten.chat, "ids": shown})
    deletion = Post(
        forgotten.heir, ParcelKind.DELETE, forgotten.locale, payload, now, key=0, erase=True
    )
    return [deletion, *forgotten.farewell]
