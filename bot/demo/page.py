"""The page of the demo and what it talks to: static files, a stream of events, and one door for acts.

Decides routes and what each answers. It does not decide what a person may do (`acts`), what a page must hear (`window`)
or what Inspect shows (`inspect`), and it does not listen (`serve`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final, Protocol

import orjson
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.demo.acts import (
    ACT,
    MAX_PERSON,
    Act,
    Clear,
    Language,
    Pass,
    Restart,
    Switch,
    Trouble,
    disturb,
    perform,
)
from bot.demo.loopback import LoopbackOnly
from bot.demo.side import PersonSide
from bot.demo.window import Window
from bot.demo.world import World

Json = dict[str, Any]

_NOBODY: Final = f"person must be a number from 1 to {MAX_PERSON}"
STATIC: Final = Path(__file__).parent / "static"
FIRST_USER: Final = 7_000_000
_PASSED_ON: Final = frozenset({"typing", "callback_answer"})
_CHANGING: Final = frozenset({"message", "edit", "delete", "commands"})
_HOUR: Final = 3_600
_KINDS: Final = {
    ".json": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
"""Files that open in a page of their own; all others are saved."""


class Behind(Protocol):
    """What the page needs of the running demo: see `behind`."""

    async def restart(self) -> None: ...
    def look(self, user: int) -> Json: ...
    def remembered(self, user: int) -> bool: ...
    def story(self, user: int) -> str: ...
    def ahead(self) -> int: ...
    def let_pass(self, seconds: int) -> None: ...


class Page:
    """The demo's page, over one World, for a few people on this machine."""

    def __init__(self, world: World, behind: Behind) -> None:
        self._world, self._behind = world, behind
        self._sides: dict[int, PersonSide] = {}
        self._windows: set[Window] = set()
        self._unsubscribe = world.subscribe(self._happened)

    def app(self, *more: BaseRoute) -> Starlette:
        """The ASGI application; `more` are routes of others on the same port."""
        routes: list[BaseRoute] = [
            Route("/", self._index),
            Route("/demo/events", self._events),
            Route("/demo/act", self._act, methods=["POST"]),
            Route("/demo/inspect", self._inspect),
            Route("/demo/faults", self._faults),
            Route("/demo/story", self._story),
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
        """Everybody's chats; whom the page names is introduced first."""
        if self._side_of(request) is None:
            return _refused(_NOBODY)
        self._look_again()
        return StreamingResponse(self._stream(), media_type="text/event-stream")

    async def _stream(self) -> AsyncIterator[bytes]:
        window = Window(self._sides)
        window.tell(self._clock())
        self._windows.add(window)
        try:
            async for event in window.events():
                yield (
                    b": still here\n\n"
                    if event is None
                    else b"data: " + orjson.dumps(event) + b"\n\n"
                )
        finally:
            self._windows.remove(window)

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
                await self._behind.restart()
                self._tell_all({"type": "restarted"})
            case Trouble() | Switch():
                disturb(self._world.faults, act)
            case Pass(hours=hours):
                self._behind.let_pass(hours * _HOUR)
                self._tell_all(self._clock())
            case _:
                perform(self._world, side.user, act)
        self._look_again()

    async def _inspect(self, request: Request) -> Response:
        side = self._side_of(request)
        if side is None:
            return _refused(_NOBODY)
        try:
            seen = self._behind.look(side.user)
        except ValueError as error:
            return _refused(str(error), 409)
        return Response(orjson.dumps(seen), media_type="application/json")

    async def _faults(self, _request: Request) -> Response:
        return JSONResponse({**self._world.faults.view, "ahead": self._behind.ahead()})

    async def _story(self, request: Request) -> Response:
        side = self._side_of(request)
        if side is None:
            return _refused(_NOBODY)
        try:
            return PlainTextResponse(self._behind.story(side.user))
        except ValueError as error:
            return _refused(str(error), 409)

    async def _file(self, request: Request) -> Response:
        found = self._world.files.by_id(request.path_params["file_id"])
        if found is None:
            return _refused("no such file", 404)
        kind = _KINDS.get(Path(found.name).suffix.lower(), "application/octet-stream")
        return Response(found.content, media_type=kind)

    def _side_of(self, request: Request) -> PersonSide | None:
        number = request.query_params.get("person", "1")
        if not (number.isascii() and number.isdecimal() and 1 <= int(number) <= MAX_PERSON):
            return None
        return self._side(int(number))

    def _side(self, number: int) -> PersonSide:
        if number not in self._sides:
            name, user = f"Person {number}", FIRST_USER + number
            self._sides[number] = PersonSide(self._world, user, name, self._behind.remembered)
        return self._sides[number]

    def _happened(self, event: Json) -> None:
        """Hear what the World tells: pass on what leaves no trace in a chat, look again for what does.

        Anything else went over the wire, which Inspect wants to know.
        """
        if event["type"] in _CHANGING:
            self._look_again()
        elif event["type"] in _PASSED_ON:
            number = int(event.get("chat_id") or event["user_id"]) - FIRST_USER
            self._tell_all({**event, "person": number})
        else:
            self._tell_all({"type": "wire"})

    def _look_again(self) -> None:
        for window in self._windows:
            window.look_again()

    def _clock(self) -> Json:
        return {"type": "clock", "ahead": self._behind.ahead()}

    def _tell_all(self, event: Json) -> None:
        for window in self._windows:
            window.tell(event)


def _refused(reason: str, status: int = 400) -> Response:
    return JSONResponse({"ok": False, "error": reason}, status_code=status)


def _where(error: ValidationError) -> str:
    return ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
