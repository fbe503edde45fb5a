"""Rule R12: where a benefit stands, its limit stands too, in the same text or behind the first button.

Decides from what the cited evidence speaks for (`kind`), and from the words that show a limit. Whether the limit is the
right one, a clinician judges on the review sheet.
"""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.book import Book
from dialogs.catalogs import SOURCE
from dialogs.checks.prose import plain
from dialogs.checks.rules import rules
from dialogs.checks.texts import message
from dialogs.engine.definition import State
from dialogs.evidence import FILE, Kind
from dialogs.mistakes import Mistake

MEND = "name the limit in the text and cite evidence of kind limit or both"


def balance_mistakes(book: Book) -> Iterator[Mistake]:
    """States that state a benefit alone, and evidence that does not say what it speaks for."""
    for each in book.evidence.values():
        if each.kind is None:
            what = f"{each.id} does not say what it speaks for"
            yield Mistake(FILE.name, each.line, what, f"add kind: {', '.join(Kind)}")
    for state in book.states():
        if Kind.BENEFIT in _kinds(book, state) and not any(
            _limited(book, near) for near in _with_next(book, state)
        ):
            file = book.flows[state.place.flow].file
            what = f"R12: {state.place} states a benefit without a limit"
            yield Mistake(file, state.line, what, MEND)


def _with_next(book: Book, state: State) -> Iterator[State]:
    """The state, and the one that its first button opens."""
    yield state
    first = state.choices[0] if state.choices else None
    if first and first.to:
        yield book.flows[state.place.flow].states[first.to]
    elif first and (place := first.go or first.call):
        after = book.state(book.resolve(place))
        if after:
            yield after


def _limited(book: Book, state: State) -> bool:
    shows = rules().balance[SOURCE].search(plain(message(book, state)))
    return bool(shows and _kinds(book, state) & {Kind.LIMIT, Kind.BOTH})


def _kinds(book: Book, state: State) -> set[Kind]:
    """What the evidence of a state speaks for. Both is a benefit, too."""
    found = {book.evidence[each].kind for each in state.sources if each in book.evidence}
    kinds = {kind for kind in found if kind}
    return kinds | {Kind.BENEFIT} if Kind.BOTH in kinds else kinds
