"""The state graph of a flow with its traffic, and all flows with the ways between them.

Decides what becomes a node and what an arrow: the edges of the definition, always; other flows as doors at the rim.
Moves along no edge (menu, back, words) are listed, not drawn. It counts nothing and hides nothing: see `follow`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from markupsafe import Markup

from bot.web.pictures.drawing import Arrow, Node, draw
from bot.web.pictures.figures import Count, shown
from dialogs.book import Book
from dialogs.checks.edges import Edge, Way, edges
from dialogs.checks.following import MENU, Move
from dialogs.engine.conversation import Place
from dialogs.engine.definition import DONE, Flow, State, StateKind

NOWHERE = "the beginning"
MANY = 5
"""A flow that more lead to is a hub: arrows to it would cover all others."""

STAYS = {Way.GOTO, Way.CHOICE, Way.SKIP}

KEY = (
    ("▸", "where the flow begins"),
    ("round", "a question"),
    ("square", "a card"),
    ("thick", "a call of another flow"),
    ("dashed", "a door to another flow"),
    ("blue line", "a way inside the flow"),
    ("grey line", "a way out of it"),
    ("pale line", "nobody went along it"),
)
"""What the picture's signs mean, for the page to say."""

Traffic = Mapping[Move, Count]
"""How often each move was made, None where that is hidden. What is not in it was not made."""

Link = Callable[[Place], str]
"""The address of a state's page on this site; without a state, of a flow's."""

Joined = Mapping[Move, list[Edge]]
"""Two places, and every edge from the one to the other."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: from where to where, by which buttons or guards, and how often."""

    source: str
    target: str
    ways: str
    count: str


class Graph(NamedTuple):
    """A picture, the same as a table, and the moves that no edge explains."""

    picture: Markup
    rows: tuple[Row, ...]
    beside: tuple[Row, ...]


def flow_graph(book: Book, flow: str, traffic: Traffic, link: Link) -> Graph:
    """The states of one flow. Raises KeyError where there is no such flow."""
    joined = _joined(edges(book))
    here = {move: ways for move, ways in joined.items() if move[0].flow == flow}
    beside = {
        (source, target): count
        for (source, target), count in traffic.items()
        if flow in {source.flow, target.flow}
        and source.state != DONE
        and (source, target) not in joined
    }
    return _graph(
        f"The flow {flow}", _states(book.flows[flow], here, link), here, traffic, beside, here
    )


def overview(book: Book, traffic: Traffic, link: Link) -> Graph:
    """All flows and the ways from one to another. The places of `traffic` have no state: see `between_flows`.

    Arrows to a flow that many lead to are left out of the picture, but for the menu's own; the table has them all.
    """
    leaving = (edge for edge in edges(book) if edge.source.flow != edge.target.flow)
    joined = _joined(map(_of_flows, leaving))
    sources = Counter(target for _, target in joined)
    nodes = {place: _flow(place, sources[place], link) for place in map(_whole, book.flows)}
    drawn = {move for move in joined if sources[move[1]] <= MANY or move[0].flow == MENU}
    beside = {move: count for move, count in traffic.items() if move not in joined}
    return _graph("All flows", nodes, joined, traffic, beside, drawn)


def between_flows(moves: Mapping[Move, int]) -> dict[Move, int]:
    """Counted moves of states as moves of flows, without those inside one and without returns from one that ended.

    What must be hidden is hidden afterwards.
    """
    counts: dict[Move, int] = defaultdict(int)
    for (source, target), count in moves.items():
        if source.flow != target.flow and source.state != DONE:
            counts[_whole(source.flow), _whole(target.flow)] += count
    return dict(counts)


def _graph(
    title: str,
    nodes: Mapping[Place, Node],
    joined: Joined,
    traffic: Traffic,
    beside: Traffic,
    drawn: Collection[Move],
) -> Graph:
    numbers = {place: number for number, place in enumerate(nodes)}
    rows = {move: _row(move, ways, traffic.get(move, 0)) for move, ways in joined.items()}
    arrows = [
        Arrow(
            numbers[move[0]],
            numbers[move[1]],
            _kind(joined[move]),
            _told(rows[move]),
            traffic.get(move, 0),
        )
        for move in joined
        if move in drawn
    ]
    desc = f"{len(nodes)} places and {len(arrows)} of {len(rows)} ways between them. The table has all."
    others = tuple(_row(move, [], count) for move, count in beside.items())
    return Graph(draw(title, desc, list(nodes.values()), arrows), tuple(rows.values()), others)


def _joined(found: Iterable[Edge]) -> Joined:
    joined: dict[Move, list[Edge]] = defaultdict(list)
    for edge in found:
        joined[edge.source, edge.target].append(edge)
    return joined


def _of_flows(edge: Edge) -> Edge:
    return replace(edge, source=_whole(edge.source.flow), target=_whole(edge.target.flow))


def _whole(flow: str) -> Place:
    return Place(flow, "")


def _flow(place: Place, sources: int, link: Link) -> Node:
    hub = sources > MANY
    label = f"{place.flow} ← {sources}" if hub else place.flow
    return Node(label, "hub" if hub else "flow", f"{place.flow}, from {sources} flows", link(place))


def _states(flow: Flow, joined: Joined, link: Link) -> dict[Place, Node]:
    """The states in file order, an end only where something leads to it; then the doors."""
    reached = {place: None for move in joined for place in move}
    own = {
        state.place: _state(state, flow, link)
        for state in flow.states.values()
        if state.kind is not StateKind.DONE or state.place in reached
    }
    return own | {place: _door(place, link) for place in reached if place not in own}


def _state(state: State, flow: Flow, link: Link) -> Node:
    place = state.place
    if state.kind is StateKind.DONE:
        return Node("end", state.kind.value, f"the end of {flow.name}", link(place))
    if place.state == flow.start:
        return Node(f"▸ {place.state}", state.kind.value, f"{place}, the beginning", link(place))
    return Node(place.state, state.kind.value, str(place), link(place))


def _door(place: Place, link: Link) -> Node:
    return Node(f"→ {place}", "door", f"{place}, in another flow", link(place))


def _kind(ways: Iterable[Edge]) -> str:
    return "within" if any(edge.way in STAYS for edge in ways) else "leaving"


def _row(move: Move, ways: Iterable[Edge], count: Count) -> Row:
    source, target = map(_name, move)
    named = dict.fromkeys(filter(None, map(_way, ways)))
    return Row(source, target, ", ".join(named), shown(count))


def _name(place: Place) -> str:
    return str(place) if place.state else place.flow or NOWHERE


def _way(edge: Edge) -> str:
    match edge.way:
        case Way.GOTO:
            return f"when {edge.name}" if edge.name else ""
        case Way.FIRST:
            return f"first, when {edge.name}"
        case Way.SKIP | Way.CALL:
            return edge.way.value
        case Way.CHOICE | Way.GO | Way.ASIDE:
            return edge.name


def _told(row: Row) -> str:
    by = f" · {row.ways}" if row.ways else ""
    return f"{row.source} → {row.target}: {row.count}{by}"
