"""A plan such as somebody gets, for tests of its layout; what it says is made up and shown to nobody.

Its catalogs hold all of it in Spanish. In Arabic, Hindi, Chinese and Russian they hold the headings and some sentences;
the others are filled with these, to the length of the English.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import cycle
from pathlib import Path

import yaml

from dialogs.catalogs import Catalogs, Texts
from dialogs.engine.lines import Code, CodeKind, Kept, Line, Param
from dialogs.plan.document import Part, Plan, Section, Style

MADE_ON = date(2026, 11, 23)
_TEXTS = Path(__file__).with_name("sample_plan.yaml")
_FILLED = ("ar", "hi", "zh", "ru")
_PARAMS: dict[str, Param] = {
    "country": Code(CodeKind.COUNTRY, "MX"),
    "day": date(2026, 12, 3),
    "words": Kept("my #1 worry: $5 & <b>two</b> `opinions`"),
}


def sample_plan() -> Plan:
    """Twelve sections, every style."""
    read = yaml.safe_load(_TEXTS.read_text(encoding="utf-8"))
    sections = tuple(_section(name, section) for name, section in read["sections"].items())
    return Plan(_line(read["title"]), MADE_ON, sections, tuple(map(_line, read["footer"])))


def sample_sign() -> Line:
    """The sentence to hold up."""
    return _line(yaml.safe_load(_TEXTS.read_text(encoding="utf-8"))["sign"])


def sample_catalogs() -> Catalogs:
    """The sample's texts in all languages."""
    read = yaml.safe_load(_TEXTS.read_text(encoding="utf-8"))
    texts: dict[str, Texts] = {"en": Texts(), "es": Texts(_of(read["es"]))}
    for locale in _FILLED:
        given = dict(read[locale])
        filler = cycle(list(given.values())[-8:])
        missing = (text for text in read["es"] if text not in given)
        texts[locale] = Texts(_of(given | {text: _as_long(text, filler) for text in missing}))
    return Catalogs(texts)


def _as_long(english: str, filler: Iterator[str]) -> str:
    """Sentences of another language, about as long, with the English one's parameters."""
    slots = "".join(f" {{{name}}}" for name in _PARAMS if f"{{{name}}}" in english)
    filled = next(filler)
    while len(filled) < 0.6 * len(english):
        filled += " " + next(filler)
    return filled + slots + "_" * english.count("_")


def _of(given: dict[str, str]) -> dict[tuple[str, str], str]:
    return {("sample", english): text for english, text in given.items()}


def _section(name: str, section: dict[str, list[str]]) -> Section:
    parts = [
        Part(Style(style), tuple(map(_line, lines)))
        for style, lines in section.items()
        if style != "title"
    ]
    return Section(name, _line(str(section["title"])), tuple(parts))


def _line(english: str) -> Line:
    used = {name: value for name, value in _PARAMS.items() if f"{{{name}}}" in english}
    return Line("sample", english, used)
