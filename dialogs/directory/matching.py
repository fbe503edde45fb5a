"""Which records fit a person's need, in which order, and why.

Decides by place first, then kind of problem, then who pays, then language; free and public help stands before paid when
equal. Nobody pays for a place in this order. It never ranks doctors and never says which record to choose.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from dialogs.directory.cost import Cost, cost, usable
from dialogs.directory.kinds import COVERS, Condition, Confidence, HelpsWith, Kind, Payer, WhoPays
from dialogs.directory.phrases import say
from dialogs.directory.record import EVERYWHERE, Record
from dialogs.directory.records import Directory
from dialogs.engine.lines import Code, CodeKind, Line

US = "US"
US_TERRITORIES = {"AS", "GU", "MP", "PR", "VI"}
"""Countries in ISO 3166-1 that are also regions of the United States."""

MOST_REGIONS_NAMED = 6
"""Only states of the US are named: other regions have no name in our lists."""

KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Need:
    """What is known about a person, in codes. None, or a code unknown here ("unsure"), rules nothing out."""

    country: str | None = None
    region: str | None = None
    condition: str | None = None
    payer: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that fits. `reasons` are parts of a sentence, `cautions` whole sentences."""

    record: Record
    cost: Cost
    reasons: tuple[Line, ...]
    cautions: tuple[Line, ...]


class Reason(StrEnum):
    """Why a record does not fit."""

    NOT_SURE_ENOUGH = "not_sure_enough"
    COUNTRY = "country"
    REGION = "region"
    CONDITION = "condition"
    PAYER = "payer"


@dataclass(frozen=True, slots=True)
class Miss:
    """A record that does not fit, with the first condition it fails."""

    record: Record
    reason: Reason


class _Near(IntEnum):
    """How well a record's place fits, in the order of the matcher."""

    REGION = 0
    COUNTRY = 1
    REGION_UNKNOWN = 2
    EVERYWHERE = 3


def match(directory: Directory, need: Need) -> list[Hit]:
    """The records that fit, the closest first."""
    wanted = _Wanted.of(need)
    fitting = [r for r in directory.records.values() if wanted.first_failing(r) is None]
    return [wanted.hit(record) for record in sorted(fitting, key=wanted.order)]


def misses(directory: Directory, need: Need) -> list[Miss]:
    """The records that do not fit, each with the first condition it fails, in file order."""
    wanted = _Wanted.of(need)
    found = ((record, wanted.first_failing(record)) for record in directory.records.values())
    return [Miss(record, reason) for record, reason in found if reason is not None]


