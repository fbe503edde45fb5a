"""How hard a text is to read: the Flesch-Kincaid grade for English, Fernández-Huerta's score for Spanish.

Decides how syllables are counted and what is left out before counting. Hyphenation parts no single letter from its
word ("easy"), so by itself it reads half a grade too easy; groups of vowels are counted as well, and the larger counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pyphen import Pyphen

from dialogs.checks.prose import take_apart, words

HYPHENS = {"en": "en_US", "es": "es"}
_VOWELS = {"en": re.compile("[aeiouy]+"), "es": re.compile("[aeiouáéíóúü]+")}
_MUTE = re.compile(r"(?<=[^aeiouyl])e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouysxzgl])(?<![sc]h)(?<!c)es$")
"""English endings that are written and not spoken: "care", "named", "names"."""
_APART = re.compile(r"[íú][aeo]|[aeo][íú]|[aeoáéó](?=[aeoáéó])")
"""Spanish vowels that meet and are spoken apart: "día", "oír", "idea"."""


@cache
def syllables(word: str, language: str = "en") -> int:
    """The syllables of a word, at least 1. A number counts as one."""
    small = word.lower()
    hyphens = len(_hyphens(language).positions(small))
    groups = len(_VOWELS[language].findall(small))
    if language == "en":
        groups -= len(_MUTE.findall(small))
    else:
        groups += len(_APART.findall(small))
    return max(1, groups, hyphens + 1)


def grade(texts: Iterable[str], familiar: re.Pattern[str] | None = None) -> float:
    """The school grade in which English texts can be read, names and `familiar` words left out; 0 without words."""
    per_sentence, per_word = _means(texts, "en", familiar)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59 if per_word else 0.0


def ease(texts: Iterable[str]) -> float:
    """How easy Spanish texts are, 0 to 100; 80 and more is easy, 60 to 70 is normal."""
    per_sentence, per_word = _means(texts, "es", None)
    return 206.84 - 60 * per_word - 1.02 * per_sentence if per_word else 100.0


def _means(
    texts: Iterable[str], language: str, familiar: re.Pattern[str] | None
) -> tuple[float, float]:
    """Words in a sentence and syllables in a word, on average."""
    counted = [
        spoken
        for text in texts
        for sentence in take_apart(text).sentences
        if (spoken := _counted(sentence, familiar))
    ]
    total = sum(map(len, counted))
    if not total:
        return 0.0, 0.0
    spoken_parts = sum(syllables(word, language) for sentence in counted for word in sentence)
    return total / len(counted), spoken_parts / total


def _counted(sentence: str, familiar: re.Pattern[str] | None) -> list[str]:
    """The words of a sentence without names: a capital within a sentence begins one."""
    kept = familiar.sub(" ", sentence) if familiar else sentence
    first, *rest = words(kept) or [""]
    return [word for word in (first, *rest) if word and (word is first or not _name(word, kept))]


def _name(word: str, sentence: str) -> bool:
    opens = re.search(rf"[“‘\"(:]\s*{re.escape(word)}", sentence)
    return word[0].isupper() and word not in {"I", "I’m"} and not opens


@cache
def _hyphens(language: str) -> Pyphen:
    return Pyphen(lang=HYPHENS[language])
