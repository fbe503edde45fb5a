"""Timers that are due.

Decides which inputs they are. Taking one removes its row, in the transaction of its turn, so it
fires once whatever is read here again.
"""

from __future__ import annotations

from sqlalchemy import Engine, select

from bot.arrival import Arrival, Source
from bot.logs import Journal
from bot.privacy.vault import Vault
from bot.storage.engine import reading
from bot.storage.envelope import open_state
from bot.storage.questions import answer_to
from bot.storage.statements import MOST
from bot.storage.tables import CONVERSATION, TIMER
from dialogs.engine.conversation import ANSWER
from dialogs.engine.said import Due

_journal = Journal("timers")


def due_timers(engine: Engine, vault: Vault, now: int) -> list[Arrival]:
    """The timers due at `now`, the longest due first, at most one batch."""
    statement = (
        select(TIMER.c.id, TIMER.c.name, TIMER.c.stamp, CONVERSATION.c.id, CONVERSATION.c.state)
        .join(CONVERSATION, CONVERSATION.c.id == TIMER.c.conversation)
        .where(TIMER.c.due <= now)
        .order_by(TIMER.c.due)
        .limit(MOST)
    )
    arrivals = []
    with reading(engine).connect() as connection:
        for number, name, stamp, conversation, sealed in connection.execute(statement).all():
            try:
                chat = open_state(vault, conversation, sealed).chat
                brought = (
                    answer_to(connection, vault, conversation, stamp) if name == ANSWER else None
                )
            except ValueError as error:
                _journal.failure("timer_unreadable", error=error)
                continue
            arrivals.append(Arrival(Source.TIMER, number, chat, Due(name, stamp), kept=brought))
    return arrivals
