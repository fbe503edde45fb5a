"""What is sent as a file: the plan as PDF, the sign as a picture.

Decides their formats and sizes. When they are sent, and under which name, is the courier's concern.
"""

from __future__ import annotations

from bot.documents.press import Press, Template
from bot.documents.spread import Says, Spread
from dialogs.engine.lines import Line
from dialogs.plan.document import Plan

SCREEN_PPI = 110
PIXEL = 72
"""At this resolution a point is a pixel."""


class Papers:
    """Makes documents. May be called from any thread; each takes some ten milliseconds of it."""

    def __init__(self, renderer: Says) -> None:
        self._renderer, self._press = renderer, Press()

    def plan(self, plan: Plan, locale: str, beside: str | None = None) -> bytes:
        """The plan as PDF, in one language or with another beside it."""
        spread = Spread(self._renderer, (locale, beside or locale))
        return self._press.pdf(Template.PLAN, spread.plan(plan))

    def sign(self, line: Line, locale: str) -> bytes:
        """One sentence in large letters as PNG, the size of a phone's screen."""
        spread = Spread(self._renderer, (locale,))
        data = {"sides": spread.sides(), "line": spread.row(line)}
        return self._press.pictures(Template.SIGN, data, PIXEL)[0]

    def pages(self, plan: Plan, locale: str, beside: str | None = None) -> list[bytes]:
        """The plan's pages as PNG, to be looked at."""
        spread = Spread(self._renderer, (locale, beside or locale))
        return self._press.pictures(Template.PLAN, spread.plan(plan), SCREEN_PPI)
