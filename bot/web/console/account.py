"""One's own account: password, sessions, the language one reads in.

Decides that a password is changed only by somebody who knows the old one, and that all other sessions end with it.
"""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Form
from fastapi.responses import Response

from bot.storage import staff, staff_sessions
from bot.storage.audit import Action
from bot.web.console import passwords
from bot.web.console.refusals import NotFound, Wrong
from bot.web.console.work import CanRead, Work

CHANGED: Final = "Your password was changed. All other sessions have ended."
WRONG_OLD: Final = "The old password is wrong."
DIFFERENT: Final = "The two new passwords differ."

router = APIRouter()
Password = Annotated[str, Form(max_length=1000)]


@router.get("/account")
def account(work: CanRead) -> Response:
    """Everything about oneself."""
    return _page(work)


@router.post("/account/password")
def change_password(work: CanRead, old: Password, new: Password, again: Password) -> Response:
    """Choose another password."""
    with work.parts.reading.begin() as connection:
        kept = staff.secrets_of(connection, work.parts.vault, work.member.id)
    fault = passwords.fault(new, work.member.name)
    if not passwords.fits(old, kept.password):
        fault = WRONG_OLD
    elif new != again:
        fault = DIFFERENT
    if fault:
        return _page(work, fault=fault, status=422)
    kept_as = passwords.hashed(new)
    staff.set_password(work.connection, work.member.id, kept_as)
    staff.end_sessions(work.connection, work.member.id, but=work.signed.session.id)
    work.trace(Action.PASSWORD_CHANGED)
    return _page(work, done=CHANGED)


@router.post("/account/language")
def change_language(work: CanRead, locale: Annotated[str, Form(max_length=16)]) -> Response:
    """Read what the assistant said in another language."""
    if locale not in work.parts.book.catalogs.shipped:
        raise Wrong("The assistant does not speak that language.")
    staff.set_locale(work.connection, work.member.id, locale)
    return work.go("/account")


@router.post("/account/sessions/{session}/end")
def end_session(work: CanRead, session: str) -> Response:
    """End one of one's own sessions."""
    if not staff_sessions.end_public(work.connection, work.member.id, session):
        raise NotFound("This session has ended already.")
    work.trace(Action.SESSIONS_ENDED)
    return work.go("/account")


@router.post("/account/sessions/end")
def end_other_sessions(work: CanRead) -> Response:
    """End all of one's sessions but this one."""
    staff.end_sessions(work.connection, work.member.id, but=work.signed.session.id)
    work.trace(Action.SESSIONS_ENDED)
    return work.go("/account")


def _page(work: Work, *, fault: str = "", done: str = "", status: int = 200) -> Response:
    return work.page(
        "account.html",
        status,
        sessions=staff_sessions.sessions(work.connection, work.member.id, work.now),
        locales=work.parts.book.catalogs.shipped,
        shortest=passwords.SHORTEST,
        tied=staff.is_tied(work.connection, work.member.id),
        fault=fault,
        done=done,
    )
