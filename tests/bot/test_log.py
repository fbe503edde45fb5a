"""The de-identified log: what is written of whom, and when it goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.arrival import Arrival, Source
from bot.logged import entry_of, hidden_from
from bot.storage.hanging import OF_A_REF
from bot.storage.log import Entry, Log
from bot.storage.log_tables import EVENT, PHRASE, TURN, VISIT, Act
from bot.storage.phrases_json import UNKNOWN
from bot.storage.tables import CONVERSATION, TALLY
from bot.storage.transcripts import Transcript, transcript
from dialogs.engine.conversation import Conversation, Frame, Place
from dialogs.engine.result import Hide, Turn
from dialogs.engine.said import Due, Tap
from tests.support.database import House, bubble, database, open_house, vault

CHAT, OTHER = 5, 6


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A running house, with the tiny conversation."""
    with open_house(tmp_path) as house:
        yield house


def test_without_consent_there_is_no_row_and_only_counts(house: House) -> None:
    house.take(house.tap(CHAT, "a"), house.tap(CHAT, "b"))
    for table in (*OF_A_REF, PHRASE):
        assert house.rows(table) == []
    assert house.rows(TALLY)


def test_the_log_begins_with_the_turn_that_gives_consent(house: House) -> None:
    house.take(house.tap(CHAT, "before"), house.tap(CHAT, "yes"))
    house.clock.advance(9)
    house.take(house.tap(CHAT, "after"))
    (visit,) = house.rows(VISIT)
    assert [row["number"] for row in house.rows(TURN)] == [2, 3]
    assert (visit["turns"], visit["texts"], visit["misses"]) == (2, 0, 0)
    assert visit["last_at"] - visit["began_at"] == 9
    assert visit["ref"] not in str(house.rows(CONVERSATION))


def test_withdrawing_removes_all_that_hangs_on_the_reference(house: House) -> None:
    house.take(house.tap(CHAT, "yes"), house.tap(OTHER, "yes"))
    removals = house.turns.removals
    house.take(house.tap(CHAT, "no"))
    for table in (VISIT, TURN, EVENT):
        assert len({row["ref"] for row in house.rows(table)}) == 1, table.name
    assert house.turns.removals == removals + 1, "the database's own log is wiped"


def test_withdrawing_in_the_batch_that_consented_leaves_nothing(house: House) -> None:
    house.take(house.tap(CHAT, "yes"), house.tap(CHAT, "more"), house.tap(CHAT, "no"))
    for table in OF_A_REF:
        assert house.rows(table) == []


def test_consenting_again_begins_under_another_reference(house: House) -> None:
    house.take(house.tap(CHAT, "yes"))
    (first,) = house.rows(VISIT)
    house.take(house.tap(CHAT, "no"), house.tap(CHAT, "yes"))
    (second,) = house.rows(VISIT)
    assert first["ref"] != second["ref"]


def test_a_changed_language_is_noted(house: House) -> None:
    house.take(house.tap(CHAT, "yes"), house.tap(CHAT, "a"))
    assert [row["switched"] for row in house.rows(VISIT)] == [False]
    house.take(house.tap(CHAT, "es"), house.tap(CHAT, "a"))
    (visit,) = house.rows(VISIT)
    assert (visit["locale"], visit["switched"]) == ("es", True)


def test_a_phrase_is_written_once_however_often_it_is_shown(house: House) -> None:
    house.take(house.tap(CHAT, "yes"), house.tap(CHAT, "a"), house.tap(CHAT, "a"))
    house.take(house.tap(CHAT, "a"), house.tap(CHAT, "b"))
    assert sorted(row["msgid"] for row in house.rows(PHRASE)) == ["a", "b", "yes"]


def test_a_phrase_that_was_rolled_back_is_written_again(tmp_path: Path) -> None:
    engine = database(tmp_path)
    log = Log(engine.dialect, vault())
    shown = (bubble(1, "hello"),)
    for fails in (True, False, False):
        with engine.connect() as connection, connection.begin() as transaction:
            log.write(connection, [_entry(1, shown=shown)])
            if fails:
                transaction.rollback()
    with engine.connect() as connection:
        assert connection.scalars(select(PHRASE.c.msgid)).all() == ["hello"]


def test_a_turn_that_failed_is_logged_with_its_apology(house: House) -> None:
    house.take(house.tap(CHAT, "yes"), house.tap(CHAT, "boom"))
    assert [turn.messages for turn in _read(house).turns][1:] == [(bubble(0, "sorry"),)]


def test_a_timer_that_changed_nothing_is_not_logged() -> None:
    arrival = Arrival(Source.TIMER, 1, CHAT, Due("nudge", 1))
    before = Conversation("en", turns=4)
    assert entry_of(arrival, "r", before, Turn(before), "en", 0) is None


