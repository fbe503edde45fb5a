"""Updates are pushed in order per lane, with the secret, and again until they are taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import orjson
import pytest

from bot.demo.sender import SECRET_HEADER, Pushed, WebhookSender, post_on_loopback
from bot.demo.world import World
from tests.support.world import ANN, BEN, Moment, done, fresh_world

HOOK = "http://127.0.0.1:8443/hook"


class Receiver:
    """Takes pushes: answers as planned, then 200, and can be waited for."""

    def __init__(self, *answers: Pushed) -> None:
        self.answers = list(answers)
        self.texts: list[str] = []
        self.headers: list[Mapping[str, str]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self._heard = asyncio.Condition()

    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Pushed:
        assert url == HOOK
        update = orjson.loads(body)
        self.headers.append(headers)
        async with self._heard:
            self.texts.append(update["message"]["text"] if "message" in update else "tap")
            self._heard.notify_all()
        await self.gate.wait()
        return self.answers.pop(0) if self.answers else Pushed(200)

    async def heard(self, count: int) -> list[str]:
        """The texts, once `count` pushes came."""
        async with asyncio.timeout(5), self._heard:
            await self._heard.wait_for(lambda: len(self.texts) >= count)
        return self.texts


class Pauses:
    """Sleeps not at all, and remembers how long it was asked to."""

    def __init__(self) -> None:
        self.asked: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)


@asynccontextmanager
async def pushing(
    receiver: Receiver, world: World, pauses: Pauses | None = None
) -> AsyncIterator[None]:
    done(world.call("setWebhook", {"url": HOOK, "secret_token": "s3"}))
    async with WebhookSender(world, receiver, pauses or Pauses()).running():
        yield


async def quiet(world: World) -> None:
    """Until nothing waits any more."""
    for _ in range(1_000):
        if not len(world.inbox):
            return
        await asyncio.sleep(0)
    raise AssertionError("updates still wait")


async def test_updates_are_pushed_with_the_secret_and_then_gone() -> None:
    world, receiver = fresh_world(), Receiver()
    world.says(ANN, "before")
    async with pushing(receiver, world):
        world.says(ANN, "after")
        assert await receiver.heard(2) == ["before", "after"]
        await quiet(world)
    assert {one[SECRET_HEADER] for one in receiver.headers} == {"s3"}


async def test_a_failed_push_is_repeated_at_once_then_ever_later_and_keeps_the_order() -> None:
    world, pauses = fresh_world(), Pauses()
    receiver = Receiver(Pushed(500), Pushed(0), Pushed(403), Pushed(503, retry_after=9))
    async with pushing(receiver, world, pauses):
        world.says(ANN, "a")
        world.says(ANN, "b")
        assert await receiver.heard(6) == ["a"] * 5 + ["b"]
        await quiet(world)
    assert pauses.asked == [2, 4, 9]
    info = done(world.call("getWebhookInfo", {}))
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"


async def test_one_slow_chat_does_not_hold_up_another_nor_a_press_its_text() -> None:
    world, receiver = fresh_world(), Receiver()
    receiver.gate.clear()
    async with pushing(receiver, world):
        world.says(ANN, "a1")
        world.says(ANN, "a2")
        world.taps(ANN, 1, "x")
        world.says(BEN, "b1")
        assert sorted(await receiver.heard(3)) == ["a1", "b1", "tap"]
        receiver.gate.set()
        assert (await receiver.heard(4))[3] == "a2"


async def test_no_more_connections_than_allowed() -> None:
    world, receiver = fresh_world(), Receiver()
    done(world.call("setWebhook", {"url": HOOK, "max_connections": 1}))
    receiver.gate.clear()
    async with WebhookSender(world, receiver, Pauses()).running():
        world.says(ANN, "a")
        world.says(BEN, "b")
        await receiver.heard(1)
        for _ in range(20):
            await asyncio.sleep(0)
        assert receiver.texts == ["a"]
        receiver.gate.set()
        assert await receiver.heard(2) == ["a", "b"]


async def test_an_update_too_old_is_given_up() -> None:
    moment = Moment()
    world = fresh_world(moment)

    class Late(Pauses):
        async def __call__(self, seconds: float) -> None:
            await super().__call__(seconds)
            moment.wait(86_400)

    receiver = Receiver(Pushed(500), Pushed(500))
    async with pushing(receiver, world, Late()):
        world.says(ANN, "a")
        await receiver.heard(2)
        await quiet(world)
        world.says(ANN, "b")
        assert (await receiver.heard(3))[2] == "b"


async def test_doubled_updates_are_pushed_twice() -> None:
    world, receiver = fresh_world(), Receiver()
    world.faults.duplicate_updates = True
    async with pushing(receiver, world):
        world.says(ANN, "a")
        assert await receiver.heard(2) == ["a", "a"]
        await quiet(world)


async def test_a_push_over_a_socket_is_plain_http() -> None:
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        heard.append(head + await reader.readexactly(2))
        writer.write(b"HTTP/1.1 503 Busy\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n")
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        url = f"http://127.0.0.1:{port}/hook?a=1"
        assert await post_on_loopback(url, b"{}", {"X-A": "b"}) == Pushed(503, 3)
    assert heard[0].startswith(b"POST /hook?a=1 HTTP/1.1\r\nX-A: b\r\nHost: 127.0.0.1:")
    assert heard[0].endswith(b"\r\n\r\n{}")
    assert await post_on_loopback(url, b"{}", {}) == Pushed(0), "nobody listens any more"


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "http://example.org/"])
async def test_nothing_is_pushed_beyond_this_machine(url: str) -> None:
    assert await post_on_loopback(url, b"{}", {}) == Pushed(0)
