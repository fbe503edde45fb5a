"""A conversation made into a test that authors can keep.

Decides how it is handed out. What a test can hold is decided in `bot.retold`.
"""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from bot.retold import retold
from bot.storage.audit import Action
from bot.story_text import CannotBeTold
from bot.web.console.conversation import SHORT, Ref, opened
from bot.web.console.refusals import Wrong
from bot.web.console.work import CanReview

CANNOT: Final = "This conversation cannot become a test. {}"

router = APIRouter()


@router.post("/conversations/{ref}/test")
def make_test(work: CanReview, ref: Ref) -> Response:
    """The `.chat` file."""
    parts = work.parts
    try:
        told = retold(opened(work, ref).turns, parts.book, parts.renderer)
    except CannotBeTold as refusal:
        raise Wrong(CANNOT.format(refusal)) from None
    work.trace(Action.TEST_MADE, ref)
    headers = {"Content-Disposition": f'attachment; filename="{ref[:SHORT]}.chat"'}
    return Response(told, media_type="text/plain; charset=utf-8", headers=headers)
