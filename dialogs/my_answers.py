"""What a person has answered, to look at and to change.

Decides which answers are listed: those that a question with a name keeps. Consents are changed in /privacy.
"""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.engine.answers import label_of
from dialogs.engine.conversation import Frame
from dialogs.engine.definition import Choice
from dialogs.engine.lines import Line
from dialogs.engine.registry import Shown, Situation
from dialogs.engine.show import MOST

ROW = Line("answers.row", "<b>{name}:</b> {answer}")
NOT_YET = Line("answers.none", "You have not answered anything yet.")


def changeable(at: Situation) -> list[str]:
    """The keys of the answers that are listed, in the order of the book."""
    return [key for key in at.answers if _name(at, key) is not None]


def summary(at: Situation, _frame: Frame) -> Shown:
    """Every answer by its name."""
    return Shown(tuple(_rows(at, changeable(at))) or (NOT_YET,))


def my_answers(at: Situation, frame: Frame) -> Shown:
    """The answers, one button each to change it, in pages."""
    keys = changeable(at)
    pages = max(-(-len(keys) // MOST), 1)
    first = min(frame.page, pages - 1) * MOST
    shown = keys[first : first + MOST]
    lines = tuple(_rows(at, shown)) or (NOT_YET,)
    return Shown(lines, tuple(_change(at, key) for key in shown), pages)


def _rows(at: Situation, keys: list[str]) -> Iterator[Line]:
    for key in keys:
        name = _name(at, key)
        if name is not None:
            answer = label_of(at.book, key, at.answers[key])
            yield Line(ROW.context, ROW.msgid, {"name": name, "answer": answer})


def _change(at: Situation, key: str) -> Choice:
    name = _name(at, key) or ROW
    return Choice(
        f"change_{key}", Line("answers.change", "Change: {name}", {"name": name}), correct=key
    )


def _name(at: Situation, key: str) -> Line | None:
    state = at.book.asking(key)
    return state.name if state is not None else None
