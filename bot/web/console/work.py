"""What one request may use: who it is, what they may, one transaction.

Decides that nobody gets in without a session, a permission and, to change something, a proof that the request comes
from our own page. A handler names what it needs as the type of a parameter: `CanRead`, `CanReview`, `CanLead`,
`CanAdmin`; or `Open`, for the few pages before signing in. The transaction begins when it is first used; it is
committed before the answer goes out, or rolled back when the handler raises.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy import Connection

from bot.storage import staff_sessions
from bot.storage.audit import Action, leave_trace
from bot.storage.staff import Member, Standing, member
from bot.web.console.origin import TOKEN_FIELD, TOKEN_HEADER, token_for
from bot.web.console.pages import Pages
from bot.web.console.parts import PREFIX, Parts
from bot.web.console.permission import Permission, may
from bot.web.console.refusals import NotAllowed, NotOurPage, SignInFirst

SAFE = {"GET", "HEAD"}
BY_ITSELF = "x-by-itself"
"""The header of a request that a page makes without anybody asking: it does not keep a session from ending."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who is signed in, and the session's token."""

    member: Member
    session: staff_sessions.Session
    token: str


class OpenWork:
    """A request by nobody in particular."""

    def __init__(self, parts: Parts, request: Request) -> None:
        self.parts, self.request = parts, request
        self.now = parts.clock.now()
        self._closing = ExitStack()
        self._connection: Connection | None = None

    @property
    def connection(self) -> Connection:
        """The request's transaction: one that only reads for GET, one that may write otherwise."""
        if self._connection is None:
            engine = self.parts.reading if self.request.method in SAFE else self.parts.engine
            self._connection = self._closing.enter_context(engine.begin())
        return self._connection

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401
        """A page made of a template."""
        pages: Pages = self.request.app.state.pages
        return pages.page(template, status, work=self, **values)

    def go(self, path: str) -> RedirectResponse:
        """Send the browser to another page of the console, after something was done."""
        return RedirectResponse(f"{PREFIX}{path}", 303)

    def __enter__(self) -> None:
        self._closing.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._closing.__exit__(kind, error, traceback)


class Work(OpenWork):
    """A request by a member of staff."""

    def __init__(self, parts: Parts, request: Request, signed: Signed) -> None:
        super().__init__(parts, request)
        self.signed = signed

    @property
    def member(self) -> Member:
        """Who asks."""
        return self.signed.member

    @property
    def form_token(self) -> str:
        """What a form of ours carries, to prove that it is ours."""
        return token_for(self.signed.token)

    def can(self, permission: Permission) -> bool:
        """Whether they may."""
        return may(self.member.role, permission)

    def trace(self, action: Action, subject: str = "", detail: str = "") -> None:
        """Leave a trace. While only reading, it is committed at once: nothing is shown that left none."""
        if self.request.method in SAFE:
            with self.parts.engine.begin() as connection:
                leave_trace(connection, self.now, self.member.id, action, subject, detail)
        else:
            leave_trace(self.connection, self.now, self.member.id, action, subject, detail)


async def given_token(request: Request) -> str:
    """What proves that a form is ours: a field of it, or a header."""
    if request.method in SAFE:
        return ""
    header = request.headers.get(TOKEN_HEADER, "")
    field = "" if header else (await request.form()).get(TOKEN_FIELD, "")
    return header or (field if isinstance(field, str) else "")


class Needs:
    """The dependency of a route that only staff with a permission may use. Raises Refusal."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    def __call__(
        self, request: Request, given: Annotated[str, Depends(given_token)]
    ) -> Iterator[Work]:
        """Let them in, and finish their transaction."""
        parts: Parts = request.app.state.parts
        signed = signed_in(parts, request)
        if signed is None:
            raise SignInFirst(request.url.path, request.url.query)
        if not may(signed.member.role, self.permission):
            _note_refusal(parts, signed.member, request)
            raise NotAllowed
        if request.method not in SAFE and not _same(given, token_for(signed.token)):
            raise NotOurPage
        work = Work(parts, request, signed)
        with work:
            yield work


class Anybody:
    """The dependency of a route that needs nobody to be signed in."""

    def __call__(self, request: Request) -> Iterator[OpenWork]:
        """Let them in, and finish their transaction."""
        work = OpenWork(request.app.state.parts, request)
        with work:
            yield work


Open = Annotated[OpenWork, Depends(Anybody(), scope="function")]
CanRead = Annotated[Work, Depends(Needs(Permission.READ), scope="function")]
CanReview = Annotated[Work, Depends(Needs(Permission.REVIEW), scope="function")]
CanLead = Annotated[Work, Depends(Needs(Permission.LEAD), scope="function")]
CanAdmin = Annotated[Work, Depends(Needs(Permission.ADMIN), scope="function")]


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), right.encode())


def _note_refusal(parts: Parts, who: Member, request: Request) -> None:
    with parts.engine.begin() as connection:
        route = request.scope["route"].path
        leave_trace(connection, parts.clock.now(), who.id, Action.REFUSED, route)


def signed_in(parts: Parts, request: Request) -> Signed | None:
    """Who the request's cookie belongs to, and that it is in use."""
    token = request.cookies.get(parts.cookie)
    if not token:
        return None
    now = parts.clock.now()
    with parts.reading.begin() as connection:
        session = staff_sessions.find(connection, token, now)
        who = member(connection, session.staff) if session else None
    if session is None or who is None or who.standing is not Standing.ACTIVE:
        return None
    if now - session.seen_at >= staff_sessions.NOTED_EVERY and BY_ITSELF not in request.headers:
        with parts.engine.begin() as connection:
            staff_sessions.note_use(connection, session.id, now)
    return Signed(who, session, token)
