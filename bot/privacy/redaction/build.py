"""Freezes lists and cues into `frozen.bin`: python -m bot.privacy.redaction.build

Needs requirements-lists.txt installed (a virtual environment of its own is best). Decides how a word
that is on several lists is marked.
"""

import sys
from collections.abc import Iterable
from typing import Any

from bot.privacy.redaction import flags as mark
from bot.privacy.redaction.building.cue_tables import cue_tables
from bot.privacy.redaction.building.ordinary import Frequencies, commonest, ordinary_words
from bot.privacy.redaction.building.packing import freeze
from bot.privacy.redaction.building.people import by_hand, people
from bot.privacy.redaction.building.remedies import clinical_words
from bot.privacy.redaction.building.sources import ROOT, fingerprint, folder, listed, read
from bot.privacy.redaction.building.towns import countries, towns
from bot.privacy.redaction.stems import Endings
from bot.privacy.redaction.tongues import ALL, BIT
from bot.privacy.redaction.words import fold

_SHORTEST = 2


def _endings() -> tuple[Endings, dict[str, Any]]:
    content = read(ROOT / "endings.yaml")
    prefixes = content.pop("prefixes")
    tables: dict[str, dict[str, list[str]]] = {}
    for script, table in content.items():
        folded: dict[str, list[str]] = {}
        for ending, puts in table.items():
            folded.setdefault(fold(ending), []).extend(puts)
        tables[script] = folded
    folded_prefixes = [fold(prefix) for prefix in prefixes]
    return Endings(tables, folded_prefixes), {"tables": tables, "prefixes": folded_prefixes}


def marks() -> tuple[dict[str, int], dict[str, Any]]:
    """Every word with its flags, and the endings."""
    first, last = people()
    big, small, several = towns()
    endings, tables = _endings()
    frequencies = Frequencies()
    ordinary = ordinary_words(
        frequencies, first, last, big, by_hand("ambiguous"), by_hand("ordinary"), endings
    )
    marked = Marks(dict.fromkeys(commonest(frequencies), mark.COMMON))
    marked.names(first, mark.FIRST)
    marked.names(last, mark.SURNAME)
    marked.names(big, mark.CITY)
    marked.names(small, mark.TOWN)
    marked.of_several_words(several, mark.CITY)
    for key, languages in ordinary.items():
        marked.add(key, sum(BIT[language] for language in languages))
    by_hand_clinical, drugs = clinical_words()
    marked.names(by_hand_clinical | (drugs - set(first) - set(last)), mark.CLINICAL)
    marked.of_several_words(countries(), mark.COUNTRY)
    for key, languages in ordinary.items():
        marked.inflected_country(key, endings, languages)
    for _, content in folder("lists"):
        for word in listed(content.get("no_names")):
            marked.never_a_name(fold(word))
    return marked.found, tables


class Marks:
    """Flags being collected by word."""

    def __init__(self, found: dict[str, int]) -> None:
        self.found = found

    def add(self, key: str, flag: int) -> None:
        self.found[key] = self.found.get(key, 0) | flag

    def names(self, keys: Iterable[str], flag: int) -> None:
        for key in keys:
            if len(key) >= _SHORTEST:
                self.add(key, flag)

    def of_several_words(self, names: Iterable[str], flag: int) -> None:
        for name in names:
            self.add(name, flag)
            if " " in name:
                self.add(name.split()[0], mark.STARTS)

    def inflected_country(self, key: str, endings: Endings, languages: set[str]) -> None:
        """ "в Польщу", "из Грузии" are countries too."""
        if languages & {"ru", "uk", "pl", "tr"} and any(
            self.found.get(stem, 0) & mark.COUNTRY for stem in endings.stems(key, tuple(languages))
        ):
            self.add(key, mark.COUNTRY)

    def never_a_name(self, key: str) -> None:
        self.found[key] = self.found.get(key, 0) & ~(mark.NAME | mark.PLACE) | ALL


def main() -> None:
    found, endings = marks()
    phrases = {
        "cues": cue_tables(
            lambda key: bool(found.get(key, 0) & mark.NAME) and not found[key] & ALL
        ),
        "endings": endings,
    }
    freeze(ROOT / "frozen.bin", found, phrases, fingerprint())
    sys.stdout.write(f"{len(found)} words, {(ROOT / 'frozen.bin').stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
