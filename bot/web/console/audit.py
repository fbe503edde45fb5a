"""Audit: what staff did, newest first, for admins.

Decides what of a trace is a link and what only a code. It changes nothing: a trace is added where something is done,
and goes when `dialogs.kept_for` says so.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import Response

from bot.storage import staff
from bot.storage.audit import NOBODY, Action, Trace, traces
from bot.web.console.work import CanAdmin

PAGE: Final = 100
ABOUT_A_CONVERSATION: Final = {
    Action.OPENED, Action.REDACTED, Action.TEST_MADE, Action.LABELLED, Action.NOTED, Action.REVIEWED,
    Action.CLAIMED,
}  # fmt: skip
"""Their subject is a conversation's reference."""

router = APIRouter()


class Row(NamedTuple):
    """A trace; `about` is its subject, by name where it is a member, and `ref` the conversation it is about."""

    trace: Trace
    about: str
    ref: str


@router.get("/audit")
def audit(
    work: CanAdmin,
    action: Annotated[Action | Literal[""], Query()] = "",
    member: Annotated[str, Query(max_length=32, pattern=r"^(-|[0-9a-f]*)$")] = "",
    before: Annotated[str, Query(pattern=r"^([0-9]{1,12}\.[0-9]{1,15})?$")] = "",
) -> Response:
    """One page of it; `before` is the place of the last row of the page before."""
    names = {who.id: who.name for who in staff.members(work.connection)}
    found = traces(
        work.connection,
        before=_place(before),
        action=action or None,
        staff=member,
        most=PAGE + 1,
    )
    filters = {"action": action, "member": member}
    return work.page(
        "audit.html",
        rows=[_row(trace, names) for trace in found[:PAGE]],
        older=_older(found, filters),
        newest=not before,
        actions=list(Action),
        members=names,
        nobody=NOBODY,
        action=action,
        member=member,
    )


def _place(before: str) -> tuple[int, int] | None:
    at, _, number = before.partition(".")
    return (int(at), int(number)) if number else None


def _older(found: list[Trace], filters: dict[str, str]) -> str:
    """What stands after the "?" of the next page's address; empty when there is none."""
    if len(found) <= PAGE:
        return ""
    last = found[PAGE - 1]
    return urlencode(filters | {"before": f"{last.at}.{last.id}"})


def _row(trace: Trace, names: dict[str, str]) -> Row:
    ref = trace.subject if trace.action in ABOUT_A_CONVERSATION else ""
    return Row(trace, names.get(trace.subject, trace.subject), ref)
