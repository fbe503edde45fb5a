"""The emulated Bot API over a socket, driven by a plain HTTP client that knows nothing of any bot library."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from bot.demo.door import telegram_door
from bot.demo.world import World
from bot.tasks import Tasks
from bot.web.server import WebServer
from tests.support.quick_clock import QuickClock

ANN = 501


@dataclass
class Bot:
    """Ten lines of a bot."""

    world: World
    http: httpx.AsyncClient

    async def call(self, method: str, **params: object) -> Any:  # noqa: ANN401 - whatever the API answers
        """The whole answer."""
        return (await self.http.post(method, json=params)).json()


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    clock = QuickClock()
    world, tasks = World(clock), Tasks(clock)
    door = WebServer(telegram_door(world), "127.0.0.1", 0, tasks)
    await door.start()
    world.person(ANN, "Ann", "en")
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{door.port}/bot{world.token}") as http:
        yield Bot(world, http)
    await door.stop()
    await tasks.stop(1.0)
    assert world.violations == []


async def test_a_conversation_of_a_bot_without_a_library(bot: Bot) -> None:
    bot.world.says(ANN, "/start")
    (update,) = (await bot.call("getUpdates", timeout=5))["result"]
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    key = {"text": "Yes", "callback_data": "1:yes"}
    markup = {"inline_keyboard": [[key]]}
    sent = await bot.call(
        "sendMessage", chat_id=ANN, text="<b>Well?</b>", parse_mode="HTML", reply_markup=markup
    )
    number = sent["result"]["message_id"]
    bot.world.taps(ANN, number, "1:yes")
    (tap,) = (await bot.call("getUpdates", offset=update["update_id"] + 1, timeout=5))["result"]
    query = tap["callback_query"]
    assert query["data"] == "1:yes"
    assert (await bot.call("answerCallbackQuery", callback_query_id=query["id"]))["result"] is True
    await bot.call("editMessageText", chat_id=ANN, message_id=number, text="Good.")
    assert [bubble["text"] for bubble in bot.world.chat(ANN)] == ["/start", "Good."]
    assert (await bot.call("getUpdates", offset=tap["update_id"] + 1))["result"] == []


async def test_refusals_come_in_the_servers_words(bot: Bot) -> None:
    bot.world.says(ANN, "/start")
    answer = await bot.http.post("sendMessage", json={"chat_id": 999, "text": "hello"})
    assert answer.status_code == 400
    assert answer.json() == {
        "ok": False, "error_code": 400, "description": "Bad Request: chat not found",
    }  # fmt: skip
    bot.world.blocks(ANN)
    answer = await bot.http.post("sendMessage", data={"chat_id": str(ANN), "text": "hello"})
    assert answer.json()["description"] == "Forbidden: bot was blocked by the user"
    bot.world.unblocks(ANN)
    bot.world.faults.next_429(7)
    answer = await bot.http.get("sendMessage", params={"chat_id": ANN, "text": "hello"})
    assert answer.status_code == 429
    assert answer.json()["parameters"] == {"retry_after": 7}


async def test_a_file_goes_up_and_comes_down_again(bot: Bot) -> None:
    bot.world.says(ANN, "/start")
    files = {"document": ("notes.json", b'{"a": 1}')}
    sent = (await bot.http.post("sendDocument", data={"chat_id": str(ANN)}, files=files)).json()
    found = await bot.call("getFile", file_id=sent["result"]["document"]["file_id"])
    address = str(bot.http.base_url).replace("/bot", "/file/bot") + found["result"]["file_path"]
    assert (await bot.http.get(address)).content == b'{"a": 1}'
