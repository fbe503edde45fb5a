"""The plan's sheet: which sentences stand in a plan, and for whom, as the authors wrote them.

Decides what `sheet.yaml` may say, and refuses a mistake with file, line and mend. Which conditions hold for a person is
decided in `build`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dialogs.engine.lines import Line
from dialogs.engine.load import tidy
from dialogs.engine.strict_yaml import Twig, grow
from dialogs.mistakes import Mistake
from dialogs.plan.document import Style

FILE = Path(__file__).parent / "sheet.yaml"
CONTEXT = "sheet"
SHOWS = ("rights", "places", "help", "emergency")
"""Parts that are made from the directory."""


class SheetMistakes(ValueError):
    """The sheet cannot be used. `mistakes` holds all of them."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(map(str, mistakes)))


@dataclass(frozen=True, slots=True)
class Entry:
    """A line, and when it stands: each answer in `when` is one of its codes, none in `unless` is.

    `urgent` says whether it is for those who have little time, for the others, or for all.
    """

    line: Line
    when: Mapping[str, tuple[str, ...]]
    unless: Mapping[str, tuple[str, ...]]
    urgent: bool | None = None


@dataclass(frozen=True, slots=True)
class SheetPart:
    """Entries set in one style; with `one` the first that holds stands alone. `show` is made from the directory."""

    style: Style
    entries: tuple[Entry, ...]
    one: bool = False
    show: str | None = None


@dataclass(frozen=True, slots=True)
class SheetSection:
    """One heading. `sources` are evidence ids, named at the end of the plan."""

    name: str
    title: Line
    parts: tuple[SheetPart, ...]
    sources: tuple[str, ...]


def read_sheet(text: str, file: str) -> tuple[SheetSection, ...]:
    """All sections, in order. Raises SheetMistakes."""
    mistakes: list[Mistake] = []
    root = grow(text, file, mistakes)
    reader = _Reader(file, mistakes)
    sections = tuple(reader.section(name, twig) for name, twig in root.fields.items())
    if mistakes:
        raise SheetMistakes(mistakes)
    return sections


@cache
def load_sheet() -> tuple[SheetSection, ...]:
    """The packaged sheet."""
    return read_sheet(FILE.read_text(encoding="utf-8"), FILE.name)


def lines_of(sections: tuple[SheetSection, ...]) -> Iterator[Line]:
    """Every sentence of a sheet, for translators."""
    for section in sections:
        yield section.title
        for part in section.parts:
            yield from (entry.line for entry in part.entries)


class _Reader:
    def __init__(self, file: str, mistakes: list[Mistake]) -> None:
        self.file, self.mistakes = file, mistakes

    def section(self, name: str, twig: Twig) -> SheetSection:
        self.known(twig, {"title", "parts", "sources"})
        title = Line(f"{CONTEXT}.{name}.title", self.words(twig, "title"))
        parts = twig.fields.get("parts", Twig([], twig.line)).items
        sources = twig.fields.get("sources", Twig([], twig.line)).items
        return SheetSection(
            name,
            title,
            tuple(self.part(name, part) for part in parts),
            tuple(source.text or "" for source in sources),
        )

    def part(self, section: str, twig: Twig) -> SheetPart:
        self.known(twig, {"style", "one", "lines", "show"})
        style, show = self.words(twig, "style"), twig.fields.get("show")
        if style not in {known.value for known in Style}:
            self.wrong(twig, f"no style {style!r}", f"use {', '.join(Style)}")
            style = Style.TEXT
        if show is not None and show.text not in SHOWS:
            self.wrong(show, f"cannot show {show.text!r}", f"use {', '.join(SHOWS)}")
        lines = twig.fields.get("lines", Twig({}, twig.line)).fields
        entries = tuple(self.entry(section, name, line) for name, line in lines.items())
        return SheetPart(Style(style), entries, "one" in twig.fields, show.text if show else None)

    def entry(self, section: str, name: str, twig: Twig) -> Entry:
        context = f"{CONTEXT}.{section}.{name}"
        if twig.text is not None:
            return Entry(Line(context, tidy(twig.text)), {}, {})
        self.known(twig, {"text", "when", "unless", "if"})
        only = twig.fields.get("if")
        if only is not None and only.text not in {"urgent", "not_urgent"}:
            self.wrong(only, f"no condition {only.text!r}", "use urgent or not_urgent")
        return Entry(
            Line(context, tidy(self.words(twig, "text"))),
            self.codes(twig, "when"),
            self.codes(twig, "unless"),
            None if only is None else only.text == "urgent",
        )

    def codes(self, twig: Twig, field: str) -> dict[str, tuple[str, ...]]:
        named = twig.fields.get(field, Twig({}, twig.line)).fields
        return {key: tuple(item.text or "" for item in codes.items) for key, codes in named.items()}

    def words(self, twig: Twig, field: str) -> str:
        found = twig.fields.get(field)
        if found is None or not found.text:
            self.wrong(twig, f"{field} is missing", f"write {field}:")
            return ""
        return found.text

    def known(self, twig: Twig, allowed: set[str]) -> None:
        for field in sorted(twig.fields.keys() - allowed):
            self.wrong(twig.fields[field], f"no field {field!r} here", f"use {', '.join(allowed)}")

    def wrong(self, twig: Twig, what: str, mend: str) -> None:
        self.mistakes.append(Mistake(self.file, twig.key_line or twig.line, what, mend))
