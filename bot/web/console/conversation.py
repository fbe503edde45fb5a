"""One conversation, as the person saw it.

Decides that nothing of it is shown before a trace is left, and in which language it is read. What reviewers do beside
it is `review`'s concern.
"""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from bot.storage.audit import Action
from bot.storage.transcripts import MOST, Transcript, transcript
from bot.web.console.refusals import NotFound, Wrong
from bot.web.console.review_panel import panel
from bot.web.console.transcript_view import View
from bot.web.console.work import CanRead, Work

GONE: Final = "This conversation is not in the log, or no longer: it was forgotten, or reading along was taken back."
NO_SUCH_LANGUAGE: Final = "The assistant does not speak that language. Choose one from the list."
SHORT: Final = 8

router = APIRouter()
REFERENCE: Final = "^[0-9a-z]{1,32}$"
Ref = Annotated[str, Path(pattern=REFERENCE)]
"""The reference of a conversation."""
Number = Annotated[int, Query(ge=0, le=2**53)]


@router.get("/conversations/{ref}")
def conversation(
    work: CanRead,
    ref: Ref,
    into: Annotated[str, Query(alias="in", max_length=16)] = "",
    original: Annotated[bool, Query()] = False,
    cut: Number = 0,
    noted: Number = 0,
) -> Response:
    """The transcript. `cut` and `noted` tell in how many places words have just been cut out, and in notes."""
    found = opened(work, ref)
    locales = work.parts.book.catalogs.shipped
    if into and into not in locales:
        raise Wrong(NO_SUCH_LANGUAGE)
    locale = into or work.member.locale
    work.trace(Action.OPENED, ref)
    return work.page(
        "conversation.html",
        ref=ref,
        short=ref[:SHORT],
        visit=found.visit,
        turns=View(work.parts.renderer, locale).turns(found.turns),
        left_out=len(found.turns) >= MOST,
        locale=locale,
        locales=locales,
        original=original,
        cut=cut,
        noted=noted,
        panel=panel(work, ref),
    )


def opened(work: Work, ref: str) -> Transcript:
    """The transcript. Raises NotFound."""
    found = transcript(work.connection, work.parts.vault, ref)
    if found is None:
        raise NotFound(GONE)
    return found
