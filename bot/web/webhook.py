"""The route Telegram calls with an update.

Decides who may (the secret, compared in constant time), what is taken (JSON, not too much), and when Telegram is told
so: 200 only after the commit, 503 when there was none, so that the update comes again. It does not look into updates.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Sequence

from pydantic import SecretStr
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.logs import Journal
from bot.telegram.inbound import MalformedUpdate, Update, parse_update

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - its name, not its value
BODY_LIMIT = 4 * 1024 * 1024

_journal = Journal("webhook")
Receive = Callable[[Sequence[Update]], Awaitable[None]]


class TooLargeError(Exception):
    """A body over the limit."""


class Webhook:
    """Takes updates at one path."""

    def __init__(self, path: str, secret: SecretStr, receive: Receive) -> None:
        self._secret = secret.get_secret_value().encode()
        self._receive = receive
        self.route = Route(path, self._take, methods=["POST"])

    async def _take(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self._secret):
            _journal.trouble("wrong_secret")
            return _answer(403, "forbidden")
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return _answer(415, "json only")
        try:
            body = await _body(request)
        except TooLargeError:
            _journal.trouble("update_too_large")
            return _answer(413, "too large")
        except ClientDisconnect:
            return _answer(400, "cut short")
        return await self._taken(parse_update(body))

    async def _taken(self, update: Update | MalformedUpdate) -> Response:
        if isinstance(update, MalformedUpdate):
            # Telegram would send it again and again, and it would not get better.
            _journal.trouble("malformed_update")
            return _answer(200, "ok")
        try:
            await self._receive([update])
        except Exception as error:  # noqa: BLE001 - whatever failed, the update must come again
            _journal.failure("update_not_taken", update=update.update_id, error=error)
            return _answer(503, "try again")
        return _answer(200, "ok")


def _answer(status: int, text: str) -> Response:
    return PlainTextResponse(text, status)


async def _body(request: Request) -> bytes:
    """The body. Raises TooLargeError before holding more than the limit."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > BODY_LIMIT:
            raise TooLargeError
        parts.append(part)
    return b"".join(parts)
