"""A person's need in the directory's own words, and whether a record meets it.

Decides what a code that is missing or unknown means (it rules nothing out), and the first condition a record fails. The
order of what fits is decided in `matching`, the words for it in `why`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from dialogs.directory.cost import usable
from dialogs.directory.kinds import Condition, Confidence, Payer, Status
from dialogs.directory.record import EVERYWHERE, Record

US = "US"
US_TERRITORIES = {"AS", "GU", "MP", "PR", "VI"}
"""Countries in ISO 3166-1 that are also regions of the United States."""


@dataclass(frozen=True, slots=True)
class Need:
    """What is known about a person, in codes. None, or a code unknown here ("unsure"), rules nothing out."""

    country: str | None = None
    region: str | None = None
    condition: str | None = None
    payer: str | None = None
    language: str | None = None


class Reason(StrEnum):
    """Why a record does not fit."""

    NOT_SURE_ENOUGH = "not_sure_enough"
    COUNTRY = "country"
    REGION = "region"
    CONDITION = "condition"
    PAYER = "payer"


class Near(IntEnum):
    """How well a record's place fits, in the order of the matcher."""

    REGION = 0
    COUNTRY = 1
    REGION_UNKNOWN = 2
    EVERYWHERE = 3


class Fit(IntEnum):
    """How well what a record is for fits, in the order of the matcher."""

    EXACT = 0
    GENERAL = 1
    NARROW = 2  # only some illnesses of the group, or only some people


SOME_PEOPLE = {Status.PATIENT, Status.VETERAN, Status.MEDICARE}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A need in the directory's own words."""

    country: str | None
    region: str | None
    territory: str | None
    condition: Condition | None
    payer: Payer | None
    language: str | None

    @classmethod
    def of(cls, need: Need) -> Wanted:
        """A territory of the US counts as part of it; a region of another country counts for nothing."""
        territory = need.country if need.country in US_TERRITORIES else None
        region = f"{US}-{territory}" if territory else need.region
        country = US if territory else need.country
        if country is None or region is None or not region.startswith(f"{country}-"):
            region = None
        elif region[3:] in US_TERRITORIES:
            territory = region[3:]
        condition = next((c for c in Condition if c == need.condition), None)
        return cls(
            country=country,
            region=region,
            territory=territory,
            condition=None if condition is Condition.ANY else condition,
            payer=next((p for p in Payer if p == need.payer), None),
            language=need.language.partition("_")[0] if need.language else None,
        )

    def first_failing(self, record: Record) -> Reason | None:
        """Why the record does not fit, or None when it does."""
        if record.confidence is Confidence.LOW:
            return Reason.NOT_SURE_ENOUGH
        if not self._serves_country(record):
            return Reason.COUNTRY
        if not self._serves_region(record):
            return Reason.REGION
        if self.condition and not {self.condition, Condition.ANY} & set(record.conditions):
            return Reason.CONDITION
        return None if usable(record, self.payer) else Reason.PAYER

    def _serves_country(self, record: Record) -> bool:
        if self.country in record.excluded_countries:
            return False
        return EVERYWHERE in record.countries or self.country in record.countries

    def _serves_region(self, record: Record) -> bool:
        if self.region is None:
            return True
        regions = [region for region in record.regions if region[:2] == self.country]
        return self.region not in record.excluded_regions and (
            not regions or self.region in regions
        )

    def near(self, record: Record) -> Near:
        """How well the place fits, of a record that serves it."""
        if self.region in record.regions or self.at_home(record):
            return Near.REGION
        if EVERYWHERE in record.countries:
            return Near.EVERYWHERE
        return Near.REGION_UNKNOWN if record.regions else Near.COUNTRY

    def at_home(self, record: Record) -> bool:
        """Whether the record is in the person's own region, though it serves others too."""
        return self.region is not None and self.region == record.home_region

    def far_from(self, record: Record) -> bool:
        """Whether the record is in another region than the person, though it serves both."""
        return record.home_region is not None and not self.at_home(record)

    def fit(self, record: Record) -> Fit:
        """How well it fits, of a record that takes the condition."""
        if self.some_only(record) or SOME_PEOPLE & set(record.needs_status):
            return Fit.NARROW
        return Fit.EXACT if self.condition in record.conditions else Fit.GENERAL

    def some_only(self, record: Record) -> bool:
        """Whether the record takes only some illnesses of what the person named."""
        named = {self.condition, Condition.ANY} if self.condition else set(Condition)
        return named & set(record.conditions) <= set(record.only_some_of)

    def foreign(self, record: Record) -> bool:
        """Whether the service is known to work in other languages only."""
        known = self.language is not None and bool(record.languages)
        return known and self.language not in record.languages
