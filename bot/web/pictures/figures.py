"""How numbers, labels and addresses are written into pictures and the tables beneath them.

Decides the words for a hidden number and where a label is cut. Whether a number must be hidden is decided elsewhere:
here it is None by then, and nothing of it is left to show.
"""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import east_asian_width

from bot.bidi import isolate

HIDDEN, HIDDEN_IN_SHORT = "under 5", "<5"
"""What stands for a number that could tell about few people. None, here."""

STEPS = 5
WIDE = 2
"""How many Latin letters a Chinese, Japanese or Korean one is wide."""

Count = int | None
"""How many, or None where that is hidden."""


def shown(count: Count) -> str:
    """A count in words: its digits in groups of three, or that it is hidden."""
    return HIDDEN if count is None else f"{count:,}"


def in_short(count: Count) -> str:
    """The same where there is little room."""
    return HIDDEN_IN_SHORT if count is None else shown(count)


def most(counts: Iterable[Count]) -> int:
    """The largest count that is not hidden; at least 1, so that anything can be divided by it."""
    return max((count for count in counts if count), default=1)


def step(count: Count, largest: int) -> int:
    """How heavy a line is drawn, 0 to STEPS: 0 for nobody, 1 for a hidden count, whatever it was."""
    if count is None:
        return 1
    return -(-count * STEPS // largest)


def width_of(text: str) -> int:
    """How wide a text is, in Latin letters."""
    return sum(WIDE if east_asian_width(char) in "WF" else 1 for char in text)


def cut(text: str, letters: int) -> str:
    """A text on one line, at most so many letters wide; in a direction of its own."""
    line = " ".join(text.split())
    if width_of(line) > letters:
        while width_of(line) >= letters:
            line = line[:-1]
        line = f"{line.rstrip()}…"
    return isolate(line)


def own_address(href: str) -> str:
    """An address of this site. Raises ValueError for any other: a picture leads nowhere else."""
    ours = href.startswith(("/", "?")) and not href.startswith(("//", "/\\"))
    if not ours:
        msg = "a picture links to its own site only: start with / or ?"
        raise ValueError(msg)
    return href
