"""The flows as a graph, for people to look at: Mermaid text.

Decides how states and edges are drawn. It proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.book import Book
from dialogs.engine.conversation import Place
from dialogs.engine.definition import State, StateKind

SHAPES = {
    StateKind.SAY: ("[", "]"),
    StateKind.ASK: ("{{", "}}"),
    StateKind.CALL: ("[[", "]]"),
    StateKind.DONE: ("((", "))"),
}


def mermaid(book: Book) -> str:
    """All flows as one Mermaid flowchart: a box per flow, questions as hexagons, guards on the edges."""
    lines = ["flowchart LR"]
    for flow in book.flows.values():
        lines.append(f"  subgraph {flow.name}")
        for state in flow.states.values():
            opening, closing = SHAPES[state.kind]
            lines.append(f"    {_id(state.place)}{opening}{state.place.state}{closing}")
        lines.append("  end")
    lines.extend(f"  {edge}" for state in book.states() for edge in _edges(book, state))
    return "\n".join(lines)


def _edges(book: Book, state: State) -> Iterator[str]:
    here = _id(state.place)
    for route in state.routes:
        to = _id(Place(state.place.flow, route.to))
        yield f"{here} -->|{route.when}| {to}" if route.when else f"{here} --> {to}"
    if state.skip is not None:
        yield f"{here} -.->|skip| {_id(Place(state.place.flow, state.skip))}"
    for choice in state.choices:
        if choice.to is not None:
            yield f"{here} -->|{choice.id}| {_id(Place(state.place.flow, choice.to))}"
        for place in (choice.go, choice.call):
            if place is not None:
                yield f"{here} ==>|{choice.id}| {_id(book.resolve(place))}"
    for called in (state.call, *(first.call for first in state.first)):
        if called is not None:
            yield f"{here} ==> {_id(book.resolve(called))}"


def _id(place: Place) -> str:
    return f"{place.flow}__{place.state}"
