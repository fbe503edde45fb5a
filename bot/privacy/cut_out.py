"""Cutting words out of kept text afterwards, because they tell who wrote it and were missed.

Decides what counts as the same words: upper and lower case, other spaces and invisible signs make no difference, and a
character is cut whole, with its accents. What stands for something cut out before is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple
from unicodedata import category, normalize

from bot.privacy.redaction.spans import PLACEHOLDERS

REMOVED: Final = "[removed]"
"""What stands where words were cut out afterwards."""

PLACEHOLDER: Final = re.compile("|".join(map(re.escape, (*PLACEHOLDERS.values(), REMOVED))))
_HANGUL: Final = range(0xAC00, 0xD7A4)


class Folded(NamedTuple):
    """A text as it is compared, and for each of its characters the place of the one it comes from."""

    text: str
    places: tuple[int, ...]


def cut_out(text: str, words: str) -> tuple[str, int]:
    """The text with `REMOVED` for every place where the words stand, and how many those are."""
    pieces: list[str] = []
    done = 0
    spans = list(_spans(text, words))
    for start, end in spans:
        pieces += (text[done:start], REMOVED)
        done = end
    return "".join([*pieces, text[done:]]), len(spans)


def nothing_left(words: str) -> bool:
    """Whether these words hold nothing to look for: spaces, invisible signs, or what stands for cut words."""
    return not fold(PLACEHOLDER.sub("", words)).text.strip()


def fold(text: str) -> Folded:
    """The text as it is compared."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        one = _folded(char)
        if one == " " and folded[-1:] == [" "]:
            continue
        folded += one
        places += [place] * len(one)
    return Folded("".join(folded), tuple(places))


def _spans(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Where the words stand, as disjoint stretches; whatever touches a placeholder takes all of it."""
    if nothing_left(words):
        return
    placeholders = [match.span() for match in PLACEHOLDER.finditer(text)]
    open_: tuple[int, int] | None = None
    for found in _found(text, words):
        span = _whole(text, found, placeholders)
        if span is None:
            continue
        if open_ is not None and span[0] <= open_[1]:
            open_ = open_[0], max(open_[1], span[1])
            continue
        if open_ is not None:
            yield open_
        open_ = span
    if open_ is not None:
        yield open_


def _found(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Every place, also those that overlap, in order."""
    folded, wanted = fold(text), fold(words.strip()).text
    at = folded.text.find(wanted)
    while at >= 0:
        yield folded.places[at], folded.places[at + len(wanted) - 1] + 1
        at = folded.text.find(wanted, at + 1)


def _whole(
    text: str, span: tuple[int, int], placeholders: list[tuple[int, int]]
) -> tuple[int, int] | None:
    """The stretch with the accents and invisible signs after it; None within a placeholder."""
    start, end = span
    while end < len(text) and category(text[end])[0] == "M":
        end += 1
    for begins, ends in placeholders:
        if begins <= start and end <= ends:
            return None
        if start < ends and begins < end:
            start, end = min(start, begins), max(end, ends)
    return start, end


@lru_cache(maxsize=4_096)
def _folded(char: str) -> str:
    if char.isspace():
        return " "
    if category(char) == "Cf":
        return ""
    return "".join(_apart(each) for each in char.casefold())


def _apart(char: str) -> str:
    """A character and its accents; a Korean syllable is one, because its letters are no accents."""
    return char if ord(char) in _HANGUL else normalize("NFKD", char).casefold()
