"""All that is proved about what our texts say: rules R1 to R15, as far as a program can judge.

Decides which checks belong together. Rules R5, R7, R10, R13 and R16 ask for a reader: the review sheet is for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.book import Book
from dialogs.checks.balance import balance_mistakes
from dialogs.checks.figures import figure_mistakes
from dialogs.checks.manner import manner_mistakes
from dialogs.checks.shape import shape_mistakes
from dialogs.checks.topics import topic_mistakes
from dialogs.mistakes import Mistake


def content_mistakes(book: Book) -> Iterator[Mistake]:
    """Everything wrong with what the texts say and rest on."""
    for find in (
        shape_mistakes,
        manner_mistakes,
        figure_mistakes,
        balance_mistakes,
        topic_mistakes,
    ):
        yield from find(book)
