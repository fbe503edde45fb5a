"""Health for whoever runs the program: `/healthz` says it lives, `/readyz` that it can take a turn.

Decides only how checks become an answer; what is checked is given. It tells nothing about anybody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.logs import Journal

_journal = Journal("health")
Check = Callable[[], None]
"""Raises when something is not ready. Runs in a thread."""


class Health:
    """The two routes."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = checks
        self.routes = [Route("/healthz", self._alive), Route("/readyz", self._ready)]

    async def _alive(self, _request: Request) -> Response:
        return PlainTextResponse("ok")

    async def _ready(self, _request: Request) -> Response:
        report = {name: await _holds(name, check) for name, check in self._checks.items()}
        return JSONResponse(report, 200 if all(report.values()) else 503)


async def _holds(name: str, check: Check) -> bool:
    try:
        await asyncio.to_thread(check)
    except Exception as error:  # noqa: BLE001 - not ready, whatever the reason
        _journal.trouble("not_ready", check=name, error=error)
        return False
    return True
