"""The closed lists of words: requests that every state obeys, and the small words around answers, by language.

Decides which whole message is a request ("back", "delete everything", "español, por favor"). A sentence that only holds
such a word ("I want to go back to my doctor") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale

from dialogs.understanding.lists import Around, read_lists
from dialogs.understanding.text import LONGEST, normal, tight

FOLDER = Path(__file__).parent / "phrases"
LISTED = ("en", "es", "pt", "fr", "de", "ru", "uk", "ar", "hi", "zh")
"""The languages there are lists and example phrases in."""
PLACES = 12
"""Numbers and ordinals a list holds; Spanish has the ordinals twice, for both genders."""

WISHES = (
    "back", "skip", "dont_know", "menu", "restart", "help", "stop", "person", "privacy", "delete", "export", "about",
    "language", "why", "yes", "no", "remind", "no_reminders",
)  # fmt: skip
SIGNS = {
    "🔙": "back", "⬅": "back", "◀": "back", "↩": "back", "🏠": "menu", "❓": "help", "🆘": "help", "🛑": "stop",
    "👍": "yes", "✅": "yes", "👌": "yes", "👎": "no", "❌": "no",
}  # fmt: skip
"""Emoji that are the whole message. Skin tones and variation selectors do not matter."""

LONGEST_UNSPACED = 12
_HAN = re.compile("[\u3400-\u9fff]+")
_UNSEEN = dict.fromkeys([0xFE0E, 0xFE0F, *range(0x1F3FB, 0x1F400)])


@dataclass(frozen=True, slots=True)
class Words:
    """One language's lists, all as `normal` leaves them; the keys of `wishes` have no spaces either."""

    lists: Mapping[str, tuple[str, ...]]
    wishes: Mapping[str, str]
    polite: Around
    around_language: Around
    around_choice: Around


@cache
def words(locale: str) -> Words:
    """The lists of a language we have. Raises KeyError for another, ValueError for a broken file."""
    if locale not in LISTED:
        raise KeyError(locale)
    written = read_lists(FOLDER / f"words_{locale}.yaml")
    lists = {name: tuple(map(normal, listed)) for name, listed in written.items()}
    return Words(
        lists=lists,
        wishes={tight(phrase): wish for wish in WISHES for phrase in lists[wish]},
        polite=Around(lists["before"], lists["after"]),
        around_language=Around(lists["language_before"], lists["language_after"]),
        around_choice=Around(lists["choice_before"], lists["choice_after"]),
    )


def spoken(locale: str | None) -> Iterator[Words]:
    """The lists to try for somebody who chats in `locale`: theirs first, then all others, because people mix."""
    own = (locale or "").replace("-", "_").partition("_")[0]
    yield from (words(name) for name in sorted(LISTED, key=lambda name: name != own))


def find_wish(text: str, locale: str | None) -> str | None:
    """The request that the whole text is, or None. `language:xx` names the language that is wished for."""
    if len(text) > LONGEST:
        return None
    sign = SIGNS.get(text.strip().translate(_UNSEEN))
    if sign:
        return sign
    said = normal(text)
    if not said:
        return None
    for known in spoken(locale):
        for phrase in (said, known.polite.strip_end(said), known.polite.strip(said)):
            wish = known.wishes.get(phrase.replace(" ", ""))
            if wish:
                return wish
    return _language_wish(said, locale)


def _language_wish(said: str, locale: str | None) -> str | None:
    for known in spoken(locale):
        for phrase in (said, known.around_language.strip(known.polite.strip(said))):
            code = _languages().get(phrase.replace(" ", ""))
            if code:
                return f"language:{code}"
    asked = _asked_languages().get(_around_any().strip(said).replace(" ", "")) or _unspaced(said)
    return f"language:{asked}" if asked else None


def _unspaced(said: str) -> str | None:
    """A request in a script without spaces: "请用中文", "说中文可以吗"."""
    if said.isascii() or len(said) > LONGEST_UNSPACED:
        return None
    for name, code in _asked_languages().items():
        before, found, after = said.replace(" ", "").partition(name)
        if found and _HAN.fullmatch(name) and {before, after} <= _around_han():
            return code
    return None


@cache
def _asked_languages() -> Mapping[str, str]:
    """Forms of a language's name in a sentence that asks for it, with the names it is known by anyway."""
    asked = dict(_languages())
    for code, names in _requests().items():
        if code not in ("before", "after"):
            asked |= {tight(name): code for name in names}
    return asked


@cache
def _around_any() -> Around:
    return Around(*(map(normal, _requests()[side]) for side in ("before", "after")))


@cache
def _around_han() -> frozenset[str]:
    return frozenset(
        {""} | {tight(word) for side in ("before", "after") for word in _requests()[side]}
    )


@cache
def _requests() -> Mapping[str, list[str]]:
    return read_lists(FOLDER / "language_requests.yaml")


@cache
def _languages() -> Mapping[str, str]:
    """What languages are called: by their speakers, and in the languages we have lists for."""
    listed = read_lists(FOLDER / "languages.yaml")
    named = {tight(name): code for code, names in listed.items() for name in names}
    for locale in LISTED:
        for code in listed:
            named.setdefault(tight(str(Locale(locale).languages[code])), code)
    return named
