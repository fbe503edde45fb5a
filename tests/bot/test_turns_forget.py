"""Forgetting a person, and giving them what is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.hanging import OF_A_REF
from bot.storage.log_tables import EVENT, TURN
from bot.storage.outbox import ParcelKind, Sent
from bot.storage.tables import CONVERSATION, OUTBOX, TIMER
from tests.support.database import House, open_house, text_of

CHAT = 987_654_321


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A running house."""
    with open_house(tmp_path) as house:
        yield house


def send(house: House, *, first: int = 1) -> None:
    """Send everything that waits, as bubbles numbered from `first`."""
    while parcels := house.heads():
        marks = []
        for parcel in parcels:
            marks.append(Sent(parcel.id, first, house.clock.now()))
            first += 1
        house.turns.mark(marks).result(timeout=10)


def test_the_bubbles_go_first_and_the_farewell_last(house: House) -> None:
    house.take(house.tap(CHAT, "a"), house.tap(CHAT, "card:2"))
    send(house, first=10)
    house.take(house.tap(CHAT, "forget"))
    (deletion,) = house.heads()
    assert (deletion.kind, deletion.telegram_ids) == (ParcelKind.DELETE, (10, 11))
    assert deletion.chat == CHAT
    house.turns.mark([Sent(deletion.id, None, house.clock.now())]).result(timeout=10)
    (farewell,) = house.heads()
    assert (text_of(farewell), farewell.chat) == ("forget", CHAT)


def test_all_pieces_of_a_long_text_are_deleted(house: House) -> None:
    house.take(house.tap(CHAT, "a"))
    (parcel,) = house.heads()
    house.turns.mark([Sent(parcel.id, 12, house.clock.now(), (10, 11))]).result(timeout=10)
    house.take(house.tap(CHAT, "forget"))
    assert house.heads()[0].telegram_ids == (10, 11, 12)


def test_bubbles_too_old_to_be_deleted_are_not_tried(house: House) -> None:
    house.take(house.tap(CHAT, "a"))
    send(house)
    house.clock.advance(48 * 3600 + 1)
    house.take(house.tap(CHAT, "forget"))
    assert [parcel.kind for parcel in house.heads()] == [ParcelKind.MESSAGE]


def test_nothing_of_a_forgotten_person_is_found(house: House, tmp_path: Path) -> None:
    for press in ("yes", "timer", "a", "card:2"):
        house.take(house.tap(CHAT, press))
    send(house)
    house.take(house.tap(CHAT, "still waiting"))
    names = {house.rows(CONVERSATION)[0]["id"], house.rows(EVENT)[0]["ref"]}
    names |= {house.vault.lookup(CHAT), str(CHAT)}
    values = [house.rows(CONVERSATION)[0]["state"], house.rows(OUTBOX)[-1]["payload"]]
    values += [row["shown"] for row in house.rows(TURN)]
    house.take(house.tap(CHAT, "forget"))
    heir = house.heads()[0].conversation
    values += [row["payload"] for row in house.rows(OUTBOX)]
    assert heir not in names
    send(house)
    for table in (CONVERSATION, OUTBOX, TIMER, *OF_A_REF):
        assert house.rows(table) == []
    house.upkeep.checkpoint()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for name in (*names, heir):
        assert name.encode() not in kept
    for value in values:
        assert value[13:] not in kept


def test_an_update_repeated_after_forgetting_brings_nothing_back(house: House) -> None:
    house.take(house.tap(CHAT, "a"))
    tap = house.tap(CHAT, "forget")
    house.take(tap)
    house.take(tap)
    assert house.rows(CONVERSATION) == []


def test_whoever_goes_on_in_the_same_batch_begins_anew(house: House) -> None:
    house.take(house.tap(CHAT, "yes"), house.tap(CHAT, "forget"), house.tap(CHAT, "again"))
    assert len(house.rows(CONVERSATION)) == 1
    assert house.rows(EVENT) == []
    assert sorted(text_of(parcel) for parcel in house.heads()) == ["again", "forget"]


def test_an_export_holds_everything_kept(house: House) -> None:
    house.take(house.tap(CHAT, "yes"), house.tap(CHAT, "timer"), house.tap(CHAT, "export"))
    conversation = house.rows(CONVERSATION)[0]["id"]
    export = json.loads(house.outbox.export(conversation))
    assert export["chat"] == CHAT
    assert export["conversation"]["answers"]["may_staff_read"][1] == "yes"
    assert [timer["name"] for timer in export["timers"]] == ["nudge"]
    assert [step["detail"] for step in export["steps_staff_may_read"]] == ["yes", "timer", "export"]
    assert export["messages"][0]["message"]["l"] == [["tiny.text", "yes"]]


def test_an_export_goes_out_as_a_document_after_the_words(house: House) -> None:
    house.take(house.tap(CHAT, "export"))
    kinds = []
    while parcels := house.heads():
        kinds.append(parcels[0].kind)
        house.turns.mark([Sent(parcels[0].id, 1, house.clock.now())]).result(timeout=10)
    assert kinds == [ParcelKind.MESSAGE, ParcelKind.EXPORT]


def test_an_export_of_nothing_is_empty(house: House) -> None:
    assert json.loads(house.outbox.export("nobody")) == {}
