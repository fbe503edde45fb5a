"""Questions to staff: what they see, what they may answer, and what becomes of it, beside a running program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.arrival import Arrival
from bot.storage import letters
from bot.storage.engine import open_engine
from bot.storage.letters import LONGEST, Letter, RefusedError
from bot.storage.log_tables import EVENT
from bot.storage.questions import FEWEST, Standing, usual_hours
from bot.storage.tables import CONVERSATION, QUESTION, TIMER
from bot.storage.timers import due_timers
from dialogs.engine.conversation import Conversation
from dialogs.engine.result import Ask, Effect, ForStaff, TakeBack, Turn
from dialogs.engine.said import Due, Facts, Said, Tap
from tests.support.database import House, TinyTalk, open_house
from tests.support.desk import Desk

CHAT, OTHER = 987_654_321, 987_654_322
DAY = 86_400


class AskingTalk(TinyTalk):
    """A press `ask:words` sends a question, `alarmed:words` one after a safety card, `worry:words` a worry."""

    def take(self, conversation: Conversation, said: Said, facts: Facts) -> Turn:
        turn = super().take(conversation, said, facts)
        press = said.press if isinstance(said, Tap) else ""
        return turn._replace(effects=(*turn.effects, *_asked(press, turn.conversation.turns)))


def _asked(press: str, stamp: int) -> tuple[Effect, ...]:
    what, _, words = press.partition(":")
    match what:
        case "ask" | "alarmed":
            return (Ask(ForStaff.QUESTION, words, stamp, what == "alarmed"),)
        case "worry":
            return (Ask(ForStaff.WORRY, words, stamp),)
        case "back":
            return (TakeBack(ForStaff.QUESTION),)
        case _:
            return ()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A running house in which questions can be asked."""
    with open_house(tmp_path) as house:
        house.turns.stop()
        asking = House(house.engine, house.clock, AskingTalk())
        asking.turns.start()
        yield asking
        asking.turns.stop()


