"""Whether a text corrects an answer: "no, I meant Austria", "change the date".

Decides which part of a text is the right value, and which answer is named. Whether the value fits an answer that was
given, and what follows, is the engine's matter. The words are packaged: `phrases/names_xx.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from dialogs.understanding.lists import read_lists, within, within_unspaced
from dialogs.understanding.text import LONGEST, normal
from dialogs.understanding.words import FOLDER, LISTED

CHANGE, INSTEAD = "change", "instead"
MOST_WORDS = 8
"""Words of a request to change an answer; a longer text tells something else."""


def right_value(text: str) -> str | None:
    """What stands after "no, I meant", as it was typed; None for a text that does not begin so. Never raises."""
    if len(text) > LONGEST:
        return None
    found = _openings().match(text)
    rest = text[found.end() :].strip() if found else ""
    return rest if normal(rest) else None


def named_answers(text: str) -> tuple[str, ...]:
    """The keys of the answers that a request to change one names, in the order named; empty for any other text."""
    said = normal(text[:LONGEST])
    if not said or len(said.split()) > MOST_WORDS:
        return ()
    named, changes = within(said, _names()), within(said, _changes())
    if not said.isascii():
        named += within_unspaced(said.replace(" ", ""), _han(_names()))
        changes += within_unspaced(said.replace(" ", ""), _han(_changes()))
    return tuple(dict.fromkeys(named)) if changes else ()


@cache
def _openings() -> re.Pattern[str]:
    """Any opening, the longest first; what stands between its words, or after it, may be any sign."""
    phrases = {phrase for listed in _lists() for phrase in listed[INSTEAD]}
    longest = sorted(phrases, key=len, reverse=True)
    ways = (r"\W+".join(map(re.escape, phrase.split())) + _end(phrase) for phrase in longest)
    return re.compile(rf"\W*(?:{'|'.join(ways)})\W*", re.IGNORECASE)


def _end(phrase: str) -> str:
    return "" if _HAN.search(phrase) else r"(?!\w)"


@cache
def _names() -> Mapping[str, str]:
    """What people call an answer -> its key. Raises ValueError when one name stands for two."""
    names: dict[str, str] = {}
    for listed in _lists():
        for key in listed.keys() - {CHANGE, INSTEAD}:
            for phrase in listed[key]:
                if names.setdefault(normal(phrase), key) != key:
                    raise ValueError(f"{phrase!r} names {names[normal(phrase)]} and {key}")
    return names


@cache
def _changes() -> Mapping[str, str]:
    return {normal(phrase): CHANGE for listed in _lists() for phrase in listed[CHANGE]}


_HAN = re.compile("[\u3400-\u9fff]")


def _han(phrases: Mapping[str, str]) -> Mapping[str, str]:
    """The phrases of a script without spaces."""
    return {phrase: key for phrase, key in phrases.items() if _HAN.search(phrase)}


@cache
def _lists() -> tuple[Mapping[str, list[str]], ...]:
    return tuple(read_lists(FOLDER / f"names_{locale}.yaml") for locale in LISTED)
