"""Telegram's webhook: pushes waiting updates to the address that was set.

Decides order (the updates of a lane strictly in turn, lanes side by side), the secret header, and when a failed push is
repeated: at once, then after 2, 4, 8 … 60 seconds, or when the receiver says. The world decides what waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, Protocol
from urllib.parse import urlsplit

import orjson

from bot.demo.world import World
from bot.demo.world_delivery import LOOPBACK
from bot.demo.world_inbox import Waiting

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
_PATIENCE: Final = 60
_LONGEST_PAUSE: Final = 60
_LONGEST_ASKED_PAUSE: Final = 3_600


@dataclass(frozen=True, slots=True)
class Pushed:
    """How the receiver answered; status 0 when it did not. `retry_after` in seconds."""

    status: int
    retry_after: int = 0

    @property
    def accepted(self) -> bool:
        """Any 2xx."""
        return 200 <= self.status <= 299

    @property
    def words(self) -> str:
        """As getWebhookInfo tells it."""
        if not self.status:
            return "Connection refused"
        known = self.status in HTTPStatus.__members__.values()
        reason = HTTPStatus(self.status).phrase if known else ""
        return f"Wrong response from the webhook: {self.status} {reason}".rstrip()


class Post(Protocol):
    """How a push travels. Failing to travel is an answer too: `Pushed(0)`."""

    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Pushed: ...


class WebhookSender:
    """Pushes as long as `running` is entered. `sleep` is given so that tests need not wait."""

    def __init__(
        self, world: World, post: Post, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._world = world
        self._post = post
        self._sleep = sleep
        self._busy: set[int] = set()
        self._news = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Push in the background until left."""
        async with asyncio.TaskGroup() as tasks:
            task = tasks.create_task(self.run())
            try:
                yield
            finally:
                task.cancel()

    async def run(self) -> None:
        """Push until cancelled."""
        loop = asyncio.get_running_loop()
        stop = self._world.on_news(lambda: loop.call_soon_threadsafe(self._news.set))
        try:
            async with asyncio.TaskGroup() as lanes:
                while True:
                    self._start(lanes)
                    await self._news.wait()
                    self._news.clear()
        finally:
            stop()

    def _start(self, lanes: asyncio.TaskGroup) -> None:
        webhook = self._world.webhook
        if not webhook.url:
            return
        for lane in self._world.inbox.lanes():
            if lane not in self._busy and len(self._busy) < webhook.max_connections:
                self._busy.add(lane)
                lanes.create_task(self._deliver(lane))

    async def _deliver(self, lane: int) -> None:
        failures = 0
        try:
            while self._world.webhook.url and (waiting := self._world.inbox.head(lane)):
                pushed = await self._push(waiting)
                if pushed.accepted:
                    failures = 0
                    self._world.inbox.confirm(waiting.update["update_id"])
                    continue
                self._world.webhook.last_error = (self._world.now, pushed.words)
                if pause := _pause(failures, pushed.retry_after):
                    await self._sleep(pause)
                failures += 1
        finally:
            self._busy.discard(lane)
            self._news.set()

    async def _push(self, waiting: Waiting) -> Pushed:
        headers = {"Content-Type": "application/json"}
        if self._world.webhook.secret:
            headers[SECRET_HEADER] = self._world.webhook.secret
        body = orjson.dumps(waiting.update)
        url = self._world.webhook.url
        pushed = await self._post(url, body, headers)
        if pushed.accepted and self._world.faults.duplicate_updates:
            pushed = await self._post(url, body, headers)
        return pushed


async def post_on_loopback(url: str, body: bytes, headers: Mapping[str, str]) -> Pushed:
    """One POST over a real socket, to this machine only."""
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.hostname not in LOOPBACK:
        return Pushed(0)
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    fields = {**headers, "Host": parts.netloc, "Content-Length": len(body), "Connection": "close"}
    lines = (f"{name}: {value}\r\n" for name, value in fields.items())
    head = f"POST {target} HTTP/1.1\r\n{''.join(lines)}\r\n"
    try:
        async with asyncio.timeout(_PATIENCE):
            return await _exchange(parts.hostname, parts.port or 80, head.encode() + body)
    except (
        OSError,
        ValueError,
    ):  # refused, cut off, too late (TimeoutError is an OSError), or not HTTP
        return Pushed(0)


async def _exchange(host: str, port: int, request: bytes) -> Pushed:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(request)
        await writer.drain()
        status = int((await reader.readline()).split()[1])
        retry_after = 0
        while (line := await reader.readline()).strip():
            name, _, value = line.decode("latin-1").partition(":")
            if name.lower() == "retry-after" and value.strip().isdecimal():
                retry_after = int(value)
        return Pushed(status, retry_after)
    except IndexError as error:
        raise ValueError("no status line") from error
    finally:
        writer.close()
        await writer.wait_closed()


def _pause(failures: int, asked: int) -> int:
    """Seconds until the next try, after `failures` earlier ones."""
    if asked:
        return min(asked, _LONGEST_ASKED_PAUSE)
    return min(2**failures, _LONGEST_PAUSE) if failures else 0
