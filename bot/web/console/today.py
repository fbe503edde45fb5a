"""Today: what waits for a person, and the last days in a few figures.

Decides what stands on the first page, and where each number leads. It is asked for again by itself; that does not count
as using the console.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from fastapi import APIRouter
from fastapi.responses import Response

from bot.storage import figures, visits, waiting
from bot.storage.questions import Standing
from bot.storage.record_checks import reports_since_check
from bot.storage.review_status import UNREAD, ReviewStatus
from bot.storage.wanted import Wanted
from bot.web.console.permission import Permission
from bot.web.console.small_numbers import rounded, share
from bot.web.console.work import CanRead, Work
from bot.web.pictures.figures import shown
from dialogs.understanding.safety.signal import Category

DAY: Final = 86_400
WEEK: Final = 7

router = APIRouter()


class Task(NamedTuple):
    """Something that waits. `path` is the list it leads to, `since` when the oldest came."""

    what: str
    number: int
    path: str
    permission: Permission
    since: int | None = None
    urgent: bool = False


class Figure(NamedTuple):
    """A number about people, as it is shown, and what exactly it counts."""

    name: str
    value: str
    meaning: str
    path: str = ""


@router.get("/")
def today(work: CanRead) -> Response:
    """The first page."""
    return work.page("today.html", tasks=_tasks(work), figures=_figures(work))


def _tasks(work: Work) -> list[Task]:
    connection, now = work.connection, work.now
    fresh = Wanted(since=now - DAY, dangers=tuple(Category), statuses=UNREAD)
    in_all = Wanted(dangers=tuple(Category), statuses=UNREAD)
    asked = waiting.questions(connection, Standing.OPEN)
    drafted = waiting.questions(connection, Standing.DRAFTED)
    read, review = Permission.READ, Permission.REVIEW
    unread = "/conversations?danger=any&status=unread"
    return [
        Task("conversations of the last 24 hours with danger in them, not reviewed yet",
             visits.count(connection, fresh, now), f"{unread}&within=1d", read, urgent=True),
        Task("conversations with danger in them, however old, not reviewed yet",
             visits.count(connection, in_all, now), unread, read),
        Task("conversations somebody marked for follow-up",
             visits.count(connection, Wanted(statuses=(ReviewStatus.FOLLOW_UP,)), now),
             "/conversations?status=follow_up", read),
        Task("questions nobody has answered", asked.number, "/questions", review, asked.since),
        Task("answers to approve", drafted.number, "/questions", review, drafted.since),
        Task("texts of the last 7 days that were not understood, not assigned yet",
             waiting.not_understood(connection, now - WEEK * DAY), "/not-understood", read),
        Task("records of the directory reported wrong since their last check",
             len(reports_since_check(connection)), "/directory?state=reported", read),
    ]  # fmt: skip


def _figures(work: Work) -> list[Figure]:
    connection, now = work.connection, work.now
    logged = visits.count(connection, Wanted(since=now - WEEK * DAY), now)
    midnight = now - now % DAY
    turns = figures.turns(connection, midnight - (WEEK - 1) * DAY)
    return [
        Figure("Conversations", f"more than {visits.COUNTED:,}" if logged > visits.COUNTED
               else shown(rounded(logged)), "in the log, used in the last 7 days: of people who let staff "
               "read along", "/conversations?within=7d"),
        Figure("Turns", shown(rounded(turns.number)), "of everybody, today and on the 6 days before: each "
               "tap, text or command that was answered", "/flows"),
        Figure("Not understood", share(rounded(turns.missed), rounded(turns.number)), "of these turns, in which "
               "nothing was understood", "/not-understood"),
    ]  # fmt: skip
