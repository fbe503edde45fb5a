"""Which words are ordinary in which language, and not chiefly names.

A name that is more at home among the words of a language than where it is a name ("can", "ela",
"son") is ordinary there. What statistics cannot tell is listed by hand under `ambiguous`.
"""

import importlib
import re
from collections.abc import Mapping
from math import log10

from bot.privacy.redaction.building.people import Homes
from bot.privacy.redaction.building.sources import folder, listed
from bot.privacy.redaction.stems import Endings
from bot.privacy.redaction.words import fold, words_of

_SIZES = {
    "en": 30_000,
    "es": 25_000,
    "fr": 25_000,
    "de": 30_000,
    "ru": 30_000,
    "pl": 25_000,
    "tr": 25_000,
    "zh": 40_000,
}
_USUAL = 20_000
_LANGUAGES = (
    "ar",
    "bn",
    "de",
    "en",
    "es",
    "fa",
    "fr",
    "hi",
    "id",
    "it",
    "ja",
    "ko",
    "pl",
    "pt",
    "ru",
    "tr",
    "uk",
    "ur",
    "vi",
    "zh",
)
_GROUPS = (
    ("de", "en", "es", "fr", "id", "it", "pl", "pt", "tr", "vi"),
    ("ru", "uk"),
    ("ar", "fa", "ur"),
)
MORE = 0.4
MUCH_MORE = 1.0
UNEXPECTED = 4.6
_COMMON = 2_500
# Endings that only surnames and given names have.
_SHAPED_WORDS = frozenset(
    [
        "онук",
        "паливо",
        "український",
        "російський",
        "польський",
        "англійський",
        "людський",
        "міський",
        "сільський",
    ]
)
_NAME_SHAPE = re.compile(
    r".{2,}(?:енко|чук|щук|нюк|швили|дзе|вич|oglu|wicz|czyk|slaw|slawa|mierz|ыко|ейко)"
)
_CHIEFLY_WORD = 4.0
# Surnames that a dictionary of English explains, but nobody takes for the word.
_STILL_NAMES = frozenset(
    [
        "shaw",
        "cox",
        "lynch",
        "walsh",
        "carr",
        "hogan",
        "saunders",
        "fowler",
        "gill",
        "chapman",
        "holt",
        "beck",
        "barker",
        "hastings",
        "finch",
        "shah",
        "singh",
        "khan",
        "wang",
        "goodman",
        "weber",
        "sherlock",
        "potter",
    ]
)


def _median(numbers: list[float]) -> float:
    return sorted(numbers)[len(numbers) // 2] if numbers else 0.0


class Frequencies:
    """Zipf frequencies by folded spelling."""

    def __init__(self) -> None:
        wordfreq = importlib.import_module("wordfreq")
        english = importlib.import_module("english_words").get_english_words_set(["web2"])
        self._english = {word for word in english if word.islower()} - _STILL_NAMES
        self.tops: dict[str, list[str]] = {}
        self._zipf: dict[str, dict[str, float]] = {}
        for language in _LANGUAGES:
            shares: dict[str, float] = wordfreq.get_frequency_dict(language)
            table: dict[str, float] = {}
            keys: list[str] = []
            for word in wordfreq.top_n_list(language, 60_000):
                pieces = words_of(word.replace("’", "'"))
                for piece in pieces if len(pieces) <= 2 else ():
                    if piece.kind != "number" and piece.key not in table:
                        table[piece.key] = log10(shares[word]) + 9
                        keys.append(piece.key)
            self._zipf[language] = table
            self.tops[language] = keys[: _SIZES.get(language, _USUAL)]

    def zipf(self, key: str, language: str) -> float:
        return self._zipf.get(language, {}).get(key, 0.0)

    def ordinary(
        self, key: str, language: str, homes: set[str], *, surname_only: bool = False
    ) -> bool:
        """Whether a name of these homes is chiefly an ordinary word of `language`."""
        here = self.zipf(key, language)
        if language == "en" and key in self._english:
            return surname_only or here - _median(self._elsewhere(key, language)) > MUCH_MORE
        if language in homes:
            return False
        at_home = max((self.zipf(key, home) for home in homes), default=0.0)
        return here > at_home + MORE if at_home else here > UNEXPECTED

    def _elsewhere(self, key: str, language: str) -> list[float]:
        group = next((g for g in _GROUPS if language in g), ())
        return [zipf for other in group if other != language and (zipf := self.zipf(key, other))]


def _forms(
    key: str, language: str, endings: Endings, homes: Mapping[str, set[str]]
) -> set[str] | None:
    """The homes of a name this word is a form of."""
    if key in homes:
        return homes[key]
    if language not in ("ru", "uk", "pl", "tr", "bn"):
        return None
    for stem in endings.stems(key, (language,)):
        found = homes.get(stem)
        near = {"ru", "uk"} if language in ("ru", "uk") else {language}
        if found and (near & found or len(stem) > 4) and len(stem) >= 3:
            return found
    return None


def commonest(frequencies: Frequencies) -> set[str]:
    """What anybody says all the time: hardly a name, whatever a cue says."""
    return {key for keys in frequencies.tops.values() for key in keys[:_COMMON]}


def ordinary_words(
    frequencies: Frequencies,
    first: Homes,
    last: Homes,
    towns: Homes,
    ambiguous: Mapping[str, set[str]],
    never: Mapping[str, set[str]],
    endings: Endings,
) -> dict[str, set[str]]:
    """Languages in which a word is ordinary, by word."""
    found: dict[str, set[str]] = {}
    for language, keys in frequencies.tops.items():
        for key in keys:
            if key in never.get(language, ()):
                continue
            if (
                language == "zh"
                and len(key) == 2
                and "zh" in last.get(key, ())
                and frequencies.zipf(key, "zh") > _CHIEFLY_WORD
            ):
                found.setdefault(key, set()).add(language)
                continue
            if (
                _NAME_SHAPE.fullmatch(key)
                and key not in ambiguous.get(language, ())
                and key not in _SHAPED_WORDS
            ):
                last[key].add(language)
                continue
            given = _forms(key, language, endings, first) or set()
            homes = given | (_forms(key, language, endings, last) or set())
            town = _forms(key, language, endings, towns) or set()
            chiefly = not homes or frequencies.ordinary(
                key, language, homes, surname_only=not given
            )
            chiefly = chiefly and (not town or frequencies.ordinary(key, language, town))
            if chiefly or key in ambiguous.get(language, ()):
                found.setdefault(key, set()).add(language)
    for language, content in folder("lists"):
        for word in (*listed(content.get("ordinary")), *listed(content.get("ambiguous"))):
            found.setdefault(fold(word), set()).add(language)
        sibling = {"ar": "arabizi", "hi": "hinglish"}.get(language)
        for word in listed(content.get("ordinary_latin")):
            found.setdefault(fold(word), set()).add(sibling or language)
    return found
