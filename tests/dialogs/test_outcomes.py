"""Outcomes, periods and signals: tables that other rooms rely on."""

from __future__ import annotations

import pytest

from dialogs.book import Book, load_book
from dialogs.checks.texts import topics
from dialogs.engine.conversation import Conversation, Frame, Place
from dialogs.engine.registry import Situation
from dialogs.engine.said import Facts
from dialogs.engine.scene import PRIVATE
from dialogs.kept_for import PERIODS, Kind
from dialogs.outcomes import REACHED, Outcome, furthest, outcome_at
from dialogs.understanding.safety.signal import graver


@pytest.fixture(scope="module")
def book() -> Book:
    """The real book."""
    return load_book()


def test_every_place_named_waits_in_the_real_book(book: Book) -> None:
    for name in REACHED:
        flow, _, state = name.partition(".")
        assert flow in book.flows, name
        assert not state or book.flows[flow].states[state].waits, name


def test_every_topic_is_an_outcome(book: Book) -> None:
    assert {flow.name for flow in topics(book)} <= REACHED.keys()


def test_a_state_counts_before_its_flow() -> None:
    assert outcome_at(Place("barriers", "cost")) is Outcome.CONCERNS
    assert outcome_at(Place("barriers", "decided_not")) is Outcome.DECLINED
    assert outcome_at(Place("menu", "main")) is outcome_at(None) is None


def test_the_furthest_outcome_stands() -> None:
    assert furthest("", "read") == furthest("read", "") == "read"
    assert furthest("declined", "prepared") == "prepared"
    assert furthest("danger", "prepared") == "danger"


def test_the_graver_signal_stands() -> None:
    assert graver("", "time.soon") == graver("time.soon", "") == "time.soon"
    assert graver("selfharm.now", "cardiac.check") == "selfharm.now"
    assert graver("selfharm.now", "cardiac.now") == "cardiac.now"


def test_every_kind_has_one_period() -> None:
    assert set(PERIODS) == set(Kind)


def test_privacy_tells_every_period_with_the_operators_days(book: Book) -> None:
    at = Situation(book, Conversation("en"), Facts(0, keep_days=30))
    (line,) = book.registry.views["periods"](at, Frame(Place("privacy", "periods"))).lines
    told = str(line)
    for period in PERIODS.values():
        assert period.what.msgid in told
    assert "count=30" in told
    assert "count=3)" in told, "daily counts, in years"


def test_private_places_exist(book: Book) -> None:
    assert all(book.state(place) for place in PRIVATE)
