"""Packaged lists of words: `name: [word, …]` in YAML, and finding such words in what somebody typed.

Decides how a short answer is freed of the words around it and how a name is found inside a sentence. It knows no word
itself. Texts come in as `normal` leaves them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from dialogs.engine.strict_yaml import grow
from dialogs.mistakes import Mistake
from dialogs.understanding.text import normal

T = TypeVar("T")

MOST_WORDS = 6
MOST_UNSPACED = 12
ROUNDS = 4


def read_lists(path: Path) -> dict[str, list[str]]:
    """The lists of a packaged file, as written. Raises ValueError with file and line."""
    mistakes: list[Mistake] = []
    root = grow(path.read_text(encoding="utf-8"), path.name, mistakes)
    if mistakes:
        raise ValueError("\n".join(map(str, mistakes)))
    return {name: [item.text or "" for item in twig.items] for name, twig in root.fields.items()}


class Around:
    """Words that may stand before and after an answer: "I live in … now, please"."""

    def __init__(self, before: Iterable[str], after: Iterable[str]) -> None:
        self._before, self._after = _Ends(before), _Ends(after)

    def strip(self, words: str) -> str:
        """The text without them. Something always stays: "in" alone stays "in"."""
        for _ in range(ROUNDS):
            shorter = self.strip_end(self._strip_start(words))
            if shorter == words:
                break
            words = shorter
        return words

    def _strip_start(self, words: str) -> str:
        parts = words.split(" ")
        count = self._before.count(lambda size: parts[:size], len(parts) - 1)
        return " ".join(parts[count:]) if count else words

    def strip_end(self, words: str) -> str:
        """The text without a phrase that stands after it."""
        parts = words.split(" ")
        count = self._after.count(lambda size: parts[len(parts) - size :], len(parts) - 1)
        return " ".join(parts[: len(parts) - count]) if count else words


class _Ends:
    """Phrases that may be taken off one end of a text."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = {normal(phrase) for phrase in phrases} - {""}
        self._most = max((phrase.count(" ") + 1 for phrase in self._phrases), default=0)

    def count(self, end: Callable[[int], list[str]], most: int) -> int:
        """How many words the longest phrase at that end has, at most `most`; 0 where there is none."""
        for size in range(min(self._most, most), 0, -1):
            if " ".join(end(size)) in self._phrases:
                return size
        return 0


def within(words: str, index: Mapping[str, T]) -> list[T]:
    """What the names found in a sentence stand for, left to right, a longer name before the shorter inside it."""
    tokens = words.split()
    found: list[T] = []
    start = 0
    while start < len(tokens):
        for end in range(min(start + MOST_WORDS, len(tokens)), start, -1):
            value = index.get(" ".join(tokens[start:end]))
            if value is not None:
                found.append(value)
                start = end
                break
        else:
            start += 1
    return found


def within_unspaced(words: str, index: Mapping[str, T]) -> list[T]:
    """`within` for scripts that set no space between words."""
    found: list[T] = []
    start = 0
    while start < len(words):
        for end in range(min(start + MOST_UNSPACED, len(words)), start, -1):
            value = index.get(words[start:end])
            if value is not None:
                found.append(value)
                start = end
                break
        else:
            start += 1
    return found
