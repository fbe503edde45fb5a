"""What a typed text answers to the question that is open: a choice, several, a number, a date, a country, a region.

Decides only what is beyond doubt; everything else is None, and the question is asked again in other words. Free text is
never an answer here: only redacted text is kept, and that comes another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from dialogs.directory.countries import countries_named, find_country
from dialogs.directory.spelling import closest
from dialogs.directory.us_states import find_us_state
from dialogs.engine.conversation import AnswerKind, Value
from dialogs.understanding.choice_words import find_choice, find_choices
from dialogs.understanding.dates import find_date
from dialogs.understanding.numbers import find_number
from dialogs.understanding.reading import Reading
from dialogs.understanding.text import LONGEST, ascii_digits, normal
from dialogs.understanding.words import PLACES, spoken

SHORTEST_PREFIX = 4
LABEL_CLOSE_ENOUGH = 82.0
"""Less strict than for countries: few labels are on the table, and the one that was taken is shown."""

MOST_PARTS = 30
FEWEST_BESIDE = 4
"""Words of a text that may answer more than it was asked."""

_POSITION = re.compile(r"(?:#|n[.º°]?|nr\.?|no\.)?\s*(\d{1,2})\s*[.):]?", re.IGNORECASE)
_NEGATIVE = re.compile(r"[-−]\s*\d")
_COMMAS = re.compile(r"[,;/+&\n|•·、，،；]+")


@dataclass(frozen=True, slots=True)
class Expected:
    """What the open question takes. `choices`: choice id -> its labels in the languages people may use, in order shown.

    `region`: the codes of US states are taken too. `key`: the answer it gives; for a few there are lists of words.
    """

    kind: AnswerKind
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    region: bool = False
    key: str | None = None


def understand(
    expected: Expected, reading: Reading, locale: str | None, today: date
) -> Value | None:
    """The answer a text gives, of the type the question takes, or None. Never raises, for any text.

    A choice is returned by its id, also where the question takes a country or number; a country by its ISO 3166-1 code,
    a state by ISO 3166-2. What may mean two countries ("Georgia") is None: see `find_country`.
    """
    text = reading.text.get_secret_value()
    if len(text) > LONGEST or not text.strip():
        return None
    offered = _Offered(expected.choices, locale)
    match expected.kind:
        case AnswerKind.CHOICE if expected.region:
            return offered.exact(text) or find_us_state(text) or offered.by_position(text)
        case AnswerKind.CHOICE:
            return _wished(expected, reading) or _chosen(expected, offered, text)
        case AnswerKind.MANY:
            return offered.several(text) or _several_named(expected, text)
        case AnswerKind.NUMBER:
            return offered.exact(text) or find_number(text, locale)
        case AnswerKind.DATE:
            found = offered.exact(text) or find_date(text, locale, today)
            return found or _chosen(expected, offered, text)
        case AnswerKind.COUNTRY:
            return offered.exact(text) or find_country(text).code or offered.by_position(text)
        case AnswerKind.TEXT:
            return None


def labelled(expected: Expected, reading: Reading, locale: str | None) -> str | None:
    """The choice whose whole label was typed: on its own card a button's words mean the button. Never raises."""
    text = reading.text.get_secret_value()
    return _Offered(expected.choices, locale).exact(text) if len(text) <= LONGEST else None


def placed(expected: Expected, reading: Reading, locale: str | None) -> str | None:
    """The choice whose place in the list was typed: "2", "the second one". Never raises."""
    text = reading.text.get_secret_value()
    return _Offered(expected.choices, locale).by_position(text) if len(text) <= LONGEST else None


def countries_meant(reading: Reading) -> tuple[str, ...]:
    """The countries a text may mean, by ISO 3166-1 code, when it may mean several. Never raises."""
    codes = find_country(reading.text.get_secret_value()).codes
    return codes if len(codes) > 1 else ()


def also_says(key: str, reading: Reading) -> str | None:
    """What a whole sentence says of the question `key` beside something else; None for short texts. Never raises."""
    text = reading.text.get_secret_value()
    if len(text) > LONGEST or len(normal(text).split()) < FEWEST_BESIDE:
        return None
    if key == "country":
        codes = countries_named(text)
        return codes[0] if len(codes) == 1 else None
    named = find_choice(key, text)
    return named.choice if named else None


def countries_of_danger(reading: Reading) -> tuple[str, ...]:
    """The countries named where danger was read, at most two: whose emergency number is meant. Never raises."""
    alarming = reading.alarming if reading.signals and reading.alarming else reading.text
    return countries_named(alarming.get_secret_value())


def _wished(expected: Expected, reading: Reading) -> str | None:
    """ "sure" for a choice `yes`, "nope" for a choice `no`."""
    reply = reading.reply
    return reply if reply in {"yes", "no"} and reply in expected.choices else None


