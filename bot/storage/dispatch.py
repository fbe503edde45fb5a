"""The outbox as the writer thread writes it: new rows, and what delivery reports.

Decides ids, sealing and the fate of sent rows. What goes first is `outbox`'s concern, what replaces
what `merging`'s.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import (
    Connection,
    Dialect,
    Select,
    Update,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.privacy.vault import Vault
from bot.storage.conversations import Conversations
from bot.storage.merging import Post, Waiting, echoes, overtaken
from bot.storage.outbox import GivenUp, Mark, ParcelKind, Postponed, Sent, Unreachable
from bot.storage.priority import Priority
from bot.storage.statements import Binds, Each, Whole
from bot.storage.tables import OUTBOX, Status, done, pending

_NEW = (
    "id",
    "conversation",
    "kind",
    "locale",
    "key",
    "edit",
    "erase",
    "priority",
    "made_at",
    "expires_at",
    "not_before",
    "tries",
    "status",
    "payload",
)


@dataclass(frozen=True, slots=True)
class Hidden:
    """Bubbles of ours, by key, and messages of the person, by number, to delete from a chat."""

    conversation: str
    chat: int
    keys: tuple[int, ...]
    messages: tuple[int, ...]


class Dispatch:
    """Statements on `outbox`.

    One writer process hands out the ids, so that order is known without asking the database.
    """

    def __init__(self, dialect: Dialect, vault: Vault, conversations: Conversations) -> None:
        self._vault, self._conversations = vault, conversations
        self._next_id = 0
        row = OUTBOX.c
        columns = (row.id, row.conversation, row.kind, row.key, row.edit, row.priority, row.made_at)

        def waiting(keys: Sequence[Binds]) -> Select[tuple[object, ...]]:
            return select(*columns).where(
                row.conversation.in_([key for (key,) in keys]), pending(row)
            )

        def change(p: Binds, *, only_pending: bool = False, **values: object) -> Update:
            found = row.id == p[-1]
            if only_pending:
                found = and_(found, pending(row))
            return update(OUTBOX).where(found).values(**values)

        self._waiting = Whole(dialect, 1, waiting)
        self._insert = Each(
            dialect, len(_NEW), lambda p: insert(OUTBOX).values(dict(zip(_NEW, p, strict=True)))
        )
        self._merge = Each(
            dialect, 1, lambda p: change(p, only_pending=True, status=Status.MERGED, payload=b"")
        )
        self._sent = Each(
            dialect,
            4,
            lambda p: change(
                p,
                status=Status.SENT,
                telegram_id=p[0],
                pieces=p[1],
                sent_at=p[2],
                payload=b"",
            ),
        )
        self._erase = Each(
            dialect, 1, lambda p: delete(OUTBOX).where(row.id == p[0], row.erase.is_(True))
        )
        self._postpone = Each(
            dialect, 2, lambda p: change(p, only_pending=True, not_before=p[0], tries=row.tries + 1)
        )
        self._give_up = Each(
            dialect, 1, lambda p: change(p, only_pending=True, status=Status.GIVEN_UP, payload=b"")
        )

    def begin(self, connection: Connection) -> None:
        """Learn the highest id in use."""
        self._next_id = (connection.scalar(select(func.max(OUTBOX.c.id))) or 0) + 1

    def post(self, connection: Connection, posts: Sequence[Post], now: int) -> None:
        """Write new rows; waiting ones they replace are merged away."""
        if not posts:
            return
        chats = sorted({post.conversation for post in posts})
        rows = self._waiting.run(connection, [(chat,) for chat in chats])
        if rows:
            waiting = [Waiting(*row) for row in rows]
            posts, dropped = overtaken(self._unsaid(connection, posts, waiting), waiting, now)
            self._merge.run(connection, [(each,) for each in dropped])
        self._insert.run(connection, [self._row(post) for post in posts])

    def mark(self, connection: Connection, marks: Collection[Mark]) -> bool:
        """Write what became of rows that were handed to delivery.

        Whether some were erased for good.
        """
        sent = [mark for mark in marks if isinstance(mark, Sent)]
        given_up = [(mark.id,) for mark in marks if isinstance(mark, GivenUp)]
        self._sent.run(
            connection, [(mark.telegram_id, _pieces(mark), mark.at, mark.id) for mark in sent]
        )
        self._postpone.run(
            connection, [(mark.until, mark.id) for mark in marks if isinstance(mark, Postponed)]
        )
        self._give_up.run(connection, given_up)
        erased = self._erase.run(connection, [*((mark.id,) for mark in sent), *given_up])
        gone = [mark.conversation for mark in marks if isinstance(mark, Unreachable)]
        self._conversations.cut_off(connection, gone)
        return erased > 0

    def shown_since(self, connection: Connection, conversation: str, since: int) -> list[int]:
        """The Telegram ids of all bubbles sent in a conversation since `since`, oldest first."""
        rows = connection.execute(_SHOWN, {"conversation": conversation, "since": since})
        ids: dict[int, None] = {}
        for telegram_id, pieces in rows:
            ids.update(dict.fromkeys(orjson.loads(pieces) if pieces else ()))
            ids[telegram_id] = None
        return list(ids)

    def hiding(self, connection: Connection, hidden: Hidden, now: int) -> Post:
        """What deletes bubbles of ours, and messages of the person, from the chat; nothing of it stays afterwards."""
        found = connection.execute(
            _OF_KEYS, {"conversation": hidden.conversation, "keys": hidden.keys}
        )
        ids = [*hidden.messages]
        for telegram_id, pieces in found:
            ids += [*(orjson.loads(pieces) if pieces else ()), telegram_id]
        payload = orjson.dumps({"chat": hidden.chat, "ids": ids})
        return Post(
            hidden.conversation, ParcelKind.DELETE, "en", payload, now,
            erase=True, priority=Priority.SAFETY,
        )  # fmt: skip

    def _unsaid(
        self, connection: Connection, posts: Sequence[Post], waiting: Sequence[Waiting]
    ) -> list[Post]:
        """The posts without those that say exactly what waits to be said last."""
        said = echoes(posts, waiting)
        return [
            post
            for place, post in enumerate(posts)
            if place not in said or not self._says(connection, said[place], post)
        ]

    def _says(self, connection: Connection, row: int, post: Post) -> bool:
        columns = select(OUTBOX.c.locale, OUTBOX.c.payload).where(OUTBOX.c.id == row)
        locale, sealed = connection.execute(columns).one()
        return (locale, self._vault.open("outbox", str(row), sealed)) == (post.locale, post.payload)

    def _row(self, post: Post) -> tuple[object, ...]:
        number, self._next_id = self._next_id, self._next_id + 1
        return (
            number,
            post.conversation,
            post.kind.value,
            post.locale,
            post.key,
            post.edit,
            post.erase,
            post.priority.value,
            post.made_at,
            post.expires_at,
            0,
            0,
            Status.PENDING.value,
            self._vault.seal("outbox", str(number), post.payload),
        )


def _pieces(mark: Sent) -> str | None:
    return orjson.dumps(mark.also).decode() if mark.also else None


_OF_KEYS = select(OUTBOX.c.telegram_id, OUTBOX.c.pieces).where(
    OUTBOX.c.conversation == bindparam("conversation"),
    OUTBOX.c.key.in_(bindparam("keys", expanding=True)),
    done(OUTBOX.c),
    OUTBOX.c.telegram_id.is_not(None),
)

_SHOWN = (
    select(OUTBOX.c.telegram_id, OUTBOX.c.pieces)
    .where(
        OUTBOX.c.conversation == bindparam("conversation"),
        done(OUTBOX.c),
        OUTBOX.c.sent_at >= bindparam("since"),
        OUTBOX.c.telegram_id.is_not(None),
    )
    .order_by(OUTBOX.c.id)
)
