"""What may be sent next, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.outbox import GivenUp, Mark, Parcel, Postponed, Sent, Unreachable
from bot.storage.tables import CONVERSATION, OUTBOX
from dialogs.engine.said import Due
from tests.support.database import House, open_house, text_of


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A running house."""
    with open_house(tmp_path) as house:
        yield house


def mark(house: House, *marks: Mark) -> None:
    """Report to the writer thread."""
    house.turns.mark(marks).result(timeout=10)


def send(house: House, telegram_id: int) -> Parcel:
    """Send the first parcel."""
    parcel = house.heads()[0]
    mark(house, Sent(parcel.id, telegram_id, house.clock.now()))
    return parcel


def texts(house: House) -> list[str]:
    """The texts that may be sent now, in order."""
    return [text_of(parcel) for parcel in house.heads()]


def test_a_conversation_is_sent_in_order_one_at_a_time(house: House) -> None:
    house.take(house.tap(5, "a"), house.tap(5, "b"))
    assert texts(house) == ["a"]
    send(house, 100)
    assert texts(house) == ["b"]


def test_a_busy_conversation_is_passed_over(house: House) -> None:
    house.take(house.tap(5, "a"), house.tap(6, "b"))
    busy = house.heads()[0].conversation
    assert len(house.heads((busy,))) == 1
    assert house.heads((busy,))[0].conversation != busy


def test_fresh_replies_go_before_a_backlog(house: House) -> None:
    house.take(*(house.tap(chat, "old") for chat in range(10, 30)))
    house.clock.advance(30)
    house.take(house.tap(5, "fresh"))
    assert [text_of(parcel) for parcel in house.outbox.heads(house.clock.now(), 1)] == ["fresh"]


def test_replies_go_before_reminders(house: House) -> None:
    house.take(house.tap(5, "a"), house.tap(6, "b"))
    send(house, 100), send(house, 101)
    house.take(house.tap(6, "reply"))
    house.take(house.arrives(5, Due("nudge", 1)))
    assert texts(house) == ["reply", "due"]


def test_a_reminder_nobody_could_send_for_a_day_expires(house: House) -> None:
    house.take(house.tap(5, "a"))
    send(house, 100)
    house.take(house.arrives(5, Due("nudge", 1)))
    house.clock.advance(86_400)
    assert texts(house) == []


def test_an_expired_row_does_not_hold_up_what_comes_after_it(house: House) -> None:
    house.take(house.tap(5, "a"))
    send(house, 100)
    house.take(house.arrives(5, Due("nudge", 1)))
    house.clock.advance(86_401)
    house.take(house.tap(5, "b"))
    assert texts(house) == ["b"]


def test_a_postponed_row_waits_and_holds_its_order(house: House) -> None:
    house.take(house.tap(5, "a"), house.tap(5, "b"))
    mark(house, Postponed(house.heads()[0].id, house.clock.now() + 10))
    assert texts(house) == []
    house.clock.advance(10)
    (parcel,) = house.heads()
    assert (text_of(parcel), parcel.tries) == ("a", 1)


def test_a_row_given_up_lets_the_next_one_through(house: House) -> None:
    house.take(house.tap(5, "a"), house.tap(5, "b"))
    mark(house, GivenUp(house.heads()[0].id, "bad_request"))
    assert texts(house) == ["b"]


def test_a_sent_row_keeps_no_content(house: House) -> None:
    house.take(house.tap(5, "a"))
    send(house, 100)
    (row,) = house.rows(OUTBOX)
    assert (row["payload"], row["telegram_id"], row["status"]) == (b"", 100, "sent")


def test_nothing_waits_for_somebody_who_blocked_us(house: House) -> None:
    house.take(house.tap(5, "a"), house.tap(5, "b"))
    parcel = house.heads()[0]
    mark(house, Unreachable(parcel.conversation, parcel.id))
    assert house.rows(OUTBOX) == []
    assert house.rows(CONVERSATION)[0]["unreachable"]


def test_an_edit_finds_the_newest_bubble_of_its_key(house: House) -> None:
    house.take(house.tap(5, "card:7"))
    send(house, 100)
    house.take(house.tap(5, "card:7"))
    send(house, 101)
    house.take(house.tap(5, "edit:7:new"))
    assert house.heads()[0].bubble == 101


def test_an_edit_of_a_bubble_that_is_gone_is_a_new_message(house: House) -> None:
    house.take(house.tap(5, "edit:7:new"))
    assert house.heads()[0].bubble is None


def test_a_new_bubble_never_edits(house: House) -> None:
    house.take(house.tap(5, "card:7"))
    send(house, 100)
    house.take(house.tap(5, "card:7"))
    assert house.heads()[0].bubble is None


def test_a_bubble_of_another_conversation_is_not_edited(house: House) -> None:
    house.take(house.tap(5, "card:7"))
    send(house, 100)
    house.take(house.tap(6, "edit:7:new"))
    assert house.heads()[0].bubble is None


def test_ten_thousand_taps_leave_few_messages(house: House) -> None:
    house.take(house.tap(5, "card:7"))
    send(house, 100)
    futures = [house.turns.take([house.tap(5, f"edit:7:{n}")]) for n in range(1_000)]
    assert all(future.result(timeout=20)[0].fresh for future in futures)
    (parcel,) = house.heads()
    assert (text_of(parcel), parcel.bubble) == ("999", 100)


def test_ids_go_on_after_a_restart(house: House) -> None:
    house.take(house.tap(5, "a"))
    house.turns.stop()
    again = House(house.engine)
    again.turns.start()
    again.take(again.tap(5, "b", number=50))
    again.turns.stop()
    assert len({row["id"] for row in house.rows(OUTBOX)}) == 2


def test_what_was_merged_away_but_sent_after_all_is_remembered_as_sent(house: House) -> None:
    house.take(house.tap(5, "card:7"))
    (on_its_way,) = house.heads()
    house.clock.advance(30)
    house.take(house.tap(5, "edit:7:new"))
    mark(house, Sent(on_its_way.id, 100, house.clock.now()))
    assert (100, "sent") in {(row["telegram_id"], row["status"]) for row in house.rows(OUTBOX)}


def test_a_row_no_key_opens_does_not_stop_the_others(house: House) -> None:
    house.take(house.tap(5, "a"), house.tap(6, "b"))
    with house.engine.begin() as connection:
        connection.execute(OUTBOX.update().where(OUTBOX.c.id == 1).values(payload=b"?" * 40))
    assert texts(house) == texts(house) == ["b"]
