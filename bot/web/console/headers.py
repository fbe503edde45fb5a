"""What every answer of the console carries, and how much a request may bring.

Decides the security headers, for each route alike: the browser runs our own scripts and styles only, frames nothing,
keeps nothing, and tells no other site where it came from. A request that does not come from our own page is refused
here, before anything else looks at it.
"""

from __future__ import annotations

import re
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.console.origin import from_our_page

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "object-src 'none'"
)
YEAR: Final = 31_536_000
MOST_BYTES: Final = 1024 * 1024
FORM: Final = re.compile(
    r"application/x-www-form-urlencoded *(; *charset=\"?utf-?8\"? *)?", re.IGNORECASE
)
NUMBER: Final = re.compile(r"[0-9]{1,12}")
TOO_MUCH: Final = "That is too much."
NO_FORM: Final = "Only forms of the console are read."
NOT_OURS: Final = "This request does not come from a page of the console."

ALWAYS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
NOT_KEPT: Final = "no-store"
HTTPS_ONLY: Final = f"max-age={YEAR}; includeSubDomains"


class Guard:
    """Stands before the whole application."""

    def __init__(self, app: ASGIApp, origin: str, *, secure: bool) -> None:
        """`origin` is ours; `secure` whether pages are served over https."""
        self._app, self._origin = app, origin
        self._headers = ALWAYS | ({"Strict-Transport-Security": HTTPS_ONLY} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers."""
        if scope["type"] != "http":
            await _turn_away(scope, send)
            return
        answer = _Answer(send, self._headers)
        headers = Headers(scope=scope)
        if not from_our_page(scope["method"], headers, self._origin):
            await PlainTextResponse(NOT_OURS, 403)(scope, receive, answer)
        elif not _is_form(headers.get("content-type", "")):
            await PlainTextResponse(NO_FORM, 415)(scope, receive, answer)
        elif not _is_small(headers.get("content-length", "")):
            await PlainTextResponse(TOO_MUCH, 413)(scope, receive, answer)
        else:
            await self._app(scope, _Counted(receive), answer)


async def _turn_away(scope: Scope, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close"})


def _is_form(kind: str) -> bool:
    """Whether a body is what our forms send, or none. Other charsets could hold signs that are none."""
    return not kind or FORM.fullmatch(kind) is not None


def _is_small(length: str) -> bool:
    """Whether a body may be as long as it says. One that does not say is counted."""
    return not length or (NUMBER.fullmatch(length) is not None and int(length) <= MOST_BYTES)


class _Counted:
    """Takes a body in, and no more of it than is allowed. Raises HTTPException."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._taken = receive, 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._taken += len(message.get("body", b""))
        if self._taken > MOST_BYTES:
            raise HTTPException(413)
        return message


class _Answer:
    """Adds the headers to an answer that is sent."""

    def __init__(self, send: Send, headers: dict[str, str]) -> None:
        self._send, self._headers = send, headers

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(self._headers)
            headers.setdefault("Cache-Control", NOT_KEPT)
        await self._send(message)
