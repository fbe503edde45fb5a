"""Which waiting messages a newer one makes pointless.

Decides coalescing, as a pure function over what waits and what is new: an edit replaces an edit of
the same bubble, and after an outage only the newest answer of a conversation is worth sending.
Safety messages are never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.storage.outbox import ParcelKind
from bot.storage.priority import Priority

SETTLED = 5
"""Seconds after which a new bubble that still waits is not on its way right now, and may be replaced."""

STALE = 60
"""Seconds after which whatever waits gives way to a newer answer of the same conversation."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pending outbox row."""

    id: int
    conversation: str
    kind: str
    key: int
    edit: bool
    priority: int
    made_at: int


@dataclass(frozen=True, slots=True)
class Post:
    """A row that is about to be written.

    `payload` is plain JSON, sealed when the row gets its id. `bare`: an edit that says nothing and
    only takes buttons away, so it never stands for a text.
    """

    conversation: str
    kind: ParcelKind
    locale: str
    payload: bytes
    made_at: int
    key: int = 0
    edit: bool = False
    erase: bool = False
    priority: Priority = Priority.REPLY
    expires_at: int | None = None
    bare: bool = False


def merged(posts: Iterable[Post]) -> list[Post]:
    """The posts of one batch, an edit taking the place of what it edits when that is in the batch
    too.

    The newest text stands, in the later place; if the earlier one was a new bubble, so is the
    result.
    """
    kept: dict[int, Post] = {}
    newest: dict[tuple[str, int], int] = {}
    last: dict[str, Post] = {}
    for place, post in enumerate(posts):
        if post == last.get(post.conversation):
            continue  # a button pressed a thousand times is answered once
        last[post.conversation] = post
        if post.kind is not ParcelKind.MESSAGE or post.bare:
            kept[place] = post
            continue
        bubble = (post.conversation, post.key)
        earlier = kept.get(newest.get(bubble, -1))
        if post.edit and earlier and earlier.priority is not Priority.SAFETY:
            del kept[newest[bubble]]
            kept[place] = replace(post, edit=earlier.edit)
        else:
            kept[place] = post
        newest[bubble] = place
    return list(kept.values())


def echoes(posts: Sequence[Post], waiting: Sequence[Waiting]) -> dict[int, int]:
    """Which posts may say only what their conversation's newest waiting row says: place -> id of that row."""
    newest = {row.conversation: row for row in sorted(waiting, key=lambda row: row.id)}
    found = {}
    for place, post in enumerate(posts):
        row = newest.pop(post.conversation, None)
        if row is None or (row.kind, row.priority) != (post.kind, post.priority):
            continue
        if (row.key, row.edit) == (post.key, post.edit):
            found[place] = row.id
    return found


def overtaken(
    posts: Sequence[Post], waiting: Sequence[Waiting], now: int
) -> tuple[list[Post], list[int]]:
    """The posts to write, and the ids of waiting rows they replace."""
    by_conversation: dict[str, list[Waiting]] = {}
    for row in waiting:
        if row.kind == ParcelKind.MESSAGE and row.priority > Priority.SAFETY:
            by_conversation.setdefault(row.conversation, []).append(row)
    dropped: set[int] = set()
    kept = []
    for post in posts:
        rows = by_conversation.get(post.conversation)
        kept.append(_take_over(post, rows, now, dropped) if rows else post)
    return kept, sorted(dropped)


def _take_over(post: Post, rows: Sequence[Waiting], now: int, dropped: set[int]) -> Post:
    """Add to `dropped` what `post` replaces; a post that replaces the bubble it would edit becomes a new bubble."""
    if post.kind is not ParcelKind.MESSAGE or post.bare:
        return post
    edit = post.edit
    for row in rows:
        age = now - row.made_at
        same = post.edit and row.key == post.key
        if age > STALE or (same and (row.edit or age > SETTLED)):
            dropped.add(row.id)
            if row.key == post.key and not row.edit:
                edit = False
    return post if edit == post.edit else replace(post, edit=edit)
