"""What follows later, told on small books: dates that have passed, and whether a plan was useful."""

from __future__ import annotations

import pytest

from dialogs.afterwards import afterwards
from dialogs.book import Book, build_book, flow_files
from dialogs.catalogs import Catalogs
from dialogs.engine.conversation import CHILD, Conversation, from_json, to_json
from dialogs.engine.registry import Registry, Shown
from dialogs.reminders import MOURNING, reminders
from tests.support.engine_chat import MONDAY, EngineChat
from tests.support.small_book import BASICS, empty_directory, small_registry

DAY = 86_400
MENU = """
flow: menu
states:
  main:
    say: What now?
    standing: none
    first:
      - {when: useful_due, call: useful}
    choices: {visit: {label: The visit, go: visit}, plan: {label: The plan, go: plan}, person: {go: person}}
"""
VISIT = """
flow: visit
link: yes
states:
  date: {ask: When is it?, answer: date, accept: date, goto: who}
  who: {ask: Who comes along?, answer: who, choices: {me: Only me, friend: A friend}, goto: remind}
  remind: {call: remind, goto: done}
"""
LAND = """
flow: land
states:
  where: {ask: Where?, answer: country, accept: country, goto: done}
"""
CARD = "flow: {name}\nstates: {{card: {{say: '{name}', choices: {{ok: {{label: All right, to: done}}}}}}}}"
PLAN = """
flow: plan
states:
  card: {say: Here is your plan., effect: plan_made, choices: {on: {label: Go on, to: done}}}
"""


@pytest.fixture
def book() -> Book:
    own = flow_files()
    files = {"menu.yaml": MENU, "visit.yaml": VISIT, "plan.yaml": PLAN}
    files |= {name: own[name] for name in ("welcome_back.yaml", "useful.yaml", "remind.yaml")}
    files["land.yaml"] = LAND
    texts = {n: t for n, t in BASICS.items() if n not in {"trip.yaml", "aside.yaml"}} | files
    for name in ("privacy", "delete", "person", "help", "about", "condolence"):
        texts[f"{name}.yaml"] = CARD.format(name=name)
    texts["buttons.yaml"] = own["buttons.yaml"]
    step = Registry(views={"first_step": lambda _at, _frame: Shown(())})
    registry = small_registry() | afterwards() | reminders() | step
    return build_book(texts, registry, Catalogs(), empty_directory(), {})


@pytest.fixture
def chat(book: Book) -> EngineChat:
    return EngineChat(book)


async def at_the_second_question(chat: EngineChat) -> None:
    await chat.says("/start visit")
    await chat.says("in 5 days")
    assert chat.place() == "visit.who"


async def test_a_date_that_has_passed_is_dropped_and_asked_again(chat: EngineChat) -> None:
    await at_the_second_question(chat)
    before = chat.answers()["date"]
    await chat.passes(14 * DAY)
    await chat.says("hello there")
    assert chat.answers()["date"] == before, "nothing is dropped before the person goes on"
    await chat.taps("Continue")
    assert "has passed. Is there a new one?" in chat.said()[-2]
    assert chat.said()[-1] == "When is it?"
    assert "date" not in chat.answers()
    await chat.says("in 3 days")
    assert chat.place() == "visit.who"
    assert chat.answers()["date"] > before


async def test_a_date_to_come_is_not_asked_again(chat: EngineChat) -> None:
    await at_the_second_question(chat)
    await chat.passes(4 * DAY)
    await chat.says("hello there")
    await chat.taps("Continue")
    assert chat.place() == "visit.who"
    assert "date" in chat.answers()


async def test_a_passed_date_may_be_left_out(chat: EngineChat) -> None:
    await at_the_second_question(chat)
    await chat.passes(14 * DAY)
    await chat.says("hello there")
    await chat.taps("Continue")
    await chat.taps("Skip")
    assert chat.place() == "visit.who"


async def test_whoever_is_away_from_the_menu_may_tap_at_once(chat: EngineChat) -> None:
    await chat.says("/start")
    await chat.passes(14 * DAY)
    await chat.taps("The visit")
    assert chat.place() == "visit.date"
    assert "Welcome back." in " ".join(chat.said())


def test_a_conversation_of_an_older_program_is_no_absence() -> None:
    stored = to_json(Conversation("en", last=5, letter="x"))
    del stored["last"]
    del stored["letter"]
    assert from_json(stored).last == 0
    assert from_json(stored).letter == ""


async def test_the_day_before_the_date_is_offered_only_when_it_is_to_come(chat: EngineChat) -> None:
    await at_the_second_question(chat)
    await chat.taps("Only me")
    assert "The day before my date" in chat.buttons()
    await chat.taps("The day before my date")
    assert (chat.timers["reminder"].due - MONDAY) // DAY in {3, 4}


async def test_useful_is_asked_once_for_a_plan_and_again_for_a_new_one(chat: EngineChat) -> None:
    await chat.says("/start")
    await chat.taps("The plan")
    await chat.taps("Go on")
    assert chat.place() == "useful.ask"
    await chat.taps("Partly")
    assert chat.said() == ["Thank you. What now?"]
    await chat.says("/menu")
    assert chat.place() == "menu.main"
    await chat.taps("The plan")
    await chat.taps("Go on")
    assert chat.place() == "useful.ask"


async def test_useful_is_not_asked_again_when_it_was_left(chat: EngineChat) -> None:
    await chat.says("/start")
    await chat.taps("The plan")
    await chat.taps("Go on")
    await chat.says("/menu")
    await chat.says("/menu")
    assert chat.place() == "menu.main"


@pytest.mark.parametrize("mark", [CHILD, MOURNING])
async def test_useful_is_never_asked_of_a_child_or_in_grief(chat: EngineChat, mark: str) -> None:
    await chat.says("/start")
    chat.save(chat.conversation._replace(marks=frozenset({mark, "plan_made"})))
    await chat.says("/menu")
    assert chat.place() == "menu.main"


def test_a_name_cannot_be_registered_twice() -> None:
    with pytest.raises(ValueError, match="useful_due"):
        afterwards() | afterwards()
