"""A record that staff took back is not shown, wherever it would have stood, until it is given back."""

from __future__ import annotations

import pytest

from dialogs.book import load_book
from dialogs.directory.matching import Need, last_resort, match
from dialogs.plan import places
from tests.dialogs.test_options import at
from tests.support.engine_chat import EngineChat

BOOK = load_book()
ROUTE, NAME = "de-116117-zweitmeinung-27b", "Gesetzliches Zweitmeinungsverfahren"
LEFT_OUT = "I leave out 1 place for now"


async def at_results() -> EngineChat:
    """Somebody in Germany who looks at what fits."""
    chat = EngineChat(BOOK)
    await chat.says("/start options")
    await chat.says("Germany")
    for label in ("Remember", "Spine or joints", "Public system or public insurance"):
        await chat.taps(label)
    assert chat.place() == "options.results"
    assert NAME in chat.said()[-1]
    return chat


async def again(chat: EngineChat) -> str:
    """What the card of options says when it is opened anew."""
    await again_somewhere(chat)
    assert chat.place() == "options.results"
    return "\n".join(chat.said())


async def test_a_withheld_record_is_not_shown_and_comes_back() -> None:
    chat = await at_results()
    chat.withheld = frozenset({ROUTE})
    without = await again(chat)
    chat.withheld = frozenset()
    back = await again(chat)

    assert NAME not in without
    assert LEFT_OUT in without
    assert NAME in back
    assert "I leave out" not in back


async def test_a_card_that_is_turned_over_no_longer_shows_it() -> None:
    chat = await at_results()
    chat.withheld = frozenset({ROUTE})
    await chat.taps("Show more")
    assert LEFT_OUT in chat.bubbles[-1].text
    await chat.taps("Show the ones before")

    assert "Page 1 of 3" in chat.bubbles[-1].text
    assert NAME not in chat.bubbles[-1].text
    assert not any(NAME in label for label in chat.buttons())


async def test_the_button_of_a_record_that_went_meanwhile_gives_a_kind_line() -> None:
    chat = await at_results()
    await chat.taps("This is wrong")
    button = next(label for label in chat.buttons() if NAME in label)
    chat.withheld = frozenset({ROUTE})
    await chat.taps(button)

    assert chat.place().startswith("report.")
    assert not any(event.detail == ROUTE for event in chat.turns[-1].events)
    assert not any(NAME in label for label in chat.buttons())


async def test_when_nothing_else_fits_it_says_so_instead_of_failing() -> None:
    chat = await at_results()
    chat.withheld = frozenset(BOOK.directory.records)
    await chat.taps("Show more")

    assert "I found 0 that may fit." in chat.bubbles[-1].text
    assert "I leave out 8 places for now" in chat.bubbles[-1].text
    assert "costs money" not in chat.bubbles[-1].text
    await again_somewhere(chat)
    assert chat.place() == "options.nothing"


async def again_somewhere(chat: EngineChat) -> None:
    """Open the options anew."""
    await chat.says("/start options")


def test_the_last_resort_leaves_it_out_too() -> None:
    need = Need("DE", None, "eye", "none")
    first = last_resort(BOOK.directory, need)[0].record.id
    left = [hit.record.id for hit in last_resort(BOOK.directory, need, frozenset({first}))]

    assert first not in left


@pytest.mark.parametrize("country", ["US", "DE", "IN"])
def test_what_remains_keeps_its_order(country: str) -> None:
    need = Need(country, None, "cancer", "insurance")
    ids = [hit.record.id for hit in match(BOOK.directory, need)]
    withheld = frozenset(ids[::2])

    assert [hit.record.id for hit in match(BOOK.directory, need, withheld)] == ids[1::2]


def test_the_plan_on_paper_leaves_it_out() -> None:
    situation = at(country="DE", condition="spine_joint", payer="public")
    without = situation._replace(facts=situation.facts._replace(withheld=frozenset({ROUTE})))

    assert ROUTE in str(list(places.places(situation)))
    assert ROUTE not in str(list(places.places(without)))


async def test_a_helpline_that_is_withheld_is_not_named() -> None:
    chat = EngineChat(BOOK)
    for text in ("/start options", "USA", "Texas"):
        await chat.says(text)
    await chat.says("/person")
    assert "Helplines in our directory" in chat.said()[-1]
    chat.withheld = frozenset(BOOK.directory.records)
    await chat.says("/person")

    assert "Helplines" not in chat.said()[-1]


async def test_safety_cards_do_not_know_of_withholding() -> None:
    chat = EngineChat(BOOK)
    chat.withheld = frozenset({*BOOK.directory.records, *BOOK.directory.emergency, "us-988"})
    await chat.says("I am in the USA and I want to kill myself")

    assert "988" in chat.said()[-1]
    assert "911" in chat.said()[-1]
