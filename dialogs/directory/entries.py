"""Every entry of the directory under one id, whatever it is, as those see it who look after it.

Decides ids (those of services and aid are their own; the others' begin with what they are), how an entry looks to
people, and which entries may be withheld: never a number that is on a safety card.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache

from dialogs.directory.card import card
from dialogs.directory.kinds import Confidence, Source
from dialogs.directory.matching import specimen
from dialogs.directory.record import CrisisLine, EmergencyNumber, Finder, Record
from dialogs.directory.records import AID, EMERGENCY, RIGHTS, SERVICES, Directory
from dialogs.directory.rights import Right, right_lines
from dialogs.emergency import FINDER, crisis_line, in_country
from dialogs.engine.lines import Line

Holds = Record | Right | EmergencyNumber | CrisisLine | Finder


class Sort(StrEnum):
    """What an entry is."""

    SERVICE = "service"
    AID = "aid"
    RIGHT = "right"
    EMERGENCY = "emergency"
    CRISIS = "crisis"
    FINDER = "finder"


FILES = {
    Sort.SERVICE: SERVICES,
    Sort.AID: AID,
    Sort.RIGHT: RIGHTS,
    Sort.EMERGENCY: EMERGENCY,
    Sort.CRISIS: EMERGENCY,
    Sort.FINDER: EMERGENCY,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `source` is None for a right, which names its pages; `url` is the official page, where there is one.

    `line` is where it stands in `file`, None where that is not known.
    """

    id: str
    sort: Sort
    name: str
    countries: tuple[str, ...]
    confidence: Confidence
    source: Source | None
    as_of: str | None
    url: str | None
    line: int | None
    withholdable: bool
    holds: Holds

    @property
    def file(self) -> str:
        """The file it stands in."""
        return FILES[self.sort]

    @property
    def last_verified(self) -> str | None:
        """The day on which authors last compared it with the official page, as the file says."""
        return getattr(self.holds, "last_verified", None)

    @property
    def shown(self) -> bool:
        """Whether people are shown it at all. Of low confidence only rights and emergency numbers are, and say so."""
        if isinstance(self.holds, Finder):
            return self.holds.url in FINDER.msgid
        return self.confidence is not Confidence.LOW or self.sort in {Sort.RIGHT, Sort.EMERGENCY}

    def raw(self) -> Iterator[tuple[str, str]]:
        """Every field that says something, as it stands in the file."""
        for field in fields(self.holds):
            value = getattr(self.holds, field.name)
            if field.name not in {"file", "lines"} and value not in (None, (), {}, False):
                yield field.name, _written(value)

    def lines(self, today: date) -> tuple[Line, ...]:
        """What people see of it, of whom nothing is known but their country."""
        match self.holds:
            case Record() as record:
                return card(specimen(record), today)
            case Right() as right:
                return right_lines(right)
            case EmergencyNumber() as number:
                return (in_country(number),)
            case CrisisLine() as line:
                return (crisis_line(line),)
            case _:
                return (FINDER,) if self.shown else ()


@lru_cache(maxsize=2)
def entries(directory: Directory) -> Mapping[str, Entry]:
    """All of them by id: services and aid in file order, then rights, numbers, crisis lines, finders."""
    found = (*_records(directory), *_rights(directory), *_emergency(directory))
    return {entry.id: entry for entry in found}


def _records(directory: Directory) -> Iterator[Entry]:
    on_safety_cards = {line.id for lines in directory.crisis_lines.values() for line in lines}
    for record in directory.records.values():
        yield Entry(
            record.id,
            Sort.SERVICE if record.is_service else Sort.AID,
            record.name,
            record.countries,
            record.confidence,
            record.source,
            record.as_of,
            record.url,
            record.lines.get("id"),
            record.id not in on_safety_cards,
            record,
        )


def _rights(directory: Directory) -> Iterator[Entry]:
    for right in (each for parts in directory.rights.values() for each in parts):
        yield Entry(
            f"{Sort.RIGHT}.{right.id}",
            Sort.RIGHT,
            f"Rights, {right.id}",
            (right.country,),
            right.confidence,
            None,
            right.as_of,
            next(iter(right.sources.values()), None),
            right.lines.get("id"),
            False,
            right,
        )


def _emergency(directory: Directory) -> Iterator[Entry]:
    for number in directory.emergency.values():
        id_, where = f"{Sort.EMERGENCY}.{number.country}", (number.country,)
        yield _plain(number, id_, Sort.EMERGENCY, where, None)
    for line in (each for lines in directory.crisis_lines.values() for each in lines):
        yield _plain(line, f"{Sort.CRISIS}.{line.id}", Sort.CRISIS, (line.country,), line.url)
    for finder in directory.finders:
        yield _plain(finder, f"{Sort.FINDER}.{finder.id}", Sort.FINDER, (), finder.url)


def _plain(
    holds: EmergencyNumber | CrisisLine | Finder,
    id_: str,
    sort: Sort,
    countries: tuple[str, ...],
    url: str | None,
) -> Entry:
    """An entry of the emergency list: on safety cards, so never withheld."""
    return Entry(
        id_,
        sort,
        holds.name,
        countries,
        holds.confidence,
        holds.source,
        holds.as_of,
        url,
        None,
        False,
        holds,
    )


def _written(value: object) -> str:
    match value:
        case tuple():
            return ", ".join(str(each) for each in value)
        case Mapping():
            return "\n".join(f"{name}: {each}" for name, each in value.items())
        case True:
            return "yes"
        case _:
            return str(value)
