"""What the engine does with an input, told on a small book. State is saved and loaded between every two turns."""

from __future__ import annotations

import pytest

from dialogs.engine.conversation import Conversation
from dialogs.engine.said import Tap
from tests.support.engine_chat import EngineChat
from tests.support.small_book import small_book


@pytest.fixture
def chat() -> EngineChat:
    return EngineChat(small_book())


async def to_days(chat: EngineChat) -> None:
    await chat.says("/start")
    await chat.taps("The trip")
    await chat.taps("The hills")


async def to_card(chat: EngineChat) -> None:
    await to_days(chat)
    for _ in range(3):
        await chat.taps("Skip")


async def test_start_says_welcome_and_menu_in_one_bubble(chat: EngineChat) -> None:
    await chat.says("/start")
    assert chat.said() == ["Welcome. What now?"]
    assert "The trip" in chat.buttons()


async def test_a_tapped_answer_is_marked_on_its_question(chat: EngineChat) -> None:
    await chat.says("/start")
    await chat.taps("The trip")
    await chat.taps("The hills")
    assert chat.said() == ["Where to? ✓ The hills", "How many days?"]
    assert chat.answers() == {"where": "hills"}


async def test_a_question_whose_guard_fails_is_passed_over(chat: EngineChat) -> None:
    await to_days(chat)
    assert chat.place() == "trip.days"


async def test_a_typed_label_and_a_typed_number_are_answers(chat: EngineChat) -> None:
    await chat.says("/start")
    await chat.taps("The trip")
    await chat.says("the SEA")
    assert chat.place() == "trip.boat"
    await chat.says("2")
    assert chat.answers()["boat"] == "big"
    await chat.says("12")
    assert chat.answers()["days"] == "12"


async def test_many_choices_are_ticked_in_place_and_taken_with_done(chat: EngineChat) -> None:
    await to_days(chat)
    await chat.says("3")
    await chat.taps("A hat")
    await chat.taps("A book")
    await chat.taps("✓ A hat")
    assert "✓ A book" in chat.buttons()
    assert "A hat" in chat.buttons()
    await chat.taps("Done")
    assert chat.answers()["bring"] == "book"


async def test_done_without_a_tick_says_so_and_changes_nothing(chat: EngineChat) -> None:
    await to_days(chat)
    await chat.says("3")
    before = chat.conversation.frames
    await chat.taps("Done")
    assert chat.turns[-1].notice is not None
    assert chat.conversation.frames == before


async def test_free_text_is_kept_without_its_names(
    chat: EngineChat,
) -> None:
    await to_days(chat)
    await chat.taps("Skip")
    await chat.taps("Skip")
    await chat.says("My name is Ada Lovelace and I would like to sit at the window")
    assert chat.said()[0] == "Anything else? ✓ Noted"
    assert "and I would like to sit at the window" in chat.answers()["note"]
    assert b"Ada" not in chat.stored


async def test_free_text_that_cannot_be_kept_is_passed_and_that_is_said(chat: EngineChat) -> None:
    await to_days(chat)
    await chat.taps("Skip")
    await chat.taps("Skip")
    await chat.says("my name is Ada Lovelace")
    assert chat.place() == "trip.card"
    assert "So I did not keep it" in " ".join(chat.said())
    assert b"Ada" not in chat.stored


async def test_back_follows_the_real_way_and_shows_answered_questions(chat: EngineChat) -> None:
    await to_days(chat)
    await chat.taps("Back")
    assert chat.place() == "trip.where"
    await chat.taps("The sea")
    assert chat.place() == "trip.boat"
    await chat.taps("Back")
    await chat.taps("Back")
    assert chat.place() == "menu.main"


async def test_back_with_nothing_before_stays_at_the_menu(chat: EngineChat) -> None:
    await chat.says("/start")
    await chat.says("back")
    assert chat.place() == "menu.main"
    assert "There is nothing before this." in chat.said()[-1]


async def test_why_tells_the_reason_and_asks_again(chat: EngineChat) -> None:
    await chat.says("/start")
    await chat.taps("The trip")
    await chat.taps("⋯")
    await chat.taps("Why do you ask?")
    assert chat.said() == ["It decides what to pack. Where to?"]


async def test_a_digression_comes_back_to_the_open_question(chat: EngineChat) -> None:
    await to_days(chat)
    await chat.says("/privacy")
    assert chat.said() == ["privacy card."]
    await chat.taps("All right")
    assert chat.said()[-1] == "How many days?"
    assert chat.place() == "trip.days"


async def test_the_older_copy_of_a_question_asked_again_still_works(chat: EngineChat) -> None:
    await chat.says("/start")
    await chat.taps("The trip")
    await chat.says("/help")
    await chat.taps("All right")
    await chat.taps("The sea", oldest=True)
    assert chat.place() == "trip.boat"


