"""Words for the choices of a few questions: "my knee" is back and joints, "AOK" is public insurance.

Decides only when exactly one choice is named and nothing near it denies it. The lists are packaged, one file for each
language, by answer and choice; questions without a list, consents among them, are never answered this way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dialogs.engine.strict_yaml import Twig, grow
from dialogs.mistakes import Mistake
from dialogs.understanding.text import normal
from dialogs.understanding.words import FOLDER, LISTED

NEGATIONS = "negations"

DENIES_AFTER = 4
"""Words between a negation and what it denies: "it is not really in my knee"."""
DENIED_BEFORE = 1
"""Words between what is denied and a negation after it: "cancer, no"."""

MOST_WORDS = 7
"""Words of the longest phrase that is looked for."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a text says of the choices: the one beyond doubt, or None when several are named or one is denied."""

    choice: str | None


@dataclass(frozen=True, slots=True)
class _Word:
    """A listed phrase: the choice it names, None for a negation, and the languages that list it."""

    choice: str | None
    languages: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    word: _Word

    @property
    def choice(self) -> str | None:
        return self.word.choice


def find_choice(key: str, text: str) -> Named | None:
    """The choice of the question `key` that a text names; None when no listed word stands in it. Never raises.

    Words of every language count, because people mix them.
    """
    index = _index().get(key)
    if index is None:
        return None
    found = list(_scan(normal(text).split(), index))
    named = [one for one in found if one.choice is not None]
    if not named:
        return None
    choices = {one.choice for one in named}
    negations = [one for one in found if one.choice is None]
    doubtful = len(choices) > 1 or any(_denies(no, one) for no in negations for one in named)
    return Named(None if doubtful else choices.pop())


def find_choices(key: str, text: str) -> tuple[str, ...]:
    """Every choice of the question `key` that a text names, in the order named. Never raises.

    Negations count for nothing here: "I do not want to offend my doctor" says what somebody is afraid of.
    """
    found = _scan(normal(text).split(), _index().get(key, {}))
    return tuple(dict.fromkeys(one.choice for one in found if one.choice is not None))


def _denies(negation: _Found, named: _Found) -> bool:
    """Whether a negation is near enough, and of a language of the phrase: Hindi "doctor ne" is not French."""
    if not negation.word.languages & named.word.languages:
        return False
    if negation.start < named.start:
        return named.start - negation.end <= DENIES_AFTER
    return negation.start - named.end <= DENIED_BEFORE


def _scan(words: list[str], index: Mapping[str, _Word]) -> Iterator[_Found]:
    """Listed phrases, left to right, a longer one before the shorter inside it."""
    start = 0
    while start < len(words):
        ends = range(min(start + MOST_WORDS, len(words)), start, -1)
        end = next((end for end in ends if " ".join(words[start:end]) in index), None)
        if end is None:
            start += 1
            continue
        yield _Found(start, end, index[" ".join(words[start:end])])
        start = end


@cache
def _index() -> Mapping[str, Mapping[str, _Word]]:
    """Answer key -> phrase -> what it says. Raises ValueError for a broken file."""
    index: dict[str, dict[str, _Word]] = {}
    negations: dict[str, _Word] = {}
    for locale in LISTED:
        for key, twig in _read(FOLDER / f"choices_{locale}.yaml").items():
            if key == NEGATIONS:
                for phrase in _phrases(twig):
                    _add(negations, phrase, None, locale)
                continue
            for choice, listed in twig.fields.items():
                for phrase in _phrases(listed):
                    _add(index.setdefault(key, {}), phrase, choice, locale)
    return {key: negations | phrases for key, phrases in index.items()}


def _add(phrases: dict[str, _Word], phrase: str, choice: str | None, locale: str) -> None:
    known = phrases.get(phrase)
    if known is not None and known.choice != choice:
        raise ValueError(f"{phrase!r} names {known.choice} and {choice}: keep one")
    if not 1 <= len(phrase.split()) <= MOST_WORDS:
        raise ValueError(f"{phrase!r} is empty or has more than {MOST_WORDS} words")
    before = known.languages if known else frozenset[str]()
    phrases[phrase] = _Word(choice, before | {locale})


def _read(path: Path) -> Mapping[str, Twig]:
    mistakes: list[Mistake] = []
    root = grow(path.read_text(encoding="utf-8"), path.name, mistakes)
    if mistakes:
        raise ValueError("\n".join(map(str, mistakes)))
    return root.fields


def _phrases(twig: Twig) -> Iterator[str]:
    return (normal(item.text or "") for item in twig.items)