@pytest.fixture
def desk(house: House, tmp_path: Path) -> Iterator[Desk]:
    """A desk with a connection of its own, as another process has."""
    engine = open_engine(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    yield Desk(engine, house.vault, house.clock)
    engine.dispose()


def ask(house: House, press: str, chat: int = CHAT) -> None:
    house.take(house.tap(chat, press))


def only(desk: Desk) -> Letter:
    (letter,) = desk.waiting()
    return letter


def handed_in(house: House) -> list[Arrival]:
    return due_timers(house.engine, house.vault, house.clock.now())


def test_staff_see_the_words_and_nothing_that_tells_who_wrote_them(
    house: House, desk: Desk
) -> None:
    ask(house, "ask:may I bring my sister?")
    letter = only(desk)
    assert (letter.text, letter.locale, letter.standing) == (
        "may I bring my sister?",
        "en",
        Standing.OPEN,
    )
    shown = repr(letter)
    for secret in (str(CHAT), house.vault.lookup(CHAT), house.rows(CONVERSATION)[0]["id"]):
        assert secret not in shown


def test_words_lie_sealed_in_the_database(house: House, desk: Desk) -> None:
    ask(house, "ask:may I bring my sister?")
    desk.answer(only(desk), "Yes, bring her.", "Ann")
    (row,) = house.rows(QUESTION)
    assert b"sister" not in row["text"]
    assert b"bring" not in row["answer"]


def test_an_answer_comes_in_by_the_one_door_once(house: House, desk: Desk) -> None:
    ask(house, "ask:may I bring my sister?")
    assert desk.answer(only(desk), "Yes, bring her.", "Ann") is Standing.ANSWERED
    (arrival,) = handed_in(house)
    assert arrival.chat == CHAT
    assert arrival.said == Due("answer", house.rows(QUESTION)[0]["stamp"])
    assert arrival.kept == "Yes, bring her."
    house.upkeep.fire()
    said, facts = house.talk.asked[-1]
    assert (said, facts.kept) == (arrival.said, "Yes, bring her.")
    assert handed_in(house) == []
    assert house.rows(TIMER) == []
    assert desk.waiting() == []


def test_where_a_safety_card_was_shown_somebody_else_has_to_approve(
    house: House, desk: Desk
) -> None:
    ask(house, "alarmed:may I bring my sister?")
    assert desk.answer(only(desk), "Yes, bring her.", "Ann") is Standing.DRAFTED
    assert handed_in(house) == []
    for by in ("Ann", ""):
        with pytest.raises(RefusedError, match="Somebody else"):
            desk.approve(only(desk), by)
    desk.approve(only(desk), "Ben")
    assert [arrival.kept for arrival in handed_in(house)] == ["Yes, bring her."]


def test_a_draft_that_was_changed_after_it_was_read_is_not_approved(
    house: House, desk: Desk
) -> None:
    ask(house, "alarmed:may I bring my sister?")
    desk.answer(only(desk), "Yes, bring her.", "Ann")
    read = only(desk)
    desk.answer(only(desk), "No.", "Ann")
    with pytest.raises(RefusedError, match="meanwhile"):
        desk.approve(read, "Ben")
    assert handed_in(house) == []


def test_one_that_was_taken_back_cannot_be_answered(house: House, desk: Desk) -> None:
    ask(house, "ask:may I bring my sister?")
    read = only(desk)
    ask(house, "back")
    with pytest.raises(RefusedError, match="taken back"):
        desk.answer(read, "Yes, bring her.", "Ann")
    assert house.rows(QUESTION) == []
    assert house.rows(TIMER) == []


def test_one_that_was_taken_back_after_its_answer_brings_nothing(house: House, desk: Desk) -> None:
    ask(house, "ask:may I bring my sister?")
    desk.answer(only(desk), "Yes, bring her.", "Ann")
    ask(house, "back")
    assert [arrival.kept for arrival in handed_in(house)] == [None]


def test_it_is_answered_once(house: House, desk: Desk) -> None:
    ask(house, "ask:may I bring my sister?")
    read = only(desk)
    desk.answer(read, "Yes.", "Ann")
    with pytest.raises(RefusedError, match="meanwhile"):
        desk.answer(read, "No.", "Ben")


@pytest.mark.parametrize("text", ["", "  \n", "\x00", "x" * (LONGEST + 1)])
def test_an_answer_has_words_and_fits_on_a_card(house: House, desk: Desk, text: str) -> None:
    ask(house, "ask:may I bring my sister?")
    with pytest.raises(RefusedError, match="characters"):
        desk.answer(only(desk), text, "Ann")


def test_nobody_answers_a_worry(house: House, desk: Desk) -> None:
    ask(house, "yes")
    ask(house, "worry:I am afraid of the tube")
    (worry,) = desk.worries()
    with pytest.raises(RefusedError, match="worry"):
        desk.answer(worry, "Do not be.", "Ann")


def test_a_worry_is_dismissed_and_a_question_is_not(house: House, desk: Desk) -> None:
    ask(house, "yes")
    ask(house, "worry:I am afraid of the tube")
    ask(house, "ask:may I bring my sister?")
    (worry,) = desk.worries()
    with house.engine.begin() as connection:
        assert letters.dismiss(connection, worry.id)
        assert not letters.dismiss(connection, worry.id)
        assert not letters.dismiss(connection, only(desk).id)
    assert desk.worries() == []
    assert only(desk).text == "may I bring my sister?"


def test_questions_stand_in_the_order_they_came(house: House, desk: Desk) -> None:
    for chat, words in ((CHAT, "one"), (OTHER, "two")):
        ask(house, f"ask:{words}", chat)
        house.clock.advance(60)
    assert [letter.text for letter in desk.waiting()] == ["one", "two"]


def test_a_question_no_key_opens_does_not_hide_the_others(house: House, desk: Desk) -> None:
    ask(house, "ask:one")
    ask(house, "ask:two", OTHER)
    with house.engine.begin() as connection:
        first = QUESTION.c.id == desk.waiting()[0].id
        connection.execute(QUESTION.update().where(first).values(text=b"broken"))
    assert len(desk.waiting()) == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Yes,\r\n\r\nbring her.\r", "Yes,\n\nbring her."),
        ("a\tb", "a b"),
        ("\x1b[2J\x00wiped\x85", "[2Jwiped"),
        ("می\u200cتوانید", "می\u200cتوانید"),
        ("half \ud83d", "half"),
        ("\x00\x00", ""),
    ],
)
def test_an_answer_is_kept_without_what_steers_a_screen(typed: str, kept: str) -> None:
    assert letters.sound(typed) == kept


