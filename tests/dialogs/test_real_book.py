"""What people do with the program's own flows. State is saved and loaded between every two turns."""

from __future__ import annotations

import pytest

from dialogs.book import Book, load_book
from dialogs.checks.walk import walk
from tests.support.engine_chat import EngineChat


@pytest.fixture(scope="module")
def book() -> Book:
    return load_book()


@pytest.fixture
def chat(book: Book) -> EngineChat:
    return EngineChat(book)


async def test_a_country_name_that_may_mean_two_is_asked_back(chat: EngineChat) -> None:
    await chat.says("/start options")
    await chat.says("Congo")
    assert "Which one do you mean?" in chat.said()[-1]
    await chat.taps("Congo - Kinshasa")
    assert chat.answers()["country"] == "CD"


async def test_the_words_of_an_open_button_mean_the_button(chat: EngineChat) -> None:
    await chat.says("/delete")
    await chat.says("Yes, delete everything")
    assert "I have deleted what I kept" in chat.said()[-1]


async def test_the_same_words_elsewhere_are_a_wish(chat: EngineChat) -> None:
    await chat.says("/start options")
    await chat.says("delete everything")
    assert chat.place() == "delete.confirm"


async def test_switching_language_keeps_the_answers(chat: EngineChat) -> None:
    await chat.says("/start options")
    await chat.taps("United States")
    await chat.says("/language es")
    assert chat.answers() == {"country": "US"}
    assert "¿En qué estado" in chat.said()[-1]
    assert "Atrás" in chat.buttons()


async def test_forget_after_a_day_forgets_the_answers_but_not_the_language(book: Book) -> None:
    chat = EngineChat(book, locale="es")
    await chat.says("/start options")
    await chat.says("Alemania")
    await chat.taps("Olvidar tras 24 horas")
    await chat.taps("Cáncer")
    await chat.passes(25 * 3600)
    assert chat.answers() == {}
    assert chat.conversation.locale == "es"


async def test_remember_disarms_the_timer(chat: EngineChat) -> None:
    await chat.says("/start options")
    await chat.says("Germany")
    await chat.taps("Forget after 24 hours")
    await chat.says("/privacy")
    await chat.taps("Change: remember my answers")
    await chat.taps("Remember")
    await chat.passes(25 * 3600)
    assert chat.answers()["country"] == "DE"


def test_every_tap_from_everywhere_leads_on(book: Book) -> None:
    walked = walk(book)
    assert walked.mistakes == []
    assert {state.place for state in book.states() if state.waits} <= walked.paths.keys()


@pytest.mark.parametrize(
    "text", ["dont delete everything", "never delete everything", "yes delete nothing", "delete"]
)
async def test_only_the_button_its_words_or_a_yes_delete_anything(
    chat: EngineChat, text: str
) -> None:
    await chat.says("/start options")
    await chat.says("Germany")
    await chat.says("/delete")
    await chat.says(text)
    assert chat.answers()["country"] == "DE"


async def test_digits_of_any_script_never_break_a_turn(chat: EngineChat) -> None:
    await chat.says("/start options")
    for text in ("፩", "²", "③", "٣", "१"):
        await chat.says(text)
    await chat.says("/menu")
    await chat.says("፩")


async def test_leaving_the_consent_leaves_it_due(chat: EngineChat) -> None:
    await chat.says("/start options")
    await chat.says("Germany")
    assert chat.place() == "consent_memory.ask"
    await chat.taps("Back")
    await chat.says("Germany")
    assert chat.place() == "consent_memory.ask"
    await chat.says("/menu")
    await chat.taps("Where can I go, and who pays?")
    assert chat.place() == "consent_memory.ask"


async def test_a_skipped_consent_forgets_after_a_day_and_says_so_for_good(chat: EngineChat) -> None:
    await chat.says("/start options")
    await chat.says("Germany")
    await chat.taps("Skip")
    assert "forget" in chat.timers
    assert len(chat.said()) == 3, "the question skipped, what follows from it, the next question"
    await chat.taps("Cancer")
    assert any("24 hours" in bubble.text for bubble in chat.bubbles)


async def test_the_welcome_stays_when_its_question_is_answered(chat: EngineChat) -> None:
    await chat.says("/start options")
    await chat.says("Germany")
    assert any("I am not a doctor" in bubble.text for bubble in chat.bubbles)


@pytest.mark.parametrize("first", ["back", "skip", "why", "/menu", "/export", "hello"])
async def test_nobody_gets_past_the_language_and_the_welcome(book: Book, first: str) -> None:
    chat = EngineChat(book, locale=None)
    await chat.says(first)
    assert chat.place() == "language.choose"
    await chat.says("back")
    assert chat.place() == "language.choose"
    await chat.taps("Español")
    assert "no soy" in chat.said()[-1].lower()


async def test_help_first_waits_for_the_language_and_then_the_welcome(book: Book) -> None:
    chat = EngineChat(book, locale=None)
    await chat.says("/help")
    await chat.taps("English")
    assert chat.place() == "help.card"


async def test_menu_from_a_card_is_the_menu_and_nothing_lies_under_it(chat: EngineChat) -> None:
    await chat.says("/start options")
    await chat.says("/help")
    await chat.taps("Menu")
    assert [str(frame.place) for frame in chat.conversation.frames] == ["menu.main"]


async def test_back_in_a_correction_stays_in_the_correction(chat: EngineChat) -> None:
    await chat.says("/start options")
    for tap in ("United Kingdom", "Remember", "Cancer", "I am not sure", "Change an answer"):
        await chat.taps(tap)
    await chat.taps("Change: Country")
    await chat.taps("United States")
    await chat.taps("Back")
    await chat.taps("Canada")
    assert chat.place() == "answers.list"
    assert chat.answers()["country"] == "CA"


async def test_a_skipped_question_that_was_answered_keeps_its_answer_and_shows_it(
    chat: EngineChat,
) -> None:
    await chat.says("/start options")
    for tap in ("United Kingdom", "Remember", "Cancer", "Back", "Skip"):
        await chat.taps(tap)
    assert any(bubble.text.endswith("✓ Cancer") for bubble in chat.bubbles)
    assert chat.answers()["condition"] == "cancer"


async def test_consent_to_reading_is_not_asked_under_a_welcome(chat: EngineChat) -> None:
    await chat.says("/start benefits")
    await chat.says("/start")
    assert chat.place() == "menu.main"


async def test_words_that_are_not_understood_name_the_emergency_number(chat: EngineChat) -> None:
    await chat.says("/start")
    await chat.says("a thing nobody could make sense of here")
    assert "call your local emergency number now" in chat.said()[-1]
    assert "crisis line" in chat.said()[-1]


@pytest.mark.parametrize(("locale", "word"), [("en", "show more"), ("es", "ver más")])
async def test_the_words_of_a_paging_button_turn_the_page(
    book: Book, locale: str, word: str
) -> None:
    chat = EngineChat(book, locale=locale)
    await chat.says("/start options")
    for text in ("Germany", "1", "1", "1"):
        await chat.says(text)
    assert chat.place() == "options.results"
    await chat.says(word)
    assert chat.conversation.frames[-1].page == 1
