"""The page of the demo and what it talks to: static files, a stream of events, and one door for acts.

Decides routes and what each answers. It does not decide what a person may do (`acts`), what a page must hear (`window`)
or what Inspect shows (`inspect`), and it does not listen (`serve`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import orjson
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.demo.acts import ACT, MAX_PERSON, Act, Clear, Language, Restart, perform
from bot.demo.loopback import LoopbackOnly
from bot.demo.side import PersonSide
from bot.demo.window import Window
from bot.demo.world import World

Json = dict[str, Any]

STATIC: Final = Path(__file__).parent / "static"
FIRST_USER: Final = 7_000_000
_PASSED_ON: Final = frozenset({"typing", "callback_answer"})
_CHANGING: Final = frozenset({"message", "edit", "delete", "commands"})
_READABLE: Final = frozenset({".json", ".txt"})


class Page:
    """The demo's page, over one World, for a few people on this machine."""

    def __init__(
        self,
        world: World,
        *,
        restart: Callable[[], Awaitable[None]],
        look: Callable[[int], Json],
        remembered: Callable[[int], bool],
    ) -> None:
        """`restart` starts the program anew; `look` tells Inspect about a chat.

        `remembered` tells whether the program keeps a conversation with somebody.
        """
        self._world = world
        self._restart = restart
        self._look, self._remembered = look, remembered
        self._sides: dict[int, PersonSide] = {}
        self._windows: dict[Window, int] = {}
        self._unsubscribe = world.subscribe(self._happened)

    def app(self, *more: BaseRoute) -> Starlette:
        """The ASGI application; `more` are routes of others on the same port."""
        routes: list[BaseRoute] = [
            Route("/", self._index),
            Route("/demo/events", self._events),
            Route("/demo/act", self._act, methods=["POST"]),
            Route("/demo/inspect", self._inspect),
            Route("/demo/file/{file_id}", self._file),
            Mount("/static", StaticFiles(directory=STATIC)),
            *more,
        ]
        return Starlette(routes=routes, middleware=[Middleware(LoopbackOnly)])

    def close(self) -> None:
        """End all streams, so that the server can stop."""
        self._unsubscribe()
        for window in self._windows:
            window.close()

    async def _index(self, _request: Request) -> Response:
        return FileResponse(STATIC / "index.html")

    async def _events(self, request: Request) -> Response:
        side = self._side_of(request)
        if side is None:
            return _refused("person must be a number from 1 to 99")
        return StreamingResponse(self._stream(side), media_type="text/event-stream")

    async def _stream(self, side: PersonSide) -> AsyncIterator[bytes]:
        window = Window(side)
        self._windows[window] = side.user
        try:
            async for event in window.events():
                yield (
                    b": still here\n\n"
                    if event is None
                    else b"data: " + orjson.dumps(event) + b"\n\n"
                )
        finally:
            del self._windows[window]

    async def _act(self, request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return _refused("send application/json", 415)
        try:
            act = ACT.validate_json(await request.body())
        except ValidationError as error:
            return _refused(f"{_where(error)}: {error.errors(include_input=False)[0]['msg']}")
        try:
            await self._do(act)
        except LookupError as error:
            return _refused(str(error), 409)
        return JSONResponse({"ok": True})

    async def _do(self, act: Act) -> None:
        side = self._side(act.person)
        match act:
            case Language(code=code):
                side.speak(code)
            case Clear():
                side.clear()
            case Restart():
                await self._restart()
                self._tell_all({"type": "restarted"})
            case _:
                perform(self._world, side.user, act)
        self._look_again()

    async def _inspect(self, request: Request) -> Response:
        side = self._side_of(request)
        if side is None:
            return _refused("person must be a number from 1 to 99")
        try:
            seen = self._look(side.user)
        except ValueError as error:
            return _refused(str(error), 409)
        return Response(orjson.dumps(seen), media_type="application/json")

    async def _file(self, request: Request) -> Response:
        found = self._world.files.by_id(request.path_params["file_id"])
        if found is None:
            return _refused("no such file", 404)
        readable = Path(found.name).suffix in _READABLE
        kind = "text/plain; charset=utf-8" if readable else "application/octet-stream"
        return Response(found.content, media_type=kind)

    def _side_of(self, request: Request) -> PersonSide | None:
        number = request.query_params.get("person", "1")
        if not (number.isascii() and number.isdecimal() and 1 <= int(number) <= MAX_PERSON):
            return None
        return self._side(int(number))

    def _side(self, number: int) -> PersonSide:
        user = FIRST_USER + number
        if user not in self._sides:
            self._sides[user] = PersonSide(self._world, user, f"Person {number}", self._remembered)
        return self._sides[user]

    def _happened(self, event: Json) -> None:
        """Hear what the World tells: pass on what leaves no trace in a chat, look again for what does.

        Anything else went over the wire, which Inspect wants to know.
        """
        if event["type"] in _CHANGING:
            self._look_again()
        elif event["type"] in _PASSED_ON:
            for window, user in self._windows.items():
                if event.get("chat_id", user) == user:
                    window.tell(event)
        else:
            self._tell_all({"type": "wire"})

    def _look_again(self) -> None:
        for window in self._windows:
            window.look_again()

    def _tell_all(self, event: Json) -> None:
        for window in self._windows:
            window.tell(event)


def _refused(reason: str, status: int = 400) -> Response:
    return JSONResponse({"ok": False, "error": reason}, status_code=status)


def _where(error: ValidationError) -> str:
    return ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
