"""Which edges somebody must have gone along, who stood in one state and then in another.

Decides that from the definition alone: a person goes along one edge; from there the conversation goes on by itself over
what may be passed (cards without buttons, calls, ends, questions that need no answer). Where several ways are equally
short, or none is, it says nothing: a number on the wrong edge is worse than none. It knows no person, only counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from dialogs.book import Book
from dialogs.checks.edges import Edge, Way, edges
from dialogs.engine.conversation import Place
from dialogs.engine.definition import State, StateKind

MENU = "menu"
LONGEST = 12
"""Edges that one move may cross. The longest chain of cards that pass is shorter."""

Move = tuple[Place, Place]
"""Where a conversation stood before an input, and after it."""


class Followed(NamedTuple):
    """How often each edge was gone along, and the moves that no way of the definition explains (menu, back, words)."""

    along: Mapping[Move, int]
    beside: Mapping[Move, int]


class Steps(NamedTuple):
    """Where one can go next: by what a person does, and from what is passed."""

    chosen: Mapping[Place, tuple[Place, ...]]
    passed: Mapping[Place, tuple[Place, ...]]


def follow(book: Book, moves: Mapping[Move, int]) -> Followed:
    """Lay counted moves on the edges they went along. Counts are whole: what must be hidden is hidden afterwards."""
    steps = _steps(book)
    ways = {source: _ways(steps, source) for source in {source for source, _ in moves}}
    along: dict[Move, int] = defaultdict(int)
    beside: dict[Move, int] = {}
    for (source, target), count in moves.items():
        way = ways[source].get(target)
        if way is None:
            beside[source, target] = count
            continue
        for edge in pairwise(way):
            along[edge] += count
    return Followed(dict(along), beside)


def _ways(steps: Steps, source: Place) -> dict[Place, tuple[Place, ...]]:
    """The shortest way to every place that has just one shortest way, in rings around the source."""
    found: dict[Place, tuple[Place, ...] | None] = {}
    ring: dict[Place, tuple[Place, ...] | None] = {source: (source,)}
    nexts = steps.chosen
    for _ in range(LONGEST):
        further: dict[Place, tuple[Place, ...] | None] = {}
        for place, way in ring.items():
            for target in nexts.get(place, ()):
                if target not in found:
                    ambiguous = target in further or way is None
                    further[target] = None if ambiguous else (*(way or ()), target)
        found.update(further)
        ring, nexts = further, steps.passed
    return {target: way for target, way in found.items() if way is not None}


def _steps(book: Book) -> Steps:
    chosen: dict[Place, dict[Place, None]] = defaultdict(dict)
    passed: dict[Place, dict[Place, None]] = defaultdict(dict)
    for edge in edges(book):
        state = book.flows[edge.source.flow].states[edge.source.state]
        if edge.way not in {Way.CALL, Way.FIRST}:
            chosen[edge.source][edge.target] = None
        if _goes_by_itself(state, edge):
            passed[edge.source][edge.target] = None
    for end, back in _returns(book):
        passed[end][back] = None
    return Steps(_frozen(chosen), _frozen(passed))


def _goes_by_itself(state: State, edge: Edge) -> bool:
    """Whether the conversation goes on along this edge without waiting: see `Scene.passes`."""
    if edge.way in {Way.CALL, Way.FIRST}:
        return True
    known = state.kind is StateKind.ASK and not state.always
    return edge.way is Way.GOTO and (not state.waits or state.when is not None or known)


def _returns(book: Book) -> Iterator[Move]:
    """Where the end of a flow leads: to whoever called it, or to the bottom."""
    for flow in book.flows.values():
        for end in (state.place for state in flow.states.values() if state.kind is StateKind.DONE):
            yield end, book.start(MENU)
    for edge in edges(book):
        if edge.way in {Way.CALL, Way.FIRST, Way.ASIDE}:
            end = Place(edge.target.flow, "done")
            yield end, edge.source


def _frozen(places: Mapping[Place, Mapping[Place, None]]) -> dict[Place, tuple[Place, ...]]:
    return {place: tuple(nexts) for place, nexts in places.items()}
