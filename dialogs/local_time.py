"""What time it is for a person, and when a reminder may come.

Decides which clocks a country has at a moment, and moves a reminder out of the night. It knows countries and time
zones, not people: whose clock it is, a person is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel.core import get_global

MORNING, EVENING = time(9), time(21)
"""No reminder comes before the one, nor from the other on."""

NOWHERE = "Etc/"
"""Zones that are no place's."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock as it stands now. `minutes` is how far it is ahead of UTC; `zone` one of those in which it stands so."""

    zone: ZoneInfo
    minutes: int
    time: time


@cache
def zones(country: str) -> tuple[ZoneInfo, ...]:
    """The time zones of a country, by its two letters; none for a place that is no country."""
    names = sorted(get_global("territory_zones").get(country, ()))
    return tuple(ZoneInfo(name) for name in names if not name.startswith(NOWHERE))


def clocks(country: str | None, now: int) -> tuple[Clock, ...]:
    """The different clocks of a country at `now`, the westernmost first."""
    found: dict[int, Clock] = {}
    for zone in zones(country) if country else ():
        here = datetime.fromtimestamp(now, zone)
        minutes = int((here.utcoffset() or timedelta()).total_seconds() // 60)
        found.setdefault(minutes, Clock(zone, minutes, here.time()))
    return tuple(found[minutes] for minutes in sorted(found))


def after_days(zone: ZoneInfo | None, now: int, days: int) -> datetime:
    """At the same time of day as now, so many days later; by day where the zone is known."""
    there = datetime.fromtimestamp(now, zone or UTC)
    return _by_day(there + timedelta(days=days), known=zone is not None)


def before_day(zone: ZoneInfo | None, now: int, day: date) -> datetime:
    """The day before `day`: in the morning, or where no zone is known at the same time of day as now."""
    there = datetime.fromtimestamp(now, zone or UTC)
    at = MORNING if zone else there.time()
    return datetime.combine(day - timedelta(days=1), at, zone or UTC)


def _by_day(when: datetime, *, known: bool) -> datetime:
    """The moment itself, or the morning that follows it when it lies in the night."""
    if not known or MORNING <= when.time() < EVENING:
        return when
    day = when.date() + timedelta(days=when.time() >= EVENING)
    return datetime.combine(day, MORNING, when.tzinfo)
