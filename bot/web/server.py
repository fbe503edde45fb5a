"""Serving the web application on a port.

Decides how uvicorn is run inside our own event loop: it takes no signals, logs nothing, and finishes the requests it
has when it is stopped.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

from bot.settings import SettingsError
from bot.tasks import Tasks

GRACE = 10


class _Server(uvicorn.Server):
    """uvicorn, which leaves signals to us and says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()
        self.ended = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()


class WebServer:
    """One application on one port. Port 0 lets the system choose; `port` is the real one after `start`."""

    def __init__(self, app: ASGIApp, host: str, port: int, tasks: Tasks) -> None:
        self.host, self.port, self._tasks = host, port, tasks
        self._server = _Server(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                lifespan="off",
                timeout_graceful_shutdown=GRACE,
            )
        )

    async def start(self) -> None:
        """Listen. Raises SettingsError when the port is taken."""
        bound = self._bind()
        self.port = bound.getsockname()[1]

        async def serve() -> None:
            try:
                await self._server.serve([bound])
            finally:
                self._server.ended.set()
                self._server.listening.set()

        self._tasks.errand("web", serve)
        await self._server.listening.wait()
        if self._server.ended.is_set():
            raise RuntimeError("the web server ended before it listened")

    async def stop(self) -> None:
        """Take no new requests, and return when those under way are answered."""
        self._server.should_exit = True
        if self._server.listening.is_set():
            await self._server.ended.wait()

    def _bind(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        # Named, because asyncio sets TCP_NODELAY only then, and answers would else wait 40 ms.
        bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((self.host, self.port))
        except OSError:
            bound.close()
            raise SettingsError(f"PORT {self.port} is taken: set it to another one.") from None
        return bound
