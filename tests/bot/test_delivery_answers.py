"""Answers to pressed buttons."""

from __future__ import annotations

import asyncio

import pytest
from telegram.error import TimedOut

from bot.tasks import Tasks
from bot.telegram.answers import MOST_UNDER_WAY, NOTICE_LIMIT, Answers
from bot.turns_plan import Taken
from dialogs.engine.lines import Line
from tests.support.clock import FakeClock
from tests.support.said import PlainRenderer
from tests.support.wire import Answer, Wire, bot_over, refused


def at_work() -> tuple[Wire, Tasks, Answers]:
    wire, tasks = Wire(), Tasks(FakeClock())
    return wire, tasks, Answers(bot_over(wire), PlainRenderer(), tasks)


async def test_a_pressed_button_is_answered_with_its_notice() -> None:
    wire, tasks, answers = at_work()
    answers.give([Taken(1), Taken(2, callback="99", notice=Line("n", "That was answered."))])
    answers.give([Taken(3, callback="100", fresh=False)])
    await tasks.stop(5)
    assert wire.made("answerCallbackQuery") == [
        {"callback_query_id": "99", "text": "That was answered."},
        {"callback_query_id": "100"},
    ]


async def test_a_long_notice_is_shortened() -> None:
    wire, tasks, answers = at_work()
    answers.give([Taken(1, callback="99", notice=Line("n", "word " * 100))])
    await tasks.stop(5)
    assert len(wire.made("answerCallbackQuery")[0]["text"]) <= NOTICE_LIMIT


async def test_an_answer_that_comes_too_late_is_no_trouble(
    caplog: pytest.LogCaptureFixture,
) -> None:
    wire, tasks, answers = at_work()
    words = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    wire.answers("answerCallbackQuery", refused(400, words))
    answers.give([Taken(1, callback="99")])
    await tasks.stop(5)
    assert caplog.text == ""


@pytest.mark.parametrize("trouble", [TimedOut(), refused(403, "Forbidden: bot was blocked")])
async def test_an_answer_that_fails_costs_a_line_in_the_log(
    trouble: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    wire, tasks, answers = at_work()
    wire.answers("answerCallbackQuery", trouble)
    answers.give([Taken(1, callback="99")])
    await tasks.stop(5)
    assert caplog.text.count("answer_refused") == 1


async def test_when_far_too_many_wait_the_newest_are_left_out() -> None:
    wire, tasks, answers = at_work()
    hold = wire.hold["answerCallbackQuery"] = asyncio.Event()
    answers.give(Taken(n, callback=str(n)) for n in range(MOST_UNDER_WAY + 50))
    await wire.reach("answerCallbackQuery", MOST_UNDER_WAY)
    hold.set()
    await tasks.stop(5)
    assert len(wire.made("answerCallbackQuery")) == MOST_UNDER_WAY
