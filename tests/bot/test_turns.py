"""Taking turns: once, in order, and durably."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.arrival import Arrival, Elsewhere, Gone, Source
from bot.storage.log_tables import EVENT
from bot.storage.outbox import ParcelKind
from bot.storage.priority import Priority
from bot.storage.tables import CONVERSATION, OUTBOX, SEEN, TALLY, TIMER
from bot.turns import StoppedError
from bot.turns_batch import Ignored
from bot.turns_plan import Taken
from dialogs.engine.lines import Line
from dialogs.engine.said import Due, Facts, Returned, Tap, Typed
from dialogs.understanding.reading import Reading
from tests.support.database import House, open_house, text_of


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A running house."""
    with open_house(tmp_path) as house:
        yield house


def test_an_input_is_answered_and_remembered(house: House) -> None:
    (taken,) = house.take(house.tap(5, "hello"))
    assert taken == Taken(1, callback="q1", locale="en")
    (parcel,) = house.heads()
    assert (text_of(parcel), parcel.chat, parcel.locale) == ("hello", 5, "en")
    assert parcel.kind is ParcelKind.MESSAGE
    assert house.spoken.is_set()


def test_an_input_handed_over_again_changes_nothing(house: House) -> None:
    first = house.tap(5, "hello")
    house.take(first)
    before = house.rows(CONVERSATION), house.rows(OUTBOX), house.rows(TALLY)
    (again,) = house.take(first)
    assert again == Taken(1, fresh=False, callback="q1", locale="en")
    assert before == (house.rows(CONVERSATION), house.rows(OUTBOX), house.rows(TALLY))


def test_an_input_twice_in_one_batch_is_taken_once(house: House) -> None:
    tap = house.tap(5, "hello")
    assert [taken.fresh for taken in house.take(tap, tap)] == [True, False]
    assert len(house.talk.asked) == 1


def test_inputs_of_one_chat_go_in_the_order_of_their_ids(house: House) -> None:
    later, earlier = house.tap(5, "b", number=9), house.tap(5, "a", number=8)
    taken = house.take(later, earlier)
    assert [each.id for each in taken] == [9, 8]
    assert [said for said, _ in house.talk.asked] == [Tap("a"), Tap("b")]


def test_a_timer_and_an_update_of_the_same_number_are_two_inputs(house: House) -> None:
    house.take(house.tap(5, "a", number=3))
    (taken,) = house.take(Arrival(Source.TIMER, 3, 5, Due("nudge", 1)))
    assert taken.fresh


def test_a_notice_comes_back_for_the_pressed_button(house: House) -> None:
    (taken,) = house.take(house.tap(5, "notice"))
    assert taken.notice == Line("tiny.notice", "notice")


def test_a_chosen_language_is_that_of_what_follows(house: House) -> None:
    house.take(house.tap(5, "es"))
    (taken,) = house.take(house.tap(5, "hello"))
    assert taken.locale == "es"
    assert house.rows(CONVERSATION)[0]["locale"] == "es"
    assert {row["locale"] for row in house.rows(OUTBOX)} == {"es"}


def test_the_facts_of_the_world_reach_the_engine(house: House) -> None:
    house.take(house.tap(5, "hello"))
    ((_, facts),) = house.talk.asked
    assert facts == Facts(house.clock.now(), keep_days=90, refs=frozenset({"clinic"}))


def test_many_people_at_once_are_all_right(house: House) -> None:
    futures: list[Future[list[Taken]]] = []

    def person(chat: int) -> None:
        futures.append(house.turns.take([house.tap(chat, "one")]))
        futures.append(house.turns.take([house.tap(chat, "two")]))

    people = [threading.Thread(target=person, args=(chat,)) for chat in range(1, 201)]
    for thread in people:
        thread.start()
    for thread in people:
        thread.join()
    assert all(future.result(timeout=20)[0].fresh for future in futures)
    assert len(house.rows(CONVERSATION)) == 200
    assert len(house.rows(OUTBOX)) == 400


def test_a_hundred_inputs_handed_over_together_come_back_in_order(house: House) -> None:
    taps = [house.tap(chat % 7, "hello") for chat in range(100)]
    assert [taken.id for taken in house.take(*taps)] == [tap.id for tap in taps]


def test_what_is_queued_when_the_turns_stop_is_still_taken(house: House) -> None:
    futures = [house.turns.take([house.tap(chat, "hello")]) for chat in range(50)]
    house.turns.stop()
    assert all(future.done() for future in futures)
    with pytest.raises(StoppedError):
        house.turns.take([house.tap(1, "late")])


