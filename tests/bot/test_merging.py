"""Which waiting messages a newer one makes pointless."""

from __future__ import annotations

from dataclasses import replace

from bot.storage.merging import SETTLED, STALE, Post, Waiting, echoes, merged, overtaken
from bot.storage.outbox import ParcelKind
from bot.storage.priority import Priority

NOW = 1_000


def post(
    key: int = 1,
    *,
    edit: bool = False,
    conversation: str = "c",
    text: str = "",
    kind: ParcelKind = ParcelKind.MESSAGE,
    priority: Priority = Priority.REPLY,
) -> Post:
    """A new row."""
    return Post(conversation, kind, "en", text.encode(), NOW, key, edit, priority=priority)


def waiting(
    key: int = 1,
    *,
    edit: bool = False,
    age: int = 0,
    conversation: str = "c",
    kind: ParcelKind = ParcelKind.MESSAGE,
    priority: Priority = Priority.REPLY,
) -> Waiting:
    """A pending row."""
    return Waiting(7, conversation, kind, key, edit, priority, NOW - age)


def test_in_one_batch_an_edit_takes_the_place_of_its_bubble() -> None:
    (result,) = merged([post(text="old"), post(edit=True, text="new")])
    assert (result.payload, result.edit) == (b"new", False)


def test_in_one_batch_the_last_of_many_edits_stands() -> None:
    (result,) = merged([post(edit=True, text=str(n)) for n in range(5)])
    assert (result.payload, result.edit) == (b"4", True)


def test_in_one_batch_different_bubbles_and_conversations_stay() -> None:
    posts = [post(1), post(2, edit=True), post(1, edit=True, conversation="d"), post(1)]
    assert merged(posts) == posts


def test_in_one_batch_a_safety_message_is_never_replaced() -> None:
    posts = [post(priority=Priority.SAFETY), post(edit=True)]
    assert merged(posts) == posts


def test_an_edit_replaces_a_waiting_edit_of_its_bubble() -> None:
    posts = [post(edit=True)]
    assert overtaken(posts, [waiting(edit=True)], NOW) == (posts, [7])


def test_an_edit_leaves_a_new_bubble_that_may_be_on_its_way() -> None:
    posts = [post(edit=True)]
    assert overtaken(posts, [waiting(age=SETTLED)], NOW) == (posts, [])


def test_an_edit_replaces_a_bubble_that_was_never_sent_and_becomes_one() -> None:
    (result,), dropped = overtaken([post(edit=True)], [waiting(age=SETTLED + 1)], NOW)
    assert (result.edit, dropped) == (False, [7])


def test_a_new_bubble_leaves_what_waits() -> None:
    posts = [post()]
    assert overtaken(posts, [waiting(edit=True), waiting(2)], NOW) == (posts, [])


def test_what_waits_too_long_gives_way_to_a_newer_answer() -> None:
    posts = [post(2)]
    assert overtaken(posts, [waiting(age=STALE + 1)], NOW) == (posts, [7])


def test_nothing_replaces_safety_messages_documents_and_other_conversations() -> None:
    rows = [
        waiting(age=STALE + 1, priority=Priority.SAFETY),
        waiting(age=STALE + 1, kind=ParcelKind.EXPORT),
        waiting(age=STALE + 1, conversation="d"),
    ]
    posts = [post(edit=True)]
    assert overtaken(posts, rows, NOW) == (posts, [])


def test_a_deletion_replaces_nothing() -> None:
    posts = [post(kind=ParcelKind.DELETE)]
    assert overtaken(posts, [waiting(age=STALE + 1)], NOW) == (posts, [])


def test_what_is_said_twice_in_a_row_is_said_once() -> None:
    again, other = post(3, text="open question"), post(4)
    assert merged([again, again, again]) == [again]
    assert merged([again, other, again]) == [again, other, again]


def test_only_the_newest_waiting_row_can_make_a_post_an_echo() -> None:
    older, newer = waiting(4), replace(waiting(3), id=8)
    assert echoes([post(3), post(3)], [newer, older]) == {0: 8}
    assert echoes([post(4)], [newer, older]) == {}
    assert echoes([post(3)], [waiting(3, edit=True)]) == {}


def test_taking_buttons_away_never_takes_the_place_of_a_text() -> None:
    said, bare = post(text="new"), replace(post(edit=True), bare=True)
    assert merged([said, bare]) == [said, bare]
    assert overtaken([bare], [waiting(age=STALE + 1)], NOW) == ([bare], [])
