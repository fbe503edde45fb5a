"""The options a person is shown: records that fit their answers, three at a time.

Decides how answers become a need and how hits become one card. Which records fit, and in what order, is decided in
`dialogs.directory.matching`.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from dialogs.directory.card import card, record_lines
from dialogs.directory.kinds import WhoPays
from dialogs.directory.matching import Hit, Need, last_resort, match
from dialogs.directory.records import Directory
from dialogs.engine.conversation import Frame
from dialogs.engine.definition import Choice
from dialogs.engine.lines import Line
from dialogs.engine.registry import Shown, Situation

PAGE = 3
LABEL = 40
"""Characters of a name on a button."""

ONLY_PAID = Line(
    "options.only_paid",
    "I know of no free or public place for these answers. What I found costs money and may be far away. "
    "You can also ask your doctor for a referral and for copies of your records.",
)


def need_of(at: Situation) -> Need:
    """What the answers say a person needs."""
    return Need(
        country=at.code("country"),
        region=at.code("region"),
        condition=at.code("condition"),
        payer=at.code("payer"),
        language=at.conversation.locale,
    )


def nothing_fits(at: Situation) -> bool:
    """Whether the directory holds nothing for these answers, not even a public route."""
    return not _found(at)


def options_view(at: Situation, frame: Frame) -> Shown:
    """One page of hits, each with its reasons, cost, what to prepare, date, and a button to its page."""
    return _page(at.book.directory, need_of(at), frame.page, at.facts.today)


@lru_cache(maxsize=2048)
def _page(directory: Directory, need: Need, page: int, today: date) -> Shown:
    """Remembered, because many people have the same need; it holds nothing of anybody."""
    hits = _matched(directory, need)
    pages = max(-(-len(hits) // PAGE), 1)
    page = min(page, pages - 1)
    lines: list[Line] = [_count(len(hits), page, pages)]
    if page == 0 and not any(_within_reach(hit) for hit in hits):
        lines.append(ONLY_PAID)
    links = []
    for number, hit in enumerate(hits[page * PAGE : (page + 1) * PAGE], page * PAGE + 1):
        lines.append(Line("options.number", "— {number} —", {"number": number}))
        lines.extend(card(hit, today))
        links.append(_link(number, hit))
    return Shown(tuple(lines), tuple(links), pages)


def _found(at: Situation) -> tuple[Hit, ...]:
    return _matched(at.book.directory, need_of(at))


@lru_cache(maxsize=512)
def _matched(directory: Directory, need: Need) -> tuple[Hit, ...]:
    """Remembered, because a page turn asks for the same need again."""
    return tuple(match(directory, need) or last_resort(directory, need))


def _within_reach(hit: Hit) -> bool:
    """Whether somebody else than the person pays, at least for some."""
    return bool({WhoPays.FREE, WhoPays.PUBLIC} & set(hit.record.who_pays))


def _count(hits: int, page: int, pages: int) -> Line:
    params = {"page": page + 1, "pages": pages}
    if pages <= 1:
        return Line(
            "options.found",
            "I found {count} that may fit.",
            {},
            "I found {count} that may fit.",
            hits,
        )
    return Line(
        "options.found_paged",
        "I found {count} that may fit. Page {page} of {pages}.",
        params,
        plural="I found {count} that may fit. Page {page} of {pages}.",
        count=hits,
    )


def _link(number: int, hit: Hit) -> Choice:
    name = record_lines(hit.record)["name"]
    short = Line(f"{name.context}.short", shortened(name.msgid))
    label = Line("options.open", "{number}. {name}", {"number": number, "name": short})
    return Choice(f"open_{hit.record.id}", label, url=hit.record.url)


def shortened(name: str) -> str:
    """A name that fits on a button: cut at a word, with an ellipsis."""
    if len(name) <= LABEL:
        return name
    head = name[:LABEL].rsplit(" ", 1)[0].rstrip(" ,;:(–-")
    return f"{head}…"
