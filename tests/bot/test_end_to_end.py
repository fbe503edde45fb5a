"""The whole program over HTTP, with what goes wrong between a chat and us.

Every test ends with a Bot API that found nothing to object to: see `live_program`.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.live import Live, live_program
from tests.support.world_chat import WorldChat

pytestmark = pytest.mark.asyncio(loop_scope="module")
WELCOME = "I share general information about second opinions"
COUNTRY = "Which country are you in?"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def live(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Live]:
    """One program for all tests here."""
    async with live_program(tmp_path_factory.mktemp("live")) as running:
        yield running


@pytest.fixture
def chat(live: Live) -> WorldChat:
    """A person of one's own."""
    return WorldChat(live)


def seen(chat: WorldChat) -> str:
    """All that came since the last act."""
    return "\n".join(chat.said())


async def test_a_tap_becomes_a_card_in_the_same_bubble(chat: WorldChat) -> None:
    await chat.says("/start")
    await chat.taps("Read or ask")
    await chat.taps("The basics")
    await chat.taps("What is it good for?")
    assert len(chat.bubbles()) == 1
    assert "Most second opinions agree with the first doctor" in seen(chat)
    assert chat.bubbles()[0]["edited"]


async def test_an_answer_is_marked_on_its_question(chat: WorldChat) -> None:
    await chat.says("/start options")
    await chat.says("Germany")
    question, consent = chat.bubbles()[-2:]
    assert question["text"].endswith("✓ Germany")
    assert "reply_markup" not in question
    assert "store them, encrypted" in consent["text"]


async def test_every_pressed_button_is_answered(live: Live, chat: WorldChat) -> None:
    await chat.says("/start")
    before = len(live.made("answerCallbackQuery"))
    await chat.taps("Read or ask")
    assert len(live.made("answerCallbackQuery")) == before + 1


async def test_two_texts_at_once_are_taken_in_order(live: Live, chat: WorldChat) -> None:
    await chat.says("/start options")
    live.world.says(chat.user, "USA")
    live.world.says(chat.user, "Texas")
    await live.settled()
    assert (chat.answers()["country"], chat.answers()["region"]) == ("US", "US-TX")


async def test_a_flood_limit_is_honoured_and_nothing_lost(live: Live, chat: WorldChat) -> None:
    live.world.faults.next_429(2, "sendMessage")
    live.world.says(chat.user, "/start")
    await live.postponed()
    await live.settled()
    assert WELCOME in seen(chat)
    statuses = [call["status"] for call in live.made("sendMessage", chat.user)]
    assert statuses == [429, 200]


async def test_a_broken_server_is_tried_again(live: Live, chat: WorldChat) -> None:
    live.world.faults.next_5xx(2, "sendMessage")
    live.world.says(chat.user, "/start")
    await live.postponed()
    await live.postponed(times=2)
    await live.settled()
    assert len(chat.bubbles()) == 1
    assert WELCOME in seen(chat)


async def test_a_lost_answer_to_a_send_may_double_the_bubble_but_not_the_turn(
    live: Live, chat: WorldChat
) -> None:
    await chat.says("/start options")
    live.world.faults.lose_answer(1, "sendMessage")
    live.world.says(chat.user, "Portugal")
    await live.postponed()
    await live.settled()
    texts = [bubble["text"] for bubble in chat.bubbles() if "encrypted" in bubble["text"]]
    assert len(texts) == 2
    conversation = live.conversation(chat.user)
    assert conversation is not None
    assert conversation.turns == 2


async def test_a_lost_answer_to_a_poll_repeats_updates_without_effect(
    live: Live, chat: WorldChat
) -> None:
    live.world.faults.lose_answer(1, "getUpdates")
    await chat.says("/start")
    conversation = live.conversation(chat.user)
    assert conversation is not None
    assert conversation.turns == 1
    assert len(chat.bubbles()) == 1


async def test_updates_delivered_twice_are_taken_once(live: Live, chat: WorldChat) -> None:
    live.world.faults.duplicate_updates = True
    try:
        await chat.says("/start options")
        await chat.says("USA")
        await chat.says("Texas")
    finally:
        live.world.faults.duplicate_updates = False
    conversation = live.conversation(chat.user)
    assert conversation is not None
    assert conversation.turns == 3
    assert chat.answers()["region"] == "US-TX"


async def test_updates_delivered_newest_first_are_taken_in_their_order(
    live: Live, chat: WorldChat
) -> None:
    live.world.faults.reorder = True
    try:
        for text in ("/start options", "USA", "Texas"):
            live.world.says(chat.user, text)
        await live.settled()
    finally:
        live.world.faults.reorder = False
    assert chat.answers()["region"] == "US-TX"


