"""What waits for review, in order, and how far reviewers agree.

Decides what is shown of it; the order is decided in `bot.storage.review_queue`.
"""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from bot.storage import review_queue, verdicts
from bot.web.console.conversation import SHORT
from bot.web.console.review import next_in_queue
from bot.web.console.work import CanReview

SHOWN: Final = 25

router = APIRouter()


@router.get("/queue")
def queue(work: CanReview) -> Response:
    """The queue of who asks."""
    connection, me, now = work.connection, work.member.id, work.now
    return work.page(
        "queue.html",
        waiting=review_queue.waiting(connection, me, now, SHOWN),
        count=review_queue.how_many_wait(connection, me, now),
        counted=review_queue.MOST_COUNTED,
        mine=review_queue.in_hands_of(connection, me, now),
        agreement=verdicts.agreement(connection),
        fewest=verdicts.FEWEST,
        questions=verdicts.QUESTIONS,
        share=review_queue.SECOND_SHARE,
        short=SHORT,
    )


@router.post("/queue/next")
def take(work: CanReview) -> Response:
    """Take the next in hand, and open it."""
    return next_in_queue(work)
