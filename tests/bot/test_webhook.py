"""The route Telegram calls."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

import httpx
import pytest
from pydantic import SecretStr

from bot.telegram.inbound import Update
from bot.telegram.registration import register
from bot.web.app import web_app
from bot.web.health import Health
from bot.web.webhook import BODY_LIMIT, SECRET_HEADER, Webhook
from tests.support.wire import Wire, bot_over

SECRET = "a-secret-for-tests"
RIGHT = {SECRET_HEADER: SECRET, "content-type": "application/json"}


class Taking:
    """Takes updates, or fails."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error, self.taken = error, list[Update]()

    async def receive(self, updates: Sequence[Update]) -> None:
        if self.error:
            raise self.error
        self.taken += updates


def client(taking: Taking, *, ready: bool = True) -> httpx.AsyncClient:
    def check() -> None:
        if not ready:
            raise OSError("private path")

    webhook = Webhook("/hook", SecretStr(SECRET), taking.receive)
    app = web_app(Health({"database": check}), webhook)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://test")


def body(**fields: object) -> bytes:
    return json.dumps({"update_id": 5, **fields}).encode()


async def test_an_update_is_taken_and_then_acknowledged() -> None:
    taking = Taking()
    async with client(taking) as telegram:
        answer = await telegram.post("/hook", content=body(), headers=RIGHT)
    assert answer.status_code == 200
    assert [update.update_id for update in taking.taken] == [5]


async def test_the_answer_waits_for_the_commit() -> None:
    committed, asked = asyncio.Event(), asyncio.Event()

    class Slow(Taking):
        async def receive(self, updates: Sequence[Update]) -> None:
            asked.set()
            await committed.wait()
            await super().receive(updates)

    async with client(Slow()) as telegram:
        post = asyncio.ensure_future(telegram.post("/hook", content=body(), headers=RIGHT))
        await asked.wait()
        assert not post.done()
        committed.set()
        assert (await post).status_code == 200


async def test_without_a_commit_telegram_is_asked_to_come_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with client(Taking(OSError("disk full of private words"))) as telegram:
        answer = await telegram.post("/hook", content=body(), headers=RIGHT)
    assert answer.status_code == 503
    assert "update_not_taken" in caplog.text
    assert "private" not in caplog.text + answer.text


@pytest.mark.parametrize("given", [None, "", "wrong", SECRET + "x", SECRET.upper(), "é"])
async def test_without_the_secret_nothing_is_taken(given: str | None) -> None:
    taking = Taking()
    sent = [(b"content-type", b"application/json")]
    if given is not None:
        sent.append((SECRET_HEADER.encode(), given.encode()))
    async with client(taking) as telegram:
        answer = await telegram.post("/hook", content=body(), headers=sent)
    assert answer.status_code == 403
    assert not taking.taken


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_only_json_is_taken(kind: str) -> None:
    taking = Taking()
    async with client(taking) as telegram:
        answer = await telegram.post(
            "/hook", content=body(), headers=RIGHT | {"content-type": kind}
        )
    assert answer.status_code == 415
    assert not taking.taken


async def test_json_may_say_its_character_set() -> None:
    taking = Taking()
    headers = RIGHT | {"content-type": "application/json; charset=utf-8"}
    async with client(taking) as telegram:
        assert (await telegram.post("/hook", content=body(), headers=headers)).status_code == 200


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"message": {"text": "private words"}}'])
async def test_what_is_no_update_is_acknowledged_and_logged_as_a_code(
    raw: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    taking = Taking()
    async with client(taking) as telegram:
        answer = await telegram.post("/hook", content=raw, headers=RIGHT)
    assert answer.status_code == 200
    assert not taking.taken
    assert "malformed_update" in caplog.text
    assert "private" not in caplog.text


async def test_a_text_of_a_megabyte_is_taken_and_far_more_is_not() -> None:
    taking = Taking()
    chat = {"id": 7, "type": "private"}
    large = {"message_id": 1, "chat": chat, "text": "a" * 1_000_000}
    async with client(taking) as telegram:
        answer = await telegram.post("/hook", content=body(message=large), headers=RIGHT)
        assert answer.status_code == 200
        answer = await telegram.post("/hook", content=b"a" * (BODY_LIMIT + 1), headers=RIGHT)
        assert answer.status_code == 413
    assert len(taking.taken) == 1


async def test_only_post_is_served() -> None:
    async with client(Taking()) as telegram:
        assert (await telegram.get("/hook", headers=RIGHT)).status_code == 405
        assert (await telegram.post("/", content=body(), headers=RIGHT)).status_code == 404


async def test_health_says_that_it_lives_and_whether_it_is_ready() -> None:
    async with client(Taking()) as host:
        assert (await host.get("/healthz")).text == "ok"
        answer = await host.get("/readyz")
        assert (answer.status_code, answer.json()) == (200, {"database": True})


async def test_without_its_database_it_lives_but_is_not_ready(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with client(Taking(), ready=False) as host:
        assert (await host.get("/healthz")).status_code == 200
        answer = await host.get("/readyz")
        assert (answer.status_code, answer.json()) == (503, {"database": False})
    assert "private" not in caplog.text + answer.text


async def test_telegram_is_told_where_to_call_and_drops_nothing() -> None:
    wire = Wire()
    await register(bot_over(wire), "https://bot.example/hook", SecretStr(SECRET))
    (told,) = wire.made("setWebhook")
    assert told["url"] == "https://bot.example/hook"
    assert told["secret_token"] == SECRET
    assert told["allowed_updates"] == [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    ]
    assert not told.get("drop_pending_updates")
