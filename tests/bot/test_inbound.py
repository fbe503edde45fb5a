"""From Telegram's JSON to our update."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.inbound import MalformedUpdate, Update, parse_update
from dialogs.engine.said import Unreadable

CHAT = {"id": 7, "type": "private", "first_name": "Anna"}
ANNA = {"id": 7, "is_bot": False, "first_name": "Anna", "language_code": "pt-br"}


def message(**fields: object) -> dict[str, Any]:
    return {"message_id": 3, "date": 1_700_000_000, "chat": CHAT, "from": ANNA, **fields}


def parsed(raw: dict[str, Any]) -> Update:
    update = parse_update(json.dumps(raw).encode())
    assert isinstance(update, Update)
    assert parse_update(raw) == update
    return update


def test_a_text_arrives_as_a_secret() -> None:
    update = parsed({"update_id": 1, "message": message(text="I am afraid")})
    assert update.message is not None
    assert update.message.text is not None
    assert update.message.text.get_secret_value() == "I am afraid"
    assert update.message.chat.private
    assert update.message.sender is not None
    assert update.message.sender.language_code == "pt-br"
    assert update.message.content is None
    assert "afraid" not in repr(update)


def test_an_edited_text_is_told_from_a_new_one() -> None:
    update = parsed({"update_id": 1, "edited_message": message(text="better")})
    assert update.message is None
    assert update.edited_message is not None


@pytest.mark.parametrize(
    ("field", "content", "kind"),
    [
        ("voice", {"file_id": "x"}, Unreadable.VOICE),
        ("audio", {}, Unreadable.VOICE),
        ("photo", [{"file_id": "x"}], Unreadable.PHOTO),
        ("photo", [], Unreadable.PHOTO),
        ("video", {}, Unreadable.VIDEO),
        ("video_note", {}, Unreadable.VIDEO),
        ("document", {}, Unreadable.DOCUMENT),
        ("location", {"latitude": 1.0}, Unreadable.LOCATION),
        ("contact", {}, Unreadable.CONTACT),
        ("sticker", {}, Unreadable.STICKER),
        ("poll", {}, Unreadable.OTHER),
        ("dice", {}, Unreadable.OTHER),
    ],
)
def test_what_is_not_text_is_known_by_its_kind(
    field: str, content: object, kind: Unreadable
) -> None:
    update = parsed({"update_id": 1, "message": message(**{field: content}, caption="look")})
    assert update.message is not None
    assert update.message.content is kind
    assert update.message.caption is not None


def test_an_animation_is_no_document_though_telegram_says_both() -> None:
    update = parsed({"update_id": 1, "message": message(animation={}, document={})})
    assert update.message is not None
    assert update.message.content is Unreadable.VIDEO


def test_a_service_message_holds_nothing() -> None:
    update = parsed({"update_id": 1, "message": message(pinned_message={"message_id": 1})})
    assert update.message is not None
    assert update.message.content is None
    assert update.message.text is None


def test_a_pressed_button() -> None:
    raw = {"id": "99", "from": ANNA, "data": "4:yes", "message": message(), "chat_instance": "1"}
    press = parsed({"update_id": 1, "callback_query": raw}).callback_query
    assert press is not None
    assert (press.id, press.data, press.chat.id) == ("99", "4:yes", 7)


def test_a_button_of_a_message_telegram_no_longer_shows() -> None:
    origin = {"chat": CHAT, "message_id": 5, "date": 0}
    raw = {"id": "99", "from": ANNA, "data": "x", "message": origin, "chat_instance": "1"}
    press = parsed({"update_id": 1, "callback_query": raw}).callback_query
    assert press is not None
    assert press.chat.id == 7


def test_a_button_without_a_message_belongs_to_the_person() -> None:
    raw = {"id": "99", "from": ANNA, "data": "x", "chat_instance": "1"}
    press = parsed({"update_id": 1, "callback_query": raw}).callback_query
    assert press is not None
    assert press.chat.id == 7
    assert press.chat.private


@pytest.mark.parametrize(
    ("old", "new", "gone", "came"),
    [
        ("member", "kicked", True, False),
        ("kicked", "member", False, True),
        ("left", "administrator", False, True),
        ("member", "administrator", False, False),
    ],
)
def test_blocking_and_coming_back(old: str, new: str, gone: bool, came: bool) -> None:
    raw = {
        "chat": CHAT,
        "from": ANNA,
        "date": 0,
        "old_chat_member": {"status": old, "user": {}},
        "new_chat_member": {"status": new, "user": {}},
    }
    membership = parsed({"update_id": 1, "my_chat_member": raw}).my_chat_member
    assert membership is not None
    assert (membership.gone, membership.came) == (gone, came)


@pytest.mark.parametrize(
    "odd",
    [
        {"message": "hello"},
        {"message": {"chat": {}}},
        {"message": message(text=5)},
        {"message": message(chat={"id": "7"})},
        {"message": message(chat={"id": 2**70})},
        {"callback_query": {"id": 5, "from": ANNA}},
        {"my_chat_member": []},
        {"something_new": {"a": 1}},
        {},
    ],
)
def test_a_shape_we_do_not_know_is_an_update_with_nothing_to_read(odd: dict[str, Any]) -> None:
    assert parsed({"update_id": 12, **odd}) == Update(update_id=12)


def test_half_a_character_pair_does_not_make_it_malformed() -> None:
    raw = b'{"update_id": 12, "message": {"message_id": 1, "chat": {"id": 7}, "text": "\\ud83d"}}'
    update = parse_update(raw)
    assert isinstance(update, Update)
    assert update.update_id == 12


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"update_id": "12"}',
        b'{"update_id": true}',
        b'{"update_id": -1}',
        b'{"update_id": 1.5}',
        b'{"message": {"text": "secret"}}',
        b"[" * 100_000,
        b'{"update_id": ' + b"9" * 5000 + b"}",
    ],
)
def test_without_a_usable_id_it_is_no_update(raw: bytes) -> None:
    assert parse_update(raw) == MalformedUpdate()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "chat", "from", "text", "message_id", "message", "status", "x"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@given(
    st.dictionaries(
        st.sampled_from(
            ["update_id", "message", "edited_message", "callback_query", "my_chat_member"]
        ),
        json_values,
    )
)
def test_nothing_that_is_sent_raises(raw: dict[str, Any]) -> None:
    for given_as in (raw, json.dumps(raw).encode()):
        update = parse_update(given_as)
        if isinstance(update, Update):
            assert update.update_id == raw["update_id"]


@given(st.binary(max_size=200))
def test_no_bytes_raise(raw: bytes) -> None:
    parse_update(raw)
