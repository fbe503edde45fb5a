"""How conversations of the log went through states, for funnels.

Decides what is read of them: in which order steps were reached, within how much time, and how much of a long period can
be followed at once. It hides no number; whoever shows one does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from bot.storage.log_tables import EVENT, VISIT
from dialogs.engine.result import EventKind

MOST_WALKS, MOST_SHOWN = 5_000, 20_000
"""First steps, and states shown, that are read at once: more would keep whoever asks waiting (100,000 conversations in
90 days: 0.15 s)."""


class Period(NamedTuple):
    """UTC epoch seconds; `until` is exclusive."""

    since: int
    until: int


@dataclass(slots=True)
class Walk:
    """A conversation that came to the first step. `last`: the place it was last seen at; `event`: the row that made the
    newest step; `times`: when it reached each step, for as far as it came, in UTC epoch seconds.
    """

    locale: str
    last: str
    event: int
    times: list[int]


def bounded(connection: Connection, places: Sequence[str], period: Period, most: int) -> Period:
    """The period, or so much of its end that these places were shown at most so often in it."""
    row = EVENT.c
    newest = select(row.at).where(_shown(places, period)).order_by(row.at.desc())
    since = connection.execute(newest.offset(most).limit(1)).scalar()
    return period if since is None else period._replace(since=since + 1)


def walks(
    connection: Connection, steps: Sequence[Sequence[str]], period: Period, window: int
) -> list[Walk]:
    """Every conversation that came to the first step in the period, from its first time there on.

    Each step is a group of places of which one was shown, after the step before, at most `window` seconds after the
    first.
    """
    found = _begun(connection, steps[0], period)
    row = EVENT.c
    for number, places in enumerate(steps[1:], 1):
        later = _shown(places, period._replace(until=period.until + window))
        came: dict[str, tuple[int, int]] = {}
        for ref, event, at in connection.execute(select(row.ref, row.id, row.at).where(later)):
            walk = found.get(ref)
            if walk is None or len(walk.times) != number or event <= walk.event:
                continue
            if at <= walk.times[0] + window:
                came[ref] = min(came.get(ref, (event, at)), (event, at))
        for ref, (event, at) in came.items():
            found[ref].event = event
            found[ref].times.append(at)
    return list(found.values())


def _begun(connection: Connection, places: Sequence[str], period: Period) -> dict[str, Walk]:
    row, visit = EVENT.c, VISIT.c
    query = (
        select(row.ref, row.id, row.at, visit.locale, visit.place)
        .select_from(EVENT.join(VISIT, visit.ref == row.ref))
        .where(_shown(places, period))
    )
    found: dict[str, Walk] = {}
    for ref, event, at, locale, last in connection.execute(query):
        if ref not in found or event < found[ref].event:
            found[ref] = Walk(locale, last, event, [at])
    return found


def reach(
    connection: Connection, places: Sequence[str], period: Period, locale: str = ""
) -> dict[str, int]:
    """How many conversations were shown each of these places in the period. An empty `locale` is any."""
    row = EVENT.c
    refs: dict[str, set[str]] = defaultdict(set)
    for place, ref in connection.execute(select(row.place, row.ref).where(_shown(places, period))):
        refs[place].add(ref)
    if not locale:
        return {place: len(found) for place, found in refs.items()}
    speaking = _speaking(connection, locale, period.since)
    return {place: len(found & speaking) for place, found in refs.items()}


def stopped(
    connection: Connection, places: Sequence[str], period: Period, locale: str = ""
) -> dict[str, int]:
    """How many conversations had their last turn in the period, and at each of these places."""
    row = VISIT.c
    counted = select(row.place, func.count()).where(
        row.place.in_(places), row.last_at >= period.since, row.last_at < period.until
    )
    if locale:
        counted = counted.where(row.locale == locale)
    found = connection.execute(counted.group_by(row.place))
    return {str(place): int(count) for place, count in found}


def _speaking(connection: Connection, locale: str, since: int) -> set[str]:
    row = VISIT.c
    query = select(row.ref).where(row.locale == locale, row.last_at >= since)
    return set(connection.execute(query).scalars())


def _shown(places: Sequence[str], period: Period) -> ColumnElement[bool]:
    row = EVENT.c
    return (
        row.place.in_(places)
        & (row.kind == EventKind.SHOWN.value)
        & (row.at >= period.since)
        & (row.at < period.until)
    )
