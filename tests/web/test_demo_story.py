"""*Save as test*: what is walked in the demo becomes a conversation test that passes as it is."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.demo.stories import Stories
from bot.story_text import CannotBeTold
from dialogs.book import load_book
from tests.support.engine_chat import EngineChat
from tests.support.live import Live, live_program
from tests.support.script import play, read_script
from tests.support.world_chat import WorldChat

DAY = 86_400


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    async with live_program(tmp_path) as running:
        yield running


@pytest.fixture
def stories(live: Live) -> Stories:
    """Everybody's stories, as the demo keeps them."""
    return Stories(live.world, lambda: not live.pending(), lambda _user: False)


async def walk(chat: WorldChat, *acts: str) -> None:
    """Do what a script says, without looking at the answers."""
    for act in acts:
        word, _, rest = act.partition(": ")
        match word:
            case "taps":
                await chat.taps(rest)
            case "sends":
                await chat.sends(rest)
            case "edits":
                await chat.edits(rest)
            case "days":
                await chat.passes(int(rest) * DAY)
            case _:
                await chat.says(rest)


async def passes_as_it_is(told: str, live: Live, place: Path) -> None:
    """Play the file as `tests/conversations` does: on the engine alone, and on the running program."""
    file = place / "saved.chat"
    file.write_text(told, encoding="utf-8")
    await play(read_script(file), EngineChat(load_book()))
    chat = WorldChat(live)
    await play(read_script(file), chat)
    chat.close()


WALKS: dict[str, tuple[str | None, list[str]]] = {
    "reading": ("en", ["says: /start", "taps: Read or ask", "taps: The basics"]),
    "places": (
        "en",
        ["says: /start options", "says: Germany", "taps: Remember", "taps: Spine or joints", "says: I don't know"],
    ),
    "spanish": ("es-MX", ["says: /start", "taps: Leer o preguntar", "sends: photo", "says: /privacy"]),
    "arabic": ("ar", ["says: /start", "says: hola", "sends: voice"]),
    "untold": (None, ["says: /start", "taps: English"]),
    "danger": (
        "en",
        ["says: /start options", "sends: photo, under it: my baby is blue and not breathing",
         "taps: This is not an emergency", "says: /help"],
    ),
    "a day": (
        "en",
        ["says: /start options", "says: Germany", "taps: Forget after 24 hours", "days: 1", "says: /start"],
    ),
    "coming back": (
        "en",
        ["says: /start options", "says: Germany", "edits: France", "sends: return", "taps: Remember"],
    ),
    "deleting": ("en", ["says: /start", "says: /export", "says: /delete", "taps: Yes, delete everything"]),
}  # fmt: skip


@pytest.mark.parametrize("name", WALKS)
async def test_a_walk_becomes_a_test_that_passes_as_it_is(
    live: Live, stories: Stories, tmp_path: Path, name: str
) -> None:
    language, acts = WALKS[name]
    chat = WorldChat(live, language)
    await walk(chat, *acts)
    told = stories.told(chat.user)
    assert len(re.findall(r"^(?:Patient|Time)", told, re.MULTILINE)) == len(acts)
    assert "Assistant: " in told
    assert "Buttons: " in told
    await passes_as_it_is(told, live, tmp_path)


async def test_a_saved_test_fails_when_the_assistant_says_something_else(
    live: Live, stories: Stories, tmp_path: Path
) -> None:
    chat = WorldChat(live)
    await walk(chat, "says: /start")
    told = stories.told(chat.user).replace("second opinions", "first opinions")
    with pytest.raises(AssertionError, match="was not said"):
        await passes_as_it_is(told, live, tmp_path)


async def test_acts_faster_than_the_answers_are_told_without_guessing(
    live: Live, stories: Stories, tmp_path: Path
) -> None:
    chat = WorldChat(live)
    await chat.says("/start options")
    live.world.faults.late_updates = True
    live.world.says(chat.user, "USA")
    live.world.says(chat.user, "Texas")
    live.world.faults.late_updates = False
    await live.settled()
    await chat.taps("Remember")
    told = stories.told(chat.user)
    assert told.count("which answer is whose cannot be told") == 2
    assert "\n\nPatient taps: Remember\nAssistant: " in told
    await passes_as_it_is(told, live, tmp_path)


async def test_what_was_not_answered_yet_is_not_held_against_the_last_act(
    live: Live, stories: Stories
) -> None:
    chat = WorldChat(live)
    await chat.says("/start")
    live.world.faults.late_updates = True
    live.world.says(chat.user, "/help")
    assert stories.told(chat.user).endswith("\n\nPatient: /help\n")
    live.world.faults.late_updates = False
    await live.settled()


async def refused(stories: Stories, user: int) -> str:
    with pytest.raises(CannotBeTold) as refusal:
        stories.told(user)
    return str(refusal.value)


async def test_what_a_test_has_no_words_for_is_refused_with_its_reason(
    live: Live, stories: Stories
) -> None:
    world = live.world

    async def several_lines(chat: WorldChat) -> None:
        await chat.says("one\ntwo")

    async def another_language(chat: WorldChat) -> None:
        chat.client("es")
        await chat.says("/menu")

    async def an_older_text(chat: WorldChat) -> None:
        first: Any = next(one for one in world.chat(chat.user) if not one["from_bot"])
        await chat.says("/help")
        world.edits(chat.user, first["message_id"], "/privacy")
        await live.settled()

    async def a_button_that_is_gone(chat: WorldChat) -> None:
        await chat.presses(chat.bubbles()[-1]["message_id"], "1:gone")

    async def time_while_blocked(chat: WorldChat) -> None:
        world.blocks(chat.user)
        await live.settled()
        live.clock.advance(DAY)
        world.unblocks(chat.user)
        await live.settled()

    reasons = {
        several_lines: "several lines",
        another_language: "language of the app was changed",
        an_older_text: "not the last text",
        a_button_that_is_gone: "no longer there",
        time_while_blocked: "Time passed while",
    }
    for odd, reason in reasons.items():
        chat = WorldChat(live)
        assert await refused(stories, chat.user) == "Nothing was said yet."
        await chat.says("/start")
        await odd(chat)
        assert reason in await refused(stories, chat.user)
        chat.close()


async def test_a_chat_that_began_before_the_demo_is_refused(live: Live) -> None:
    stories = Stories(live.world, lambda: True, lambda _user: True)
    chat = WorldChat(live)
    await chat.says("/start")
    assert "before this demo" in await refused(stories, chat.user)