async def test_cards_are_edited_in_place_when_tapped(chat: EngineChat) -> None:
    await to_card(chat)
    await chat.taps("An aside")
    count = len(chat.bubbles)
    await chat.taps("Go on")
    assert chat.said() == ["That was all."]
    assert len(chat.bubbles) == count
    await chat.taps("Ready")
    assert chat.place() == "trip.card"
    assert len(chat.bubbles) == count


async def test_changing_an_answer_asks_only_what_depended_on_it(chat: EngineChat) -> None:
    await to_card(chat)
    await chat.taps("Change the place")
    assert chat.place() == "trip.where"
    await chat.taps("The sea")
    assert chat.place() == "trip.boat"
    await chat.taps("A big one")
    assert chat.place() == "trip.card"
    assert chat.answers() == {"where": "sea", "boat": "big"}
    await chat.taps("Change the place")
    await chat.taps("The hills")
    assert chat.place() == "trip.card"
    assert chat.answers() == {"where": "hills"}


async def test_the_same_answer_again_asks_nothing_more(chat: EngineChat) -> None:
    await to_card(chat)
    await chat.taps("Change the place")
    await chat.taps("The hills")
    assert chat.place() == "trip.card"


async def test_gibberish_climbs_the_ladder_to_the_way_out(chat: EngineChat) -> None:
    await chat.says("/start")
    await chat.taps("The trip")
    await chat.says("qwertz")
    assert "Which place do you want to see?" in chat.said()[-1]
    await chat.says("qwertz")
    assert "Please tap a button, or skip" in chat.said()[-1]
    for _ in range(3):
        await chat.says("qwertz")
        assert chat.buttons() == ["Skip", "Menu", "A person", "Stop and delete"]
    await chat.taps("Skip")
    assert chat.place() == "trip.days"


async def test_a_doubled_tap_shows_the_open_question_with_a_kind_line(chat: EngineChat) -> None:
    await chat.says("/start")
    await chat.taps("The trip")
    press = next(p for t, p in chat.bubbles[-1].buttons if t == "The hills" and p)
    chat.take(Tap(press))
    chat.take(Tap(press))
    assert chat.place() == "trip.days"
    assert "already answered" in chat.said()[-1]
    assert "How many days?" in chat.said()[-1]


@pytest.mark.parametrize(
    "press", ["", ":", "0:sea", "x:y", "999:sea", "2:<boom", "2:../../etc", "⋯", "2:" * 40]
)
async def test_a_made_up_tap_does_no_harm(chat: EngineChat, press: str) -> None:
    await chat.says("/start")
    await chat.taps("The trip")
    before = chat.conversation.answers
    chat.take(Tap(press))
    assert chat.place() == "trip.where"
    assert chat.conversation.answers == before


async def test_menu_person_and_stop_never_go_stale(chat: EngineChat) -> None:
    await to_days(chat)
    for press, place in (("person", "person.card"), ("stop", "delete.card"), ("menu", "menu.main")):
        chat.take(Tap(press))
        assert chat.place() == place


async def test_a_tap_in_a_conversation_that_is_gone_starts_anew(chat: EngineChat) -> None:
    chat.take(Tap("17:sea"))
    assert chat.said() == ["Welcome. What now?"]


async def test_a_first_word_is_greeted(chat: EngineChat) -> None:
    await chat.says("hello?")
    assert chat.said() == ["Welcome. What now?"]


async def test_a_deep_link_opens_its_topic_under_the_welcome(chat: EngineChat) -> None:
    await chat.says("/start trip")
    assert chat.said() == ["Welcome.", "Where to?"]


@pytest.mark.parametrize("payload", ["aside", "menu", "nonsense", "lang_xx", "ref_none"])
async def test_a_deep_link_outside_the_vocabulary_is_a_plain_start(
    chat: EngineChat, payload: str
) -> None:
    await chat.says(f"/start {payload}")
    assert chat.said() == ["Welcome. What now?"]


async def test_without_a_known_client_language_the_language_comes_first(chat: EngineChat) -> None:
    chat.client("xx")
    await chat.says("/start")
    assert chat.said() == ["Which language?"]
    await chat.taps("English")
    assert chat.said() == ["Welcome. What now?"]


@pytest.mark.parametrize(
    "what", ["voice", "photo", "video", "document", "location", "contact", "sticker"]
)
async def test_what_cannot_be_read_is_said_and_the_question_stays(
    chat: EngineChat, what: str
) -> None:
    await to_days(chat)
    await chat.sends(what)
    assert "call 112 or 911 now" in chat.said()[0]
    assert "How many days?" in chat.said()[-1]
    assert chat.place() == "trip.days"


