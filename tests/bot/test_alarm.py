"""Danger, through the whole program: ahead of everything, whatever fails, and leaving no trace where it must not."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text

from bot.storage.engine import open_engine
from dialogs.engine.conversation import to_json
from dialogs.engine.said import Facts, Said
from dialogs.engine.turn import take_turn
from tests.support.live import Live, live_program
from tests.support.world_chat import WorldChat

pytestmark = pytest.mark.asyncio(loop_scope="module")
DANGER = "my father collapsed and is not breathing"
CARD = "This may be an emergency."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def live(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Live]:
    """One program for all tests here."""
    async with live_program(tmp_path_factory.mktemp("live")) as running:
        yield running


@pytest.fixture
def chat(live: Live) -> WorldChat:
    """A person of one's own."""
    return WorldChat(live)


def calls(live: Live, chat: WorldChat) -> list[dict[str, Any]]:
    """The messages sent to a person, as Telegram got them."""
    return [call["params"] for call in live.made("sendMessage", chat.user)]


async def test_the_card_is_a_new_message_with_a_number_to_copy(live: Live, chat: WorldChat) -> None:
    await chat.says("/start options")
    await chat.says("Austria")
    await chat.says(DANGER)
    sent = calls(live, chat)[-1]
    assert "In Austria, call:\n<b>144</b>" in sent["text"]
    keyboard = json.loads(sent["reply_markup"])["inline_keyboard"]
    assert keyboard[0] == [{"text": "Copy 144", "copy_text": {"text": "144"}}]
    assert not [
        call for call in live.made("editMessageText", chat.user) if CARD in call["params"]["text"]
    ]


async def test_the_card_is_in_the_language_of_the_message(chat: WorldChat) -> None:
    await chat.says("/start")
    await chat.says("mi padre se ha desmayado y no respira, ayuda por favor")
    assert "Esto puede ser una emergencia." in chat.said()[-1]
    await chat.taps("No es una emergencia")
    assert "If this changes, call 112 or 911." in "\n".join(chat.said())


async def test_a_failing_database_does_not_keep_the_card_back(live: Live, chat: WorldChat) -> None:
    await chat.says("/start")
    engine = open_engine(live.settings.database_url)
    try:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE tally RENAME TO away"))
        live.world.says(chat.user, DANGER)
        await live.until(lambda: any(CARD in call["text"] for call in calls(live, chat)))
        again = sum(CARD in call["text"] for call in calls(live, chat))
        assert again == 1
    finally:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE away RENAME TO tally"))
        engine.dispose()
    live.clock.advance(600)
    await live.settled()
    conversation = live.conversation(chat.user)
    assert conversation is not None
    assert str(conversation.top.place if conversation.top else "") == "safety.now"


async def test_a_turn_that_fails_does_not_keep_the_card_back(
    live: Live, chat: WorldChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await chat.says("/start")
    book = live.program.backstage.book

    def fails_on_what_is_stored(_: object, conversation: Any, said: Said, facts: Facts) -> Any:  # noqa: ANN401
        if conversation.turns:
            raise RuntimeError
        return take_turn(book, conversation, said, facts)

    monkeypatch.setattr("bot.talk.BookTalk.take", fails_on_what_is_stored)
    await chat.says(DANGER)
    assert CARD in chat.said()[0]
    assert "Something went wrong on our side." in chat.said()[1]


async def test_violence_can_be_hidden_and_leaves_no_trace(live: Live, chat: WorldChat) -> None:
    await chat.says("/start options")
    await chat.says("my husband beats me and I am afraid")
    card = chat.said()[-1]
    assert card[:60].startswith("Here is something to read")
    await chat.taps("Hide these messages")
    standing = [one.get("text", "") for one in live.world.chat(chat.user)]
    assert not any("beats" in one or "Here is something to read" in one for one in standing)
    assert "Which country are you in?" in standing[-1]
    conversation = live.conversation(chat.user)
    assert conversation is not None
    assert not {"private", "abuse"} & set(re.findall("[a-z_]+", str(to_json(conversation))))


async def test_an_export_holds_no_card_that_is_open(live: Live, chat: WorldChat) -> None:
    await chat.says("/start")
    await chat.says("my husband beats me")
    await chat.says("/export")
    with live.program.backstage.engine.connect() as connection:
        (name,) = connection.execute(
            text("SELECT id FROM conversation ORDER BY updated_at DESC LIMIT 1")
        ).one()
    assert b"private" not in live.program.backstage.outbox.export(name)


async def test_half_a_text_that_cannot_be_read_does_not_stop_the_chat(
    live: Live, chat: WorldChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("what somebody wrote")

    monkeypatch.setattr(live.program.backstage.intake._reader, "_read", breaks)
    await chat.says("/start")
    await chat.says("anything")
    assert "I could not understand that." in "\n".join(chat.said())
