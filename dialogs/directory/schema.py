"""Which fields a record, an emergency number and a crisis line have, and what each must hold.

Decides the schema of the three files. The reading of single fields is `fields`; what holds across records is `records`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from dialogs.directory.fields import Fields
from dialogs.directory.kinds import (
    COVERS,
    SERVICES,
    Condition,
    Confidence,
    HelpsWith,
    Kind,
    Payer,
    Source,
    Status,
    WhoPays,
)
from dialogs.directory.record import US, CrisisLine, EmergencyNumber, Finder, Record
from dialogs.engine.strict_yaml import Twig
from dialogs.mistakes import Mistake

T = TypeVar("T")

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
DAY = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
HIGHEST_CROSS_CHECK = 3
OLDEST = 120
HIGHEST_INCOME = 1000
"""Percent of the US federal poverty line."""


def read_list(
    root: Twig, name: str, file: str, mistakes: list[Mistake], read: Callable[[Fields], T]
) -> list[T]:
    """The entries under `name`, each read by `read`; an entry with a field too many is a mistake."""
    twig = root.fields.get(name)
    if twig is None or not isinstance(twig.value, list):
        mistakes.append(Mistake(file, 1, f"{name}: is missing", f"write {name}: and a list"))
        return []
    found = []
    for entry in twig.value:
        fields = Fields(entry, file, mistakes)
        found.append(read(fields))
        fields.finish()
    return found


def read_service(fields: Fields) -> Record:
    """A record of `services.yaml`."""
    return _record(fields, services=True)


def read_aid(fields: Fields) -> Record:
    """A record of `aid.yaml`."""
    return _record(fields, services=False)


def _record(fields: Fields, *, services: bool) -> Record:
    record = Record(
        id=_id(fields),
        name=fields.text("name"),
        kind=_kind(fields, services),
        operator=fields.text("operator"),
        countries=fields.countries("countries", star=True),
        regions=fields.regions("regions"),
        excluded_countries=fields.countries("excluded_countries", needed=False),
        excluded_regions=fields.regions("excluded_regions"),
        languages=fields.languages("languages"),
        conditions=fields.several("conditions", Condition),
        helps_with=() if services else fields.several("helps_with", HelpsWith),
        who_pays=fields.several("who_pays", WhoPays),
        needs_cover=_covers(fields),
        needs_status=fields.several("needs_status", Status, needed=False),
        min_age=fields.whole("min_age", OLDEST),
        max_age=fields.whole("max_age", OLDEST),
        income_max=fields.whole("income_max", HIGHEST_INCOME),
        doctor_must_request=fields.flag("doctor_must_request"),
        excludes_urgent=fields.flag("excludes_urgent"),
        only_some_of=fields.several("only_some_of", Condition, needed=False),
        then_billed=fields.flag("then_billed"),
        reduced=fields.flag("reduced"),
        home_region=next(iter(fields.regions("home_region")), None),
        cost_note=fields.text("cost_note"),
        turnaround_note=fields.text("turnaround_note") if services else None,
        needs=fields.text("needs"),
        eligibility_note=fields.text("eligibility_note"),
        url=fields.link("url"),
        phone=fields.phone("phone"),
        source=(source := fields.one("source", Source)),
        source_url=_source_url(fields, source),
        confidence=fields.one("confidence", Confidence),
        as_of=fields.as_of("as_of"),
        last_verified=_day(fields, "last_verified"),
        file=fields.file,
        lines=fields.lines,
    )
    _check_places(fields, record)
    _check_people(fields, record)
    for condition in record.only_some_of:
        if condition not in record.conditions:
            mend = f"add {condition} to conditions, or remove it here"
            fields.wrong("only_some_of", f"{condition} is no condition of the record", mend)
    return record


def read_emergency_number(fields: Fields) -> EmergencyNumber:
    """An entry of `emergency_numbers`."""
    ambulance = fields.dialled("ambulance")
    if ambulance is None:
        fields.wrong("ambulance", "is missing", "write the number to dial, in quotes")
    return EmergencyNumber(
        country=fields.country("country"),
        name=fields.text("name"),
        ambulance=ambulance or "",
        general=fields.dialled("general"),
        police=fields.dialled("police"),
        fire=fields.dialled("fire"),
        note=fields.optional("note"),
        source=fields.one("source", Source),
        cross_checked=_cross_checked(fields),
        confidence=fields.one("confidence", Confidence),
        as_of=fields.as_of("as_of"),
    )


def read_crisis_line(fields: Fields) -> CrisisLine:
    """An entry of `crisis_lines`."""
    if fields.text("kind") != "crisis_line":
        fields.wrong("kind", "is not in the closed list", "use crisis_line")
    return CrisisLine(
        id=_id(fields),
        country=fields.country("country"),
        name=fields.text("name"),
        number=fields.phone("number"),
        hours=fields.text("hours"),
        languages=fields.languages("languages"),
        url=fields.link("url"),
        note=fields.optional("note"),
        source=(source := fields.one("source", Source)),
        source_url=_source_url(fields, source),
        confidence=fields.one("confidence", Confidence),
        as_of=fields.as_of("as_of"),
    )


def read_finder(fields: Fields) -> Finder:
    """An entry of `directories`."""
    return Finder(
        id=_id(fields),
        name=fields.text("name"),
        url=fields.link("url"),
        languages=fields.languages("languages"),
        note=fields.optional("note"),
        source=fields.one("source", Source),
        confidence=fields.one("confidence", Confidence),
        as_of=fields.as_of("as_of"),
    )


def _id(fields: Fields) -> str:
    found = fields.text("id")
    if found and not ID.fullmatch(found):
        fields.wrong("id", f"{found!r} is no id", "use lower-case words joined by hyphens")
    return found


def _kind(fields: Fields, services: bool) -> Kind:
    kind = fields.one("kind", Kind)
    if (kind in SERVICES) is not services:
        other = "aid.yaml" if services else "services.yaml"
        fields.wrong("kind", f"{kind.value!r} belongs to {other}", "move the record, or correct it")
    return kind


def _covers(fields: Fields) -> tuple[Payer, ...]:
    found = fields.several("needs_cover", Payer, needed=False)
    if any(payer not in COVERS for payer in found):
        fields.wrong("needs_cover", "names no cover", "use public, insurance, employer")
    return found


def _source_url(fields: Fields, source: Source) -> str | None:
    found = fields.optional_link("source_url")
    if source is Source.STORED_PAGE and found is None:
        fields.wrong("source_url", "is missing for a stored page", "write the address of the page")
    return found


def _day(fields: Fields, name: str) -> str | None:
    found = fields.optional(name)
    if found is not None and not DAY.fullmatch(found):
        fields.wrong(name, f"{found!r} is no day", 'write "2026-11-22"')
    return found


def _cross_checked(fields: Fields) -> int:
    found = fields.text("cross_checked")
    if found not in {str(count) for count in range(HIGHEST_CROSS_CHECK + 1)}:
        fields.wrong("cross_checked", f"{found!r} is not 0 to 3", "count the lists that agree")
        return 0
    return int(found)


def _check_places(fields: Fields, record: Record) -> None:
    home = (record.home_region,) if record.home_region else ()
    places = {
        "regions": record.regions,
        "excluded_regions": record.excluded_regions,
        "home_region": home,
    }
    for name, regions in places.items():
        for region in regions:
            if not {region[:2], "*"} & set(record.countries):
                mend = f"add {region[:2]} to countries, or remove the region"
                fields.wrong(name, f"{region} lies in no country of the record", mend)


def _check_people(fields: Fields, record: Record) -> None:
    youngest, oldest = record.min_age, record.max_age
    if youngest is not None and oldest is not None and youngest > oldest:
        fields.wrong(
            "max_age", f"nobody is {youngest} or older and at most {oldest}", "correct one"
        )
    if record.income_max is not None and US not in record.countries:
        mend = "leave it to eligibility_note"
        fields.wrong("income_max", "means the US poverty line, and the record is elsewhere", mend)
