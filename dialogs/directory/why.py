"""Why a record is shown, as parts of a sentence, and what to check first, as sentences.

Decides what is said about a fit; that it fits was decided before, in `need`.
"""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.directory.cost import Cost, cost
from dialogs.directory.kinds import COVERS, Condition, Confidence, Kind, Payer, Status, WhoPays
from dialogs.directory.need import US, Near, Wanted
from dialogs.directory.phrases import say
from dialogs.directory.record import EVERYWHERE, Record
from dialogs.engine.lines import Code, CodeKind, Line

MOST_REGIONS_NAMED = 6
"""Only states of the US are named: other regions have no name in our lists."""


def reasons(wanted: Wanted, record: Record) -> Iterator[Line]:
    """Place, kind of problem and payer, as far as they speak for the record. Never empty."""
    yield _place(wanted, record)
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


def cautions(wanted: Wanted, record: Record) -> Iterator[Line]:
    """What may still rule the person out."""
    yield from _place_cautions(wanted, record)
    if wanted.condition is None and Condition.ANY not in record.conditions:
        names = tuple(say(f"condition.{condition}") for condition in record.conditions)
        yield say("caution.conditions", conditions=names)
    if wanted.some_only(record):
        yield say("caution.some_conditions")
    if wanted.payer in {None, Payer.UNSURE}:
        yield from _cover_caution(record)
    if wanted.foreign(record):
        yield say("caution.language", language=Code(CodeKind.LANGUAGE, wanted.language or ""))
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


def _place_cautions(wanted: Wanted, record: Record) -> Iterator[Line]:
    if EVERYWHERE in record.countries:
        yield say("caution.country")
    elif wanted.territory:
        yield say("caution.territory", region=Code(CodeKind.COUNTRY, wanted.territory))
    if wanted.region is not None:
        return
    excluded = tuple(region for region in record.excluded_regions if region[:2] == wanted.country)
    if excluded:
        yield say("caution.not_regions", regions=_regions(excluded))
    if record.regions and wanted.country == US and len(record.regions) <= MOST_REGIONS_NAMED:
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


def _cover_caution(record: Record) -> Iterator[Line]:
    if record.needs_cover:
        yield say("caution.cover", cover=_cover(record.needs_cover))
    elif Status.INSURED in record.needs_status:
        yield say("caution.cover", cover=say("cover.any"))


def _cover(covers: tuple[Payer, ...]) -> Line:
    return say("cover.any") if set(covers) == set(COVERS) else say(f"cover.{covers[0]}")
