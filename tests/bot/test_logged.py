"""What staff may read of real conversations, and what never gets into the log."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from sqlalchemy import Table, select

from bot.storage.engine import reading
from bot.storage.hanging import OF_A_REF
from bot.storage.log_tables import EVENT, TURN, VISIT, Act
from bot.storage.tables import CONVERSATION, TALLY
from bot.storage.transcripts import LoggedTurn, Transcript, transcript
from dialogs.engine.conversation import CHILD
from dialogs.engine.lines import Kept
from tests.support.live import Live, live_program
from tests.support.world_chat import WorldChat

WORDS = "what does it cost if nobody pays for it"


@pytest_asyncio.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    """The program, with its own book."""
    async with live_program(tmp_path) as running:
        yield running


@pytest_asyncio.fixture
async def chat(live: Live) -> AsyncIterator[WorldChat]:
    """Somebody who lets staff read along."""
    chat = WorldChat(live)
    await chat.says("/start")
    await consents(chat)
    yield chat
    chat.close()


async def consents(chat: WorldChat, label: str = "Yes") -> None:
    """Say in /privacy whether staff may read along."""
    await chat.says("/privacy")
    await chat.taps("Change: may staff read?")
    await chat.taps(label)


def rows(live: Live, table: Table) -> list[dict[str, object]]:
    """All rows of a table of the running program."""
    with reading(live._engine).connect() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def read(live: Live) -> Transcript:
    """The one transcript there is."""
    with reading(live._engine).connect() as connection:
        (ref,) = connection.scalars(select(VISIT.c.ref))
        found = transcript(connection, live._vault, ref)
    assert found is not None
    return found


def last(live: Live) -> LoggedTurn:
    """The newest logged turn."""
    return read(live).turns[-1]


def counted(rows: list[dict[str, object]], kind: str) -> dict[tuple[object, object], int]:
    """The daily counters of a kind, by place and detail."""
    return {
        (row["place"], row["detail"]): int(str(row["count"])) for row in rows if row["kind"] == kind
    }


async def test_a_turn_is_told_in_codes(live: Live, chat: WorldChat) -> None:
    assert (last(live).act, last(live).before, last(live).choice) == (
        Act.TAPPED, "consent_review.ask", "yes",
    )  # fmt: skip
    await chat.says("/menu")
    assert (last(live).act, last(live).choice, last(live).place) == (
        Act.COMMAND, "/menu", "menu.main",
    )  # fmt: skip
    await chat.sends("photo")
    assert (last(live).act, last(live).choice) == (Act.SENT, "photo")
    await chat.says("asdf qwer")
    assert (last(live).act, last(live).repair) == (Act.TYPED, "1")
    await chat.edits("asdf qwert")
    assert last(live).act is Act.EDITED
    assert read(live).visit.misses == 1


async def test_ticks_and_the_engines_own_buttons_are_told(live: Live, chat: WorldChat) -> None:
    await chat.says("/start barriers")
    await chat.taps("Remember")
    await chat.taps("I cannot pay")
    assert last(live).choice == "cost"
    await chat.taps("⋯")
    assert last(live).choice == "<dots"
    await chat.taps("Done")
    assert (last(live).choice, last(live).before) == ("<done", "barriers.which")
    assert read(live).visit.outcome == "concerns"


async def test_a_country_that_was_typed_is_told_by_its_code(live: Live, chat: WorldChat) -> None:
    await chat.says("/start options")
    await chat.says("Germany")
    assert last(live).choice == "DE"


async def test_what_a_button_sent_back_is_not_believed(live: Live, chat: WorldChat) -> None:
    message = chat.bubbles()[-1]["message_id"]
    for made_up in ("my name is Ann", "0:<my name is Ann", "1:Ann", "<Ann"):
        await chat.presses(message, made_up)
        assert last(live).choice == ""
    assert "Ann" not in str(rows(live, TURN))


async def test_the_log_holds_exactly_the_words_redaction_let_through(
    live: Live, chat: WorldChat
) -> None:
    await chat.says(f"Hello, my name is Zyxwina Quokkaberg. {WORDS}")
    text = last(live).text
    assert text is not None
    assert WORDS in text
    assert "Quokkaberg" not in text
    assert read(live).visit.texts == 1


async def test_no_words_of_a_language_whose_gate_is_not_passed(live: Live, chat: WorldChat) -> None:
    await chat.says("Wie viel kostet eine zweite Meinung, wenn die Kasse nicht bezahlt?")
    assert (last(live).act, last(live).text) == (Act.TYPED, None)


async def test_the_seconds_since_writing_are_told(live: Live, chat: WorldChat) -> None:
    await chat.says("/menu")
    assert last(live).waited is not None
    assert 0 <= last(live).waited < 60  # type: ignore[operator]
    await chat.taps("Help me prepare")
    assert last(live).waited is None


async def test_danger_is_told_with_its_card(live: Live, chat: WorldChat) -> None:
    await chat.says("I have crushing chest pain right now and cannot breathe")
    visit = read(live).visit
    assert visit.signal.endswith(".now")
    assert (visit.outcome, visit.place) == ("danger", "safety.now")
    assert last(live).messages is not None
    assert last(live).messages[0].urgent  # type: ignore[index]


async def test_a_card_for_somebody_in_danger_at_home_leaves_no_row(
    live: Live, chat: WorldChat
) -> None:
    await chat.says("/menu")
    before = read(live)
    steps = rows(live, EVENT)
    await chat.says("my husband beats me")
    assert chat.place() == "safety.private"
    await chat.says("menu please, and where is the money")
    await chat.taps("Hide these messages")
    assert chat.place() != "safety.private"
    assert read(live) == before
    assert rows(live, EVENT) == steps
    assert "safety.private" not in str(rows(live, TURN) + rows(live, VISIT))
    await chat.says("/menu")
    assert len(read(live).turns) == len(before.turns) + 1


async def test_a_child_is_not_read_by_staff(live: Live, chat: WorldChat) -> None:
    await chat.says("I am 12 years old and my mum has cancer")
    for table in OF_A_REF:
        assert rows(live, table) == []
    await consents(chat)
    for table in OF_A_REF:
        assert rows(live, table) == []
    await chat.says("/privacy")
    await chat.taps("What do you keep about me?")
    assert "Staff may not read this chat." in chat.said()[-1]
    assert CHILD in live.conversation(chat.user).marks  # type: ignore[union-attr]


async def test_a_letter_to_staff_is_not_in_the_log(live: Live, chat: WorldChat) -> None:
    await chat.says("/person")
    await chat.taps("Write to our staff")
    await chat.says(WORDS)
    assert chat.place() == "person.review"
    before = [turn.number for turn in read(live).turns]
    await chat.taps("Send")
    await chat.staff_answers("Bring your letters.")
    await chat.taps("Show")
    assert [turn.number for turn in read(live).turns] == before
    assert "person." not in str(rows(live, EVENT)) + str(rows(live, TURN)) + str(rows(live, VISIT))
    assert not [
        kept
        for turn in read(live).turns
        for kept in _kept(turn)
        if "letters" in kept or WORDS in kept
    ]


async def test_deleting_removes_the_log(live: Live, chat: WorldChat) -> None:
    await chat.says(WORDS)
    await chat.says("/delete")
    await chat.taps("Yes, delete everything")
    for table in OF_A_REF:
        assert rows(live, table) == []


async def test_forgetting_after_a_day_removes_the_log(live: Live, chat: WorldChat) -> None:
    await chat.says("/privacy")
    await chat.taps("Change: remember my answers")
    await chat.taps("Forget after 24 hours")
    assert rows(live, TURN)
    await chat.passes(24 * 3_600 + 1)
    for table in OF_A_REF:
        assert rows(live, table) == []


async def test_a_copy_for_the_person_shows_what_staff_may_read(live: Live, chat: WorldChat) -> None:
    await chat.says(WORDS)
    await chat.says("I have crushing chest pain right now and cannot breathe")
    (row,) = rows(live, CONVERSATION)
    copy = json.loads(live.program.backstage.outbox.export(str(row["id"])))
    assert WORDS in [turn["text"] for turn in copy["turns_staff_may_read"]]
    assert copy["steps_staff_may_read"]
    told = json.dumps([copy["turns_staff_may_read"], copy["steps_staff_may_read"]])
    assert "safety" not in told, "somebody else may read the file"
    assert "signal" not in told
    assert "chest pain" not in told


async def test_moves_are_counted_of_everybody_but_never_at_private_cards(live: Live) -> None:
    chat = WorldChat(live)
    await chat.says("/start")
    await chat.says("/menu")
    await chat.says("my husband beats me")
    await chat.taps("Continue")
    ways = counted(rows(live, TALLY), "moved")
    assert sum(number for (place, _), number in ways.items() if place == "") == 1
    assert not [way for way in ways if "safety.private" in way]
    assert rows(live, TURN) == []
    chat.close()


def _kept(turn: LoggedTurn) -> list[str]:
    """Every kept text of a turn."""
    found = [turn.text or ""]
    for message in turn.messages or ():
        found += [
            param.text
            for line in message.lines
            for param in line.params.values()
            if isinstance(param, Kept)
        ]
    return found
