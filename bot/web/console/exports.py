"""Exports: conversations as files, for work outside the console.

Decides who may take out how much, how often. Each export leaves a trace with its size and filters before anything goes
out; words that were searched for are neither written down nor a reason to export.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse

from bot.storage import saved_views, visits
from bot.storage.audit import Action, times_done
from bot.storage.wanted import Wanted
from bot.web.console import filters
from bot.web.console.attached import attached
from bot.web.console.export_files import as_csv, as_jsonl
from bot.web.console.filters import Asked, Filters
from bot.web.console.offered import Offered, offered
from bot.web.console.parts import Parts
from bot.web.console.refusals import Refusal, Wrong
from bot.web.console.work import CanLead, Work

MOST: Final = visits.COUNTED
"""Conversations of one export."""
OFTEN, HOUR = 20, 3_600
TOO_MANY: Final = (
    f"These are more than {MOST:,} conversations. Choose a shorter time, then export it."
)
NONE: Final = "There is no conversation to export. Take a filter away."
NO_WORDS: Final = "Searched words do not narrow an export. Take them away."


class TooOften(Refusal):
    """They exported too much in the last hour."""

    status = 429

    def __init__(self) -> None:
        super().__init__(f"You made {OFTEN} exports within an hour. Wait a while, then try again.")


class Kind(NamedTuple):
    """How an export is written."""

    ending: str
    media: str
    write: Callable[[Parts, Sequence[str]], Iterator[bytes]]

    @property
    def subject(self) -> str:
        """What stands in the trail."""
        return f"conversations.{self.ending}"


CSV: Final = Kind("csv", "text/csv; charset=utf-8", as_csv)
JSONL: Final = Kind("jsonl", "application/jsonl; charset=utf-8", as_jsonl)
SUBJECTS: Final = (CSV.subject, JSONL.subject)

router = APIRouter()


@router.get("/exports")
def exports(work: CanLead, asked: Asked) -> Response:
    """What can be exported: all conversations, or those of the filters in the address."""
    choices = offered(work)
    chosen = filters.wanted(asked, choices, work.member.id, work.now)
    return work.page(
        "exports.html",
        asked=asked,
        chips=list(_chips(asked, choices)),
        count=visits.count(work.connection, chosen, work.now),
        most=MOST,
        often=OFTEN,
        left=max(0, OFTEN - _done(work)),
        views=saved_views.views_for(work.connection, work.member.id),
    )


@router.post("/exports/conversations.csv")
def csv(work: CanLead, asked: Asked) -> Response:
    """A table: codes, counts, labels and verdicts; no words."""
    return _export(work, asked, CSV)


@router.post("/exports/conversations.jsonl")
def jsonl(work: CanLead, asked: Asked) -> Response:
    """Everything: turns with kept text, labels, notes, verdicts."""
    return _export(work, asked, JSONL)


def _export(work: Work, asked: Filters, kind: Kind) -> Response:
    if asked.q:
        raise Wrong(NO_WORDS)
    chosen = filters.wanted(asked, offered(work), work.member.id, work.now)
    if _done(work) >= OFTEN:
        raise TooOften
    refs = _refs(work, chosen)
    work.trace(Action.EXPORTED, kind.subject, f"{len(refs)} {asked.saved}".strip())
    headers = attached("conversations", work.now, kind.ending)
    return StreamingResponse(kind.write(work.parts, refs), media_type=kind.media, headers=headers)


def _refs(work: Work, chosen: Wanted) -> list[str]:
    refs = visits.refs(work.connection, chosen, work.now, MOST + 1)
    if len(refs) > MOST:
        raise Wrong(TOO_MANY)
    if not refs:
        raise Wrong(NONE)
    return refs


def _done(work: Work) -> int:
    """How many exports they made within the last hour."""
    since = work.now - HOUR + 1
    return times_done(work.connection, work.member.id, Action.EXPORTED, SUBJECTS, since)


def _chips(asked: Filters, choices: Offered) -> Iterator[str]:
    """The filters, as a reader knows them."""
    named = {**choices.labels, **choices.members}
    for name, value in asked.given.items():
        if name not in filters.NOT_SAVED:
            yield f"{name.replace('_', ' ')}: {named.get(value, value)}"
