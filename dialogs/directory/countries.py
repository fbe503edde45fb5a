"""Which country somebody means, typed in any of many languages, as a flag, a code, or inside a short sentence.

Decides how sure a reading is: one country, several possible ones, or none. An ordinary word never becomes a country
inside a sentence, and what could be two countries is never guessed. Text comes in bare and is not kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dialogs.directory import country_names
from dialogs.directory.fields import country_codes
from dialogs.directory.spelling import SHORTEST, closest
from dialogs.directory.us_states import US, state_names
from dialogs.understanding.lists import Around, read_lists, within, within_unspaced
from dialogs.understanding.text import LONGEST, normal

FOLDER = Path(__file__).parent
SUGGESTED = 6
FALLBACK = ("US", "GB", "IN", "DE", "BR", "EG")
FLAG_A, FLAG_Z = 0x1F1E6, 0x1F1FF
BRITISH_FLAG = "\U0001f3f4\U000e0067\U000e0062"
"""How the flags of England, Scotland and Wales begin."""

NEVER_CODES = {"no", "si"}
"""Codes of Norway and Slovenia, and the answers "no" and "yes"."""
CAPITAL_CODES = {"na", "ne", "so", "me", "my", "do", "be", "to", "am", "hm", "ie", "la", "al"}
"""Codes that are words when written small."""


MOST_NAMED = 2
"""Countries whose numbers fit on one emergency card."""

SHORTEST_APART = 7
"""Letters of a name that is still understood with a space too many."""


@dataclass(frozen=True, slots=True)
class CountryGuess:
    """The countries a text may mean: none, one, or several to choose from. `region` when a US state was named."""

    codes: tuple[str, ...] = ()
    region: str | None = None

    @property
    def code(self) -> str | None:
        """The country, when there is no doubt."""
        return self.codes[0] if len(self.codes) == 1 else None


NOT_FOUND = CountryGuess()


def find_country(text: str) -> CountryGuess:
    """The country that a text names. Never raises, for any text."""
    if len(text) > LONGEST:
        return NOT_FOUND
    flags = tuple(dict.fromkeys(_flags(text)))
    if flags:
        return CountryGuess(flags)
    code = _bare_code(text.strip())
    if code:
        return CountryGuess((code,))
    words = normal(text)
    if within(words, _negations()):
        return _whole(words) or NOT_FOUND
    rest = _around().strip(words)
    return _whole(words) or _whole(rest) or _inside(words) or _misspelt(rest) or NOT_FOUND


def is_country(text: str) -> bool:
    """Whether a text, but for small words around it, is the name or flag of a country. Never raises, for any text."""
    if len(text) > LONGEST:
        return False
    words = normal(text)
    return bool(words and (_whole(words) or _whole(_around().strip(words)))) or any(_flags(text))


def countries_named(text: str) -> tuple[str, ...]:
    """The countries that a longer text names as such, at most two; none where it names more. Never raises."""
    words = normal(text[:LONGEST])
    guess = CountryGuess(tuple(dict.fromkeys(_flags(text)))) if words else NOT_FOUND
    codes = guess.codes or (_inside(words) or NOT_FOUND).codes or tuple(_declined(words))
    return codes if len(codes) <= MOST_NAMED else ()


def _declined(words: str) -> list[str]:
    """Countries in another case than the lists have them: "в Украине", "из России"."""
    found = (_stems().get(word[:-cut]) for word in words.split() for cut in (1, 2))
    return list(dict.fromkeys(code for code in found if code))


@cache
def _stems() -> Mapping[str, str]:
    """Cyrillic names of one word without their ending, where it can be only one country."""
    named = {
        name[:-1] if name[-1] in "аяыиіь" else name: codes
        for name, codes in _spoken_codes().items()
        if _CYRILLIC.fullmatch(name)
    }
    return {stem: codes[0] for stem, codes in named.items() if len(codes) == 1}


def _spoken_codes() -> Mapping[str, tuple[str, ...]]:
    return {name: guess.codes for name, guess in _spoken().items()}


def suggested_countries(locale: str) -> tuple[str, ...]:
    """Six countries to offer as buttons to somebody who chats in `locale`; a territory in it comes first."""
    language, *rest = locale.replace("-", "_").split("_")
    listed = _suggestions().get(language.lower(), FALLBACK)
    own = [part for part in rest if part in country_codes()]
    return tuple(dict.fromkeys([*own, *listed]))[:SUGGESTED]


def warm() -> None:
    """Reads the packaged names, so that the first person who types a country does not wait for it."""
    find_country("x")
    suggested_countries("en")


def _flags(text: str) -> Iterator[str]:
    if BRITISH_FLAG in text:
        yield "GB"
    letters = [ord(c) - FLAG_A if FLAG_A <= ord(c) <= FLAG_Z else None for c in text]
    pending: int | None = None
    for letter in letters:
        if pending is None or letter is None:
            pending = letter
            continue
        code = chr(ord("A") + pending) + chr(ord("A") + letter)
        pending = None
        if code in country_codes():
            yield code


def _bare_code(text: str) -> str | None:
    """A two-letter code that is the whole answer. Words that people answer are codes only in capitals, or never."""
    code = text.upper()
    if not re.fullmatch(r"[A-Za-z]{2}", text) or code not in country_codes():
        return None
    if text.lower() in NEVER_CODES or (text.lower() in CAPITAL_CODES and text != code):
        return None
    return code


def _whole(words: str) -> CountryGuess | None:
    codes = _spaced().get(words) or (
        _names().get(words.replace(" ", "")) if _one_name(words) else None
    )
    if codes is not None:
        return CountryGuess(codes)
    state = state_names().get(words)
    return CountryGuess((US,), state) if state else None


def _one_name(words: str) -> bool:
    """Whether spaces may be typed by mistake: "u s a" and "ger many" are one name, "in de" is not French for India."""
    parts = words.split()
    apart = len(parts) > 1 and any(len(part) > 1 for part in parts)
    return not apart or len(words) - len(parts) + 1 >= SHORTEST_APART


def _inside(words: str) -> CountryGuess | None:
    found = within(words, _spoken())
    if not words.isascii():
        found += within_unspaced(words, _unspaced())
    codes = tuple(dict.fromkeys(code for guess in found for code in guess.codes))
    if not codes:
        return None
    regions = {guess.region for guess in found if guess.region}
    return CountryGuess(codes, regions.pop() if len(regions) == 1 and codes == (US,) else None)


def _misspelt(words: str) -> CountryGuess | None:
    if words in _no_typos():
        return None
    code = closest(words, _spellable())
    return CountryGuess((code,)) if code else None


@cache
def _lists() -> Mapping[str, list[str]]:
    return read_lists(FOLDER / "country_words.yaml")


@cache
def _aliases() -> Mapping[str, tuple[str, ...]]:
    """Normalised alias -> the codes it may mean."""
    aliases = read_lists(FOLDER / "country_aliases.yaml")
    return {
        normal(name): tuple(codes.split()) for codes, names in aliases.items() for name in names
    }


@cache
def _spaced() -> Mapping[str, tuple[str, ...]]:
    """Every name as words. What an alias says overrules CLDR."""
    named: dict[str, list[str]] = defaultdict(list)
    for code, names in country_names.load().items():
        for name in names:
            named[name].append(code)
    return {name: tuple(codes) for name, codes in named.items()} | dict(_aliases())


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    return {name.replace(" ", ""): codes for name, codes in _spaced().items()}


@cache
def _spoken() -> Mapping[str, CountryGuess]:
    """What counts inside a sentence: no short Latin word, no ordinary word; states too, lest New Mexico be Mexico."""
    ordinary = set(map(normal, _lists()["ordinary"]))
    spoken = {
        name: CountryGuess(codes)
        for name, codes in _spaced().items()
        if name not in ordinary and (len(name) >= SHORTEST_SPOKEN or name in _SPOKEN_ANYWAY)
    }
    states = {n: CountryGuess((US,), s) for n, s in state_names().items() if n not in ordinary}
    return states | spoken


@cache
def _unspaced() -> Mapping[str, CountryGuess]:
    """Names in scripts that set no spaces: Chinese, Japanese, Thai, Lao, Khmer, Burmese."""
    return {n: CountryGuess(c) for n, c in _spaced().items() if _UNSPACED_SCRIPT.fullmatch(n)}


@cache
def _spellable() -> Mapping[str, tuple[str, ...]]:
    return {name: codes for name, codes in _spaced().items() if len(name) >= SHORTEST}


@cache
def _no_typos() -> frozenset[str]:
    return frozenset(map(normal, _lists()["no_typos"]))


@cache
def _negations() -> Mapping[str, bool]:
    return {normal(phrase): True for phrase in _lists()["negations"]}


@cache
def _around() -> Around:
    return Around(_lists()["before"], _lists()["after"])


@cache
def _suggestions() -> Mapping[str, list[str]]:
    return read_lists(FOLDER / "suggested_countries.yaml")


SHORTEST_SPOKEN = 4
_SPOKEN_ANYWAY = {"usa", "u s a", "uk", "u k", "uae", "u s"}
_CYRILLIC = re.compile("[\u0400-\u04ff]{5,}")
_UNSPACED_SCRIPT = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{2,}"
)
