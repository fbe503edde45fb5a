"""The texts of the flows, one by one, in one language; and which flows are topics.

Decides what the checks of wording look at: messages, hints and labels of every state, and the titles of flows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.book import Book
from dialogs.catalogs import SOURCE
from dialogs.engine.conversation import Place
from dialogs.engine.definition import Flow, State
from dialogs.engine.lines import Line
from dialogs.mistakes import Mistake

TOPIC = ("card", "more", "evidence", "steps")
"""The states of a topic. A flow with a card and two of the others is one."""


@dataclass(frozen=True, slots=True)
class Written:
    """One text: where, in which language, in which words. `message`: it fills a bubble by itself."""

    place: Place
    context: str
    file: str
    line: int
    locale: str
    words: str
    message: bool = False

    def mistake(self, what: str, mend: str) -> Mistake:
        """What is wrong with it, as authors hear it."""
        tongue = "" if self.locale == SOURCE else f" ({self.locale})"
        return Mistake(self.file, self.line, f"{self.context}{tongue}: {what}", mend)


def written(book: Book, locale: str = SOURCE) -> Iterator[Written]:
    """Every text of the flows in one language."""
    for flow in book.flows.values():
        if flow.title:
            yield _written(book, flow, Place(flow.name, "title"), 1, flow.title, locale)
    for state in book.states():
        flow = book.flows[state.place.flow]
        if state.body:
            yield _written(book, flow, state.place, state.line, state.body, locale, message=True)
        labels = (choice.label for choice in state.choices)
        for line in filter(None, (state.again, state.why, *labels)):
            yield _written(book, flow, state.place, state.line, line, locale)


def messages(book: Book, locale: str = SOURCE) -> Iterator[Written]:
    """The texts that fill a bubble."""
    return (text for text in written(book, locale) if text.message)


def message(book: Book, state: State, locale: str = SOURCE) -> str:
    """What a state says; empty when it says nothing."""
    return book.catalogs.text(locale, state.body.context, state.body.msgid) if state.body else ""


def topics(book: Book) -> Iterator[Flow]:
    """The flows that are topics, in file order."""
    for flow in book.flows.values():
        if "card" in flow.states and len(flow.states.keys() & set(TOPIC)) > len(TOPIC) - 2:
            yield flow


def _written(
    book: Book, flow: Flow, place: Place, row: int, line: Line, locale: str, *, message: bool = False
) -> Written:  # fmt: skip
    words = book.catalogs.text(locale, line.context, line.msgid)
    return Written(place, line.context, flow.file, row, locale, words, message)