def test_counts_add_up_over_the_day(house: House) -> None:
    house.take(house.tap(5, "a"), house.tap(6, "a"))
    house.take(house.tap(7, "a"))
    house.clock.advance(86_400)
    house.take(house.tap(7, "a"))
    counts = sorted((row["kind"], row["count"]) for row in house.rows(TALLY))
    assert counts == [("chosen", 1), ("chosen", 3), ("turn", 1), ("turn", 3)]


def test_steps_are_logged_only_while_staff_may_read(house: House) -> None:
    house.take(house.tap(5, "before"), house.tap(5, "yes"), house.tap(5, "after"))
    assert [row["detail"] for row in house.rows(EVENT)] == ["yes", "after"]
    reference = house.rows(EVENT)[0]["ref"]
    assert reference not in str(house.rows(CONVERSATION))
    house.take(house.tap(5, "no"), house.tap(5, "silent"))
    assert house.rows(EVENT) == []
    house.take(house.tap(5, "yes"))
    assert house.rows(EVENT)[0]["ref"] != reference


def test_what_a_person_typed_is_never_written(house: House, tmp_path: Path) -> None:
    house.take(house.arrives(5, Typed(Reading(SecretStr("zebra-crossing")))))
    house.upkeep.checkpoint()
    assert all(b"zebra" not in path.read_bytes() for path in tmp_path.iterdir())


def test_somebody_in_a_group_gets_one_answer_and_no_conversation(house: House) -> None:
    house.take(house.arrives(-100, Elsewhere()))
    (parcel,) = house.heads()
    assert (text_of(parcel), parcel.chat) == ("elsewhere", -100)
    assert house.rows(CONVERSATION) == []


def test_an_ignored_update_is_remembered_as_seen(house: House) -> None:
    (taken,) = house.turns.take([Ignored(Source.TELEGRAM, 77)]).result(timeout=10)
    assert (taken.id, taken.fresh) == (77, True)
    assert [row["id"] for row in house.rows(SEEN)] == [77]


def test_whoever_leaves_gets_nothing_until_they_come_back(house: House) -> None:
    house.take(house.tap(5, "timer"))
    house.take(house.arrives(5, Gone()))
    assert house.rows(CONVERSATION)[0]["unreachable"]
    assert house.heads() == []
    house.take(house.arrives(5, Due("nudge", 7)))
    assert house.heads() == []
    assert house.rows(CONVERSATION)[0]["unreachable"]
    house.take(house.arrives(5, Returned()))
    assert not house.rows(CONVERSATION)[0]["unreachable"]
    assert [text_of(parcel) for parcel in house.heads()] == ["returned"]


def test_leaving_without_ever_having_talked_leaves_no_row(house: House) -> None:
    house.take(house.arrives(5, Gone()))
    assert house.rows(CONVERSATION) == []


def test_leaving_in_the_same_batch_takes_back_what_was_about_to_be_sent(house: House) -> None:
    house.take(house.tap(5, "timer"), house.arrives(5, Gone()))
    assert house.heads() == []
    assert house.rows(CONVERSATION)[0]["unreachable"]


def test_what_is_to_be_forgotten_is_forgotten_although_the_person_left(house: House) -> None:
    house.take(house.tap(5, "timer"))
    house.take(house.arrives(5, Gone()))
    assert [row["name"] for row in house.rows(TIMER)] == ["nudge"]


def test_a_timer_fires_once_through_the_same_door(house: House) -> None:
    house.take(house.tap(5, "timer"))
    assert house.upkeep.fire() == []
    house.clock.advance(60)
    (taken,) = house.upkeep.fire()
    assert taken.fresh
    assert house.talk.asked[-1][0] == Due("nudge", 7)
    assert house.upkeep.fire() == []
    assert {row["priority"] for row in house.rows(OUTBOX)} == {Priority.REPLY, Priority.LATER}


def test_a_timer_set_again_replaces_the_first(house: House) -> None:
    house.take(house.tap(5, "timer"))
    house.clock.advance(30)
    house.take(house.tap(5, "timer"))
    house.clock.advance(40)
    assert house.upkeep.fire() == []
    house.clock.advance(20)
    assert len(house.upkeep.fire()) == 1


def test_a_timer_never_begins_a_conversation(house: House) -> None:
    house.take(house.arrives(5, Due("nudge", 7)))
    assert house.rows(CONVERSATION) == []
    assert house.talk.asked == []
