"""What the date library does not know of how people say dates: `phrases/dates.yaml`, by language.

Decides which words are put into others, or taken away, before it reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from unicodedata import normalize

from dialogs.understanding.lists import read_lists
from dialogs.understanding.words import FOLDER, PLACES, words

COUNTED = ("en", "es", "fr", "de", "ru", "uk", "ar", "hi")
"""Languages whose number words are read in dates; in the others days of the week are numbers themselves."""

_HAN = re.compile("[\u3400-\u9fff]")


def rewritten(said: str, language: str) -> str:
    """The text, in lower case and without punctuation, in words the library knows."""
    known = _known(language)
    return " ".join(_phrases(language).sub(lambda phrase: known[phrase[0]], said).split())


@cache
def _known(language: str) -> Mapping[str, str]:
    """Phrase -> what the library knows it by; number words of the languages we have lists for are among them."""
    pairs = (phrase.partition("=") for phrase in _lists()[language])
    known = {_plain(said): _plain(meant) for said, _, meant in pairs}
    if language in COUNTED:
        written = read_lists(FOLDER / f"words_{language}.yaml")
        for name in ("numbers", "ordinals"):
            for listed_words in (written[name], words(language).lists[name]):
                places = enumerate(map(_plain, listed_words))
                known = {word: str(place % PLACES + 1) for place, word in places} | known
    return known


@cache
def _phrases(language: str) -> re.Pattern[str]:
    return _any_of(_known(language))


@cache
def listed(name: str) -> re.Pattern[str]:
    """Finds the words that spoil a date (`spoils`), or tell of the next week or month (`next`)."""
    return _any_of(map(_plain, _lists()[name]))


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words, the longest first; Chinese sets no spaces between words."""
    longest = sorted(phrases, key=len, reverse=True)
    whole = (
        re.escape(p) if _HAN.search(p) else rf"(?<![^\W\d_]){re.escape(p)}(?!\w)" for p in longest
    )
    return re.compile("|".join(whole))


def _plain(phrase: str) -> str:
    return normalize("NFC", phrase).lower().strip()


@cache
def _lists() -> Mapping[str, list[str]]:
    return read_lists(FOLDER / "dates.yaml")
