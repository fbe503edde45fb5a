"""Clocks of countries, and moments that are not at night."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from babel.core import get_global
from hypothesis import given
from hypothesis import strategies as st

from dialogs.local_time import EVENING, MORNING, after_days, before_day, clocks, zones

WINTER = int(datetime(2026, 11, 23, 15, 30, tzinfo=UTC).timestamp())
COUNTRIES = sorted(filter(zones, get_global("territory_zones")))
moments = st.integers(WINTER, WINTER + 400 * 86_400)


def hours(country: str) -> list[str]:
    return [f"{clock.time:%H:%M}" for clock in clocks(country, WINTER)]


@pytest.mark.parametrize(
    ("country", "shown"),
    [
        ("DE", ["16:30"]),
        ("IN", ["21:00"]),
        ("ES", ["15:30", "16:30"]),
        ("US", ["05:30", "06:30", "07:30", "08:30", "09:30", "10:30"]),
    ],
)
def test_a_country_shows_each_of_its_clocks_once(country: str, shown: list[str]) -> None:
    assert hours(country) == shown


def test_no_country_has_no_clock() -> None:
    assert clocks(None, WINTER) == clocks("ZZ", WINTER) == ()


@given(st.sampled_from(COUNTRIES), st.integers(0, 20), moments, st.sampled_from([1, 3, 7]))
def test_a_reminder_comes_by_day_and_never_before_it_was_asked_for(
    country: str, which: int, now: int, days: int
) -> None:
    found = zones(country)
    zone = found[which % len(found)]
    when = after_days(zone, now, days)
    assert MORNING <= when.astimezone(zone).time() < EVENING
    assert (
        timedelta(days=days - 1)
        < when - datetime.fromtimestamp(now, UTC)
        < timedelta(days=days + 1)
    )


@given(moments, st.sampled_from([1, 3, 7]))
def test_where_no_clock_is_known_it_comes_at_the_same_time_of_day(now: int, days: int) -> None:
    assert after_days(None, now, days).timestamp() == now + days * 86_400


def test_the_day_before_a_date_is_told_in_the_morning() -> None:
    (berlin, *_) = zones("DE")
    assert before_day(berlin, WINTER, date(2026, 12, 24)).isoformat() == "2026-12-23T09:00:00+01:00"
    assert before_day(None, WINTER, date(2026, 12, 24)).isoformat() == "2026-12-23T15:30:00+00:00"