def test_a_turn_that_hides_keeps_its_codes_only() -> None:
    card = Frame(Place("safety", "crisis"), 3, 3)
    before, after = Conversation("en", (card,), turns=3), Conversation("en", turns=4)
    turn = Turn(after, (bubble(4, "x"),), (Hide((3, -5), (77,)),))
    entry = entry_of(Arrival(Source.TELEGRAM, 1, CHAT, Tap("3:hide")), "r", before, turn, "en", 0)
    assert entry is not None
    assert (entry.before, entry.text, entry.shown) == ("safety.crisis", None, None)
    assert hidden_from(turn) == 3


def test_hiding_reaches_what_an_earlier_batch_wrote(house: House) -> None:
    house.take(house.tap(CHAT, "yes"), house.tap(CHAT, "card:2"))
    house.take(house.tap(CHAT, "hide:2"))
    assert [turn.messages is None for turn in _read(house).turns] == [False, True, True]


def test_a_transcript_says_what_was_shown(house: House) -> None:
    house.take(house.tap(CHAT, "yes"), house.tap(CHAT, "edit:7:hello"))
    found = _read(house)
    assert [turn.messages for turn in found.turns] == [
        (bubble(1, "yes"),),
        (bubble(7, "hello", edit=True),),
    ]


def test_there_is_no_transcript_of_nobody(house: House) -> None:
    with house.engine.connect() as connection:
        assert transcript(connection, house.vault, "nobody") is None


def test_a_transcript_of_another_key_still_tells_its_codes(tmp_path: Path) -> None:
    engine = database(tmp_path)
    log = Log(engine.dialect, vault())
    with engine.begin() as connection:
        log.write(connection, [_entry(1, text="kept", shown=(bubble(1, "hello"),))])
        connection.execute(TURN.update().values(text=b"?" * 40, shown=b"?" * 40))
        found = transcript(connection, vault(), "r")
    assert found is not None
    (turn,) = found.turns
    assert (turn.text, turn.messages, turn.place) == (None, None, "a.b")


def test_a_lost_phrase_is_told_as_lost(tmp_path: Path) -> None:
    engine = database(tmp_path)
    log = Log(engine.dialect, vault())
    with engine.begin() as connection:
        log.write(connection, [_entry(1, shown=(bubble(1, "hello"),))])
        connection.execute(PHRASE.delete())
        found = transcript(connection, vault(), "r")
    assert found is not None
    assert found.turns[0].messages is not None
    assert found.turns[0].messages[0].lines == (UNKNOWN,)


def test_the_gravest_signal_and_the_furthest_outcome_stand(tmp_path: Path) -> None:
    engine = database(tmp_path)
    log = Log(engine.dialect, vault())
    with engine.begin() as connection:
        log.write(connection, [_entry(1, signal="time.soon", outcome="prepared")])
        log.write(connection, [_entry(2, signal="cardiac.now", outcome="read", repair="1")])
        log.write(connection, [_entry(3, signal="cardiac.check", outcome="")])
        (visit,) = connection.execute(select(VISIT)).all()
    assert (visit.signal, visit.outcome, visit.turns, visit.misses) == (
        "cardiac.now", "prepared", 3, 1,
    )  # fmt: skip


def test_hiding_leaves_codes_of_the_hidden_turns_only(tmp_path: Path) -> None:
    engine = database(tmp_path)
    log = Log(engine.dialect, vault())
    entries = [_entry(number, text="kept", shown=(bubble(number, "x"),)) for number in (1, 2, 3)]
    with engine.begin() as connection:
        log.write(connection, entries)
        log.hush(connection, [("r", 2)])
        found = transcript(connection, vault(), "r")
    assert found is not None
    assert [turn.text for turn in found.turns] == ["kept", None, None]
    assert [turn.messages is None for turn in found.turns] == [False, True, True]
    assert found.visit.texts == 1


def _entry(number: int, **given: Any) -> Entry:  # noqa: ANN401 - fields of Entry
    return Entry("r", number, 100 + number, Act.TAPPED, "en", "", "a.b", **given)


def _read(house: House) -> Transcript:
    with house.engine.connect() as connection:
        (ref,) = connection.scalars(select(VISIT.c.ref))
        found = transcript(connection, house.vault, ref)
    assert found is not None
    return found


def test_a_log_that_fails_costs_nobody_their_answer(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.take(house.tap(CHAT, "yes"))

    def broken(*_: object) -> None:
        raise ZeroDivisionError("patient said: my secret")

    monkeypatch.setattr("bot.turns_plan.entry_of", broken)
    (taken,) = house.take(house.tap(CHAT, "card:7"))
    assert not taken.failed
    assert ("error", "log") in {(row["kind"], row["place"]) for row in house.rows(TALLY)}
