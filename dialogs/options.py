"""The options a person is shown: records that fit their answers, three at a time, and their rights.

Decides how answers become a need, how hits become one card, and what a report of a mistake is: the id of a record and
nothing else. Which records fit, and in what order, is decided in `dialogs.directory.matching`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from dialogs.directory.card import card, record_lines
from dialogs.directory.kinds import Age, WhoPays
from dialogs.directory.matching import NO_IDS, Hit, Ids, Need, last_resort, match
from dialogs.directory.records import Directory
from dialogs.directory.rights import rights_lines
from dialogs.engine.conversation import CHILD, Frame
from dialogs.engine.definition import Choice
from dialogs.engine.lines import Line
from dialogs.engine.registry import Done, Shown, Situation
from dialogs.engine.result import Event, EventKind
from dialogs.situation import urgent

PAGE = 3
LABEL = 40
"""Characters of a name on a button."""

ONLY_PAID = Line(
    "options.only_paid",
    "I know of no free or public place for these answers. What I found costs money and may be far away. "
    "You can also ask your doctor for a referral and for copies of your records.",
)


SAME_HOSPITAL = Line(
    "options.same_hospital",
    "<b>First: ask for a second look in the same hospital.</b>\n"
    "You can ask the team or the nurse in charge: “Can another senior doctor look at this today?”",
)
LEFT_OUT = Line(
    "options.left_out",
    "I leave out {count} place for now: our staff are checking what I know about it.",
    {},
    "I leave out {count} places for now: our staff are checking what I know about them.",
)
WRONG = "wrong_"


def need_of(at: Situation) -> Need:
    """What the answers say a person needs. What was not answered rules nothing out."""
    locale, spoken = at.conversation.locale, at.answers.get("tongues")
    return Need(
        country=at.code("country"),
        region=at.code("region"),
        condition=at.code("condition"),
        payer=at.code("payer"),
        languages=((locale,) if locale else ()) + (spoken.codes if spoken else ()),
        age=_age(at),
        urgent=urgent(at),
        way=at.code("way"),
    )


def _age(at: Situation) -> Age | None:
    """Whom the help is for: an answer about oneself means an adult, unless a child said so."""
    code = at.code("for_whom")
    if code == "child" or (code != "adult" and CHILD in at.conversation.marks):
        return Age.CHILD
    return Age.ADULT if code in {"me", "adult"} else None


def nothing_fits(at: Situation) -> bool:
    """Whether the directory holds nothing for these answers, not even a public route."""
    return not found(at)


def options_view(at: Situation, frame: Frame) -> Shown:
    """One page of hits, each with its reasons, cost, what to prepare, date, and a button to its page."""
    withheld = at.facts.withheld
    return _page(at.book.directory, need_of(at), withheld, frame.page, at.facts.today)


def rights_view(at: Situation, _frame: Frame) -> Shown:
    """What people can expect in the country that was answered, and who pays there."""
    return Shown(rights_lines(at.book.directory.rights, at.code("country"), at.code("payer")))


def report_view(at: Situation, _frame: Frame) -> Shown:
    """The records of the page this was opened from, one button each."""
    under = at.conversation.frames[-2:-1]
    hits = found(at)
    start = min(under[0].page, _pages(hits) - 1) * PAGE if under else 0
    shown = enumerate(hits[start : start + PAGE], start + 1)
    return Shown((), tuple(_wrong(number, hit) for number, hit in shown))


def report(at: Situation, choice: str) -> Done:
    """Count that somebody says a record is wrong: its id, and nothing of the person."""
    event = Event(EventKind.REPORTED, "options", choice.removeprefix(WRONG), private=True)
    return Done(at.conversation, events=(event,))


@lru_cache(maxsize=2048)
def _page(directory: Directory, need: Need, withheld: Ids, page: int, today: date) -> Shown:
    """Remembered, because many people have the same need; it holds nothing of anybody."""
    hits = _matched(directory, need, withheld)
    pages = _pages(hits)
    page = min(page, pages - 1)
    lines: list[Line] = [_count(len(hits), page, pages), *_left_out(directory, need, withheld)]
    if page == 0 and need.urgent:
        lines.append(SAME_HOSPITAL)
    if page == 0 and hits and not any(_within_reach(hit) for hit in hits):
        lines.append(ONLY_PAID)
    links = []
    for number, hit in enumerate(hits[page * PAGE : (page + 1) * PAGE], page * PAGE + 1):
        lines.append(Line("options.number", "— {number} —", {"number": number}))
        lines.extend(card(hit, today))
        links.append(_link(number, hit))
    return Shown(tuple(lines), tuple(links), pages)


def found(at: Situation) -> tuple[Hit, ...]:
    """The records that fit a person's answers, the closest first; else what the country has for everybody."""
    return _matched(at.book.directory, need_of(at), at.facts.withheld)


@lru_cache(maxsize=512)
def _matched(directory: Directory, need: Need, withheld: Ids) -> tuple[Hit, ...]:
    """Remembered, because a page turn asks for the same need again."""
    return tuple(match(directory, need, withheld) or last_resort(directory, need, withheld))


def _left_out(directory: Directory, need: Need, withheld: Ids) -> Iterator[Line]:
    """That something which fits is withheld, so that nobody looks for what an older card of theirs shows."""
    if withheld:
        all_hits = _matched(directory, need, NO_IDS)
        count = sum(hit.record.id in withheld for hit in all_hits)
        if count:
            yield replace(LEFT_OUT, count=count)


def _pages(hits: tuple[Hit, ...]) -> int:
    return max(-(-len(hits) // PAGE), 1)


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
    return Choice(f"open_{hit.record.id}", _numbered(number, hit), url=hit.record.url)


def _wrong(number: int, hit: Hit) -> Choice:
    return Choice(WRONG + hit.record.id, _numbered(number, hit), effect="report")


def _numbered(number: int, hit: Hit) -> Line:
    name = record_lines(hit.record)["name"]
    short = Line(f"{name.context}.short", shortened(name.msgid))
    return Line("options.open", "{number}. {name}", {"number": number, "name": short})


def shortened(name: str) -> str:
    """A name that fits on a button: cut at a word, with an ellipsis."""
    if len(name) <= LABEL:
        return name
    head = name[:LABEL].rsplit(" ", 1)[0].rstrip(" ,;:(–-")
    return f"{head}…"
