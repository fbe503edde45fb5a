"""Signing in and out.

Decides who gets in: name, password and one-time code together, a limited number of guesses, and one answer to every
failure. A session begins anew with each sign-in.
"""

from __future__ import annotations

import hashlib
from ipaddress import ip_address, ip_network
from typing import Annotated, Final

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection

from bot.storage import staff, staff_sessions
from bot.storage.attempts import WINDOW, forgive, note_failure, too_many
from bot.storage.audit import Action, leave_trace
from bot.storage.staff import Member, Standing
from bot.web.console import passwords
from bot.web.console.parts import PREFIX, Parts
from bot.web.console.work import CanRead, Open, OpenWork, signed_in

FAILED: Final = "That did not work. Check name, password and code; each code can be used once."
TOO_MANY: Final = f"Too many tries. Wait {WINDOW // 60} minutes, then try again."

router = APIRouter()
Name = Annotated[str, Form(max_length=200)]
Password = Annotated[str, Form(max_length=1000)]
Code = Annotated[str, Form(max_length=20)]
Next = Annotated[str, Form(alias="next", max_length=500)]


@router.get("/sign-in")
def ask(work: Open, next_: Annotated[str, Query(alias="next", max_length=500)] = "") -> Response:
    """The form."""
    if signed_in(work.parts, work.request) is not None:
        return work.go("/")
    return work.page("sign_in.html", next=safe(next_), fault="")


@router.post("/sign-in")
def sign_in(
    work: Open, name: Name, password: Password, code: Code, next_: Next = ""
) -> Response:  # fmt: skip
    """Let somebody in."""
    parts, request = work.parts, work.request
    key, address_key = guess_keys(parts, request, name)
    with parts.reading.begin() as connection:
        if too_many(connection, key, address_key, work.now):
            return work.page("sign_in.html", 429, next=safe(next_), fault=TOO_MANY)
        who = staff.named(connection, name)
        known = who is not None and who.standing is Standing.ACTIVE
        kept = staff.secrets_of(connection, parts.vault, who.id) if who and known else None
    right = passwords.fits(password, kept.password if kept else "")
    step = passwords.code_step(kept.code_secret, code, work.now) if kept else None
    if too_many(work.connection, key, address_key, work.now):  # guessed beside this one
        return work.page("sign_in.html", 429, next=safe(next_), fault=TOO_MANY)
    if not (who and right and step is not None and staff.use_code(work.connection, who.id, step)):
        note_failure(work.connection, key, address_key, work.now)
        leave_trace(work.connection, work.now, who.id if who else "", Action.SIGN_IN_REFUSED)
        return work.page("sign_in.html", 401, next=safe(next_), fault=FAILED)
    forgive(work.connection, key)
    return enter(work, who, safe(next_) or f"{PREFIX}/")


@router.post("/sign-out")
def sign_out(work: CanRead) -> Response:
    """End this session."""
    staff_sessions.end(work.connection, work.signed.session.id)
    work.trace(Action.SIGNED_OUT)
    answer = work.go("/sign-in")
    answer.delete_cookie(
        work.parts.cookie, path="/", secure=work.parts.secure, httponly=True, samesite="strict"
    )
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def enter(work: OpenWork, who: Member, path: str) -> Response:
    """Begin a session, and lead to a page."""
    answer = RedirectResponse(path, 303)
    let_in(work, work.connection, who, answer)
    return answer


def let_in(
    work: OpenWork, connection: Connection, who: Member, answer: Response, how: str = ""
) -> None:
    """Begin a session, ending the one that this browser may have had, and give the browser its cookie."""
    parts = work.parts
    before = signed_in(parts, work.request)
    if before is not None:
        staff_sessions.end(connection, before.session.id)
    browser = work.request.headers.get("user-agent", "")
    token = staff_sessions.begin(connection, who.id, browser, work.now)
    leave_trace(connection, work.now, who.id, Action.SIGNED_IN, "", how)
    answer.set_cookie(
        parts.cookie, token, path="/", secure=parts.secure, httponly=True, samesite="strict"
    )


def safe(path: str) -> str:
    """A page of ours to go to; empty for anything else."""
    ours = path.startswith(f"{PREFIX}/") and path.isprintable()
    return path if ours and "\\" not in path and "//" not in path else ""


def guess_keys(parts: Parts, request: Request, name: str) -> tuple[str, str]:
    """Under what a failure is counted: the name from this address, and this address."""
    address = _network(request.client.host if request.client else "")
    return _hash(parts, f"name {staff.name_key(name)} {address}"), _hash(parts, f"from {address}")


def _network(address: str) -> str:
    """An address as guesses are counted: of IPv6 the half that one household or host has to itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else address


def _hash(parts: Parts, text: str) -> str:
    number = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
    return parts.vault.lookup(number)
