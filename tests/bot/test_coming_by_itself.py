"""Reminders and answers of the running program: they outlast a restart, and come once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.support.desk import Desk
from tests.support.live import Live, live_program
from tests.support.world_chat import WorldChat

DAY = 86_400
QUESTION = "Could you tell me what I need to bring to my appointment?"


@pytest_asyncio.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    async with live_program(tmp_path) as running:
        yield running


async def restarted(live: Live) -> None:
    await live.stop_program()
    await live.start_program()


async def test_a_reminder_outlasts_a_restart_and_comes_once(live: Live) -> None:
    chat = WorldChat(live)
    await chat.says("/start")
    await chat.says("remind me")
    await chat.taps("In 3 days")
    await restarted(live)
    await chat.passes(3 * DAY)
    assert chat.said() == ["You asked for a reminder."]
    await restarted(live)
    await chat.passes(DAY)
    assert chat.said() == []


async def test_a_stopped_reminder_stays_stopped_after_a_restart(live: Live) -> None:
    chat = WorldChat(live)
    await chat.says("/start")
    await chat.says("remind me")
    await chat.taps("Tomorrow")
    await chat.taps("Stop the reminder")
    await restarted(live)
    await chat.passes(2 * DAY)
    assert chat.said() == []


async def test_an_answer_written_while_the_program_is_down_arrives(live: Live) -> None:
    chat = WorldChat(live)
    await chat.says("/start person")
    await chat.taps("Write to our staff")
    await chat.says(QUESTION)
    await chat.taps("Send")
    desk = Desk(live.program.backstage.engine, live.program.backstage.vault, live.clock)
    await live.stop_program()
    (letter,) = desk.waiting()
    desk.answer(letter, "Bring your letters.", "Ann")
    await live.start_program()
    await chat.passes(1)
    assert chat.said() == ["An answer is here."]
    await chat.taps("Show")
    assert "Bring your letters." in chat.said()[-1]


async def test_delete_removes_question_answer_and_reminder(live: Live) -> None:
    chat = WorldChat(live)
    await chat.says("/start person")
    await chat.taps("Write to our staff")
    await chat.says(QUESTION)
    await chat.taps("Send")
    await chat.says("remind me")
    await chat.taps("Tomorrow")
    await chat.says("/delete")
    await chat.taps("Yes, delete everything")
    desk = Desk(live.program.backstage.engine, live.program.backstage.vault, live.clock)
    assert await asyncio.to_thread(desk.waiting) == []
    await chat.passes(2 * DAY)
    assert chat.said() == []
