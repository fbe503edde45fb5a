"""Why a record is shown, as parts of a sentence, and what to check first, as sentences.

Decides what is said about a fit; that it fits was decided before, in `need`.
"""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.directory.cost import Cost, cost
from dialogs.directory.kinds import (
    COVERS,
    GROWN_UP,
    Age,
    Condition,
    Confidence,
    Kind,
    Payer,
    Status,
    Way,
    WhoPays,
)
from dialogs.directory.need import Aged, Near, Wanted
from dialogs.directory.phrases import say
from dialogs.directory.record import EVERYWHERE, US, Record
from dialogs.engine.lines import Code, CodeKind, Line

MOST_PLACES_NAMED = 6
"""Only states of the US are named: other regions have no name in our lists."""


def reasons(wanted: Wanted, record: Record) -> Iterator[Line]:
    """Place, age, kind of problem, payer and wish, as far as they speak for the record. Never empty."""
    yield _place(wanted, record)
    if wanted.aged(record) is Aged.MADE_FOR and wanted.condition is not Condition.CHILDREN:
        yield say("why.children")
    some = wanted.some_only(record)
    if wanted.condition in record.conditions:
        name = "why.some_conditions" if some else "why.condition"
        yield say(name, condition=say(f"condition.{wanted.condition}"))
    elif Condition.ANY in record.conditions and not some:
        yield say("why.any_condition")
    if wanted.payer in record.needs_cover:
        yield say("why.your_cover", cover=say(f"cover.{wanted.payer}"))
    else:
        yield from _price(record, cost(record, wanted.payer))
    if wanted.way is Way.REMOTE and record.is_remote:
        yield say("why.remote")


def cautions(wanted: Wanted, record: Record) -> Iterator[Line]:
    """What may still rule the person out; places left out and what a doctor has to do are said first."""
    yield from _excluded(wanted, record)
    if record.doctor_must_request:
        yield say("caution.doctor")
    yield from _place_cautions(wanted, record)
    yield from _age_caution(wanted, record)
    if wanted.condition is None and Condition.ANY not in record.conditions:
        names = tuple(say(f"condition.{condition}") for condition in record.conditions)
        yield say("caution.conditions", conditions=names)
    if wanted.some_only(record):
        yield say("caution.some_conditions")
    if wanted.payer in {None, Payer.UNSURE}:
        yield from _cover_caution(record)
    if wanted.way is Way.IN_PERSON and record.is_remote:
        yield say("caution.remote")
    if wanted.foreign(record):
        yield say("caution.language", language=_languages(wanted.languages))
    if record.confidence is Confidence.MEDIUM:
        yield say("caution.medium")


def _place(wanted: Wanted, record: Record) -> Line:
    match wanted.near(record):
        case Near.REGION if wanted.region and wanted.region not in record.regions:
            return say("why.home", region=Code(CodeKind.REGION, wanted.region))
        case Near.REGION if wanted.region:
            return say("why.region", region=Code(CodeKind.REGION, wanted.region))
        case Near.EVERYWHERE:
            return say("why.many_countries")
        case _:
            return say("why.country", country=Code(CodeKind.COUNTRY, wanted.country or ""))


def _excluded(wanted: Wanted, record: Record) -> Iterator[Line]:
    """The places left out that the person may live in."""
    if wanted.region is not None:
        return
    here = {wanted.country} if wanted.country else {code[:2] for code in record.excluded_regions}
    regions = tuple(region for region in record.excluded_regions if region[:2] in here)
    countries = () if wanted.country else record.excluded_countries
    if 0 < len(regions) + len(countries) <= MOST_PLACES_NAMED:
        named = (*(Code(CodeKind.COUNTRY, code) for code in countries), *_regions(regions))
        yield say("caution.not_regions", regions=named)


def _age_caution(wanted: Wanted, record: Record) -> Iterator[Line]:
    if record.for_adults and wanted.age is None:
        yield say("caution.adults")
    elif record.for_children and wanted.age is None and wanted.condition is not None:
        yield say("caution.children")
    elif record.max_age is not None and record.max_age >= GROWN_UP and wanted.age is not Age.CHILD:
        yield say("caution.up_to_age", age=record.max_age)


def _place_cautions(wanted: Wanted, record: Record) -> Iterator[Line]:
    if EVERYWHERE in record.countries:
        yield say("caution.country")
    elif wanted.territory:
        yield say("caution.territory", region=Code(CodeKind.COUNTRY, wanted.territory))
    if wanted.region is not None:
        return
    if record.regions and wanted.country == US and len(record.regions) <= MOST_PLACES_NAMED:
        yield say("caution.regions", regions=_regions(record.regions))
    elif record.regions:
        yield say("caution.some_regions")


def _price(record: Record, fee: Cost) -> Iterator[Line]:
    """What speaks for the record's price. That a help is free goes without saying, and a part that is must be named."""
    match fee:
        case Cost.ASKING_FREE:
            finder = record.kind is Kind.CENTER_FINDER
            yield say("why.free_search" if finder else "why.free_asking")
        case Cost.REDUCED:
            yield say("why.reduced")
        case Cost.NO_FEE if record.is_service and Status.PATIENT not in record.needs_status:
            yield say(_no_fee(record))


def _no_fee(record: Record) -> str:
    if WhoPays.FREE in record.who_pays:
        return "why.free"
    return "why.public" if WhoPays.PUBLIC in record.who_pays else "why.cover_may_pay"


def _regions(codes: tuple[str, ...]) -> tuple[Code, ...]:
    return tuple(Code(CodeKind.REGION, code) for code in codes)


def _languages(codes: tuple[str, ...]) -> tuple[Code, ...]:
    return tuple(Code(CodeKind.LANGUAGE, code) for code in codes)


def _cover_caution(record: Record) -> Iterator[Line]:
    if record.needs_cover:
        yield say("caution.cover", cover=_cover(record.needs_cover))
    elif Status.INSURED in record.needs_status:
        yield say("caution.cover", cover=say("cover.any"))


def _cover(covers: tuple[Payer, ...]) -> Line:
    return say("cover.any") if set(covers) == set(COVERS) else say(f"cover.{covers[0]}")
