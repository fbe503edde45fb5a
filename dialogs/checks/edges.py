"""The edges of a book: where a flow's definition lets somebody go on from a state.

Decides what counts as an edge, for everybody who draws or follows the flows. Buttons of the engine (menu, back, a
person), words and corrections are no edges: they lead from everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dialogs.book import Book
from dialogs.engine.conversation import Place
from dialogs.engine.definition import Choice, State


class Way(StrEnum):
    """How an edge leads on."""

    GOTO = "goto"  # after the answer, or at once
    SKIP = "skip"  # the question was skipped
    CHOICE = "choice"  # a button, to a state of the same flow
    GO = "go"  # a button, away to another flow
    ASIDE = "aside"  # a button, to another flow and back here
    CALL = "call"  # the state is a call of another flow
    FIRST = "first"  # another flow goes before this state


@dataclass(frozen=True, slots=True)
class Edge:
    """One way from a state to the next. `name` is the id of the choice, or the guard; empty where there is none."""

    source: Place
    target: Place
    way: Way
    name: str = ""


def edges(book: Book) -> Iterator[Edge]:
    """Every edge of every flow, in file order."""
    for state in book.states():
        yield from edges_from(book, state)


def edges_from(book: Book, state: State) -> Iterator[Edge]:
    """The edges that leave one state: routes, skip, buttons, then the flows it calls."""
    here = state.place
    for route in state.routes:
        yield Edge(here, Place(here.flow, route.to), Way.GOTO, route.when or "")
    if state.skip is not None:
        yield Edge(here, Place(here.flow, state.skip), Way.SKIP)
    for choice in state.choices:
        yield from _of_button(book, here, choice)
    if state.call is not None:
        yield Edge(here, book.resolve(state.call), Way.CALL)
    for first in state.first:
        yield Edge(here, book.resolve(first.call), Way.FIRST, first.when)


def _of_button(book: Book, here: Place, choice: Choice) -> Iterator[Edge]:
    if choice.to is not None:
        yield Edge(here, Place(here.flow, choice.to), Way.CHOICE, choice.id)
    if choice.go is not None:
        yield Edge(here, book.resolve(choice.go), Way.GO, choice.id)
    if choice.call is not None:
        yield Edge(here, book.resolve(choice.call), Way.ASIDE, choice.id)
