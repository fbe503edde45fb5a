"""The flows as a graph, for people to look at: Mermaid text.

Decides how states and edges are drawn; `edges` finds them. It proves nothing.
"""

from __future__ import annotations

from dialogs.book import Book
from dialogs.checks.edges import Edge, Way, edges
from dialogs.engine.conversation import Place
from dialogs.engine.definition import StateKind

SHAPES = {
    StateKind.SAY: ("[", "]"),
    StateKind.ASK: ("{{", "}}"),
    StateKind.CALL: ("[[", "]]"),
    StateKind.DONE: ("((", "))"),
}
ARROWS = {Way.GOTO: "-->", Way.CHOICE: "-->", Way.SKIP: "-.->"}
"""The others leave the flow, and are thick."""


def mermaid(book: Book) -> str:
    """All flows as one Mermaid flowchart: a box per flow, questions as hexagons, guards on the edges."""
    lines = ["flowchart LR"]
    for flow in book.flows.values():
        lines.append(f"  subgraph {flow.name}")
        for state in flow.states.values():
            opening, closing = SHAPES[state.kind]
            lines.append(f"    {_id(state.place)}{opening}{state.place.state}{closing}")
        lines.append("  end")
    lines.extend(f"  {_arrow(edge)}" for edge in edges(book))
    return "\n".join(lines)


def _arrow(edge: Edge) -> str:
    name = edge.way.value if edge.way is Way.SKIP else edge.name
    label = f"|{name}|" if name else ""
    return f"{_id(edge.source)} {ARROWS.get(edge.way, '==>')}{label} {_id(edge.target)}"


def _id(place: Place) -> str:
    return f"{place.flow}__{place.state}"
