"""Who may speak to the demo: programs and pages of this machine, nobody else.

Decides by the Host, Origin and Sec-Fetch-Site headers, so that no web page elsewhere can reach the demo through the
person's own browser (not by a form, an image, or a name that suddenly resolves to 127.0.0.1). It does not listen.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})

_CONTENT_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)

SAFE_HEADERS: Final = {
    "content-security-policy": _CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class LoopbackOnly:
    """Refuses strangers with 403, and puts the safe headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_missing(message["headers"])]
            await send(message)

        headers = Headers(scope=scope)
        app = self._app if _is_ours(headers, scope["path"]) else _REFUSED
        await app(scope, receive, send_safely)


_REFUSED: Final = PlainTextResponse(
    "The demo answers only pages and programs of this machine, at http://127.0.0.1.\n",
    status_code=403,
)


def _missing(present: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    names = {name.lower() for name, _ in present}
    pairs = ((name.encode(), value.encode()) for name, value in SAFE_HEADERS.items())
    return [pair for pair in pairs if pair[0] not in names]


def _is_ours(headers: Headers, path: str) -> bool:
    host = headers.get("host", "")
    if not _is_loopback(f"//{host}"):
        return False
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return False
    # Following a link to the page is fine; anything else that another site starts is not.
    return headers.get("sec-fetch-site") != "cross-site" or (
        path == "/" and headers.get("sec-fetch-mode") == "navigate"
    )


def _is_loopback(address: str) -> bool:
    try:
        return urlsplit(address).hostname in _LOOPBACK
    except ValueError:
        return False
