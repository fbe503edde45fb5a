"""Two answers of one question that accept the same word, in any language.

Decides when a typed word would be ambiguous. It compares labels as people type them: without case, accents and signs.
"""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.book import Book
from dialogs.mistakes import Mistake
from dialogs.understanding.text import normal


def collisions(book: Book) -> Iterator[Mistake]:
    """Every pair of choices of one state whose labels read the same in some language."""
    for state in book.states():
        for locale in book.catalogs.shipped:
            seen: dict[str, str] = {}
            for choice in state.choices:
                label = book.catalogs.text(locale, choice.label.context, choice.label.msgid)
                word = normal(label)
                if word in seen:
                    what = f"{state.place}: {seen[word]!r} and {choice.id!r} both read {label!r} in {locale}"
                    file = book.flows[state.place.flow].file
                    yield Mistake(file, state.line, what, "give them different labels")
                seen[word] = choice.id
