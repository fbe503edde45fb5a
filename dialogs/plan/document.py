"""The plan as data: sections of styled lines, before any language and any page.

Decides the shape of a plan, so that the chat and the file say the same. What stands in it is decided in
`dialogs.plan.build`; how it looks on paper, in `bot.documents`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dialogs.engine.lines import Line


class Style(StrEnum):
    """How the lines of a part are set."""

    TEXT = "text"  # paragraphs
    BULLETS = "bullets"
    STEPS = "steps"  # numbered
    CHECKLIST = "checklist"  # boxes to tick
    QUESTIONS = "questions"  # with room to write an answer
    QUOTE = "quote"  # a sentence to say aloud
    LETTER = "letter"  # a letter with blanks
    NOTE = "note"  # small print: dates, sources, confidence


@dataclass(frozen=True, slots=True)
class Part:
    """Lines set in one style."""

    style: Style
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One heading and what stands under it. `name` is the same in every language."""

    name: str
    title: Line
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan. `footer` is printed on every page; blanks in lines are written as underscores."""

    title: Line
    made_on: date
    sections: tuple[Section, ...]
    footer: tuple[Line, ...]
