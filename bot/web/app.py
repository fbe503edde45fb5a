"""The web application: every route this program serves.

Decides which routes there are and what an unforeseen error answers: a bare 500 and a line of codes in the log.
"""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from bot.logs import Journal
from bot.web.health import Health
from bot.web.webhook import Webhook

_journal = Journal("web")


def web_app(health: Health, webhook: Webhook | None) -> Starlette:
    """The application; without a webhook when updates are polled."""
    routes: list[BaseRoute] = [*health.routes, *([webhook.route] if webhook else [])]
    return Starlette(routes=routes, exception_handlers={Exception: _failed})


async def _failed(_request: Request, error: Exception) -> Response:
    _journal.failure("request_failed", error=error)
    return PlainTextResponse("something went wrong", 500)
