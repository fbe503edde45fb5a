"""What is refused, and how that is told.

    Refusal             a page with one sentence
    ├─ SignInFirst      sent to the sign-in page, and back afterwards
    ├─ NotAllowed       their role may not
    ├─ NotOurPage       it does not come from our own page
    ├─ NotFound         no such thing, or no longer
    └─ Wrong            what was given cannot be done; the sentence names the mend

Decides the answers; an unforeseen error tells nothing at all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from bot.logs import Journal
from bot.web.console.pages import Pages
from bot.web.console.parts import PREFIX

_journal = Journal("console")


class Refusal(Exception):
    """Something that is not done. `str()` is one sentence for staff."""

    status = 400


class SignInFirst(Refusal):
    """Nobody is signed in."""

    status = 401

    def __init__(self, path: str = "", query: str = "") -> None:
        super().__init__("Please sign in.")
        self.next = f"{path}?{query}" if query else path


class NotAllowed(Refusal):
    """Their role may not."""

    status = 403

    def __init__(self) -> None:
        super().__init__("Your role does not allow this. An admin can change roles.")


class NotOurPage(Refusal):
    """The form does not come from a page of ours, or is older than the session."""

    status = 403

    def __init__(self) -> None:
        super().__init__("This form is too old, or not ours. Go back, reload the page, try again.")


class NotFound(Refusal):
    """No such thing."""

    status = 404

    def __init__(self, what: str = "This page does not exist.") -> None:
        super().__init__(what)


class Wrong(Refusal):
    """What was given cannot be done."""

    status = 422


INPUT: Final = "Something in this address or form cannot be read. Go back and try again."
UNFORESEEN: Final = "Something went wrong. It was written to the log; nothing was changed."
_SAID = {404: str(NotFound()), 405: "This page cannot be used that way.", 413: "That is too much."}


def on_refusals(app: FastAPI, pages: Pages) -> None:
    """Tell the application how refusals are answered."""

    def refuse(request: Request, error: Exception) -> Response:
        if isinstance(error, SignInFirst):
            return _to_sign_in(request, error)
        status = error.status if isinstance(error, Refusal) else 400
        return pages.refused(request, status, str(error))

    def known(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 400
        return pages.refused(request, status, _SAID.get(status, INPUT))

    def unreadable(request: Request, _error: Exception) -> Response:
        return pages.refused(request, 422, INPUT)

    def unforeseen(_request: Request, error: Exception) -> Response:
        _journal.failure("page_failed", error=error)
        return PlainTextResponse(UNFORESEEN, 500)

    answers: dict[type[Exception], Callable[[Request, Exception], Response]] = {
        Refusal: refuse,
        HTTPException: known,
        RequestValidationError: unreadable,
        Exception: unforeseen,
    }
    for kind, answer in answers.items():
        app.add_exception_handler(kind, answer)


def _to_sign_in(request: Request, error: SignInFirst) -> Response:
    asked = urlencode({"next": error.next}) if request.method == "GET" and error.next else ""
    where = f"{PREFIX}/sign-in?{asked}" if asked else f"{PREFIX}/sign-in"
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": f"{PREFIX}/sign-in"})
    return RedirectResponse(where, 303)
