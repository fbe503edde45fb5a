"""The trace of what staff did: rows are added and read, never changed.

Decides which actions leave a trace, and that a detail is a code or a short name of ours, never a word a person wrote.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select, tuple_

from bot.storage.staff_tables import AUDIT, STAFF

LONGEST_DETAIL = 256


class Action(StrEnum):
    """What leaves a trace."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    SET_UP = "set_up"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an action
    SESSIONS_ENDED = "sessions_ended"
    SIGN_ON_TIED = "sign_on_tied"
    SIGN_ON_UNTIED = "sign_on_untied"
    STAFF_ADDED = "staff_added"
    STAFF_LINKED = "staff_linked"
    ROLE_CHANGED = "role_changed"
    STAFF_DISABLED = "staff_disabled"
    STAFF_ENABLED = "staff_enabled"
    OPENED = "opened"
    SEARCHED = "searched"
    REDACTED = "redacted"
    TEST_MADE = "test_made"
    LABELLED = "labelled"
    LABEL_CHANGED = "label_changed"
    NOTED = "noted"
    REVIEWED = "reviewed"
    CLAIMED = "claimed"
    ASSIGNED = "assigned"
    QUESTION_OPENED = "question_opened"
    ANSWERED = "answered"
    APPROVED = "approved"
    DISMISSED = "dismissed"
    VERIFIED = "verified"
    ALERTED = "alerted"
    VIEW_SAVED = "view_saved"
    EXPORTED = "exported"
    REFUSED = "refused"


NOBODY = "-"
"""Stands for what was done while nobody was signed in, and on the command line, where traces are asked for."""


class Trace(NamedTuple):
    """One row, with the name of who did it; empty for the command line and for nobody known."""

    id: int
    at: int
    name: str
    action: str
    subject: str
    detail: str


def leave_trace(
    connection: Connection, at: int, staff: str, action: Action, subject: str = "", detail: str = ""
) -> None:
    """Add a row. `staff` is a member's id, empty when nobody is signed in."""
    values = {"at": at, "staff": staff, "action": action.value}
    short = {"subject": subject[:128], "detail": detail[:LONGEST_DETAIL]}
    connection.execute(insert(AUDIT).values(**values, **short))


def times_done(
    connection: Connection, staff: str, action: Action, subjects: Collection[str], since: int
) -> int:
    """How often a member did something, with one of these subjects, from a time on."""
    row = AUDIT.c
    done = select(func.count()).where(
        row.staff == staff, row.action == action.value, row.subject.in_(subjects), row.at >= since
    )
    return connection.scalar(done.select_from(AUDIT)) or 0


def traces(
    connection: Connection,
    *,
    before: tuple[int, int] | None = None,
    action: Action | None = None,
    staff: str = "",
    most: int = 100,
) -> list[Trace]:
    """The newest rows; `before` is (at, id) of the last one of the page before. `staff` is a member's id, or NOBODY."""
    row = AUDIT.c
    query = (
        select(row.id, row.at, STAFF.c.name, row.action, row.subject, row.detail)
        .select_from(AUDIT.outerjoin(STAFF, STAFF.c.id == row.staff))
        .order_by(row.at.desc(), row.id.desc())
        .limit(most)
    )
    if before is not None:
        query = query.where(tuple_(row.at, row.id) < before)
    if action is not None:
        query = query.where(row.action == action.value)
    if staff:
        query = query.where(row.staff == ("" if staff == NOBODY else staff))
    return [
        Trace(number, at, name or "", what, subject, detail)
        for number, at, name, what, subject, detail in connection.execute(query)
    ]


def last_acts(connection: Connection) -> dict[str, int]:
    """When each member's newest row was left, by their id."""
    row = AUDIT.c
    newest = (
        select(row.staff, func.max(row.at).label("at")).where(row.staff != "").group_by(row.staff)
    )
    return {each.staff: each.at for each in connection.execute(newest)}