def _chosen(expected: Expected, offered: _Offered, text: str) -> str | None:
    """The choice by its label or place; then by words listed for it, which leave no guess when they speak at all."""
    sure = offered.exact(text) or offered.by_position(text)
    named = find_choice(expected.key, text) if expected.key and not sure else None
    if named is None:
        return sure or offered.one(text)
    return named.choice if named.choice in expected.choices else None


def _several_named(expected: Expected, text: str) -> tuple[str, ...] | None:
    """Several choices by words listed for them, or None."""
    named = find_choices(expected.key, text) if expected.key else ()
    return tuple(choice for choice in named if choice in expected.choices) or None


class _Offered:
    """The choices on the table, and how people name one."""

    def __init__(self, choices: Mapping[str, tuple[str, ...]], locale: str | None) -> None:
        self._ids = list(choices)
        self._locale = locale
        self._labels = {
            name: (choice,) for choice, labels in choices.items() for name in _names(labels)
        }
        self._whole = {name.replace(" ", ""): choice for name, (choice,) in self._labels.items()}

    def one(self, text: str) -> str | None:
        """By label, position, unique beginning, or a label misspelt."""
        return (
            self.exact(text)
            or self.by_position(text)
            or next(filter(None, map(self._by_beginning, self._forms(text))), None)
            or closest(normal(text), self._labels, LABEL_CLOSE_ENOUGH)
        )

    def exact(self, text: str) -> str | None:
        """By the whole label; spaces do not matter."""
        found = (self._whole.get(form.replace(" ", "")) for form in self._forms(text))
        return next(filter(None, found), None)

    def by_position(self, text: str) -> str | None:
        """By number, in any digits or in words: "2", "the second one"."""
        if _NEGATIVE.search(text):
            return None
        written = _POSITION.fullmatch(ascii_digits(text).strip())
        place = int(written[1]) if written else self._place_in_words(text)
        return self._ids[place - 1] if place and 1 <= place <= len(self._ids) else None

    def several(self, text: str) -> tuple[str, ...] | None:
        """All that are named, in the order shown. One part that is not understood spoils the whole."""
        whole = self.one(text)
        if whole:
            return (whole,)
        found: set[str] = set()
        parts = [part for part in _COMMAS.split(text) if normal(part)]
        if len(parts) > MOST_PARTS:
            return None
        for part in parts:
            codes = self._listed(part)
            if codes is None:
                return None
            found |= codes
        return tuple(choice for choice in self._ids if choice in found) or None

    def _listed(self, part: str) -> set[str] | None:
        """The choices of "heart and eyes": the whole may be one label, so it is tried first."""
        code = self.one(part)
        if code:
            return {code}
        return next(filter(None, map(self._all, self._pieces(part))), None)

    def _all(self, pieces: list[str]) -> set[str] | None:
        """What the pieces name, when there are few and every one of them names something."""
        found: set[str] = set()
        for piece in pieces[: MOST_PARTS + 1]:
            code = self.one(piece)
            if code is None:
                return None
            found.add(code)
        return found if len(pieces) <= MOST_PARTS else None

    def _pieces(self, part: str) -> Iterator[list[str]]:
        """The part taken apart at every "and", at every "or", and at both: "brain or nerves and heart"."""
        words = normal(part).split()
        if words and all(word.isdecimal() for word in words):
            yield words
        for known in spoken(self._locale):
            joints = set(known.lists["and"]) & set(words)
            for chosen in [*({joint} for joint in sorted(joints)), joints]:
                yield _apart(words, chosen)

    def _forms(self, text: str) -> Iterator[str]:
        """The text as it is, and without the small words around it."""
        said = normal(text)
        yield said
        for known in spoken(self._locale):
            yield known.around_choice.strip_end(said)
            yield known.around_choice.strip(said)

    def _place_in_words(self, text: str) -> int:
        for known in spoken(self._locale):
            said = known.around_choice.strip(normal(text))
            for name in ("ordinals", "numbers"):
                if said in known.lists[name]:
                    return known.lists[name].index(said) % PLACES + 1
            if said.isdecimal() and len(said) <= len("12"):
                return int(said)
        return 0

    def _by_beginning(self, form: str) -> str | None:
        if len(form) < SHORTEST_PREFIX:
            return None
        codes = {c[0] for label, c in self._labels.items() if label.startswith(form)}
        return codes.pop() if len(codes) == 1 else None


def _apart(words: list[str], joints: set[str]) -> list[str]:
    pieces: list[list[str]] = [[]]
    for word in words:
        if word in joints:
            pieces.append([])
        else:
            pieces[-1].append(word)
    return [" ".join(piece) for piece in pieces if piece]


def _names(labels: tuple[str, ...]) -> Iterator[str]:
    """The labels that can be typed. One with a placeholder ("{name}") cannot: its country or state is found by name."""
    for label in labels:
        name = _label(label)
        if name and "{" not in label:
            yield name


@lru_cache(maxsize=4096)
def _label(label: str) -> str:
    return normal(label)
