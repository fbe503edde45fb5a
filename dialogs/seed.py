"""The article this program grew from, as a map: each heading and claim, how far it holds, and where it is answered.

Decides what an entry of the map must say about itself, and refuses one that does not. Whether the places exist and say
it, a test holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dialogs.engine.conversation import Place
from dialogs.engine.strict_yaml import Twig, grow
from dialogs.mistakes import Mistake

FILE = Path(__file__).parent / "seed.yaml"
SECTIONS = {"headings": re.compile(r"H[1-9]"), "claims": re.compile(r"P[1-9]\d?\.[1-9]")}
NEEDED = ("claim", "verdict", "places")
FIELDS = {*NEEDED, "evidence", "says"}
PLACE = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")

Complaint = tuple[int, str, str]
"""The line, what is wrong, and how to mend it."""


class Verdict(StrEnum):
    """How far a claim of the article holds."""

    SUPPORTED = "S"
    PARTLY = "P"
    NOT_SUPPORTED = "N"
    VALUE = "V"


@dataclass(frozen=True, slots=True)
class Claim:
    """One heading or claim, in our words.

    `places`: topic -> the state that answers it. `says`: words that stand in one of them.
    """

    id: str
    claim: str
    verdict: Verdict
    places: Mapping[str, Place]
    evidence: tuple[str, ...] = ()
    says: str = ""


class SeedMistakes(ValueError):
    """The map cannot be used. `mistakes` holds all of them."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(str(mistake) for mistake in mistakes))


def read_seed(text: str, file: str) -> Mapping[str, Claim]:
    """All headings and claims by id, in order. Raises SeedMistakes naming file, line and mend."""
    mistakes: list[Mistake] = []
    sections = grow(text, file, mistakes).fields
    for line, what, mend in _section_complaints(sections):
        mistakes.append(Mistake(file, line, what, mend))
    rows = {key: row for section in sections.values() for key, row in section.fields.items()}
    for key, row in rows.items():
        mistakes.extend(Mistake(file, line, f"{key} {w}", m) for line, w, m in _complaints(row))
    if mistakes:
        raise SeedMistakes(mistakes)
    return {key: _claim(key, row) for key, row in rows.items()}


def load_seed() -> Mapping[str, Claim]:
    """The packaged map."""
    return read_seed(FILE.read_text(encoding="utf-8"), FILE.name)


def _section_complaints(sections: Mapping[str, Twig]) -> Iterator[Complaint]:
    for name, section in sections.items():
        if name not in SECTIONS:
            yield section.key_line, f"no section is called {name!r}", f"use {' or '.join(SECTIONS)}"
            continue
        for key, row in section.fields.items():
            if not SECTIONS[name].fullmatch(key):
                yield row.key_line, f"{key!r} is no id of {name}", "write H1 or P3.2"


def _complaints(row: Twig) -> Iterator[Complaint]:
    for name in NEEDED:
        if name not in row.fields:
            yield row.key_line, f"has no {name}", f"add {name}:"
    for name, twig in row.fields.items():
        if name not in FIELDS:
            yield twig.key_line, f"has no field {name!r}", f"use {', '.join(sorted(FIELDS))}"
    yield from _verdict_complaints(row)
    yield from _place_complaints(row)


def _verdict_complaints(row: Twig) -> Iterator[Complaint]:
    verdict = row.fields.get("verdict")
    if verdict and verdict.text not in {*Verdict}:
        yield verdict.key_line, f"has the verdict {verdict.text!r}", "use S, P, N or V"
    if verdict and verdict.text == Verdict.NOT_SUPPORTED and "says" not in row.fields:
        yield row.key_line, "is not supported, and names no sentence that says so", "add says:"


def _place_complaints(row: Twig) -> Iterator[Complaint]:
    places = row.fields.get("places")
    if places and not places.fields:
        yield places.key_line, "has no place", "write places: {topic: flow.state}"
    for topic, twig in places.fields.items() if places else ():
        if not PLACE.fullmatch(twig.text or ""):
            yield twig.key_line, f"has {topic} at {twig.text!r}", "write flow.state"


def _claim(key: str, row: Twig) -> Claim:
    said = {name: twig.text or "" for name, twig in row.fields.items()}
    cited = row.fields.get("evidence")
    return Claim(
        id=key,
        claim=said["claim"],
        verdict=Verdict(said["verdict"]),
        places={topic: _place(twig) for topic, twig in row.fields["places"].fields.items()},
        evidence=tuple(twig.text or "" for twig in cited.items) if cited else (),
        says=said.get("says", ""),
    )


def _place(twig: Twig) -> Place:
    flow, _, state = (twig.text or "").partition(".")
    return Place(flow, state)
