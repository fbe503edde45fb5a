"""The door with sockets: the HTTP Bot API of a World as an ASGI app, for any client that speaks it.

Decides addresses, tokens, body limits and that nobody beyond this machine gets in. What a call does is the world's;
reading a body is `forms`', waiting is `poll`'s, pushing updates is `sender`'s.
"""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import orjson
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.demo.forms import Fields, Parts, UnreadableBody, read_body, read_query
from bot.demo.poll import answer_call
from bot.demo.sender import Post, WebhookSender, post_on_loopback
from bot.demo.world import World
from bot.demo.world_delivery import LOOPBACK
from bot.demo.world_files import UPLOAD_LIMIT
from bot.demo.world_people import Json
from bot.demo.world_refusals import LostAnswer, Refusal, bad_request, unauthorized

_BODY_LIMIT: Final = UPLOAD_LIMIT + 1024 * 1024
_GATEWAY_TIMEOUT: Final = "<html><head><title>504 Gateway Time-out</title></head></html>"


def telegram_door(world: World, post: Post = post_on_loopback) -> Starlette:
    """`/bot<token>/<method>` and `/file/bot<token>/<path>`; pushes updates while its lifespan runs."""

    async def method(request: Request) -> Response:
        try:
            _admit(world, request)
            params, files = await _read(request)
            name = request.path_params["method"]
            status, answer = await answer_call(world, name, params, files)
        except Refusal as refusal:
            status, answer = refusal.status, refusal.answer
        except ClientDisconnect:
            return Response(status_code=400)  # whoever called is gone
        except LostAnswer:
            # What people see of Telegram then: a gateway's page, and no idea whether it was done.
            return HTMLResponse(_GATEWAY_TIMEOUT, 504)
        return _json(status, answer)

    async def download(request: Request) -> Response:
        try:
            _admit(world, request)
        except Refusal as refusal:
            return _json(refusal.status, refusal.answer)
        kept = world.files.by_path(request.path_params["path"])
        if kept is None:
            return _json(404, Refusal(404).answer)
        return Response(kept.content, media_type="application/octet-stream")

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with WebhookSender(world, post).running():
            yield

    routes = [
        Route("/bot{token}/{method}", method, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", download),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


def _admit(world: World, request: Request) -> None:
    """Only this machine, and only with the token. The host name counts too: a web page elsewhere could
    make the browser call us by a name of its own."""
    host = request.client.host if request.client else ""
    if host not in LOOPBACK or (request.url.hostname or "") not in LOOPBACK:
        raise Refusal(403, "only from this machine")
    token = request.path_params["token"]
    if not hmac.compare_digest(token.encode(), world.token.encode()):
        raise unauthorized()


async def _read(request: Request) -> tuple[Fields, Parts]:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _BODY_LIMIT:
            raise Refusal(413)
    try:
        fields, files = read_body(request.headers.get("content-type", ""), bytes(body))
    except UnreadableBody as error:
        raise bad_request(f"can't parse the request: {error}") from error
    return {**read_query(request.url.query), **fields}, files


def _json(status: int, answer: Json) -> Response:
    return Response(orjson.dumps(answer), status, media_type="application/json")
