"""Two doors, one world: python-telegram-bot without sockets, and any HTTP client with them."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
import telegram
import uvicorn
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import ASGIApp
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TimedOut
from telegram.request import HTTPXRequest

from bot.demo.door import telegram_door
from bot.demo.forms import UnreadableBody, read_body
from bot.demo.request import SimRequest
from bot.demo.world import DEMO_TOKEN, World
from tests.support.world import ANN, fresh_world

BASE = f"/bot{DEMO_TOKEN}"


def library(world: World, token: str = DEMO_TOKEN) -> telegram.Bot:
    return telegram.Bot(token, request=SimRequest(world), get_updates_request=SimRequest(world))


def client(world: World, peer: str = "127.0.0.1") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(telegram_door(world), client=(peer, 1))
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")


async def test_the_library_talks_to_the_world_without_sockets() -> None:
    world = fresh_world()
    async with library(world) as bot:
        assert bot.username == "second_opinion_demo_bot"
        keys = telegram.InlineKeyboardMarkup.from_button(
            telegram.InlineKeyboardButton("Yes", callback_data="1:yes")
        )
        sent = await bot.send_message(ANN, "<b>Hi</b>", parse_mode="HTML", reply_markup=keys)
        assert sent.reply_markup == keys
        await bot.edit_message_text("Bye", ANN, sent.message_id)
        await bot.set_my_commands([("menu", "What I can do")], language_code="es")
        await bot.delete_message(ANN, sent.message_id)
    assert world.violations == []
    assert world.person_view(ANN)["bot"]["commands"][0]["command"] == "menu"


async def test_the_library_sends_and_fetches_files() -> None:
    world = fresh_world()
    async with library(world) as bot:
        sent = await bot.send_document(ANN, b"%PDF", filename="plan.pdf", caption="Yours")
        assert sent.document is not None
        file = await bot.get_file(sent.document.file_id)
        assert bytes(await file.download_as_bytearray()) == b"%PDF"
    assert world.violations == []


async def test_refusals_reach_the_library_as_its_own_errors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it the library warns of its own future
    world = fresh_world()
    async with library(world) as bot:
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(77, "x")
        world.faults.next_429(9)
        with pytest.raises(RetryAfter):
            await bot.send_message(ANN, "x")
        world.blocks(ANN)
        with pytest.raises(Forbidden, match="blocked by the user"):
            await bot.send_message(ANN, "x")
        world.unblocks(ANN)
        world.faults.lose_answer()
        with pytest.raises(TimedOut):
            await bot.send_message(ANN, "once")
    assert world.chat(ANN)[-1]["text"] == "once"
    with pytest.raises(InvalidToken):
        await library(world, "1:wrong").get_me()


async def test_a_long_poll_ends_when_something_happens() -> None:
    world = fresh_world()
    async with library(world) as bot:
        poll = asyncio.ensure_future(bot.get_updates(timeout=30))
        await asyncio.sleep(0)
        said = world.says(ANN, "hello")
        (update,) = await poll
        assert update.update_id == said["update_id"]
        assert await bot.get_updates(offset=update.update_id + 1) == ()


async def test_a_newer_poll_or_a_webhook_ends_the_older_one() -> None:
    world = fresh_world()
    async with library(world) as first, library(world) as second:
        older = asyncio.ensure_future(first.get_updates(timeout=30))
        await asyncio.sleep(0)
        newer = asyncio.ensure_future(second.get_updates(timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates"):
            await older
        await first.set_webhook("http://127.0.0.1:9/hook")
        with pytest.raises(Conflict, match="terminated by setWebhook"):
            await newer


async def test_a_plain_client_may_use_any_way_to_pass_parameters() -> None:
    world = fresh_world()
    params: dict[str, str | int] = {"chat_id": ANN, "text": "x"}
    async with client(world) as http:
        answers = [
            await http.get(f"{BASE}/sendMessage", params=params),
            await http.post(f"{BASE}/sendMessage", json=params),
            await http.post(f"{BASE}/sendMessage", data=params),
            await http.post(f"{BASE}/sendmessage", params={"chat_id": ANN}, data={"text": "é"}),
        ]
        assert [one.json()["ok"] for one in answers] == [True] * 4
        content = bytes(range(256)) + b"\r\n--x"
        sent = await http.post(
            f"{BASE}/sendDocument",
            data={"chat_id": ANN, "caption": "ñ"},
            files={"document": ("plan ñ.pdf", content)},
        )
        document = sent.json()["result"]["document"]
        assert document["file_name"] == "plan ñ.pdf"
        found = await http.post(f"{BASE}/getFile", json={"file_id": document["file_id"]})
        path = found.json()["result"]["file_path"]
        assert (await http.get(f"/file{BASE}/{path}")).content == content
        assert (await http.get(f"/file{BASE}/nothing")).status_code == 404
    assert world.violations == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/bot1:wrong/getMe", {}, 401),
        (f"{BASE}/nothing", {}, 404),
        (f"{BASE}/sendMessage", {"chat_id": 77, "text": "x"}, 400),
        (f"/file{BASE.replace('DEMO', 'OTHER')}/x", None, 401),
    ],
)
async def test_the_door_refuses_in_json(
    path: str, body: dict[str, object] | None, status: int
) -> None:
    async with client(fresh_world()) as http:
        answer = await (http.get(path) if body is None else http.post(path, json=body))
    assert (answer.status_code, answer.json()["error_code"]) == (status, status)


async def test_the_door_opens_only_to_this_machine() -> None:
    world = fresh_world()
    async with client(world, peer="10.0.0.9") as http:
        assert (await http.get(f"{BASE}/getMe")).status_code == 403
    async with client(world) as http:
        strange = {"host": "somewhere.example"}
        assert (await http.get(f"{BASE}/getMe", headers=strange)).status_code == 403
        assert (await http.get(f"/file{BASE}/x", headers=strange)).status_code == 403


async def test_unreadable_bodies_are_refused() -> None:
    json = {"content-type": "application/json"}
    async with client(fresh_world()) as http:
        for body in (b"{", b"[]", b"\xff"):
            answer = await http.post(f"{BASE}/getMe", content=body, headers=json)
            assert answer.status_code == 400
        answer = await http.post(f"{BASE}/getMe", content=b"{", headers={"content-type": "x/y"})
        assert answer.status_code == 200, "a body nobody understands is no parameters"


async def test_a_lost_answer_is_a_gateways_page() -> None:
    world = fresh_world()
    world.faults.lose_answer()
    async with client(world) as http:
        answer = await http.post(f"{BASE}/sendMessage", json={"chat_id": ANN, "text": "x"})
    assert answer.status_code == 504
    assert world.chat(ANN)[-1]["text"] == "x"


async def test_a_plain_client_polls_and_confirms() -> None:
    world = fresh_world()
    async with client(world) as http:
        polling = asyncio.Event()
        world.on_news(polling.set)
        poll = asyncio.ensure_future(http.get(f"{BASE}/getUpdates", params={"timeout": 30}))
        await polling.wait()
        first = world.says(ANN, "hello")["update_id"]
        assert [one["update_id"] for one in (await poll).json()["result"]] == [first]
        again = await http.get(f"{BASE}/getUpdates", params={"offset": first + 1})
        assert again.json() == {"ok": True, "result": []}


class Server(uvicorn.Server):
    """Says when it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[str]:
    """The root address of `app` on a real loopback socket."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = Server(uvicorn.Config(app, log_level="critical", lifespan="on"))
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(server.serve([listener]))
            await server.up.wait()
            try:
                yield f"http://127.0.0.1:{listener.getsockname()[1]}"
            finally:
                server.should_exit = True


async def test_the_librarys_own_http_client_reaches_the_world_over_a_socket() -> None:
    world = fresh_world()
    async with served(telegram_door(world)) as root:
        bot = telegram.Bot(
            DEMO_TOKEN,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=HTTPXRequest(),
            get_updates_request=HTTPXRequest(),
        )
        async with bot:
            sent = await bot.send_document(ANN, b"%PDF", filename="plan.pdf")
            assert sent.document is not None
            file = await bot.get_file(sent.document.file_id)
            assert bytes(await file.download_as_bytearray()) == b"%PDF"
            polling = asyncio.Event()
            world.on_news(polling.set)
            poll = asyncio.ensure_future(bot.get_updates(timeout=30))
            await polling.wait()
            world.says(ANN, "hello")
            assert [one.effective_user.id for one in await poll if one.effective_user] == [ANN]
    assert world.violations == []


def test_multipart_keeps_bytes_and_names() -> None:
    body = (
        b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nh\xc3\xa9\r\n'
        b'--b\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n'
        b"Content-Type: application/pdf\r\n\r\n\x00\r\n\xff\r\n--b--\r\n"
    )
    fields, files = read_body("multipart/form-data; boundary=b", body)
    assert (fields, files) == ({"text": "hé"}, {"f": ("a", b"\x00\r\n\xff")})


@given(
    st.sampled_from(
        ["application/json", "multipart/form-data; boundary=b", "multipart/form-data", "x", ""]
    ),
    st.binary(max_size=60)
    | st.sampled_from([b"--b\r\n\r\nx\r\n--b--", b"--b--", b"--b\r\nx\r\n--b--"]),
)
def test_any_body_is_read_or_refused(content_type: str, body: bytes) -> None:
    try:
        fields, files = read_body(content_type, body)
    except UnreadableBody:
        return
    assert isinstance(fields, dict)
    assert isinstance(files, dict)
