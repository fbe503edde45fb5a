"""What happens when a turn, its rows or the database fail."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.tables import CONVERSATION, OUTBOX, SEEN, TALLY
from dialogs.engine.conversation import Conversation
from dialogs.engine.lines import Line, Message
from dialogs.engine.result import Turn
from dialogs.engine.said import Facts, Said
from tests.support.database import House, TinyTalk, open_house, text_of, vault


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A running house."""
    with open_house(tmp_path) as house:
        yield house


def test_a_turn_that_raises_drops_only_its_own_result(house: House) -> None:
    taken = house.take(house.tap(5, "a"), house.tap(6, "boom"), house.tap(7, "b"))
    assert [each.failed for each in taken] == [False, True, False]
    assert sorted(text_of(parcel) for parcel in house.heads()) == ["a", "b", "sorry"]


def test_a_turn_that_raises_is_not_tried_again(house: House) -> None:
    tap = house.tap(5, "boom")
    house.take(tap)
    (again,) = house.take(tap)
    assert not again.fresh
    assert len(house.rows(OUTBOX)) == 1


def test_a_failure_is_counted_and_logged_by_its_class_only(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        house.take(house.tap(5, "boom"))
    ((kind, place, detail),) = [
        (row["kind"], row["place"], row["detail"]) for row in house.rows(TALLY)
    ]
    assert (kind, place, detail) == ("error", "turn", "ZeroDivisionError")
    assert "ZeroDivisionError" in caplog.text
    assert "secret" not in caplog.text


def test_an_apology_that_fails_too_still_lets_the_input_pass(house: House) -> None:
    def mute(_conversation: Conversation, _facts: Facts) -> Turn:
        raise LookupError

    house.talk.apologize = mute  # type: ignore[method-assign,assignment]
    (taken,) = house.take(house.tap(5, "boom"))
    assert taken.failed
    assert house.rows(CONVERSATION) == []
    assert len(house.rows(SEEN)) == 1


def test_rows_the_database_refuses_put_aside_only_their_own_input(house: House) -> None:
    class TooBig(TinyTalk):
        def take(self, conversation: Conversation, said: Said, facts: Facts) -> Turn:
            turn = super().take(conversation, said, facts)
            line = turn.messages[0].lines[0]
            key = 2**63 if line.msgid == "poison" else 1
            return Turn(turn.conversation, (Message(key, (Line("t", line.msgid),)),))

    house.talk.take = TooBig().take  # type: ignore[method-assign]
    taps = [house.tap(5, "a"), house.tap(6, "poison"), house.tap(7, "b")]
    assert [taken.failed for taken in house.take(*taps)] == [False, True, False]
    assert [taken.fresh for taken in house.take(*taps)] == [False, False, False]
    assert sorted(text_of(parcel) for parcel in house.heads()) == ["a", "b"]
    assert ("error", "write") in {(row["kind"], row["place"]) for row in house.rows(TALLY)}


def test_nothing_is_acknowledged_while_the_database_fails(house: House) -> None:
    tap = house.tap(5, "hello")
    with house.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE tally RENAME TO away")
    with pytest.raises(sqlite3.OperationalError):
        house.take(tap)
    assert house.rows(SEEN) == []
    with house.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO tally")
    (taken,) = house.take(tap)
    assert taken.fresh


def test_a_conversation_no_key_opens_is_left_as_it_is(house: House) -> None:
    house.take(house.tap(5, "a"))
    with house.engine.begin() as connection:
        stolen = vault().seal("conversation", "another", b"{}")
        connection.execute(CONVERSATION.update().values(state=stolen))
    (taken,) = house.take(house.tap(5, "b"))
    assert taken.failed
    assert house.rows(CONVERSATION)[0]["state"] == stolen
    assert text_of(house.heads()[0]) == "a"
    assert len(house.rows(OUTBOX)) == 2
