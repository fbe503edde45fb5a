"""What the database holds in the end, beside what it must hold.

Decides what counts as lost, as applied twice, and as sent twice. It only reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import orjson
from sqlalchemy import Connection, select

from bot.demo.world import World
from bot.privacy.vault import Vault
from bot.settings import Settings
from bot.storage.engine import open_engine, reading
from bot.storage.envelope import open_state
from bot.storage.tables import CONVERSATION, OUTBOX, SEEN
from dialogs.engine.conversation import Conversation
from tests.kill.crowd import Crowd


@dataclass(frozen=True, slots=True)
class Verdict:
    """Counts. `differ`: conversations that took as many turns as they should and yet are not what they should be.

    `sent_twice`: bubbles that stand in a chat and that the database does not know of, because the kill came between
    Telegram's OK and the mark; their text was sent again. `unsent`: bubbles marked as sent that are in no chat.
    """

    updates: int
    lost: int
    twice: int
    differ: int
    bubbles: int
    sent_twice: int
    unsent: int

    @property
    def sound(self) -> bool:
        """Whether every update was applied exactly once, and everything marked as sent was sent."""
        return not (self.lost or self.twice or self.differ or self.unsent)


def judge(settings: Settings, world: World, crowd: Crowd) -> Verdict:
    """Compare the database with the crowd's own copies, and the chats with the database."""
    engine = open_engine(settings.database_url)
    vault = Vault(settings.data_keys, settings.lookup_key)
    try:
        with reading(engine).connect() as connection:
            stored = _conversations(connection, vault)
            seen = set(connection.scalars(select(SEEN.c.id)))
            known = set(_bubble_ids(connection))
    finally:
        engine.dispose()
    standing = {
        bubble["message_id"]
        for person in crowd.people
        for bubble in world.chat(person.id)
        if bubble["from_bot"]
    }
    lost, twice, differ = _compared(crowd, stored)
    lost = max(lost, len(set(crowd.sent) - seen))
    return Verdict(
        updates=len(crowd.sent),
        lost=lost,
        twice=twice,
        differ=differ,
        bubbles=len(standing),
        sent_twice=len(standing - known),
        unsent=len(known - standing),
    )


def _compared(crowd: Crowd, stored: Mapping[int, Conversation]) -> tuple[int, int, int]:
    lost = twice = differ = 0
    for person in crowd.people:
        must = person.conversation
        is_ = stored.get(person.id)
        behind = (must.turns if must else 0) - (is_.turns if is_ else 0)
        lost += max(0, behind)
        twice += max(0, -behind)
        differ += behind == 0 and _but_time(must) != _but_time(is_)
    return lost, twice, differ


def _but_time(conversation: Conversation | None) -> Conversation | None:
    """All but when the person last did something: a killed program takes an update a little later."""
    return conversation and conversation._replace(last=0)


def _conversations(connection: Connection, vault: Vault) -> dict[int, Conversation]:
    found = {}
    for row in connection.execute(select(CONVERSATION.c.id, CONVERSATION.c.state)):
        state = open_state(vault, row.id, row.state)
        found[state.chat] = state.conversation
    return found


def _bubble_ids(connection: Connection) -> Iterable[int]:
    for newest, also in connection.execute(select(OUTBOX.c.telegram_id, OUTBOX.c.pieces)):
        if newest is not None:
            yield newest
        yield from orjson.loads(also) if also else ()
