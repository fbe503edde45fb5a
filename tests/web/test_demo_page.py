"""The demo's page at the level of requests: who gets in, what an act does, and what the stream tells."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import orjson
import pytest
from starlette.routing import Mount

from bot.demo.door import telegram_door
from bot.demo.page import FIRST_USER, Page
from bot.demo.side import PersonSide
from bot.demo.window import Window
from bot.demo.world import World
from tests.web.demo_echo import EchoBot
from tests.web.nothing_behind import NothingBehind

Json = dict[str, Any]
USER = FIRST_USER + 1


def nobody_is_kept(_user: int) -> bool:
    """The program never met anybody."""
    return False


@pytest.fixture
def world() -> World:
    return World(clock=lambda: 1_800_000_000.0)


@pytest.fixture
def bot(world: World) -> EchoBot:
    return EchoBot(world)


@pytest.fixture
def behind() -> NothingBehind:
    return NothingBehind()


@pytest.fixture
def page(world: World, bot: EchoBot, behind: NothingBehind) -> Page:
    assert bot.heard == []
    return Page(world, behind)


@pytest.fixture
async def client(page: Page) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(page.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as client:
        yield client


async def act(client: httpx.AsyncClient, action: str, **fields: object) -> httpx.Response:
    return await client.post("/demo/act", json={"person": 1, "action": action} | fields)


async def test_the_page_and_its_files_are_served_under_a_strict_policy(
    client: httpx.AsyncClient,
) -> None:
    for path in ("/", "/static/main.js", "/static/chat.css", "/demo/inspect", "/nothing"):
        answer = await client.get(path)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in answer.headers


async def test_the_page_asks_nobody_else_for_anything(client: httpx.AsyncClient) -> None:
    text = (await client.get("/")).text
    assert "http://" not in text
    assert "https://" not in text
    assert " style=" not in text
    assert "<script>" not in text


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.7:8080", "[", ""]
)
async def test_a_name_that_is_not_loopback_is_refused(client: httpx.AsyncClient, host: str) -> None:
    answer = await client.get("/", headers={"host": host})
    assert answer.status_code == 403
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8080", "[::1]:8080"])
async def test_every_loopback_name_is_served(client: httpx.AsyncClient, host: str) -> None:
    assert (await client.get("/", headers={"host": host})).status_code == 200


async def test_another_site_can_neither_post_nor_embed(
    client: httpx.AsyncClient, bot: EchoBot
) -> None:
    body = {"person": 1, "action": "says", "text": "hello"}
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
    ):
        answer = await client.post("/demo/act", json=body, headers=headers)
        assert answer.status_code == 403
    plain = await client.post(
        "/demo/act", content=orjson.dumps(body), headers={"content-type": "text/plain"}
    )
    assert plain.status_code == 415
    assert bot.heard == []


async def test_a_link_from_another_site_may_open_the_page(client: httpx.AsyncClient) -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert (await client.get("/", headers=headers)).status_code == 200
    assert (await client.get("/demo/inspect", headers=headers)).status_code == 403


async def test_what_a_person_types_reaches_the_bot_and_its_answer_the_chat(
    client: httpx.AsyncClient, world: World, bot: EchoBot
) -> None:
    assert (await act(client, "says", text="hello")).json() == {"ok": True}
    assert bot.heard[-1]["message"]["text"] == "hello"
    assert [message["text"] for message in world.chat(USER)] == ["hello", "You said: hello"]


async def test_a_tap_an_edit_and_a_photo_become_updates(
    client: httpx.AsyncClient, world: World, bot: EchoBot
) -> None:
    await act(client, "says", text="first")
    own, answer = world.chat(USER)
    await act(client, "taps", message_id=answer["message_id"], data="benefits")
    await act(client, "edits", message_id=own["message_id"], text="second")
    await act(client, "sends", kind="photo")
    kinds = [next(key for key in update if key != "update_id") for update in bot.heard]
    assert kinds == ["message", "callback_query", "edited_message", "message"]
    assert world.chat(USER)[1]["text"] == "Benefits, in place"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"person": 1}',
        b'{"person": 1, "action": "says", "text": ""}',
        b'{"person": 0, "action": "clear"}',
        b'{"person": 1, "action": "sends", "kind": "bomb"}',
        b'{"person": 1, "action": "says", "text": "secret word", "more": 1}',
        b'{"person": 1, "action": "language", "code": "<b>"}',
    ],
)
async def test_an_act_of_another_shape_is_refused_without_repeating_it(
    client: httpx.AsyncClient, bot: EchoBot, body: bytes
) -> None:
    answer = await client.post(
        "/demo/act", content=body, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 400
    assert answer.json()["ok"] is False
    assert "secret" not in answer.text
    assert bot.heard == []


async def test_editing_what_one_did_not_write_is_refused_kindly(client: httpx.AsyncClient) -> None:
    answer = await act(client, "edits", message_id=99, text="x")
    assert answer.status_code == 409
    assert answer.json()["error"]


async def test_restart_starts_the_program_once(
    client: httpx.AsyncClient, behind: NothingBehind
) -> None:
    assert (await act(client, "restart")).status_code == 200
    assert behind.restarts == 1


async def test_a_file_the_bot_sent_can_be_opened(client: httpx.AsyncClient, world: World) -> None:
    await act(client, "says", text="/export")
    address = PersonSide(world, USER, "Person 1", nobody_is_kept).messages()[-1]["document"][
        "address"
    ]
    answer = await client.get(address)
    assert answer.json() == {"kept": "nothing"}
    assert (await client.get("/demo/file/none")).status_code == 404


async def test_inspect_is_told_whom_to_look_at(client: httpx.AsyncClient) -> None:
    assert (await client.get("/demo/inspect?person=2")).json()["user"] == FIRST_USER + 2
    for wrong in ("0", "100", "x", "²", "-1"):
        assert (await client.get("/demo/inspect", params={"person": wrong})).status_code == 400


async def streamed(client: httpx.AsyncClient, page: Page, *acts: Json) -> list[Json]:
    """The events a page hears while these acts are done, to the end of the stream."""
    stream = asyncio.create_task(client.get("/demo/events"))
    while not page._windows:  # noqa: ASYNC110 - a turn of the loop is all it takes
        await asyncio.sleep(0)
    for fields in acts:
        assert (await act(client, **fields)).status_code == 200
    page.close()
    lines = (await stream).text.split("\n\n")
    events = [orjson.loads(line.removeprefix("data: ")) for line in lines if line]
    return [event for event in events if event["type"] not in ("wire", "clock")]


async def snapshot(page: Page) -> Json:
    """What a page that opens now is shown of the chat."""
    window = Window({1: page._side(1)})
    first = await anext(window.events())
    assert first is not None
    return {name: first[name] for name in ("emptied", "messages")}


async def test_the_stream_begins_with_everything_and_goes_on_with_changes(
    client: httpx.AsyncClient, page: Page, world: World
) -> None:
    await act(client, "says", text="before")
    answer = world.chat(USER)[-1]["message_id"]
    events = await streamed(
        client,
        page,
        {"action": "says", "text": "after"},
        {"action": "taps", "message_id": answer, "data": "benefits"},
    )
    first, *rest = events
    assert first["type"] == "snapshot"
    assert [message["text"] for message in first["messages"]] == ["before", "You said: before"]
    assert first["profile"]["name"] == "Echo"
    assert [entry["command"] for entry in first["profile"]["commands"]] == ["start", "privacy"]
    assert [event["type"] for event in rest] == ["message", "message", "callback_answer", "edit"]
    assert rest[-1]["message"]["text"] == "Benefits, in place"


async def test_a_chat_the_program_remembers_and_telegram_lost_is_told_until_it_goes_on(
    client: httpx.AsyncClient, page: Page, behind: NothingBehind
) -> None:
    assert await snapshot(page) == {"emptied": False, "messages": []}
    behind.kept.add(USER)
    assert await snapshot(page) == {"emptied": True, "messages": []}
    await act(client, "says", text="hello again")
    assert (await snapshot(page))["emptied"] is False
    await act(client, "clear")
    assert await snapshot(page) == {"emptied": False, "messages": []}


async def test_language_block_clear_and_restart_are_told(
    client: httpx.AsyncClient, page: Page
) -> None:
    await act(client, "says", text="hello")
    events = await streamed(
        client,
        page,
        {"action": "language", "code": "es"},
        {"action": "blocks"},
        {"action": "unblocks"},
        {"action": "clear"},
        {"action": "restart"},
    )
    told = [event["type"] for event in events[1:]]
    assert told == ["language", "profile", "blocked", "blocked", "delete", "restarted"]
    assert events[2]["profile"]["name"] == "Eco"


async def test_what_each_person_sees_is_told_apart(client: httpx.AsyncClient, page: Page) -> None:
    events = await streamed(
        client,
        page,
        {"action": "language", "code": "ar", "person": 2},
        {"action": "says", "text": "mine", "person": 2},
    )
    told = [(event["type"], event["person"]) for event in events]
    assert told == [("snapshot", 1), ("snapshot", 2), ("message", 2), ("message", 2)]
    assert events[1]["language"] == "ar"


def test_a_cleared_chat_stays_cleared_and_new_messages_show(world: World, bot: EchoBot) -> None:
    side = PersonSide(world, USER, "Person 1", nobody_is_kept)
    world.says(USER, "old")
    side.clear()
    assert side.messages() == []
    world.says(USER, "new")
    assert [message["text"] for message in side.messages()] == ["new", "You said: new"]
    assert len(bot.heard) == 2


async def test_a_closed_window_ends_its_stream_after_what_is_waiting(world: World) -> None:
    window = Window({1: PersonSide(world, USER, "Person 1", nobody_is_kept)})
    window.tell({"type": "typing"})
    window.close()
    told = [event async for event in window.events()]
    assert [event["type"] for event in told if event] == ["snapshot", "typing"]


async def test_a_plain_client_uses_the_same_bot_api(page: Page, world: World) -> None:
    world.person(USER, "Person 1", "en")
    world.says(USER, "hello")
    transport = httpx.ASGITransport(page.app(Mount("/", telegram_door(world))))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as plain:
        root = f"/bot{world.token}"
        assert (await plain.get(f"{root}/getMe")).json()["result"]["is_bot"] is True
        sent = await plain.post(f"{root}/sendMessage", json={"chat_id": USER, "text": "by hand"})
        assert sent.json()["ok"] is True
        stranger = await plain.get(f"{root}/getMe", headers={"host": "evil.example"})
        assert stranger.status_code == 403
    assert world.chat(USER)[-1]["text"] == "by hand"
