"""Safety's second net: a text in which no lexicon sees danger, but which means nearly what a text with danger means.

Decides when that is likely enough to ask a question ("Is this happening now?"). It never raises the card at once, and
it silences nothing.
"""

from __future__ import annotations

from dialogs.understanding.safety.signal import Category, Level, Signal
from dialogs.understanding.sentences import Meaning
from dialogs.understanding.sentences.table import CALM

ENOUGH = 0.45
"""How likely danger of any kind must be, 0 to 1; found on the development lines."""
SIGN = "resembles"


def resembles(meant: Meaning, locale: str | None) -> list[Signal]:
    """The question that the meaning of a text asks for, or nothing."""
    kinds = {kind: chance for kind, chance in meant.dangers.items() if kind != CALM}
    if sum(kinds.values()) < ENOUGH:
        return []
    likeliest = max(kinds, key=lambda kind: kinds[kind])
    return [Signal(Category(likeliest), Level.CHECK, SIGN, (locale or "").partition("_")[0])]
