"""The flows as pictures, with the traffic of everybody drawn on them.

Decides how counted moves may be shown: each kind of move is rounded down by itself before moves that share a way are
added, so that no sum tells more than its parts. Drawing is the affair of `pictures`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from bot.storage.traffic import midnight, moves
from bot.web.console.parts import PREFIX
from bot.web.console.refusals import NotFound
from bot.web.console.small_numbers import UNIT, rounded
from bot.web.console.work import CanRead, Work
from bot.web.pictures.figures import Count
from bot.web.pictures.graph import KEY, between_flows, flow_graph, overview
from dialogs.book import Book
from dialogs.catalogs import SOURCE
from dialogs.checks.edges import edges
from dialogs.checks.following import Move, follow
from dialogs.engine.conversation import Place
from dialogs.engine.definition import Choice, Flow, State, StateKind
from dialogs.engine.lines import Line
from dialogs.markup import Slot, parse

router = APIRouter()


class Days(StrEnum):
    """Whose counters are added up: the last so many days', today included."""

    DAY = "1"
    WEEK = "7"
    MONTH = "30"


SIGNS = (*(sign for sign in KEY if sign[0] != "pale line"), ("<5", "under five, or nobody"))
"""What the picture's signs mean. A way that nobody went looks like one that few did."""

InDays = Annotated[Days, Query()]


class Text(NamedTuple):
    """A sentence in the reader's language; `english` is empty when that is it."""

    said: str
    english: str


class Described(NamedTuple):
    """A state as its author wrote it."""

    name: str
    place: str
    kind: str
    body: Text | None
    choices: tuple[tuple[str, Text], ...]
    waits: bool


@router.get("/flows")
def flows(work: CanRead, days: InDays = Days.WEEK) -> Response:
    """All flows."""
    book = work.parts.book
    traffic = _ways_between(book) | between_flows(_told(work, days))
    graph = overview(book, traffic, _link(days))
    return work.page(
        "flows.html",
        graph=graph,
        flows=[(flow.name, _title(work, flow), len(flow.states)) for flow in book.flows.values()],
        days=Days,
        chosen=days,
        signs=SIGNS,
    )


@router.get("/flows/{flow}")
def flow(
    work: CanRead, flow: Annotated[str, Path(max_length=64)], days: InDays = Days.WEEK
) -> Response:
    """One flow: its states, and how people went between them."""
    book = work.parts.book
    if flow not in book.flows:
        raise NotFound("There is no such flow. Choose one from the list of flows.")
    followed = follow(book, _told(work, days))
    traffic = {**_ways(book), **followed.beside, **followed.along}
    return work.page(
        "flow.html",
        flow=book.flows[flow],
        title=_title(work, book.flows[flow]),
        graph=flow_graph(book, flow, traffic, _link(days)),
        states=list(_states(work, book.flows[flow])),
        days=Days,
        chosen=days,
        signs=SIGNS,
    )


def _told(work: Work, days: Days) -> dict[Move, int]:
    """Each kind of move as far as it may be told, most first; in the order of names where that looks equal."""
    counted = moves(work.connection, midnight(work.now, int(days)), UNIT)
    told = [(rounded(count) or 0, *ends) for ends, count in counted.items()]
    ordered = sorted(told, key=lambda each: (-each[0], *each[1:]))
    return {(_place(one), _place(other)): count for count, one, other in ordered}


@lru_cache(maxsize=1024)
def _place(written: str) -> Place:
    flow, _, state = written.partition(".")
    return Place(flow, state)


def _ways(book: Book) -> dict[Move, Count]:
    """Every way, with a hidden number: nobody went it, or under five did."""
    return dict.fromkeys((edge.source, edge.target) for edge in edges(book))


def _ways_between(book: Book) -> dict[Move, Count]:
    """The same from flow to flow."""
    ends = ((Place(one.flow, ""), Place(other.flow, "")) for one, other in _ways(book))
    return dict.fromkeys((one, other) for one, other in ends if one != other)


def _link(days: Days) -> Callable[[Place], str]:
    def link(place: Place) -> str:
        at = f"#{place.state}" if place.state else ""
        return f"{PREFIX}/flows/{place.flow}?days={days.value}{at}"

    return link


def _title(work: Work, flow: Flow) -> str:
    return _text(work, flow.title).said if flow.title else ""


def _states(work: Work, flow: Flow) -> Iterator[Described]:
    for state in flow.states.values():
        if state.kind is not StateKind.DONE:
            yield _described(work, state)


def _described(work: Work, state: State) -> Described:
    return Described(
        state.place.state,
        str(state.place),
        state.kind.value,
        _text(work, state.body) if state.body else None,
        tuple((_leads(choice, state), _text(work, choice.label)) for choice in state.choices),
        state.waits,
    )


def _leads(choice: Choice, state: State) -> str:
    """Where a button leads, in the author's words."""
    if choice.to:
        return f"{state.place.flow}.{choice.to}"
    place = choice.go or choice.call
    if place:
        return str(place) if place.state else place.flow
    return "" if choice.stays else "outside"


def _text(work: Work, line: Line) -> Text:
    locale = work.member.locale
    english = _plain(line.msgid)
    said = _plain(work.parts.book.catalogs.text(locale, line.context, line.msgid))
    return Text(said, "" if locale == SOURCE or said == english else english)


def _plain(text: str) -> str:
    """A sentence without tags; what is filled in later stands in braces."""
    pieces = parse(text).pieces
    return "".join(
        piece if isinstance(piece, str) else f"{{{piece.name}}}" if isinstance(piece, Slot) else ""
        for piece in pieces
    )
