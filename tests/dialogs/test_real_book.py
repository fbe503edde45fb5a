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