def test_taking_back_the_yes_removes_worries_and_leaves_questions(house: House, desk: Desk) -> None:
    ask(house, "yes")
    ask(house, "worry:I am afraid of the tube")
    ask(house, "ask:may I bring my sister?")
    ask(house, "no")
    assert desk.worries() == []
    assert [letter.kind for letter in desk.waiting()] == [ForStaff.QUESTION]


def test_forgetting_removes_all_of_one_person_and_nothing_of_another(
    house: House, desk: Desk
) -> None:
    ask(house, "ask:mine")
    desk.answer(only(desk), "An answer.", "Ann")
    ask(house, "ask:theirs", OTHER)
    ask(house, "forget")
    assert [letter.text for letter in desk.waiting()] == ["theirs"]
    assert len(house.rows(QUESTION)) == 1
    assert house.rows(TIMER) == []


def test_what_is_asked_and_forgotten_in_one_batch_is_never_written(house: House) -> None:
    house.take(house.tap(CHAT, "ask:mine"), house.tap(CHAT, "forget"))
    assert house.rows(QUESTION) == []


def test_what_is_asked_and_taken_back_in_one_batch_is_never_written(house: House) -> None:
    house.take(house.tap(CHAT, "ask:mine"), house.tap(CHAT, "back"))
    assert house.rows(QUESTION) == []


def test_words_go_after_their_time_although_the_person_stays(house: House) -> None:
    ask(house, "ask:mine")
    house.clock.advance(50 * DAY)
    ask(house, "hello")
    house.clock.advance(40 * DAY)
    house.upkeep.sweep()
    assert len(house.rows(QUESTION)) == 1
    house.clock.advance(1)
    house.upkeep.sweep()
    assert house.rows(QUESTION) == []
    assert len(house.rows(CONVERSATION)) == 1


def test_words_go_with_a_conversation_nobody_uses(house: House) -> None:
    ask(house, "ask:mine")
    house.clock.advance(90 * DAY + 1)
    house.upkeep.sweep()
    assert house.rows(QUESTION) == house.rows(CONVERSATION) == []


def test_an_export_holds_the_words_and_only_answers_that_went_out(house: House, desk: Desk) -> None:
    ask(house, "alarmed:may I bring my sister?")
    desk.answer(only(desk), "Yes, bring her.", "Ann")
    conversation = house.rows(CONVERSATION)[0]["id"]
    (words,) = json.loads(house.outbox.export(conversation))["words_to_staff"]
    assert (words["text"], words["answer"]) == ("may I bring my sister?", None)
    desk.approve(only(desk), "Ben")
    (words,) = json.loads(house.outbox.export(conversation))["words_to_staff"]
    assert words["answer"] == "Yes, bring her."
    assert "Ann" not in json.dumps(words)


def test_the_log_of_steps_holds_no_word(house: House) -> None:
    ask(house, "yes")
    ask(house, "worry:I am afraid of the tube")
    assert "tube" not in repr([row["place"] + row["kind"] for row in house.rows(EVENT)])


def test_how_long_answers_take_is_the_middle_of_at_least_three(house: House, desk: Desk) -> None:
    for chat, hours in enumerate((1, 5, 100), 1):
        with house.engine.connect() as connection:
            assert usual_hours(connection, house.clock.now()) is None
        ask(house, "ask:mine", chat)
        house.clock.advance(hours * 3_600 - 60)
        desk.answer(only(desk), "An answer.", "Ann")
    with house.engine.connect() as connection:
        assert FEWEST == 3
        assert usual_hours(connection, house.clock.now()) == 5
        assert usual_hours(connection, house.clock.now() + 91 * DAY) is None


def test_an_answer_from_elsewhere_does_not_open(house: House, desk: Desk) -> None:
    ask(house, "ask:one")
    ask(house, "ask:two", OTHER)
    first, second = desk.waiting()
    desk.answer(first, "For the first alone.", "Ann")
    desk.answer(second, "For the second.", "Ann")
    with house.engine.begin() as connection:
        moved = select(QUESTION.c.answer).where(QUESTION.c.id == first.id).scalar_subquery()
        connection.execute(QUESTION.update().where(QUESTION.c.id == second.id).values(answer=moved))
    assert [arrival.kept for arrival in handed_in(house)] == ["For the first alone."]
