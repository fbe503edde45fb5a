"""Which records fit a person's need, in which order, and why.

Decides by place first, then kind of problem, then who pays, then language; free and public help stands before paid when
equal. Nobody pays for a place in this order. It never ranks doctors and never says which record to choose.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.directory.cost import Cost, cost
from dialogs.directory.kinds import Confidence, HelpsWith, Kind, Payer
from dialogs.directory.need import Need, Reason, Wanted
from dialogs.directory.record import Record
from dialogs.directory.records import Directory
from dialogs.directory.why import cautions, reasons
from dialogs.engine.lines import Line

__all__ = ["Hit", "Miss", "Need", "Reason", "last_resort", "match", "misses"]

KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}


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


def match(directory: Directory, need: Need) -> list[Hit]:
    """The records that fit, the closest first."""
    wanted = Wanted.of(need)
    fitting = [r for r in directory.records.values() if wanted.first_failing(r) is None]
    return [_hit(wanted, record) for record in sorted(fitting, key=lambda r: _order(wanted, r))]


def misses(directory: Directory, need: Need) -> list[Miss]:
    """The records that do not fit, each with the first condition it fails, in file order."""
    wanted = Wanted.of(need)
    found = ((record, wanted.first_failing(record)) for record in directory.records.values())
    return [Miss(record, reason) for record, reason in found if reason is not None]


def last_resort(directory: Directory, need: Need) -> list[Hit]:
    """When nothing fits: the public routes and finders of the country, whatever the problem and the payer."""
    wider = replace(need, condition=None, payer=None)
    kinds = {Kind.PUBLIC_ROUTE, Kind.CENTER_FINDER}
    return [hit for hit in match(directory, wider) if hit.record.kind in kinds]


def _hit(wanted: Wanted, record: Record) -> Hit:
    fee = cost(record, wanted.payer)
    return Hit(record, fee, tuple(reasons(wanted, record)), tuple(cautions(wanted, record)))


def _order(wanted: Wanted, record: Record) -> tuple[int, ...]:
    """The sort key. To somebody without cover a paid offer fits worst, wherever it is."""
    fee = cost(record, wanted.payer)
    return (
        wanted.payer is Payer.NONE and fee is Cost.PAID,
        wanted.near(record),
        wanted.condition not in record.conditions,
        fee,
        wanted.foreign(record),
        _distance_from_a_doctor(record),
        KIND_ORDER[record.kind],
        len(record.countries),
        record.confidence is not Confidence.HIGH,
    )


def _distance_from_a_doctor(record: Record) -> int:
    """Services first, then help with seeing a doctor, then help around it."""
    if record.is_service:
        return 0
    return 1 if HelpsWith.CONSULTATION in record.helps_with else 2
