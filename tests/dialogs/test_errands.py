"""What comes in by itself: whatever is pressed, typed or fires, only what was asked for comes, once, and by day."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from dialogs.book import load_book
from dialogs.engine.conversation import (
    ANSWER,
    CHILD,
    DRAFT,
    FORGET,
    REMINDER,
    Alarm,
    Answer,
    AnswerKind,
    Conversation,
    Frame,
    Place,
    from_json,
    to_json,
)
from dialogs.engine.registry import Situation
from dialogs.engine.result import Ask, ForStaff, SetTimer, TakeBack, Turn
from dialogs.engine.said import Command, Due, Facts, Returned, Said, Staff, Tap, Typed
from dialogs.engine.turn import take_turn
from dialogs.understanding import read
from dialogs.understanding.reading import Reading

NOW = 1_795_000_000
FACTS = Facts(NOW, staff=Staff(active=True))
MENU = Frame(Place("menu", "main"), 1, 1)
STANDING = Conversation(
    "en", (MENU,), turns=7, timers={ANSWER: 3, REMINDER: 4, DRAFT: 5, FORGET: 6}
)


def take(conversation: Conversation, said: Said, facts: Facts = FACTS) -> Turn:
    return take_turn(load_book(), from_json(to_json(conversation)), said, facts)


@pytest.mark.parametrize("timer", [ANSWER, REMINDER, DRAFT, FORGET, "nonsense"])
def test_a_stale_timer_says_and_changes_nothing(timer: str) -> None:
    turn = take(STANDING, Due(timer, 99), FACTS._replace(kept="from long ago"))
    assert (turn.messages, turn.effects, turn.events) == ((), (), ())
    assert turn.conversation._replace(turns=7, revision="") == STANDING


@pytest.mark.parametrize(("timer", "stamp"), [(ANSWER, 3), (REMINDER, 4)])
def test_what_comes_comes_once(timer: str, stamp: int) -> None:
    told = FACTS._replace(kept="an answer" if timer == ANSWER else None)
    first = take(STANDING, Due(timer, stamp), told)
    (message,) = first.messages
    assert [b.press for row in message.rows for b in row] == [timer]
    assert first.conversation.frames == STANDING.frames
    assert take(first.conversation, Due(timer, stamp), told).messages == ()


def test_an_answer_to_a_question_that_was_taken_back_is_none() -> None:
    turn = take(STANDING, Due(ANSWER, 3))
    assert turn.messages == ()
    assert turn.conversation.letter == ""


def test_forgetting_keeps_what_was_asked_for_and_nothing_else() -> None:
    turn = take(STANDING._replace(letter="hello", marks=frozenset({"useful"})), Due(FORGET, 6))
    assert turn.conversation.timers == {ANSWER: 3, REMINDER: 4}
    assert turn.conversation.letter == "hello"
    assert not turn.conversation.frames
    assert not turn.conversation.marks
    after = take(turn.conversation, Due(ANSWER, 3), FACTS._replace(kept="an answer"))
    shown = take(after.conversation, Tap("answer"))
    assert str(shown.conversation.frames[-1].place) == "person.answer"


@pytest.mark.parametrize(
    "hidden",
    [
        STANDING._replace(marks=frozenset({CHILD})),
        STANDING._replace(
            frames=(MENU, Frame(Place("safety", "private"), 2, 2)), alarm=Alarm("en")
        ),
    ],
)
def test_no_reminder_to_a_child_nor_beside_a_private_card(hidden: Conversation) -> None:
    turn = take(hidden, Due(REMINDER, 4))
    assert turn.messages == ()
    assert REMINDER not in turn.conversation.timers


def test_whoever_comes_back_after_blocking_is_told_of_an_answer_only() -> None:
    assert take(STANDING, Returned()).messages == ()
    assert len(take(STANDING._replace(letter="hello"), Returned()).messages) == 1


def test_an_answer_comes_as_a_bubble_that_says_nothing_of_it() -> None:
    turn = take(STANDING, Due(ANSWER, 3), FACTS._replace(kept="take your letters"))
    assert "letters" not in repr(turn.messages)


WRITING = Conversation("en", (MENU, Frame(Place("person", "question"), 2, 2)), turns=7)


def write(conversation: Conversation, words: str | None) -> Turn:
    return take(conversation, Typed(Reading(SecretStr("raw"))), FACTS._replace(kept=words))


def press(turn: Turn, choice: str, facts: Facts = FACTS) -> Turn:
    frame = turn.conversation.frames[-1]
    return take(turn.conversation, Tap(f"{frame.asked}:{choice}"), facts)


def asks(turn: Turn) -> list[Ask]:
    return [effect for effect in turn.effects if isinstance(effect, Ask)]


def test_only_what_was_shown_is_sent() -> None:
    shown = write(WRITING, "may I bring my sister?")
    assert "may I bring my sister?" in repr(shown.messages[-1])
    assert not asks(shown)
    sent = press(shown, "send")
    assert [(ask.kind, ask.text, ask.alarmed) for ask in asks(sent)] == [
        (ForStaff.QUESTION, "may I bring my sister?", False)
    ]
    assert sent.conversation.timers == {ANSWER: asks(sent)[0].stamp}
    assert "question" not in sent.conversation.answers
    assert not asks(press(sent, "send")), "a doubled tap sends nothing twice"


def test_nothing_is_sent_where_nobody_answers_any_more() -> None:
    sent = press(write(WRITING, "may I bring my sister?"), "send", Facts(NOW))
    assert not asks(sent)
    assert "nobody on our side answers" in repr(sent.messages)


def test_a_second_question_waits_until_the_first_is_answered() -> None:
    sent = press(write(WRITING, "may I bring my sister?"), "send")
    again = take(sent.conversation, Command("person"))
    assert "Write to our staff" not in repr(again.messages)
    taken_back = press(again, "take_back")
    assert TakeBack(ForStaff.QUESTION) in taken_back.effects
    assert "Write to our staff" in repr(taken_back.messages)


@pytest.mark.parametrize("marks", [frozenset({CHILD}), frozenset()])
def test_without_a_text_that_may_be_kept_nothing_is(marks: frozenset[str]) -> None:
    kept = "words" if marks else None
    turn = write(WRITING._replace(marks=marks), kept)
    assert str(turn.conversation.frames[-1].place) == "person.card"
    assert not turn.conversation.answers
    assert not turn.effects


@pytest.mark.parametrize("words", ["my chest hurts and i cannot breathe", "my husband beats me"])
def test_after_a_safety_card_two_people_read_the_answer(words: str) -> None:
    card = take(Conversation("en", (MENU,), turns=7), Typed(read(SecretStr(words), "en")))
    away = press(card, "not_emergency" if "chest" in words else "go_on")
    writing = away.conversation._replace(frames=WRITING.frames, turns=20)
    assert asks(press(write(writing, "may I bring my sister?"), "send"))[0].alarmed
    assert "alarmed" not in repr(to_json(away.conversation.for_a_file()))


def worry(
    consent: str | None, marks: frozenset[str] = frozenset(), kept: str | None = "fear"
) -> list[Ask]:
    """What is kept for staff of a worry, by somebody who said this about staff reading along."""
    answer = Answer(AnswerKind.CHOICE, consent or "", "consent_review.ask")
    answers = {"may_staff_read": answer} if consent else {}
    book, conversation = load_book(), STANDING._replace(answers=answers, marks=marks)
    at = Situation(book, conversation, FACTS._replace(kept=kept))
    return [e for e in book.registry.effects["keep_worry"](at, "").effects if isinstance(e, Ask)]


def test_a_worry_is_kept_only_with_a_yes_and_a_text_that_may_be_kept() -> None:
    assert [(each.kind, each.text) for each in worry("yes")] == [(ForStaff.WORRY, "fear")]
    assert not worry("no")
    assert not worry(None)
    assert not worry("yes", frozenset({CHILD}))
    assert not worry("yes", kept=None)


presses = st.sampled_from(
    ["write", "send", "change", "cancel", "take_back", "read", "<back", "<skip", "tomorrow", "week", "stop", "done",
     "again", "utc_m360", "utc_p60", "leave", "continue"]
)  # fmt: skip
lasting = st.sampled_from(["menu", "person", "answer", "reminder", "stop", "language"])
WISHES = ("remind", "no_reminders", "person", "died", "menu", "back")


def inputs(conversation: Conversation) -> st.SearchStrategy[Said]:
    """What may come next."""
    frame = conversation.frames[-1] if conversation.frames else MENU
    names = sorted(conversation.timers) or [REMINDER]
    typed = Typed(Reading(SecretStr("raw words")))
    return st.one_of(
        st.builds(Tap, presses.map(f"{frame.asked}:{{}}".format)),
        st.builds(Tap, lasting),
        st.sampled_from([typed, *(Typed(Reading(SecretStr("x"), wish=wish)) for wish in WISHES)]),
        st.sampled_from([Due(name, conversation.timers.get(name, 1)) for name in names]),
    )


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_happens_only_what_was_sent_is_sent_and_timers_are_known(
    data: st.DataObject,
) -> None:
    """A timer is set under the stamp by which the conversation knows it, and no text is sent without Send."""
    now, conversation = NOW, STANDING._replace(timers={})
    if data.draw(st.booleans()):
        country = Answer(
            AnswerKind.COUNTRY, data.draw(st.sampled_from(["US", "DE"])), "place.country"
        )
        conversation = conversation._replace(answers={"country": country})
    for _ in range(data.draw(st.integers(1, 25))):
        now += data.draw(st.integers(0, 2 * 86_400))
        said = data.draw(inputs(conversation))
        facts = Facts(now, "de-identified", staff=Staff(active=True))
        turn = take(conversation, said, facts)
        for effect in turn.effects:
            if isinstance(effect, SetTimer):
                assert effect.due > now
                assert turn.conversation.timers[effect.timer] == effect.stamp
            if isinstance(effect, Ask):
                assert isinstance(said, Tap)
                assert said.press.endswith(":send")
                assert turn.conversation.timers[ANSWER] == effect.stamp
        assert "raw words" not in repr(to_json(turn.conversation))
        conversation = turn.conversation
