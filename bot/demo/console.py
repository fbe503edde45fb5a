"""The console in the demo: the real one, with made-up staff whom one click lets in.

Decides that this door exists in the demo only: it is a route of its own that nobody else mounts.
"""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Form
from fastapi.responses import Response
from sqlalchemy import Engine
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.clock import Clock
from bot.i18n import Renderer
from bot.privacy.vault import Vault
from bot.storage import staff
from bot.storage.staff import Role
from bot.web.console.app import console_app
from bot.web.console.parts import PREFIX, Parts
from bot.web.console.sign_in import enter
from bot.web.console.work import Open
from dialogs.book import Book
from dialogs.catalogs import SOURCE

DOOR: Final = "/demo"
"""Below the console's own address."""
NAMES: Final = {
    Role.VIEWER: "Vera",
    Role.REVIEWER: "Ravi",
    Role.LEAD: "Lena",
    Role.ADMIN: "Ada",
}

router = APIRouter()


@router.get(DOOR)
def choose(work: Open) -> Response:
    """Whom to sign in as."""
    return work.page("demo_door.html", names=NAMES)


@router.post(DOOR)
def come_in(work: Open, role: Annotated[Role, Form()]) -> Response:
    """Sign in as one of the made-up staff."""
    name = NAMES[role]
    who = staff.named(work.connection, name)
    if who is None:
        who = staff.add(work.connection, name, role, SOURCE, work.now)
        staff.set_up(work.connection, who.id, "", 0)
    return enter(work, who, f"{PREFIX}/")


class DemoConsole:
    """The console of a demo. `address` is where the demo is reached, known once it listens."""

    def __init__(
        self, engine: Engine, vault: Vault, book: Book, renderer: Renderer, clock: Clock
    ) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock
        self._book, self._renderer = book, renderer
        self._app: ASGIApp | None = None
        self.address = ""
        self.route = Mount(PREFIX, self)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; the application is made for the first request."""
        self._app = self._app or console_app(self._parts(), [router])
        await self._app(scope, receive, send)

    def _parts(self) -> Parts:
        return Parts(
            self._engine, self._vault, self._book, self._renderer, self._clock, self.address,
            keep_days=90, answering=True, demo=True,
        )  # fmt: skip
