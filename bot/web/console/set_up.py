"""The set-up link: choose a password, tie an authenticator app, once.

Decides that a link works once and for a day, and that nobody has a password before they chose it themselves.
"""

from __future__ import annotations

from typing import Annotated, Final

import segno
from fastapi import APIRouter, Form, Path
from fastapi.responses import Response
from markupsafe import Markup
from sqlalchemy import Connection

from bot.storage import staff
from bot.storage.audit import Action, leave_trace
from bot.storage.staff import Member
from bot.web.console import passwords
from bot.web.console.refusals import NotFound
from bot.web.console.work import Open, OpenWork

SPENT: Final = "This link was used, or is older than a day. Ask an admin for a new one."
WRONG_CODE: Final = "The code is wrong. Wait for the next one in your app, and type it."
DIFFERENT: Final = "The two passwords differ."

router = APIRouter()
Token = Annotated[str, Path(max_length=100)]
Password = Annotated[str, Form(max_length=1000)]


@router.get("/set-up/{token}")
def ask(work: Open, token: Token) -> Response:
    """The form, with the picture for the app."""
    who = _whose(work, work.connection, token)
    secret = staff.secrets_of(work.connection, work.parts.vault, who.id).code_secret
    return _page(work, token, who, secret)


@router.post("/set-up/{token}")
def set_up(
    work: Open,
    token: Token,
    password: Password,
    again: Password,
    code: Annotated[str, Form(max_length=20)],
) -> Response:
    """Take the password, when the app shows the right code."""
    with work.parts.reading.begin() as reading:
        who = _whose(work, reading, token)
        secret = staff.secrets_of(reading, work.parts.vault, who.id).code_secret
    step = passwords.code_step(secret, code, work.now)
    fault = passwords.fault(password, who.name) or (DIFFERENT if password != again else "")
    if fault or step is None:
        return _page(work, token, who, secret, fault or WRONG_CODE)
    kept = passwords.hashed(password)  # slow on purpose, and so before anything is locked
    _whose(work, work.connection, token)
    staff.set_up(work.connection, who.id, kept, step)
    leave_trace(work.connection, work.now, who.id, Action.SET_UP)
    return work.go("/sign-in")


def _whose(work: OpenWork, connection: Connection, token: str) -> Member:
    who = staff.invited(connection, token, work.now)
    if who is None:
        raise NotFound(SPENT)
    return who


def _page(work: OpenWork, token: str, who: Member, secret: str, fault: str = "") -> Response:
    link = passwords.code_link(secret, who.name)
    picture = segno.make(link, micro=False).svg_inline(
        scale=5, border=4, svgclass="code-picture", lineclass=None, dark="#000", light="#fff"
    )
    return work.page(
        "set_up.html",
        422 if fault else 200,
        who=who,
        token=token,
        secret=secret,
        picture=Markup(picture),  # noqa: S704 - drawn by segno from numbers alone
        fault=fault,
        shortest=passwords.SHORTEST,
    )
