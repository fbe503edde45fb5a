"""Where the cues of all languages stand in a message.

Decides only which words are a cue of which kind; what a cue asks for is decided by the layers. Time
is linear in the words: no regular expression runs over the text.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.privacy.redaction.tongues import ALL, BIT
from bot.privacy.redaction.words import Word

# Sets of single words that layers ask about, rather than cues that start something.
WORD_KINDS = frozenset(
    {
        "stop",
        "be",
        "link",
        "handle_link",
        "day_link",
        "numbers",
        "number_link",
        "facility_of",
        "facility_plain",
        "and",
        "acts",
        "my",
        "never",
        "from",
    }
)
_JOINS = frozenset(" .'-\u2019/_")
_ARABIC_PREFIXES = ("وال", "بال", "لل", "ال", "و", "ب", "ف", "ل")
_KOREAN_PARTICLES = ("으로", "에서", "은", "는", "이", "가", "을", "를", "도", "의", "로", "에")

_SHORT_MONTH = 4

Cues = dict[str, int]


class Phrases:
    """Phrases by their first word; each knows its kind and its languages."""

    __slots__ = ("_by_first", "_sets", "by_character")

    def __init__(self, tables: Mapping[str, Mapping[str, Any]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, int]]] = {}
        self._sets: dict[str, dict[str, int]] = {kind: {} for kind in WORD_KINDS}
        self.by_character: dict[str, list[str]] = {}
        for kind, languages in tables.items():
            for language, phrases in languages.items():
                if language in ("zh", "ja"):
                    self.by_character.setdefault(kind, []).extend(phrases)
                else:
                    self._add(kind, language, phrases)

    def _add(self, kind: str, language: str, phrases: Sequence[str]) -> None:
        bit = BIT[language]
        # Hindi and Arabic are written in Latin letters too; those cues count with their siblings.
        latin = bit | {"hi": BIT["hinglish"], "ur": BIT["hinglish"], "ar": BIT["arabizi"]}.get(
            language, 0
        )
        for phrase in phrases:
            keys = phrase.split(" ")
            own = latin if keys[0].isascii() else bit
            if kind == "month" and len(phrase) > _SHORT_MONTH:
                own = ALL  # people write dates in the language of their papers
            if kind in WORD_KINDS:
                words = self._sets[kind]
                words[keys[0]] = words.get(keys[0], 0) | own
                if len(keys) == 1:
                    continue
                if kind != "numbers":
                    continue
            self._by_first.setdefault(keys[0], []).append((tuple(keys[1:]), kind, own))

    def is_in(self, kind: str, key: str, mask: int = ALL) -> bool:
        return bool(self._sets[kind].get(key, 0) & mask)

    def single(self, kind: str) -> frozenset[str]:
        """The cues of a kind that are one word, of all languages."""
        return frozenset(
            first
            for first, entries in self._by_first.items()
            if any(not rest and kind == entry_kind for rest, entry_kind, _ in entries)
        )

    def cues(self, words: Sequence[Word], mask: int) -> list[Cues]:
        """For each word the cues that begin there, by kind: the index after the longest one."""
        return [self._at(words, place, mask) for place in range(len(words))]

    def _at(self, words: Sequence[Word], place: int, mask: int) -> Cues:
        key = words[place].key
        entries = self._by_first.get(key)
        if entries is None and key:
            entries = self._other_forms(key)
        found: Cues = {}
        for rest, kind, languages in entries or ():
            end = place + 1 + len(rest)
            if languages & mask and end > found.get(kind, 0) and _matches(words, place + 1, rest):
                found[kind] = end
        return found

    def _other_forms(self, key: str) -> list[tuple[tuple[str, ...], str, int]] | None:
        first = key[0]
        if "\u0600" <= first <= "\u06ff":
            for prefix in _ARABIC_PREFIXES:
                if key.startswith(prefix) and (entries := self._by_first.get(key[len(prefix) :])):
                    return [entry for entry in entries if entry[2] & BIT["ar"]]
        elif "\uac00" <= first <= "\ud7a3":
            for particle in _KOREAN_PARTICLES:
                if key.endswith(particle) and (
                    entries := self._by_first.get(key[: -len(particle)])
                ):
                    return entries
        return None


def _matches(words: Sequence[Word], place: int, rest: tuple[str, ...]) -> bool:
    if place + len(rest) > len(words):
        return False
    for offset, key in enumerate(rest):
        word = words[place + offset]
        if word.key != key or len(word.gap) > 3 or not _JOINS.issuperset(word.gap):
            return False
    return True
