"""Signing in by single sign-on, and tying one's account to it.

Decides that only a member who tied their account before is let in, and nobody is made. What has to come back from the
provider travels in a sealed cookie for ten minutes. It comes back from another site, so the session's cookie, which
browsers keep for our own pages, is not there yet: the last step is a page of ours that leads on.
"""

from __future__ import annotations

import base64
import hmac
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection

from bot.logs import Journal
from bot.privacy.vault import UnopenableError
from bot.storage import staff, staff_sessions
from bot.storage.attempts import note_failure, too_many
from bot.storage.audit import Action, leave_trace
from bot.storage.staff import Member, Standing
from bot.web.console.parts import PREFIX, Parts
from bot.web.console.refusals import NotFound, Refusal, Wrong
from bot.web.console.sign_in import TOO_MANY, guess_keys, let_in, safe
from bot.web.console.work import CanRead, Open, OpenWork

if TYPE_CHECKING:
    from bot.web.console.single_sign_on import Provider

LASTS: Final = 600
"""Seconds for which the provider may keep somebody."""
HOW: Final = "single sign-on"
FAILED: Final = "Single sign-on did not work. Try again, or sign in with password and code."
NOT_TIED: Final = (
    "This account is not tied to anybody of staff. "
    "Sign in with password and code, then tie it on the page Account."
)
TIED_ELSEWHERE: Final = "This account is tied to another member of staff. An admin can help."

router = APIRouter()
_journal = Journal("single_sign_on")


class NotBelieved(Refusal):
    """The provider's answer is not one to our question, or not of a member."""

    status = 403


@dataclass(frozen=True, slots=True)
class Way:
    """What somebody is at the provider for. `session` and `member` say who ties an account; empty: signing in."""

    state: str
    nonce: str
    verifier: str
    at: int
    next: str = ""
    session: str = ""
    member: str = ""


@router.get("/sign-on")
def sign_on(
    work: Open, next_: Annotated[str, Query(alias="next", max_length=500)] = ""
) -> Response:
    """Go to the provider, to sign in."""
    return _leave(work, next_=safe(next_))


@router.get("/account/sign-on")
def tie(work: CanRead) -> Response:
    """Go to the provider, to tie one's account. Other sites cannot send anybody here: the cookie stays behind."""
    return _leave(work, session=work.signed.session.id, member=work.member.id)


@router.post("/account/sign-on/untie")
def untie(work: CanRead) -> Response:
    """Let single sign-on lead here no longer."""
    staff.set_subject(work.connection, work.member.id, None)
    work.trace(Action.SIGN_ON_UNTIED)
    return work.go("/account")


@router.get("/sign-on/back")
def back(
    work: Open,
    code: Annotated[str, Query(max_length=2_000)] = "",
    state: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Come back from the provider."""
    provider, way = _provider(work.parts), _way(work, state)
    keys = guess_keys(work.parts, work.request, HOW)
    with work.parts.reading.begin() as connection:  # closed before the provider is asked
        refused = too_many(connection, *keys, work.now)
    if refused:
        raise NotBelieved(TOO_MANY)
    try:
        subject = _answer(provider, code, way)
        with work.parts.engine.begin() as connection:
            answer = (
                _tied(work, connection, way, subject)
                if way.member
                else _in(work, connection, way, subject)
            )
    except Refusal:
        with work.parts.engine.begin() as connection:
            note_failure(connection, *keys, work.now)
            leave_trace(connection, work.now, way.member, Action.SIGN_IN_REFUSED, "", HOW)
        raise
    answer.delete_cookie(_cookie(work.parts), path="/", secure=work.parts.secure, httponly=True)
    return answer


def _answer(provider: Provider, code: str, way: Way) -> str:
    from bot.web.console.single_sign_on import Riddle, SignOnError

    try:
        return provider.answer(code, Riddle(way.state, way.nonce, way.verifier))
    except SignOnError as error:
        _journal.trouble("not_believed", reason=str(error))
        raise NotBelieved(FAILED) from None


def _in(work: OpenWork, connection: Connection, way: Way, subject: str) -> Response:
    who = staff.of_subject(connection, subject)
    if who is None or who.standing is not Standing.ACTIVE:
        raise NotBelieved(NOT_TIED)
    answer = work.page("onward.html", path=way.next or f"{PREFIX}/")
    let_in(work, connection, who, answer, HOW)
    return answer


def _tied(work: OpenWork, connection: Connection, way: Way, subject: str) -> Response:
    who = _still_signed_in(connection, way, work.now)
    holder = staff.of_subject(connection, subject)
    if holder is not None and holder.id != who.id:
        raise NotBelieved(TIED_ELSEWHERE)
    staff.set_subject(connection, who.id, subject)
    leave_trace(connection, work.now, who.id, Action.SIGN_ON_TIED)
    return work.page("onward.html", path=f"{PREFIX}/account")


def _still_signed_in(connection: Connection, way: Way, now: int) -> Member:
    who = staff.member(connection, way.member)
    lasts = any(
        each.id == way.session for each in staff_sessions.sessions(connection, way.member, now)
    )
    if who is None or not lasts or who.standing is not Standing.ACTIVE:
        raise NotBelieved(FAILED)
    return who


def _leave(work: OpenWork, *, next_: str = "", session: str = "", member: str = "") -> Response:
    provider = _provider(work.parts)
    from bot.web.console.single_sign_on import SignOnError, riddle

    given = riddle()
    try:
        answer = RedirectResponse(provider.question(given), 303)
    except SignOnError as error:
        _journal.trouble("provider_not_reached", reason=str(error))
        raise Wrong(FAILED) from None
    way = Way(given.state, given.nonce, given.verifier, work.now, next_, session, member)
    sealed = work.parts.vault.seal(HOW, "way", json.dumps(asdict(way)).encode())
    answer.set_cookie(
        _cookie(work.parts), base64.urlsafe_b64encode(sealed).decode(), max_age=LASTS, path="/",
        secure=work.parts.secure, httponly=True, samesite="lax",
    )  # fmt: skip
    return answer


def _way(work: OpenWork, state: str) -> Way:
    """What this browser went to the provider for. Raises NotBelieved."""
    try:
        sealed = base64.urlsafe_b64decode(work.request.cookies.get(_cookie(work.parts), ""))
        way = Way(**json.loads(work.parts.vault.open(HOW, "way", sealed)))
    except (UnopenableError, ValueError, TypeError):
        raise NotBelieved(FAILED) from None
    same = hmac.compare_digest(way.state.encode(), state.encode(errors="replace"))
    if not same or work.now - way.at > LASTS:
        raise NotBelieved(FAILED)
    return way


def _provider(parts: Parts) -> Provider:
    if parts.sign_on is None:
        raise NotFound
    return parts.sign_on


def _cookie(parts: Parts) -> str:
    return "__Host-sign-on" if parts.secure else "sign-on"
