"""The directory: every record and every emergency number, read from the packaged files and checked together.

Decides whether the files can be used. Nothing in it was confirmed with a service; the cards say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from dialogs.directory.record import CrisisLine, EmergencyNumber, Finder, Record
from dialogs.directory.rights import Rights, read_rights
from dialogs.directory.schema import (
    read_aid,
    read_crisis_line,
    read_emergency_number,
    read_finder,
    read_list,
    read_service,
)
from dialogs.engine.strict_yaml import grow
from dialogs.mistakes import Mistake

FOLDER = Path(__file__).parent
SERVICES, AID, EMERGENCY, RIGHTS = "services.yaml", "aid.yaml", "emergency.yaml", "rights.yaml"
FILES = {SERVICES: "services", AID: "aid", EMERGENCY: "emergency", RIGHTS: "rights"}
"""The files, each with the name of its schema."""


class DirectoryMistakes(ValueError):
    """The directory cannot be used. `mistakes` holds all of them, in order of file and line."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


@dataclass(frozen=True, slots=True, eq=False)
class Directory:
    """All records by id, in file order; the numbers to dial and people's rights, by country."""

    records: Mapping[str, Record]
    emergency: Mapping[str, EmergencyNumber]
    crisis_lines: Mapping[str, tuple[CrisisLine, ...]]
    finders: tuple[Finder, ...]
    rights: Rights = field(default_factory=dict)


@cache
def load_directory() -> Directory:
    """The program's own directory, read once. Raises DirectoryMistakes."""
    return build_directory({name: (FOLDER / name).read_text(encoding="utf-8") for name in FILES})


def build_directory(files: Mapping[str, str]) -> Directory:
    """A directory from the texts of its four files. Raises DirectoryMistakes with every mistake found in them."""
    mistakes: list[Mistake] = []
    roots = {name: grow(text, name, mistakes) for name, text in files.items()}
    for name, schema in FILES.items():
        twig = roots[name].fields.get("schema")
        if twig is None or twig.text != f"directory-{schema}/1":
            mend = f"write schema: directory-{schema}/1, or run the newer program"
            mistakes.append(Mistake(name, 1, "the schema is missing or another one", mend))
    records = [
        *read_list(roots[SERVICES], "records", SERVICES, mistakes, read_service),
        *read_list(roots[AID], "records", AID, mistakes, read_aid),
    ]
    root = roots[EMERGENCY]
    numbers = read_list(root, "emergency_numbers", EMERGENCY, mistakes, read_emergency_number)
    lines = read_list(root, "crisis_lines", EMERGENCY, mistakes, read_crisis_line)
    finders = read_list(root, "directories", EMERGENCY, mistakes, read_finder)
    rights = read_rights(roots[RIGHTS], RIGHTS, mistakes)
    mistakes += _doubled(records, numbers, [line.id for line in lines])
    if mistakes:
        raise DirectoryMistakes(mistakes)
    return Directory(
        {record.id: record for record in records},
        {number.country: number for number in numbers},
        {line.country: tuple(x for x in lines if x.country == line.country) for line in lines},
        tuple(finders),
        rights,
    )


def future_facts(directory: Directory, today: date) -> list[Mistake]:
    """Records whose `as_of` or `last_verified` lies after today: nobody can have seen that yet."""
    found = []
    for record in directory.records.values():
        for name, value in (("as_of", record.as_of), ("last_verified", record.last_verified)):
            if value is not None and value > today.isoformat()[: len(value)]:
                line = record.lines.get(name, 1)
                mend = "write when the page was seen"
                found.append(Mistake(record.file, line, f"{name}: {value} is in the future", mend))
    return found


def _doubled(
    records: list[Record], numbers: list[EmergencyNumber], line_ids: list[str]
) -> Iterable[Mistake]:
    counts = Counter(record.id for record in records)
    for record in records:
        if counts[record.id] > 1:
            what = f"the id {record.id!r} stands twice"
            yield Mistake(record.file, record.lines.get("id", 1), what, "ids are never used again")
    for what, names in (("country", [n.country for n in numbers]), ("crisis line", line_ids)):
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield Mistake(EMERGENCY, 1, f"the {what} {name!r} stands twice", "keep one entry")
