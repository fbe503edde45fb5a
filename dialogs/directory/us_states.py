"""Which state or territory of the United States somebody means, in English or Spanish, misspelt or as a postal code.

Decides the region alone; that the country is the United States is known before. "Georgia" is a state here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from dialogs.directory.spelling import closest
from dialogs.understanding.lists import Around, read_lists, within
from dialogs.understanding.text import LONGEST, normal, tight

FILE = Path(__file__).parent / "us_states.yaml"
US = "US"
COUNTRIES_TOO = {"US-AS", "US-GU", "US-MP", "US-PR", "US-VI"}
"""Territories that have a country code of their own."""

SHORTEST = 4
"""Letters of a name that counts inside a sentence."""

_AFTER_A_TOWN = re.compile(r"[a-z][,.]*\s+([A-Z]{2})\.?(?:\s+\d{5})?\s*$")
_SMALL_WORDS = {"hi", "in", "la", "me", "oh", "ok", "or"}
"""Postal codes that are words when written small."""
_ORDINARY = {"mass", "conn"}


def find_us_state(text: str) -> str | None:
    """ISO 3166-2 code of the one state that a text names, or None. Never raises, for any text."""
    if len(text) > LONGEST:
        return None
    after_a_town = _AFTER_A_TOWN.search(text)
    if after_a_town and f"{US}-{after_a_town[1]}" in _names():
        return f"{US}-{after_a_town[1]}"
    words = normal(text)
    rest = _around().strip(words)
    if text.strip() in _SMALL_WORDS:
        return None
    whole = _whole().get(words.replace(" ", "")) or _whole().get(rest.replace(" ", ""))
    if whole is not None:
        return whole
    named = set(within(words, _inside()))
    if named:
        return named.pop() if len(named) == 1 else None
    return closest(rest, _typos())


@cache
def state_names() -> Mapping[str, str]:
    """Normalised name -> code, of the states that are no country by themselves."""
    return {name: code for name, code in _inside().items() if code not in COUNTRIES_TOO}


@cache
def _names() -> Mapping[str, list[str]]:
    return read_lists(FILE)


@cache
def _whole() -> Mapping[str, str]:
    named = {tight(name): code for code, names in _names().items() for name in names}
    return (
        named
        | {code[3:].lower(): code for code in _names()}
        | {f"us{c[3:].lower()}": c for c in _names()}
    )


@cache
def _inside() -> Mapping[str, str]:
    named = ((normal(name), code) for code, names in _names().items() for name in names)
    return {name: code for name, code in named if len(name) >= SHORTEST and name not in _ORDINARY}


@cache
def _typos() -> Mapping[str, tuple[str, ...]]:
    return {name: (code,) for name, code in _inside().items()}


@cache
def _around() -> Around:
    words = read_lists(FILE.parent / "country_words.yaml")
    return Around(
        [*words["before"], "state of", "the state of", "estado de"],
        [*words["after"], "state", "usa", "us"],
    )
