"""One record of the directory, and the entries of the emergency list, as values.

Decides what is known about a place or a number. It does not choose between them, and it says nothing to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.directory.kinds import (
    GROWN_UP,
    REMOTE,
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

US = "US"
EVERYWHERE = "*"
"""In `countries`: open to many countries, though never to all."""


@dataclass(frozen=True, slots=True)
class Record:
    """A service or a help. `as_of` is the year ("2024") or month ("2024-05") the facts are believed to hold for.

    `needs_cover` lists the covers of which a person must already have one; empty means that `who_pays` tells.
    `needs_status` lists what a person must be. `only_some_of` lists the conditions of which only some illnesses are
    served. `then_billed`: asking is free, the visits that follow are not. `reduced`: people with little money pay less,
    often nothing. `home_region` is where it is, when people elsewhere would have to travel. `lines` says where each
    field stands in `file`.
    """

    id: str
    name: str
    kind: Kind
    operator: str
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    conditions: tuple[Condition, ...]
    who_pays: tuple[WhoPays, ...]
    cost_note: str
    needs: str
    eligibility_note: str
    url: str
    source: Source
    confidence: Confidence
    as_of: str
    source_url: str | None = None
    phone: str | None = None
    turnaround_note: str | None = None
    last_verified: str | None = None
    regions: tuple[str, ...] = ()
    excluded_countries: tuple[str, ...] = ()
    excluded_regions: tuple[str, ...] = ()
    needs_cover: tuple[Payer, ...] = ()
    needs_status: tuple[Status, ...] = ()
    min_age: int | None = None
    max_age: int | None = None
    income_max: int | None = None
    doctor_must_request: bool = False
    excludes_urgent: bool = False
    only_some_of: tuple[Condition, ...] = ()
    then_billed: bool = False
    reduced: bool = False
    home_region: str | None = None
    helps_with: tuple[HelpsWith, ...] = ()
    file: str = ""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)

    @property
    def is_service(self) -> bool:
        """Whether it offers or leads to an opinion, rather than helping with the cost."""
        return self.kind in SERVICES

    @property
    def is_remote(self) -> bool:
        """Whether it works from a distance."""
        return self.kind in REMOTE

    @property
    def for_children(self) -> bool:
        """Whether it is for children alone."""
        young = self.max_age is not None and self.max_age < GROWN_UP
        return young or self.conditions == (Condition.CHILDREN,)

    @property
    def for_adults(self) -> bool:
        """Whether it is for adults alone."""
        return self.min_age is not None and self.min_age >= GROWN_UP

    @property
    def year(self) -> int:
        """The year the facts are believed to hold for."""
        return int(self.as_of[:4])


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """What to dial in a country. `ambulance` is shown first; `general` is None where there is no single number."""

    country: str
    name: str
    ambulance: str
    general: str | None
    police: str | None
    fire: str | None
    source: Source
    cross_checked: int
    confidence: Confidence
    as_of: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """A line for people who think of suicide. Without a `number` only the page is shown."""

    id: str
    country: str
    name: str
    number: str | None
    hours: str
    languages: tuple[str, ...]
    url: str
    source: Source
    confidence: Confidence
    as_of: str
    source_url: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Finder:
    """A list of crisis lines in many countries, shown beside every single line."""

    id: str
    name: str
    url: str
    languages: tuple[str, ...]
    source: Source
    confidence: Confidence
    as_of: str
    note: str | None = None