def last_resort(directory: Directory, need: Need) -> list[Hit]:
    """When nothing fits: the public routes and finders of the country, whatever the problem and the payer."""
    wider = replace(need, condition=None, payer=None)
    kinds = {Kind.PUBLIC_ROUTE, Kind.CENTER_FINDER}
    return [hit for hit in match(directory, wider) if hit.record.kind in kinds]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A need in the directory's own words."""

    country: str | None
    region: str | None
    territory: str | None
    condition: Condition | None
    payer: Payer | None
    language: str | None

    @classmethod
    def of(cls, need: Need) -> _Wanted:
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
            language=need.language,
        )

    def first_failing(self, record: Record) -> Reason | None:
        if record.confidence is Confidence.LOW:
            return Reason.NOT_SURE_ENOUGH
        if not self._serves_country(record):
            return Reason.COUNTRY
        if not self._serves_region(record):
            return Reason.REGION
        if self.condition and not {self.condition, Condition.ANY} & set(record.conditions):
            return Reason.CONDITION
        return None if usable(record, self.payer) else Reason.PAYER

    def order(self, record: Record) -> tuple[int, ...]:
        """The sort key. To somebody without cover a paid offer fits worst, wherever it is."""
        fee = cost(record, self.payer)
        return (
            self.payer is Payer.NONE and fee is Cost.PAID,
            self._near(record),
            self.condition not in record.conditions,
            fee,
            self._foreign(record),
            _distance_from_a_doctor(record),
            KIND_ORDER[record.kind],
            len(record.countries),
            record.confidence is not Confidence.HIGH,
        )

    def hit(self, record: Record) -> Hit:
        return Hit(
            record,
            cost(record, self.payer),
            (self._why_place(record), *self._why_condition(record), *self._why_payer(record)),
            tuple(self._cautions(record)),
        )

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

    def _near(self, record: Record) -> _Near:
        if self.region in record.regions:
            return _Near.REGION
        if EVERYWHERE in record.countries:
            return _Near.EVERYWHERE
        return _Near.REGION_UNKNOWN if record.regions else _Near.COUNTRY

    def _foreign(self, record: Record) -> bool:
        known = self.language is not None and bool(record.languages)
        return known and self.language not in record.languages

    def _why_place(self, record: Record) -> Line:
        match self._near(record):
            case _Near.REGION if self.region:
                return say("why.region", region=Code(CodeKind.REGION, self.region))
            case _Near.EVERYWHERE:
                return say("why.many_countries")
            case _:
                return say("why.country", country=Code(CodeKind.COUNTRY, self.country or ""))

    def _why_condition(self, record: Record) -> Iterator[Line]:
        if self.condition in record.conditions:
            yield say("why.condition", condition=say(f"condition.{self.condition}"))
        elif Condition.ANY in record.conditions:
            yield say("why.any_condition")

    def _why_payer(self, record: Record) -> Iterator[Line]:
        fee = cost(record, self.payer)
        if self.payer in record.needs_cover:
            yield say("why.your_cover", cover=say(f"cover.{self.payer}"))
        elif record.is_service and fee is Cost.NO_FEE:
            yield say(_why_no_fee(record))

    def _cautions(self, record: Record) -> Iterator[Line]:
        if EVERYWHERE in record.countries:
            yield say("caution.country")
        if self.territory and EVERYWHERE not in record.countries:
            region = Code(CodeKind.COUNTRY, self.territory)
            yield say("caution.territory", region=region)
        if self.region is None:
            yield from self._region_cautions(record)
        if self.condition is None and Condition.ANY not in record.conditions:
            names = tuple(say(f"condition.{condition}") for condition in record.conditions)
            yield say("caution.conditions", conditions=names)
        if self.payer in {None, Payer.UNSURE} and record.needs_cover:
            yield say("caution.cover", cover=_cover(record.needs_cover))
        if self._foreign(record):
            yield say("caution.language", language=Code(CodeKind.LANGUAGE, self.language or ""))
        if record.confidence is Confidence.MEDIUM:
            yield say("caution.medium")

    def _region_cautions(self, record: Record) -> Iterator[Line]:
        excluded = tuple(r for r in record.excluded_regions if r[:2] == self.country)
        if excluded:
            yield say("caution.not_regions", regions=_regions(excluded))
        nameable = len(record.regions) <= MOST_REGIONS_NAMED and self.country == US
        if record.regions and nameable:
            yield say("caution.regions", regions=_regions(record.regions))
        elif record.regions:
            yield say("caution.some_regions")


def _distance_from_a_doctor(record: Record) -> int:
    """Services first, then help with seeing a doctor, then help around it."""
    if record.is_service:
        return 0
    return 1 if HelpsWith.CONSULTATION in record.helps_with else 2


def _why_no_fee(record: Record) -> str:
    if WhoPays.FREE in record.who_pays:
        return "why.free"
    return "why.public" if WhoPays.PUBLIC in record.who_pays else "why.cover_may_pay"


def _regions(codes: tuple[str, ...]) -> tuple[Code, ...]:
    return tuple(Code(CodeKind.REGION, code) for code in codes)


def _cover(covers: tuple[Payer, ...]) -> Line:
    return say("cover.any") if set(covers) == set(COVERS) else say(f"cover.{covers[0]}")
