"""Staff: who may use the console, for admins.

Decides what is shown of each, and that a set-up link is seen once, by whoever made it, and kept nowhere. What may be
done to whom is decided in `membership`.
"""

from __future__ import annotations

from typing import Annotated, Final, NamedTuple

from fastapi import APIRouter, Form, Path
from fastapi.responses import Response

from bot.storage import staff
from bot.storage.audit import last_acts
from bot.storage.staff import LONGEST_NAME, Member, NameTakenError, Role, Standing
from bot.storage.staff_sessions import last_uses
from bot.web.console import membership
from bot.web.console.membership import By, LastAdminError
from bot.web.console.refusals import NotFound, Wrong
from bot.web.console.work import CanAdmin, Work

TAKEN: Final = "Somebody of this name is there already. Names differ by more than capital letters."
BAD_NAME: Final = f"A name has 1 to {LONGEST_NAME} signs that can be seen."
OWN_LINK: Final = (
    "You are the last admin who can sign in, and a fresh link would put you out. If you have lost your phone, "
    "make the link on the command line: python -m bot staff link NAME"
)
GONE: Final = "Nobody of staff is known by this address."

router = APIRouter()
Which = Annotated[str, Path(max_length=32)]


class Row(NamedTuple):
    """A member, and when they last did something; None: never."""

    member: Member
    used_at: int | None


@router.get("/staff")
def colleagues(work: CanAdmin) -> Response:
    """All of them."""
    connection = work.connection
    acts, uses = last_acts(connection), last_uses(connection)
    rows = [
        Row(who, max(acts.get(who.id, 0), uses.get(who.id, 0)) or None)
        for who in staff.members(connection)
    ]
    return work.page(
        "staff.html",
        rows=rows,
        roles=list(Role),
        locales=work.parts.book.catalogs.shipped,
        longest=LONGEST_NAME,
    )


@router.post("/staff")
def add(
    work: CanAdmin,
    name: Annotated[str, Form(max_length=200)],
    role: Annotated[Role, Form()],
    locale: Annotated[str, Form(max_length=16)],
) -> Response:
    """Somebody new; the answer shows their link."""
    if locale not in work.parts.book.catalogs.shipped:
        raise Wrong("The assistant does not speak that language.")
    try:
        made, token = membership.add(
            work.connection, work.parts.vault, name, role, locale, _by(work)
        )
    except NameTakenError as error:
        raise Wrong(TAKEN) from error
    except ValueError as error:
        raise Wrong(BAD_NAME) from error
    return _link_page(work, made, token)


@router.post("/staff/{id_}/link")
def link(work: CanAdmin, id_: Which) -> Response:
    """A fresh link, which also lets a disabled member in again."""
    who = _member(work, id_)
    if staff.admins(work.connection) == {who.id}:
        raise Wrong(OWN_LINK)
    return _link_page(work, who, membership.link(work.connection, work.parts.vault, who, _by(work)))


@router.post("/staff/{id_}/role")
def give_role(work: CanAdmin, id_: Which, role: Annotated[Role, Form()]) -> Response:
    """Change what somebody may do."""
    who = _member(work, id_)
    try:
        membership.give_role(work.connection, who, role, _by(work))
    except LastAdminError as error:
        raise Wrong(str(error)) from error
    return work.go("/staff")


@router.post("/staff/{id_}/disable")
def disable(work: CanAdmin, id_: Which) -> Response:
    """Let somebody in no longer."""
    who = _member(work, id_)
    if who.standing is Standing.DISABLED:
        raise Wrong(f"{who.name} is disabled already.")
    try:
        membership.disable(work.connection, who, _by(work))
    except LastAdminError as error:
        raise Wrong(str(error)) from error
    return work.go("/staff")


def _member(work: Work, id_: str) -> Member:
    who = staff.member(work.connection, id_)
    if who is None:
        raise NotFound(GONE)
    return who


def _by(work: Work) -> By:
    return By(work.member.id, work.now)


def _link_page(work: Work, who: Member, token: str) -> Response:
    address = membership.link_address(work.parts.address, token)
    return work.page("staff_link.html", who=who, address=address, lasts=membership.LASTS)
