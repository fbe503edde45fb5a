"""The list of conversations: filters, search in kept text, saved views.

Decides that a search leaves a trace, before anything is shown, without the words searched for: staff may type a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from bot.storage import saved_views, visits
from bot.storage.audit import Action
from bot.storage.review_status import ReviewStatus
from bot.storage.text_search import Window, folded, search
from bot.storage.visits import COUNTED, Key, Listed
from bot.storage.wanted import Wanted
from bot.web.console import filters
from bot.web.console.filters import LIST, Asked, Filters
from bot.web.console.offered import Offered, offered
from bot.web.console.refusals import Wrong
from bot.web.console.snippets import snippets
from bot.web.console.work import CanRead, Work
from dialogs.outcomes import Outcome
from dialogs.understanding.safety.signal import Category

MOST_SNIPPETS: Final = 3
"""Of one conversation; the others are counted."""
EMPTY: Final = "Type at least one letter or number to search for."

router = APIRouter()


@router.get(LIST)
def conversations(work: CanRead, asked: Asked) -> Response:
    """The list, or what a search found."""
    if "" in work.request.query_params.values():
        return work.go(asked.at(LIST))  # a form sends its empty fields too
    choices = offered(work)
    wanted = filters.wanted(asked, choices, work.member.id, work.now)
    before, after = filters.key_of(asked.before), filters.key_of(asked.after)
    if asked.q:
        window = _search(work, asked.q, wanted, before)
        return _page(work, asked, choices, [visit for visit, _ in window.found], window=window)
    page = visits.page(work.connection, wanted, work.now, before=before, after=after)
    alone = page.newer is None and page.older is None
    number = len(page.visits) if alone else visits.count(work.connection, wanted, work.now)
    return _page(work, asked, choices, page.visits, page=page, number=number)


def _search(work: Work, words: str, wanted: Wanted, before: Key | None) -> Window:
    needle = folded(" ".join(words.split()))
    if not any(character.isalnum() for character in needle):
        raise Wrong(EMPTY)
    window = search(work.connection, work.parts.vault, wanted, needle, work.now, before)
    work.trace(Action.SEARCHED, detail=f"{window.texts} texts, {len(window.found)} found")
    return window


def _page(
    work: Work,
    asked: Filters,
    choices: Offered,
    listed: Sequence[Listed],
    *,
    page: visits.Page | None = None,
    number: int = 0,
    window: Window | None = None,
) -> Response:
    found = window.found if window else []
    return work.page(
        "conversations.html",
        asked=asked,
        choices=choices,
        listed=listed,
        to_put_on=visits.labels(work.connection, retired=False),
        labels=visits.labels_of(work.connection, [visit.ref for visit in listed]),
        page=page,
        counted=f"more than {COUNTED:,}" if number > COUNTED else f"{number:,}",
        window=window,
        snippets={visit.ref: snippets(texts, MOST_SNIPPETS) for visit, texts in found},
        views=saved_views.views_for(work.connection, work.member.id),
        within=filters.WITHIN,
        outcomes=list(Outcome),
        dangers=list(Category),
        statuses=list(ReviewStatus),
        written=filters.written,
    )
