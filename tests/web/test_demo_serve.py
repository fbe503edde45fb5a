"""The demo as a whole: the real program behind the page, its data and keys, starting and stopping."""

from __future__ import annotations

import asyncio
import socket
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from bot.demo.page import FIRST_USER
from bot.demo.serve import Demo, _place, demo_settings, run_demo
from bot.privacy.vault import new_keys
from bot.settings import SettingsError

Json = dict[str, Any]
USER = FIRST_USER + 1


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    demo = Demo(demo_settings(tmp_path, new_keys()), 0)
    await demo.start()
    yield demo
    await demo.stop()


class Person:
    """Somebody at the page, who waits for the program to answer."""

    def __init__(self, demo: Demo, client: httpx.AsyncClient) -> None:
        self._demo, self._client = demo, client
        self._news = asyncio.Event()
        demo.world.subscribe(self._hear)

    def _hear(self, event: Json) -> None:
        if event["type"] in ("message", "edit") and event["message"]["from_bot"]:
            self._news.set()

    async def does(self, action: str, **fields: object) -> Json:
        """Act, and give the message the program answers with, new or edited."""
        self._news.clear()
        answer = await self._client.post("/demo/act", json={"person": 1, "action": action} | fields)
        assert answer.status_code == 200
        await asyncio.wait_for(self._news.wait(), 10)
        return self._demo.world.chat(USER)[-1]

    async def inspects(self) -> Json:
        """What Inspect shows."""
        return dict((await self._client.get("/demo/inspect")).json())


@pytest.fixture
async def person(demo: Demo) -> AsyncIterator[Person]:
    async with httpx.AsyncClient(base_url=demo.address) as client:
        await client.get("/demo/inspect")
        yield Person(demo, client)


async def test_the_real_program_answers_and_inspect_shows_its_turn(
    demo: Demo, person: Person
) -> None:
    assert (await person.inspects())["conversation"] is None
    welcome = await person.does("says", text="/start")
    assert welcome["reply_markup"]["inline_keyboard"]
    seen = await person.inspects()
    assert seen["conversation"]["stack"]
    assert seen["conversation"]["facts"]["turns"] == 1
    assert seen["turn"]["facts"]["person"] == "wrote"
    assert seen["turn"]["messages"][0]["buttons"]
    assert seen["turn"]["events"]
    assert {"update", "call"} == {entry["way"] for entry in seen["wire"]}
    assert demo.world.violations == []


async def test_the_conversation_goes_on_after_a_restart(demo: Demo, person: Person) -> None:
    await person.does("says", text="/start")
    before = (await person.inspects())["conversation"]
    await demo.restart()
    assert (await person.inspects())["conversation"] == before
    await person.does("says", text="/help")
    after = (await person.inspects())["conversation"]
    assert after["facts"]["turns"] == before["facts"]["turns"] + 1


async def test_a_later_demo_with_the_same_data_is_not_taken_for_repeated_updates(
    tmp_path: Path,
) -> None:
    keys = new_keys()
    for turns in (1, 2):
        demo = Demo(demo_settings(tmp_path, keys), 0)
        await demo.start()
        async with httpx.AsyncClient(base_url=demo.address) as client:
            await client.get("/demo/inspect")
            person = Person(demo, client)
            await person.does("says", text="/start")
            assert (await person.inspects())["conversation"]["facts"]["turns"] == turns
        await demo.stop()


async def test_a_later_demo_with_the_same_data_says_what_was_emptied_and_to_whom(
    tmp_path: Path,
) -> None:
    keys = new_keys()
    for later in (False, True):
        demo = Demo(demo_settings(tmp_path, keys), 0)
        await demo.start()
        async with httpx.AsyncClient(base_url=demo.address) as client:
            assert await finds_emptied(client, person=1) is later
            assert await finds_emptied(client, person=2) is False
            await Person(demo, client).does("says", text="/start")
            assert await finds_emptied(client, person=1) is False
        await demo.stop()


async def finds_emptied(client: httpx.AsyncClient, person: int) -> bool:
    """Whether a page that opens now says that the chat was emptied."""
    async with client.stream("GET", "/demo/events", params={"person": person}) as stream:
        async for line in stream.aiter_lines():
            event = orjson.loads(line.removeprefix("data: ")) if line else {}
            if (event.get("type"), event.get("person")) == ("snapshot", person):
                return bool(event["emptied"])
    raise AssertionError("no such person")


async def test_stopping_ends_open_pages(demo: Demo) -> None:
    async with (
        httpx.AsyncClient(base_url=demo.address) as client,
        client.stream("GET", "/demo/events") as stream,
    ):
        lines = stream.aiter_lines()
        assert (await anext(lines)).startswith("data: ")
        await asyncio.wait_for(demo.stop(), 10)
        (left,) = [line async for line in lines if line]
        assert '"clock"' in left


def test_a_taken_port_is_said_with_the_option_that_mends_it(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"^Port {port} .* --port\.$"):
            run_demo(port, open_browser=False, data_dir=tmp_path)


def test_kept_keys_are_made_once_and_for_this_user_only(tmp_path: Path) -> None:
    place = tmp_path / "kept"
    with _place(place) as (_, first):
        file = place / "keys.env"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with _place(place) as (_, second):
        assert first == second


def test_without_a_directory_nothing_is_left(tmp_path: Path) -> None:
    assert list(tmp_path.iterdir()) == []
    with _place(None) as (place, _):
        assert place.exists()
    assert not place.exists()
