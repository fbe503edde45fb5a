"""From a plan or a sign that a turn sends to what waits in the outbox, and away again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.outbox import Parcel, ParcelKind, Sent
from bot.storage.tables import CONVERSATION, OUTBOX
from tests.support.database import House, open_house
from tests.support.sample_plan import sample_plan, sample_sign

CHAT = 987_654_321


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A running house."""
    with open_house(tmp_path) as house:
        yield house


def in_order(house: House) -> list[Parcel]:
    """Everything that waits, in the order it is sent; nothing waits afterwards."""
    carried = []
    while parcels := house.heads():
        carried += parcels
        marks = [Sent(parcel.id, parcel.id, house.clock.now()) for parcel in parcels]
        house.turns.mark(marks).result(timeout=10)
    return carried


def test_a_plan_follows_the_words_of_its_turn(house: House) -> None:
    house.take(house.tap(CHAT, "plan"))
    message, plan = in_order(house)
    assert (message.kind, plan.kind) == (ParcelKind.MESSAGE, ParcelKind.PLAN)
    assert (plan.chat, plan.plan, plan.locale, plan.beside) == (CHAT, sample_plan(), "en", None)


def test_a_plan_knows_the_language_beside_it(house: House) -> None:
    house.take(house.tap(CHAT, "plan beside es"))
    assert in_order(house)[1].beside == "es"


def test_a_sign_is_in_its_own_language(house: House) -> None:
    house.take(house.tap(CHAT, "sign in es"))
    sign = in_order(house)[1]
    assert (sign.kind, sign.sign, sign.locale) == (ParcelKind.SIGN, sample_sign(), "es")


def test_nothing_of_a_plan_can_be_read_without_the_key(house: House) -> None:
    house.take(house.tap(CHAT, "plan"))
    (row,) = [row for row in house.rows(OUTBOX) if row["kind"] == "plan"]
    assert b"second opinion" not in row["payload"]
    assert b"opinion" in house.vault.open("outbox", str(row["id"]), row["payload"])


def test_nothing_of_a_plan_stays_when_it_was_sent(house: House) -> None:
    house.take(house.tap(CHAT, "plan"))
    in_order(house)
    assert {row["payload"] for row in house.rows(OUTBOX)} == {b""}


def test_forgetting_takes_back_a_plan_that_waits(house: House) -> None:
    house.take(house.tap(CHAT, "plan"))
    house.take(house.tap(CHAT, "forget"))
    assert {row["kind"] for row in house.rows(OUTBOX)} == {"message"}
    assert [parcel.kind for parcel in in_order(house)] == [ParcelKind.MESSAGE]
    assert house.rows(OUTBOX) == []


def test_a_plan_that_was_sent_is_deleted_from_the_chat(house: House) -> None:
    house.take(house.tap(CHAT, "plan"))
    ids = tuple(parcel.id for parcel in in_order(house))
    house.take(house.tap(CHAT, "forget"))
    deletion = house.heads()[0]
    assert (deletion.kind, deletion.telegram_ids) == (ParcelKind.DELETE, ids)


def test_an_export_holds_a_plan_that_waits(house: House) -> None:
    house.take(house.tap(CHAT, "plan beside es"))
    export = json.loads(house.outbox.export(house.rows(CONVERSATION)[0]["id"]))
    plan = export["messages"][1]
    assert plan["plan"]["title"] == ["sample", "My notes for a second opinion"]
    assert plan["beside"] == "es"
