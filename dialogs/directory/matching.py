"""Which records fit a person's need, in which order, and why.

Decides by place and age first, then kind of problem, then who pays, then language, then remote or in person; free and
public help stands before paid when equal. Two answers change this: without cover, what costs least and leads to a
doctor comes first; with public cover, the country's own public route. Nobody pays for a place, no doctor is ranked,
and it never says which to choose.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from dialogs.directory.cost import Cost, cost
from dialogs.directory.kinds import Confidence, HelpsWith, Kind, Payer, WhoPays
from dialogs.directory.need import Fit, Need, Reason, Wanted
from dialogs.directory.record import EVERYWHERE, Record
from dialogs.directory.records import Directory
from dialogs.directory.why import cautions, reasons
from dialogs.engine.lines import Line

__all__ = ["Hit", "Miss", "Need", "Reason", "last_resort", "match", "misses", "specimen"]

Ids = frozenset[str]
NO_IDS: Ids = frozenset()
AROUND_CARE = {Kind.COPAY, Kind.TRAVEL_LODGING, Kind.MEDICINES}
KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}


class Step(IntEnum):
    """What a record does for somebody without cover, the most urgent first."""

    DOCTOR = 0
    FINDER = 1  # asking is free, the visits are not
    WAY = 2  # cover, bills, and people who know where to go
    NARROW = 3
    AROUND = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that fits. `reasons` are parts of a sentence, `cautions` whole sentences."""

    record: Record
    cost: Cost
    reasons: tuple[Line, ...]
    cautions: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """A record that does not fit, with the first condition it fails."""

    record: Record
    reason: Reason


def match(directory: Directory, need: Need, withheld: Ids = NO_IDS) -> list[Hit]:
    """The records that fit, the closest first, without those `withheld`."""
    wanted = Wanted.of(need)
    open_to_all = (r for r in directory.records.values() if r.id not in withheld)
    fitting = [record for record in open_to_all if wanted.first_failing(record) is None]
    return [_hit(wanted, record) for record in sorted(fitting, key=lambda r: _order(wanted, r))]


def specimen(record: Record) -> Hit:
    """A record as somebody sees it of whom nothing is known but that they live where it is."""
    country = None if EVERYWHERE in record.countries else record.countries[0]
    return _hit(Wanted.of(Need(country)), record)


def misses(directory: Directory, need: Need) -> list[Miss]:
    """The records that do not fit, each with the first condition it fails, in file order."""
    wanted = Wanted.of(need)
    found = ((record, wanted.first_failing(record)) for record in directory.records.values())
    return [Miss(record, reason) for record, reason in found if reason is not None]


def last_resort(directory: Directory, need: Need, withheld: Ids = NO_IDS) -> list[Hit]:
    """When nothing fits: the public routes and finders of the country, whatever the problem and the payer."""
    wider = replace(need, condition=None, payer=None)
    kinds = {Kind.PUBLIC_ROUTE, Kind.CENTER_FINDER}
    return [hit for hit in match(directory, wider, withheld) if hit.record.kind in kinds]


def _hit(wanted: Wanted, record: Record) -> Hit:
    fee = cost(record, wanted.payer)
    return Hit(record, fee, tuple(reasons(wanted, record)), tuple(cautions(wanted, record)))


def _order(wanted: Wanted, record: Record) -> tuple[int, ...]:
    """The sort key: what the answer about the payer puts first, then what counts for everybody.

    Help that is free counts as much as help that is cheap for the poor, or where only asking is free.
    """
    fee = max(cost(record, wanted.payer), Cost.ASKING_FREE)
    return (
        *_by_payer(wanted, record, fee),
        wanted.near(record),
        wanted.aged(record),
        wanted.fit(record),
        fee,
        wanted.foreign(record),
        wanted.against_wish(record),
        _distance_from_a_doctor(record),
        wanted.far_from(record),
        KIND_ORDER[record.kind],
        len(record.countries),
        record.confidence is not Confidence.HIGH,
    )


def _by_payer(wanted: Wanted, record: Record, fee: Cost) -> tuple[int, ...]:
    """To somebody without cover a paid offer fits worst, wherever it is."""
    match wanted.payer:
        case Payer.NONE:
            return fee, _step(wanted, record)
        case Payer.PUBLIC:
            return (not _own_public_route(record),)
        case _:
            return ()


def _step(wanted: Wanted, record: Record) -> Step:
    if wanted.fit(record) is Fit.NARROW and not _own_public_route(record):
        return Step.NARROW
    if record.then_billed:
        return Step.FINDER
    if record.kind in AROUND_CARE:
        return Step.AROUND
    doctor = HelpsWith.CONSULTATION in record.helps_with
    if record.is_service or (doctor and record.kind is not Kind.INSURANCE_PROGRAMME):
        return Step.DOCTOR
    return Step.WAY


def _own_public_route(record: Record) -> bool:
    """Whether it is the way through the public system of one country."""
    public = {WhoPays.FREE, WhoPays.PUBLIC} & set(record.who_pays)
    return record.kind is Kind.PUBLIC_ROUTE and bool(public) and len(record.countries) == 1


def _distance_from_a_doctor(record: Record) -> int:
    """Services first, then help with seeing a doctor, then help around it."""
    if record.is_service:
        return 0
    return 1 if HelpsWith.CONSULTATION in record.helps_with else 2
