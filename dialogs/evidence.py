"""The studies and official texts our sentences rest on.

Decides what a piece of evidence must say about itself, and refuses one that does not. The sentences themselves are in
the flows; each factual state names the ids it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from pathlib import Path

from dialogs.engine.lines import Line
from dialogs.engine.strict_yaml import Twig, grow
from dialogs.mistakes import Mistake

FILE = Path(__file__).parent / "evidence.yaml"
UNREVIEWED = "OWN_KNOWLEDGE"
"""What a state names when part of it rests on no source that was read; the product then says so."""

FIELDS = ("source", "year", "figure", "read", "checked")
OTHER_FIELDS = ("url", "described", "says", "kind", "reviewed")
YES_NO = ["yes", "no"]


class Kind(StrEnum):
    """What a piece of evidence speaks for. A text that rests on a benefit also needs a limit (`checks.balance`)."""

    BENEFIT = "benefit"
    LIMIT = "limit"
    BOTH = "both"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source. `read` says how much of it was read.

    `checked` is the day as of which an archived copy of it was read, YYYY-MM-DD.
    `year` is "n.d." for a page without a date. `described`: the source is told in words, which are translated.
    `says`: both sides of the figure in one plain sentence, for reviewers. `reviewed`: a clinician has read all this.
    """

    id: str
    source: str
    year: str
    figure: str
    read: str
    checked: str
    url: str = ""
    described: bool = False
    says: str = ""
    kind: Kind | None = None
    reviewed: bool = False
    line: int = 1

    @property
    def cite(self) -> Line:
        """Author and journal; the same in every language unless it is `described`."""
        return self._named("cite", self._with_year(self.source))

    @property
    def name(self) -> Line:
        """The first author or the body, and the year: "Payne (2014)"."""
        first = self.source.partition(",")[0].removesuffix(" et al.")
        return self._named("name", self._with_year(re.sub(r" [A-Z]{1,4}$", "", first)))

    def _with_year(self, text: str) -> str:
        return text if self.year == "n.d." else f"{text} ({self.year})"

    def _named(self, field: str, text: str) -> Line:
        """The text as a sentence of ours, in which tags and braces mean something."""
        return Line(
            f"evidence.{self.id}.{field}",
            escape(text, quote=False).replace("{", "{{").replace("}", "}}"),
        )


class EvidenceMistakes(ValueError):
    """The evidence file cannot be used. `mistakes` holds all of them."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(str(mistake) for mistake in mistakes))


def read_evidence(text: str, file: str) -> Mapping[str, Evidence]:
    """All evidence by id. Raises EvidenceMistakes naming file, line and mend."""
    mistakes: list[Mistake] = []
    root = grow(text, file, mistakes)
    found = {key: _evidence(key, twig, file, mistakes) for key, twig in root.fields.items()}
    if mistakes:
        raise EvidenceMistakes(mistakes)
    return found


def load_evidence() -> Mapping[str, Evidence]:
    """The packaged evidence."""
    return read_evidence(FILE.read_text(encoding="utf-8"), FILE.name)


def _evidence(key: str, twig: Twig, file: str, mistakes: list[Mistake]) -> Evidence:
    said = {name: child.text or "" for name, child in twig.fields.items()}
    missing = [name for name in FIELDS if not said.get(name)]
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", said.get("checked", "0000-00-00")):
        what = f"{key} was checked {said['checked']!r}"
        mistakes.append(Mistake(file, twig.fields["checked"].key_line, what, "write YYYY-MM-DD"))
    unknown = [name for name in said if name not in {*FIELDS, *OTHER_FIELDS}]
    mistakes.extend(_odd_words(key, twig, file))
    mistakes.extend(
        Mistake(file, twig.key_line, f"{key} has no {name}", f"add {name}:") for name in missing
    )
    for name in unknown:
        mend = f"use {', '.join((*FIELDS, *OTHER_FIELDS))}"
        mistakes.append(
            Mistake(file, twig.fields[name].key_line, f"{key} has no field {name!r}", mend)
        )
    return Evidence(
        id=key,
        source=said.get("source", ""),
        year=said.get("year", ""),
        figure=said.get("figure", ""),
        read=said.get("read", ""),
        checked=said.get("checked", ""),
        url=said.get("url", ""),
        described=said.get("described") == "yes",
        says=said.get("says", ""),
        kind=Kind(said["kind"]) if said.get("kind") in {*Kind} else None,
        reviewed=said.get("reviewed") == "yes",
        line=twig.key_line,
    )


def _odd_words(key: str, twig: Twig, file: str) -> Iterator[Mistake]:
    """Fields that hold one of a few words, and hold another."""
    for name, words in (("kind", [*Kind]), ("described", YES_NO), ("reviewed", YES_NO)):
        child = twig.fields.get(name)
        if child is not None and child.text not in words:
            what = f"{key} has {name}: {child.text}"
            yield Mistake(file, child.key_line, what, f"use one of {', '.join(words)}")