async def test_an_edited_message_changes_nothing(chat: EngineChat) -> None:
    await to_days(chat)
    await chat.edits("5")
    assert chat.place() == "trip.days"
    assert "I only read new ones" in chat.said()[-1]


async def test_a_removed_state_is_met_with_a_kind_line_and_answers_kept(chat: EngineChat) -> None:
    await to_days(chat)
    shorter = "flow: trip\nstates:\n  other: {ask: New?, answer: new, choices: {a: A}, goto: done}"
    chat.book = small_book({"trip.yaml": shorter}, without=("trip.yaml",))
    await chat.says("3")
    assert "Your answers are kept" in chat.said()[-1]
    assert chat.place() == "menu.main"
    assert chat.answers() == {"where": "hills"}


async def test_a_renamed_state_goes_on_where_it_moved(chat: EngineChat) -> None:
    await to_days(chat)
    renamed = (
        "flow: trip\nstates:\n  time: {ask: How long?, answer: days, accept: number, goto: done}"
    )
    moved = "trip.days: {renamed_to: trip.time}"
    chat.book = small_book({"trip.yaml": renamed, "moved.yaml": moved}, without=("trip.yaml",))
    await chat.says("3")
    assert chat.answers() == {"where": "hills", "days": "3"}


async def test_a_removed_state_never_stands_before_stop(chat: EngineChat) -> None:
    await to_days(chat)
    gone = "flow: trip\nstates:\n  other: {ask: New?, answer: new, choices: {a: A}, goto: done}"
    chat.book = small_book({"trip.yaml": gone}, without=("trip.yaml",))
    await chat.says("/delete")
    assert chat.place() == "delete.card"


async def test_flows_that_go_round_in_circles_end_at_the_menu() -> None:
    loop = "flow: trip\nstates:\n  a: {say: A., goto: b}\n  b: {say: B., goto: a}"
    chat = EngineChat(small_book({"trip.yaml": loop}, without=("trip.yaml",)))
    await chat.says("/start")
    await chat.taps("The trip")
    assert chat.place() == "menu.main"
    assert [event.detail for event in chat.turns[-1].events if event.detail == "loop"] == ["loop"]


async def test_the_stack_and_the_trail_stay_small(chat: EngineChat) -> None:
    await to_days(chat)
    for _ in range(60):
        for name in ("privacy", "help", "about", "person", "delete"):
            await chat.says(f"/{name}")
    assert len(chat.conversation.frames) <= 8
    assert len(chat.conversation.trail) <= 12
    assert len(chat.stored) < 4000


async def test_typed_and_ticked_choices_come_together(chat: EngineChat) -> None:
    await to_days(chat)
    await chat.says("3")
    await chat.taps("A hat")
    await chat.says("a book")
    assert chat.answers()["bring"] == "hat, book"
    await chat.says("back")
    assert chat.place() == "trip.bring"
    assert {"✓ A hat", "✓ A book"} <= set(chat.buttons())


async def test_a_choice_on_a_number_question_is_kept_as_a_choice() -> None:
    text = """
flow: trip
states:
  days: {ask: How many?, answer: days, accept: number, choices: {unsure: Not sure}, goto: end}
  end: {say: All set., choices: {ok: {label: OK, to: done}}}
"""
    chat = EngineChat(small_book({"trip.yaml": text}, without=("trip.yaml",)))
    await chat.says("/start")
    await chat.taps("The trip")
    await chat.taps("Not sure")
    assert chat.answers() == {"days": "unsure"}


async def test_a_moved_state_is_asked_anew_and_said(chat: EngineChat) -> None:
    await to_days(chat)
    other = "flow: trip\nstates:\n  age: {ask: How old?, answer: age, accept: number, goto: done}"
    moved = "trip.days: {resume_at: trip.age}"
    chat.book = small_book({"trip.yaml": other, "moved.yaml": moved}, without=("trip.yaml",))
    await chat.says("3")
    assert "age" not in chat.answers()
    assert "has changed" in chat.said()[-1]
    assert "How old?" in chat.said()[-1]


async def test_a_person_and_stop_work_in_a_conversation_that_is_gone(chat: EngineChat) -> None:
    chat.take(Tap("person"))
    assert chat.place() == "person.card"


async def test_buttons_of_a_forgotten_conversation_mean_nothing_in_the_next(
    chat: EngineChat,
) -> None:
    await chat.says("/start")
    await chat.taps("The trip")
    press = next(p for t, p in chat.bubbles[-1].buttons if t == "The sea" and p)
    chat.save(Conversation("en", seed=5_000))
    await chat.says("/start")
    await chat.taps("The trip")
    chat.take(Tap(press))
    assert chat.answers() == {}
