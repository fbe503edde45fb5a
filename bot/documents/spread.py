"""A plan in one language, or in two side by side -> what the page needs, as plain values.

Decides which sentence stands beside which, and nothing of how they look. Every sentence is rendered as in the chat, so
one that lacks a translation stands in English here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from bot.documents.rich import Run, runs
from bot.documents.scripts import FONTS, script_of
from dialogs.engine.lines import Line
from dialogs.plan.document import Part, Plan, Section

LONG = 600
"""Characters from which on a paragraph may go on over the page's end."""
_DAY = "documents.day"


class Says(Protocol):
    """Renders a line in a locale."""

    def text(self, line: Line, locale: str) -> str:
        """The line as Telegram HTML."""
        ...


class Spread:
    """Sets lines in the same languages, in the same order, all through a plan."""

    def __init__(self, renderer: Says, locales: Sequence[str]) -> None:
        self._renderer, self._locales = renderer, tuple(dict.fromkeys(locales))

    def plan(self, plan: Plan) -> dict[str, Any]:
        """The whole plan."""
        return {
            "sides": self.sides(),
            "title": self.row(plan.title),
            "day": self.row(Line(_DAY, "{day}", {"day": plan.made_on})),
            "sections": [self._section(section) for section in plan.sections],
            "footer": [self.row(line) for line in plan.footer],
        }

    def sides(self) -> list[dict[str, Any]]:
        """The languages, as the typesetter knows them."""
        scripts = [script_of(locale) for locale in self._locales]
        return [{"lang": s.language, "dir": s.direction, "fonts": FONTS} for s in scripts]

    def row(self, line: Line) -> list[list[Run]]:
        """One sentence in each language."""
        return [runs(self._renderer.text(line, locale)) for locale in self._locales]

    def _section(self, section: Section) -> dict[str, Any]:
        last = len(section.parts) - 1
        parts = [self._part(part) | {"leads": at < last} for at, part in enumerate(section.parts)]
        return {"title": self.row(section.title), "parts": parts}

    def _part(self, part: Part) -> dict[str, Any]:
        rows = [self.row(line) for line in part.lines]
        return {
            "style": part.style.value,
            "rows": [{"cells": row, "long": _long(row)} for row in rows],
        }


def _long(row: list[list[Run]]) -> bool:
    return any(sum(len(run.get("t", "")) for run in cell) > LONG for cell in row)
