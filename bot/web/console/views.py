"""Saved views: filters under a name.

Decides who may save one for everybody, and that only filters that can be used are saved. Words that were searched for
never are.
"""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import parse_qsl

from fastapi import APIRouter, Form, Path
from fastapi.responses import Response
from pydantic import ValidationError

from bot.storage import saved_views
from bot.storage.audit import Action
from bot.storage.saved_views import LONGEST_NAME, TooManyError
from bot.web.console import filters
from bot.web.console.filters import Filters
from bot.web.console.offered import offered
from bot.web.console.permission import Permission
from bot.web.console.refusals import NotAllowed, NotFound, Wrong
from bot.web.console.work import CanRead, Work

TOO_MANY: Final = f"You have {saved_views.MOST} views, which is all one can have. Delete one first."
BAD_NAME: Final = f"A name has 1 to {LONGEST_NAME} visible characters. Type another one."
BAD_QUERY: Final = "These filters cannot be saved. Go back to the list and choose them there."
NOTHING: Final = "There is nothing to save yet. Choose a filter first."
GONE: Final = "There is no such view that you may change."

router = APIRouter()
Name = Annotated[str, Form(max_length=200)]
Id = Annotated[str, Path(max_length=32)]


@router.get("/views")
def views(work: CanRead) -> Response:
    """One's own, and those for everybody."""
    found = saved_views.views_for(work.connection, work.member.id)
    return work.page("views.html", views=found, leads=work.can(Permission.LEAD))


@router.post("/views")
def save(
    work: CanRead,
    name: Name,
    query: Annotated[str, Form(max_length=1000)],
    shared: Annotated[str, Form(max_length=3)] = "",
) -> Response:
    """Save filters."""
    if shared and not work.can(Permission.LEAD):
        raise NotAllowed
    kept = _usable(work, query)
    try:
        made = saved_views.save(
            work.connection, work.member.id, name, kept, work.now, shared=bool(shared)
        )
    except TooManyError:
        raise Wrong(TOO_MANY) from None
    except ValueError:
        raise Wrong(BAD_NAME) from None
    work.trace(Action.VIEW_SAVED, made, "shared" if shared else "own")
    return work.go(f"/conversations?{kept}")


@router.post("/views/{view}/name")
def rename(work: CanRead, view: Id, name: Name) -> Response:
    """Give one another name."""
    leads = work.can(Permission.LEAD)
    try:
        done = saved_views.rename(work.connection, view, work.member.id, name, leads=leads)
    except ValueError:
        raise Wrong(BAD_NAME) from None
    return _changed(work, view, "renamed", done=done)


@router.post("/views/{view}/delete")
def delete(work: CanRead, view: Id) -> Response:
    """Delete one."""
    leads = work.can(Permission.LEAD)
    done = saved_views.remove(work.connection, view, work.member.id, leads=leads)
    return _changed(work, view, "deleted", done=done)


def _changed(work: Work, view: str, how: str, *, done: bool) -> Response:
    if not done:
        raise NotFound(GONE)
    work.trace(Action.VIEW_SAVED, view, how)
    return work.go("/views")


def _usable(work: Work, query: str) -> str:
    """The filters as they are kept. Raises Wrong."""
    try:
        given = Filters.model_validate(dict(parse_qsl(query)))
    except ValidationError:
        raise Wrong(BAD_QUERY) from None
    filters.wanted(given, offered(work), work.member.id, work.now)
    if not given.saved:
        raise Wrong(NOTHING)
    return given.saved
