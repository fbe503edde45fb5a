"""Identifying text was missed: it is cut out of everything that is kept of a conversation.

Decides what may be cut, and that the words themselves are written nowhere: no trace, no address, no log holds them.
"""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Form
from fastapi.responses import Response

from bot.logs import Journal
from bot.privacy.cut_out import nothing_left
from bot.storage.audit import Action, leave_trace
from bot.storage.cutting import Cut, cut_everywhere
from bot.storage.engine import checkpoint
from bot.storage.reviewing import hold
from bot.web.console.conversation import GONE, Ref
from bot.web.console.refusals import NotFound, Wrong
from bot.web.console.work import CanReview, Work

LONGEST: Final = 200
TOO_SHORT: Final = "Type at least two letters: a single one would be cut out of every word."
NOT_THERE: Final = (
    "These words do not stand in what is kept of this conversation. Type them as they stand there."
)

router = APIRouter()
_journal = Journal("cut_out")


@router.post("/conversations/{ref}/redact")
def redact(
    work: CanReview,
    ref: Ref,
    words: Annotated[str, Form(max_length=LONGEST)],
    turn: Annotated[int, Form(ge=0, le=2**53)] = 0,
) -> Response:
    """Cut words out wherever they stand; `turn` is the logged turn they were seen in."""
    words = words.strip()
    if nothing_left(words) or (len(words) < 2 and words.isascii()):
        raise Wrong(TOO_SHORT)
    cut = _cut(work, ref, words)
    _wipe(work)
    return work.go(f"/conversations/{ref}?cut={cut.places}&noted={cut.notes}#turn-{turn}")


def _cut(work: Work, ref: str, words: str) -> Cut:
    """One transaction, committed here, so that the database's own log can be wiped afterwards."""
    with work.parts.engine.begin() as connection:
        if not hold(connection, ref):
            raise NotFound(GONE)
        cut = cut_everywhere(connection, work.parts.vault, ref, words)
        if not cut.places:
            raise Wrong(NOT_THERE)
        detail = f"{cut.places} places, {cut.notes} in notes"
        leave_trace(connection, work.now, work.member.id, Action.REDACTED, ref, detail)
    return cut


def _wipe(work: Work) -> None:
    """As soon as possible; what somebody's reading holds back is wiped by upkeep."""
    try:
        checkpoint(work.parts.engine, truncate=True)
    except Exception as error:  # noqa: BLE001 - they are cut out already; upkeep wipes again
        _journal.failure("not_wiped", error=error)
