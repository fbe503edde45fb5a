"""The web application: every route this program serves.

Decides which routes there are and what an unforeseen error answers: a bare 500 and a line of codes in the log.
"""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from bot.logs import Journal
from bot.web.console.parts import PREFIX
from bot.web.health import Health
from bot.web.webhook import Webhook

_journal = Journal("web")


def web_app(health: Health, webhook: Webhook | None, console: ASGIApp | None = None) -> Starlette:
    """The application; without a webhook when updates are polled, without a console where nobody opens it."""
    routes: list[BaseRoute] = [*health.routes, *([webhook.route] if webhook else [])]
    if console:
        routes += [Route(PREFIX, _into), Mount(PREFIX, console)]
    served = Starlette(routes=routes, exception_handlers={Exception: _failed})
    served.router.redirect_slashes = False  # it would name whatever host the request did
    return served


async def _into(_request: Request) -> Response:
    return RedirectResponse(f"{PREFIX}/", 308)


async def _failed(_request: Request, error: Exception) -> Response:
    _journal.failure("request_failed", error=error)
    return PlainTextResponse("something went wrong", 500)
