"""How fast Telegram is called."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.pacing import Pace

ANNA, BEN, CARA = 1, 2, 3


def test_a_small_burst_to_one_chat_passes_and_then_one_a_second() -> None:
    pace = Pace(chat_burst=3)
    for _ in range(3):
        assert pace.delay(ANNA, 100.0) == 0
        pace.spend(ANNA, 100.0)
    assert pace.delay(ANNA, 100.0) == 1.0
    assert pace.delay(ANNA, 101.0) == 0
    pace.spend(ANNA, 101.0)
    assert pace.delay(ANNA, 101.0) == 1.0
    assert pace.delay(BEN, 100.0) == 0


def test_a_quiet_chat_earns_its_burst_back_but_no_more() -> None:
    pace = Pace(chat_burst=2)
    for _ in range(2):
        pace.spend(ANNA, 100.0)
    for _ in range(2):
        assert pace.delay(ANNA, 1_000.0) == 0
        pace.spend(ANNA, 1_000.0)
    assert pace.delay(ANNA, 1_000.0) == 1.0


@given(st.lists(st.tuples(st.integers(1, 50), st.floats(0, 0.3)), max_size=200))
def test_no_second_holds_more_than_thirty_calls(plan: list[tuple[int, float]]) -> None:
    pace, now, made = Pace(), 1_000.0, []
    for chat, pause in plan:
        now += pause
        now += pace.delay(chat, now)
        pace.spend(chat, now)
        made.append(now)
    for start in made:
        assert sum(1 for at in made if start <= at < start + 0.999) <= 30


def test_a_chat_that_was_told_to_wait_waits_alone() -> None:
    pace = Pace()
    pace.hold(ANNA, 100.0, 7)
    assert pace.delay(ANNA, 100.0) == 7
    assert pace.delay(BEN, 100.0) == 0


def test_a_second_chat_told_to_wait_means_everybody() -> None:
    pace = Pace()
    pace.hold(ANNA, 100.0, 7)
    pace.hold(BEN, 101.0, 5)
    assert pace.delay(CARA, 101.0) == 5
    assert pace.rest(106.5) == 0


def test_one_chat_told_twice_is_still_one_chat() -> None:
    pace = Pace()
    pace.hold(ANNA, 100.0, 7)
    pace.hold(ANNA, 103.0, 7)
    assert pace.rest(103.0) == 0


def test_chats_that_owe_nothing_are_forgotten() -> None:
    pace = Pace(per_second=10**9)
    for chat in range(12_000):
        pace.spend(chat, float(chat))
    assert len(pace._chats) < 10_002
