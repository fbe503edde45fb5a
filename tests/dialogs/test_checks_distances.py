"""How far people have to tap, measured by walking a small book."""

from __future__ import annotations

import pytest

from dialogs.book import load_book
from dialogs.checks.distances import GOALS, Distance, Goal, far, from_anywhere, from_start
from dialogs.checks.walk import Walk, walk
from dialogs.engine.conversation import Place
from tests.support.small_book import small_book

BOAT = Goal("to the boat", 2, from_start(Place("trip", "boat")))


@pytest.fixture(scope="module")
def walked() -> Walk:
    return walk(small_book())


def measured(goal: Goal, walked: Walk) -> Distance:
    """The goal in this walk."""
    return Distance(goal, walked.locale, goal.measure(small_book(), walked))


def test_a_way_is_counted_in_taps_after_start(walked: Walk) -> None:
    found = measured(BOAT, walked)
    assert str(found) == "taps to the boat (en): 2, at most 2"
    assert list(far([found])) == []


def test_a_way_that_is_too_long_is_a_mistake(walked: Walk) -> None:
    too_far = Goal("to the boat", 1, BOAT.measure)
    assert [m.what for m in far([measured(too_far, walked)])] == [
        "taps to the boat (en): 2, at most 1"
    ]


def test_a_place_nobody_reaches_is_a_mistake(walked: Walk) -> None:
    nowhere = Goal("to the moon", 9, from_start(Place("trip", "moon")))
    assert "never reached" in next(far([measured(nowhere, walked)])).what


def test_a_person_is_two_taps_away_from_everywhere(walked: Walk) -> None:
    assert from_anywhere("person")(small_book(), walked) == 2


def test_one_state_without_a_way_to_a_person_is_enough_to_fail() -> None:
    trap = "flow: trip\nstates:\n  a: {say: Hi., standing: none, choices: {on: {label: On, to: b}}}\n  "
    trap += "b: {say: Ho., standing: none, choices: {on: {label: On, to: a}}}"
    book = small_book({"trip.yaml": trap}, without=("trip.yaml",))
    assert from_anywhere("person")(book, walk(book)) is None


@pytest.mark.parametrize("locale", ["en", "es"])
def test_three_answers_and_a_whole_interview_are_near_enough(locale: str) -> None:
    ways = {goal.name: goal for goal in GOALS}
    for name in ("each question answered", "all asked and skipped"):
        goal = ways[f"from /start to a plan, {name}"]
        taps = goal.measure(load_book(), Walk(locale))
        assert taps is not None
        assert taps <= goal.most