async def test_a_bubble_the_person_deleted_is_sent_anew(live: Live, chat: WorldChat) -> None:
    await chat.says("/start")
    (bubble,) = chat.bubbles()
    press = bubble["reply_markup"]["inline_keyboard"][4][0]["callback_data"]
    del live.world.chats[chat.user].bubbles[bubble["message_id"]]
    await chat.presses(bubble["message_id"], press)
    assert "Tap what you want to know" in seen(chat)


async def test_an_answer_that_comes_too_late_for_the_spinner_still_counts(
    live: Live, chat: WorldChat
) -> None:
    await chat.says("/start")
    (bubble,) = chat.bubbles()
    press = bubble["reply_markup"]["inline_keyboard"][4][0]["callback_data"]
    update = live.world.taps(chat.user, bubble["message_id"], press)
    live.world.presses[update["callback_query"]["id"]].expires_at = live.clock() - 1
    await live.settled()
    assert chat.place() == "read.topics"


async def test_who_blocks_us_gets_nothing_more_and_can_come_back(
    live: Live, chat: WorldChat
) -> None:
    await chat.says("/start options")
    live.world.says(chat.user, "Norway")
    live.world.known_person(chat.user).blocked = True  # before our answer is there
    await live.settled()
    calls = live.calls_to(chat.user)
    assert calls[-1]["status"] == 403
    await live.passes(3600)
    assert live.calls_to(chat.user) == calls
    await chat.says("/menu")
    assert "What would help you now?" in seen(chat)
    assert chat.answers()["country"] == "NO"


async def test_who_left_telegram_is_left_in_peace(live: Live, chat: WorldChat) -> None:
    await chat.says("/start")
    live.world.says(chat.user, "/menu")
    live.world.deletes_account(chat.user)
    await live.settled()
    assert live.calls_to(chat.user)[-1]["status"] == 403


async def test_a_group_hears_one_kind_line_and_nothing_is_kept(live: Live, chat: WorldChat) -> None:
    group = -1_000_000_000_000 - chat.user
    live.world.adds_to_group(chat.user, group)
    await live.settled()
    (greeting,) = [one for one in live.world.chat(group) if one["from_bot"]]
    assert "I only talk in a private chat" in greeting["text"]
    live.world.says_in_group(chat.user, group, "my sister is ill")
    live.world.says_in_group(chat.user, group, f"/help@{live.world.username}")
    await live.settled()
    assert len([one for one in live.world.chat(group) if one["from_bot"]]) == 2
    assert live.conversation(group) is None
    assert live.conversation(chat.user) is None


async def test_an_export_is_a_file_with_the_answers(live: Live, chat: WorldChat) -> None:
    await chat.says("/start options")
    await chat.says("Germany")
    await chat.taps("Remember")
    await chat.taps("Cancer")
    await chat.says("/export")
    (document,) = [one["document"] for one in chat.bubbles() if "document" in one]
    assert document["file_name"].startswith("notes-")
    kept = live.world.files.by_id(document["file_id"])
    assert kept is not None
    answers = json.loads(kept.content)["conversation"]["answers"]
    assert answers["country"][1] == "DE"
    assert answers["condition"][1] == "cancer"


async def test_after_delete_nothing_is_left_in_the_database_files(
    live: Live, chat: WorldChat
) -> None:
    await chat.says("/start options")
    await chat.says("Germany")
    await chat.taps("Remember")
    await chat.taps("Spine or joints")
    assert _files_hold(live, live.program.backstage.vault.lookup(chat.user).encode())
    await chat.says("/delete")
    await chat.taps("Yes, delete everything")
    assert "I have deleted what I kept about you" in seen(chat)
    assert len(chat.bubbles()) == 1
    live.program.backstage.upkeep.checkpoint()
    names = str(chat.user).encode(), live.program.backstage.vault.lookup(chat.user).encode()
    numbers = chat.user.to_bytes(8, "big"), chat.user.to_bytes(8, "little")
    words = b"Germany", b"Spine or joints", b"may_remember", b"statutory"  # only plain counts stay
    assert not [trace for trace in (*names, *numbers, *words) if _files_hold(live, trace)]
    assert live.conversation(chat.user) is None


def _files_hold(live: Live, trace: bytes) -> bool:
    files: list[Path] = sorted(live.place.glob("live.sqlite3*"))
    assert files
    return any(trace in file.read_bytes() for file in files)


async def test_the_profile_is_set_in_every_language(live: Live) -> None:
    for language in ("en", "es"):
        person = live.newcomer(language)
        shown = live.world.person_view(person)["bot"]
        assert {"start", "menu", "language", "privacy", "delete"} <= {
            command["command"] for command in shown["commands"]
        }
