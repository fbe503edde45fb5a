"""Answers as something that can be shown: the label, name, number or date behind a kept value.

Decides how an answer is named back to the person. It does not read what people type; `dialogs.understanding` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.engine.conversation import Answer, AnswerKind
from dialogs.engine.lines import Code, CodeKind, Line, Param

if TYPE_CHECKING:
    from dialogs.book import Book

UNKNOWN = Line("engine.earlier_answer", "an earlier answer")


def label_of(book: Book, key: str, answer: Answer | None) -> Param:
    """The answer as a parameter. A code that no question offers any more reads "an earlier answer"."""
    if answer is None:
        return Line("engine.no_answer", "not answered")
    match answer.kind, answer.value:
        case AnswerKind.COUNTRY, str(code):
            return Code(CodeKind.COUNTRY, code)
        case AnswerKind.CHOICE | AnswerKind.TEXT, str(code):
            return _choice_label(book, key, code)
        case AnswerKind.MANY, tuple(codes):
            return tuple(_choice_label(book, key, code) for code in codes)
        case _, value if not isinstance(value, str | tuple):
            return value
    return UNKNOWN


def _choice_label(book: Book, key: str, code: str) -> Param:
    state = book.asking(key)
    if state is None:
        return UNKNOWN
    if state.region:
        return Code(CodeKind.REGION, code)
    return next((choice.label for choice in state.choices if choice.id == code), UNKNOWN)
