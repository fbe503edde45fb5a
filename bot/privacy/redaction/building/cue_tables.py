"""The cues of all languages as one table: kind -> language -> phrases, folded as words are.

Decides nothing about what a cue means; adds the commonest words of each language to its stop words.
"""

import importlib
from collections.abc import Callable
from typing import Any

from bot.privacy.redaction.building.sources import folder, listed
from bot.privacy.redaction.normalise import normalise
from bot.privacy.redaction.words import words_of

_COMMONEST = 140
_BY_CHARACTER = ("zh", "ja")


def _keys(phrase: str) -> str:
    return " ".join(word.key for word in words_of(normalise(phrase)))


def _months(entries: list[str]) -> dict[str, list[str]]:
    return {
        str(number): [_keys(name) for name in listed(entry)]
        for number, entry in enumerate(entries, 1)
    }


def _commonest(language: str) -> list[str]:
    words = importlib.import_module("wordfreq").top_n_list(language, _COMMONEST)
    return [key for word in words if (key := _keys(word)) and " " not in key]


def _sided(kind: str, content: dict[str, Any]) -> list[str]:
    """Words for streets and hospitals say on which side their language puts the name."""
    side = str(content.get(f"{kind}_side", ""))
    if kind not in ("street", "facility", "disease") or not side:
        return [kind]
    return [kind, *(f"{kind}_{where}" for where in ("before", "after") if side in (where, "both"))]


def cue_tables(is_name: Callable[[str], bool]) -> dict[str, Any]:
    """Phrases are words joined by a space; Chinese and Japanese cues stay strings of characters."""
    tables: dict[str, dict[str, Any]] = {}
    for language, content in folder("cues"):
        for kind, value in content.items():
            if kind == "months":
                for names in _months(value).values():
                    tables.setdefault("month", {}).setdefault(language, []).extend(names)
                continue
            if kind.endswith("_side"):
                continue
            phrases = listed(value)
            if language not in _BY_CHARACTER:
                phrases = [key for phrase in phrases if (key := _keys(phrase))]
            for name in _sided(kind, content):
                tables.setdefault(name, {}).setdefault(language, []).extend(dict.fromkeys(phrases))
        if language not in _BY_CHARACTER:
            stops = tables.setdefault("stop", {}).setdefault(language, [])
            stops.extend(
                word for word in _commonest(language) if word not in stops and not is_name(word)
            )
    return tables
