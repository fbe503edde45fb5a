"""The panel of faults, with the real program behind it: nothing is lost, and nothing is done twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.demo.page import FIRST_USER
from bot.demo.serve import Demo, demo_settings
from bot.privacy.vault import new_keys

Json = dict[str, Any]
USER = FIRST_USER + 1
PATIENCE = 10


class Somebody:
    """A person at the page of a demo that runs."""

    def __init__(self, demo: Demo, client: httpx.AsyncClient) -> None:
        self.demo, self.client = demo, client
        self._news = asyncio.Event()
        demo.world.subscribe(lambda _event: self._news.set())

    async def does(self, action: str, **fields: object) -> None:
        answer = await self.client.post("/demo/act", json={"person": 1, "action": action} | fields)
        assert answer.json() == {"ok": True}

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; it is looked at whenever something happened."""
        async with asyncio.timeout(PATIENCE):
            while not holds():
                self._news.clear()
                await self._news.wait()

    async def says(self, text: str) -> None:
        """Write, and wait for one bubble more, or another version of one."""
        before = self.bubbles()
        await self.does("says", text=text)
        await self.until(lambda: self.bubbles() != before)

    async def taps(self, label: str) -> None:
        """Press the newest button of that label, and wait as above."""
        before = self.bubbles()
        for bubble in reversed(before):
            for row in bubble.get("reply_markup", {}).get("inline_keyboard", ()):
                for key in row:
                    if key["text"] == label:
                        found = {"message_id": bubble["message_id"], "data": key["callback_data"]}
                        await self.does("taps", **found)
                        await self.until(lambda: self.bubbles() != before)
                        return
        raise AssertionError(label)

    def bubbles(self) -> list[Json]:
        """What the assistant said."""
        return [one for one in self.demo.world.chat(USER) if one["from_bot"]]

    def statuses(self) -> list[int]:
        """How each attempt to write to this person ended."""
        calls = [one for one in self.demo.world.calls if one["method"] == "sendMessage"]
        return [one["status"] for one in calls if str(one["params"]["chat_id"]) == str(USER)]

    async def conversation(self) -> Json | None:
        """What Inspect shows of it."""
        shown: Json = (await self.client.get("/demo/inspect")).json()
        kept: Json | None = shown["conversation"]
        return kept

    async def turns(self) -> int:
        """How many turns were taken."""
        kept = await self.conversation()
        assert kept is not None
        return int(kept["facts"]["turns"])

    async def faults(self) -> Json:
        """What the panel shows."""
        shown: Json = (await self.client.get("/demo/faults")).json()
        return shown


@pytest.fixture
async def somebody(tmp_path: Path) -> AsyncIterator[Somebody]:
    demo = Demo(demo_settings(tmp_path, new_keys()), 0)
    await demo.start()
    async with httpx.AsyncClient(base_url=demo.address) as client:
        await client.get("/demo/inspect")
        yield Somebody(demo, client)
    assert demo.world.violations == []
    await demo.stop()


async def test_the_next_sends_are_refused_with_429_and_made_again(somebody: Somebody) -> None:
    await somebody.does("flood", times=2)
    assert (await somebody.faults())["planned"] == 2
    await somebody.does("says", text="/start")
    for refusals in (1, 2):
        await somebody.until(lambda: len(somebody.statuses()) >= refusals)  # noqa: B023 - at once
        await somebody.does("pass", hours=1)
    await somebody.until(lambda: len(somebody.bubbles()) == 1)
    assert somebody.statuses() == [429, 429, 200]
    assert (await somebody.faults())["planned"] == 0


async def test_after_a_lost_answer_the_bubble_may_double_but_not_the_turn(
    somebody: Somebody,
) -> None:
    await somebody.does("lost")
    await somebody.does("says", text="/start")
    await somebody.until(lambda: len(somebody.bubbles()) == 2)
    assert await somebody.turns() == 1


async def test_an_update_that_arrives_twice_is_taken_once(somebody: Somebody) -> None:
    await somebody.does("duplicate", on=True)
    await somebody.says("/start")
    await somebody.says("/help")
    assert await somebody.turns() == 2
    assert (await somebody.faults())["duplicate_updates"] is True


async def test_updates_that_arrive_late_and_newest_first_are_taken_in_their_order(
    somebody: Somebody,
) -> None:
    await somebody.says("/start options")
    await somebody.does("late", on=True)
    await somebody.does("reorder", on=True)
    for text in ("USA", "Texas"):
        await somebody.does("says", text=text)
    assert (await somebody.faults())["waiting"] == 2
    assert "✓" not in str(somebody.bubbles())
    await somebody.does("late", on=False)
    await somebody.until(lambda: "✓ Texas" in str(somebody.bubbles()))
    kept = await somebody.conversation()
    assert kept is not None
    assert {(one["key"], one["value"]) for one in kept["answers"]} >= {
        ("country", "US"),
        ("region", "US-TX"),
    }


async def test_who_blocks_the_bot_gets_nothing_until_they_come_back(somebody: Somebody) -> None:
    await somebody.says("/start")
    await somebody.does("late", on=True)
    await somebody.does("says", text="/help")
    await somebody.does("blocks")
    await somebody.does("late", on=False)
    await somebody.until(lambda: not len(somebody.demo.world.inbox))
    assert len(somebody.bubbles()) == 1
    await somebody.does("unblocks")
    await somebody.says("/menu")


async def test_a_day_later_what_is_due_happens(somebody: Somebody) -> None:
    await somebody.says("/start options")
    await somebody.says("Germany")
    await somebody.until(lambda: "Forget after 24 hours" in str(somebody.bubbles()))
    await somebody.taps("Forget after 24 hours")
    await somebody.does("pass", hours=25)
    assert (await somebody.faults())["ahead"] == 25 * 3600
    program = somebody.demo._program
    assert program is not None
    await asyncio.to_thread(program.backstage.upkeep.fire)
    kept = await somebody.conversation()
    assert not kept or kept["answers"] == []


async def test_the_chat_of_the_page_can_be_saved_as_a_test(somebody: Somebody) -> None:
    refused = await somebody.client.get("/demo/story")
    assert (refused.status_code, refused.json()["error"]) == (409, "Nothing was said yet.")
    await somebody.says("/start")
    told = (await somebody.client.get("/demo/story")).text
    assert "\n\nClient: en\n\nPatient: /start\n" in told
    await somebody.does("late", on=True)
    await somebody.does("says", text="/help")
    await somebody.does("pass", hours=24)
    refused = await somebody.client.get("/demo/story")
    assert "before the assistant had answered" in refused.json()["error"]
