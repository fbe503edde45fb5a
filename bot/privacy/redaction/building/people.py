"""Given names and surnames, each with the languages it is at home in.

Decides which published lists count and under which language; hand-made lists are read besides.
"""

import importlib
import importlib.util
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.privacy.redaction.building.east_asia import chinese_tags, japanese_names
from bot.privacy.redaction.building.sources import folder, listed
from bot.privacy.redaction.words import fold

Homes = defaultdict[str, set[str]]

_LOCALES = {
    "ar_AA": "ar", "ar_DZ": "ar", "ar_PS": "ar", "ar_SA": "ar", "az_AZ": "tr", "bg_BG": "ru", "bn_BD": "bn",
    "cs_CZ": "pl", "da_DK": "de", "de_AT": "de", "de_CH": "de", "de_DE": "de", "en": "en", "en_GB": "en",
    "en_IE": "en", "en_IN": "hinglish", "en_KE": "en", "en_NG": "en", "en_NZ": "en", "en_PK": "hinglish", "en_US": "en",
    "es_AR": "es", "es_CA": "es", "es_CL": "es", "es_CO": "es", "es_ES": "es", "es_MX": "es", "fa_IR": "fa",
    "fr_BE": "fr", "fr_CA": "fr", "fr_CH": "fr", "fr_DZ": "arabizi", "fr_FR": "fr", "fr_QC": "fr", "hi_IN": "hi",
    "hr_HR": "pl", "hu_HU": "de", "id_ID": "id", "it_IT": "it", "ko_KR": "ko", "mr_IN": "hi", "ne_NP": "hi",
    "nl_BE": "de", "nl_NL": "de", "pl_PL": "pl", "pt_BR": "pt", "pt_PT": "pt", "ro_RO": "it", "ru_RU": "ru",
    "sk_SK": "pl", "sv_SE": "de", "no_NO": "de", "sw": "en", "tr_TR": "tr", "uk_UA": "uk", "vi_VN": "vi", "uz_UZ": "tr",
    "fi_FI": "de", "lt_LT": "pl", "lv_LV": "pl", "sl_SI": "pl", "el_GR": "en", "hy_AM": "ru", "ka_GE": "ru",
    "yo_NG": "en", "ta_IN": "hi", "he_IL": "ar",
}  # fmt: skip
_SKIP = (
    "language",
    "format",
    "prefix",
    "suffix",
    "middle",
    "romanized",
    "kana",
    "pairs",
    "kyujitai",
)
_RARE_SURNAME = 20_000
_NAMES = frozenset(("Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr"))


def _words(entries: Iterable[object]) -> Iterator[str]:
    for entry in entries:
        text = (
            entry
            if isinstance(entry, str)
            else " ".join(map(str, entry))
            if isinstance(entry, (tuple, list))
            else ""
        )
        for part in re.split(r"[\s\-]+", text):
            key = fold(part.strip(".'’"))
            if len(key) >= 2:
                yield key


def _faker(first: Homes, last: Homes) -> None:
    for locale, language in _LOCALES.items():
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for name in dir(provider):
            value = getattr(provider, name)
            if any(word in name for word in _SKIP) or not isinstance(
                value, (tuple, list, dict, set)
            ):
                continue
            into = first if "first_names" in name else last if "last_names" in name else None
            if into is not None:
                for key in _words(value):
                    into[key].add(language)
        for key in _words(getattr(provider, "middle_names", ())):
            first[key].add(language)


def _lines(package: str, name: str) -> list[str]:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return (Path(spec.origin).parent / name).read_text(encoding="utf-8").split("\n")


def _packages(first: Homes, last: Homes) -> None:
    for name in ("dist.female.first", "dist.male.first"):
        for key in _words(line.split()[0] for line in _lines("names", name) if line.strip()):
            first[key].add("en")
    lines = [line for line in _lines("names", "dist.all.last") if line.strip()][:_RARE_SURNAME]
    for key in _words(line.split()[0] for line in lines):
        last[key].add("en")
    for name in ("first.female.names", "first.male.names"):
        for key in _words(_lines("indian_names", name)):
            first[key].add("hinglish")
    for key in _words(_lines("indian_names", "last.names")):
        last[key].add("hinglish")


def _russian(first: Homes, last: Homes) -> None:
    surnames: set[str] = set()
    nouns: set[str] = set()
    morph = importlib.import_module("pymorphy3").MorphAnalyzer(lang="ru")
    for word, tag, normal, _, _ in morph.dictionary.iter_known_words():
        if word == normal and "Name" in tag.grammemes:
            first[fold(word)].add("ru")
        elif word == normal and "Surn" in tag.grammemes:
            surnames.add(word)
        elif (
            word == normal
            and tag.POS in ("NOUN", "ADJF", "ADVB", "INFN")
            and not _NAMES & tag.grammemes
        ):
            nouns.add(word)
    for word in surnames - nouns:
        last[fold(word)].add("ru")


def _by_hand(first: Homes, last: Homes) -> None:
    for language, content in folder("lists"):
        for key, into in (
            ("first", first),
            ("surnames", last),
            ("first_latin", first),
            ("surnames_latin", last),
        ):
            home = (
                {"ar": "arabizi", "hi": "hinglish"}.get(language, language)
                if "latin" in key
                else language
            )
            for word in _words(listed(content.get(key), with_ambiguous=True)):
                into[word].add(home)


def people() -> tuple[Homes, Homes]:
    """Given names and surnames by folded spelling."""
    first: Homes = defaultdict(set)
    last: Homes = defaultdict(set)
    for source in (_faker, _packages, _russian, _by_hand):
        source(first, last)
    for word, tag in chinese_tags():
        if tag == "name":
            last[word].add("zh")
    for word in japanese_names():
        last[word].add("ja")
    return first, last


def _marked_ambiguous(content: dict[str, Any]) -> Iterator[str]:
    """Names written with an underscore at the end are words as well."""
    for key in ("first", "surnames"):
        for word in str(content.get(key) or "").split():
            if word.endswith("_"):
                yield word.rstrip("_")


def by_hand(key: str) -> dict[str, set[str]]:
    """One kind of hand-made list, by language, folded."""
    lists: dict[str, set[str]] = {}
    for language, content in folder("lists"):
        words: Iterable[str] = listed(content.get(key))
        if key == "ambiguous":
            words = [*words, *_marked_ambiguous(content)]
        lists[language] = {fold(word) for word in words}
    return lists
