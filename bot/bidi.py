"""Right-to-left paragraphs, as Telegram's clients show them.

Decides where directional marks go. A client takes a paragraph's direction from its first strong character, so a line
that would start with a Latin one gets a mark before it; what reads left to right inside it is isolated, because
otherwise its punctuation and digits wander. It knows nothing of templates or locales.
"""

from __future__ import annotations

import re
from unicodedata import bidirectional

RIGHT_TO_LEFT_MARK = "\u200f"
ISOLATE, END_ISOLATE = "\u2068", "\u2069"

_STRONG = {"L": "L", "R": "R", "AL": "R"}
_UNSEEN = re.compile(r"<[^<>]*>|&\w+;")
_WORD = r"[A-Za-z\u00C0-\u024F][\w\u00B7'’.@:/?=%#+\-]*(?<![.:?])"
_FOREIGN = re.compile(rf"{_WORD}(?:[ \u00A0]{_WORD})*|\+?\d[\d\-() ]{{4,}}\d")
"""Latin words and addresses in a row, or a telephone number."""


def isolate(text: str) -> str:
    """A text whose direction is its own, inside a line of the other direction.

    A text of several lines stays as it is: an isolate ends with its paragraph.
    """
    return f"{ISOLATE}{text}{END_ISOLATE}" if text and "\n" not in text else text


def reads_right_to_left(words: str) -> bool:
    """Whether anything in the words reads from right to left."""
    return any(_STRONG.get(bidirectional(char)) == "R" for char in words)


def isolate_foreign(words: str) -> str:
    """Plain words of a right-to-left text, the Latin ones among them isolated."""
    return _FOREIGN.sub(lambda match: isolate(match[0]), words)


def mark_lines(html: str) -> str:
    """A rendered text whose every line starts from the right."""
    return "\n".join(_mark(line) for line in html.split("\n"))


def _mark(line: str) -> str:
    strong = _strong(line)
    if not strong:  # a number alone on its line
        return f"{RIGHT_TO_LEFT_MARK}{line}" if _UNSEEN.sub("", line).strip() else line
    if "R" not in strong:
        return f"{RIGHT_TO_LEFT_MARK}{isolate(line)}"
    return line if strong[0] == "R" else f"{RIGHT_TO_LEFT_MARK}{line}"


def _strong(line: str) -> str:
    """The directions of the strong characters people see, in order."""
    seen = _UNSEEN.sub("", line)
    return "".join(_STRONG.get(bidirectional(char), "") for char in seen)
