"""A person's need in the directory's own words, and whether a record meets it.

Decides what a code that is missing or unknown means (it rules nothing out), and the first condition a record fails. The
order of what fits is decided in `matching`, the words for it in `why`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from dialogs.directory.cost import usable
from dialogs.directory.kinds import Age, Condition, Confidence, Payer, Status, Way
from dialogs.directory.record import EVERYWHERE, US, Record

US_TERRITORIES = {"AS", "GU", "MP", "PR", "VI"}
"""Countries in ISO 3166-1 that are also regions of the United States."""


@dataclass(frozen=True, slots=True)
class Need:
    """What is known about a person, in codes. None, or a code unknown here ("unsure"), rules nothing out.

    `languages` are those the person understands, the language of the chat first.
    """

    country: str | None = None
    region: str | None = None
    condition: str | None = None
    payer: str | None = None
    languages: tuple[str, ...] = ()
    age: str | None = None
    urgent: bool = False
    way: str | None = None


class Reason(StrEnum):
    """Why a record does not fit."""

    NOT_SURE_ENOUGH = "not_sure_enough"
    COUNTRY = "country"
    REGION = "region"
    AGE = "age"
    URGENT = "urgent"
    CONDITION = "condition"
    PAYER = "payer"


class Near(IntEnum):
    """How well a record's place fits, in the order of the matcher."""

    REGION = 0
    COUNTRY = 1
    REGION_UNKNOWN = 2
    EVERYWHERE = 3


class Aged(IntEnum):
    """How well the age fits, in the order of the matcher."""

    MADE_FOR = 0  # a place for children, and it is for a child
    ANY = 1


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
    languages: tuple[str, ...]
    age: Age | None
    urgent: bool
    way: Way | None

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
        spoken = (code.partition("_")[0] for code in need.languages)
        return cls(
            country=country,
            region=region,
            territory=territory,
            condition=None if condition is Condition.ANY else condition,
            payer=next((p for p in Payer if p == need.payer), None),
            languages=tuple(dict.fromkeys(spoken)),
            age=Age.CHILD if condition is Condition.CHILDREN else _known_age(need.age),
            urgent=need.urgent,
            way=next((w for w in Way if w == need.way), None),
        )

    def first_failing(self, record: Record) -> Reason | None:
        """Why the record does not fit, or None when it does."""
        if record.confidence is Confidence.LOW:
            return Reason.NOT_SURE_ENOUGH
        if not self._serves_country(record):
            return Reason.COUNTRY
        if not self._serves_region(record):
            return Reason.REGION
        if not self._right_age(record):
            return Reason.AGE
        if self.urgent and record.excludes_urgent:
            return Reason.URGENT
        if not self._takes_condition(record):
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

    def _right_age(self, record: Record) -> bool:
        if self.age is Age.CHILD:
            return not record.for_adults
        return not (self.age is Age.ADULT and record.for_children)

    def _takes_condition(self, record: Record) -> bool:
        """A place that is for children and for nothing else takes a child with any problem."""
        return bool(self._named(record) & set(record.conditions))

    def _named(self, record: Record) -> set[Condition]:
        """The words for the problem, any of which the record may use."""
        if self.condition is None:
            return set(Condition)
        whole_child = self.age is Age.CHILD and record.conditions == (Condition.CHILDREN,)
        return {self.condition, Condition.CHILDREN if whole_child else Condition.ANY}

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

    def aged(self, record: Record) -> Aged:
        """How well the age fits, of a record that takes it."""
        return Aged.MADE_FOR if self.age is Age.CHILD and record.for_children else Aged.ANY

    def against_wish(self, record: Record) -> bool:
        """Whether it is known to be remote, or not to be, and the person would rather have the other."""
        return self.way is not None and record.is_remote is not (self.way is Way.REMOTE)

    def fit(self, record: Record) -> Fit:
        """How well it fits, of a record that takes the condition."""
        if self.some_only(record) or SOME_PEOPLE & set(record.needs_status):
            return Fit.NARROW
        return Fit.EXACT if self.condition in record.conditions else Fit.GENERAL

    def some_only(self, record: Record) -> bool:
        """Whether the record takes only some illnesses of what the person named."""
        return self._named(record) & set(record.conditions) <= set(record.only_some_of)

    def foreign(self, record: Record) -> bool:
        """Whether the service is known to work in other languages only."""
        known = bool(self.languages and record.languages)
        return known and not set(self.languages) & set(record.languages)


def _known_age(code: str | None) -> Age | None:
    return next((age for age in Age if age == code), None)
