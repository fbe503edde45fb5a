"""Situations that no tap leads to: what comes by itself, what was typed, somebody who comes back.

Decides from where else a walk begins, so that the cards behind them are proved like all others.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import SecretStr

from dialogs.afterwards import PLAN_MADE
from dialogs.book import Book
from dialogs.engine.conversation import (
    ANSWER,
    REMINDER,
    Answer,
    AnswerKind,
    Conversation,
    Frame,
    Place,
)
from dialogs.engine.result import Turn
from dialogs.engine.returning import AWAY
from dialogs.engine.said import Command, Due, Facts, Said, Typed
from dialogs.engine.turn import take_turn
from dialogs.understanding import DIED
from dialogs.understanding.reading import Reading

SOMETHING = Typed(Reading(SecretStr("?")))
CLOCKS = Answer(AnswerKind.COUNTRY, "US", "options.country")
"""A country with several clocks, so that a reminder asks for the time."""
WRITING = Place("person", "question")


def openings(book: Book, menu: Conversation, facts: Facts) -> Iterator[tuple[str, Turn]]:
    """Each such situation by name, from a conversation that stands in the menu."""
    waits = menu._replace(timers={ANSWER: 1, REMINDER: 1}, answers={"country": CLOCKS})
    inputs: list[tuple[str, Conversation, Said]] = [
        ("an answer", waits, Due(ANSWER, 1)),
        ("a reminder", waits, Due(REMINDER, 1)),
        ("somebody died", menu, Typed(Reading(SecretStr("?"), wish=DIED))),
        ("away", menu._replace(last=facts.now - AWAY), SOMETHING),
        ("a plan", menu._replace(marks=frozenset({PLAN_MADE})), Command("menu")),
    ]
    if book.state(WRITING) is not None:
        writing = menu._replace(frames=(*menu.frames, Frame(WRITING, asked=1, key=1)))
        inputs.append(("a question to staff", writing, SOMETHING))
    told = facts._replace(kept="?")
    for name, conversation, said in inputs:
        yield name, take_turn(book, conversation, said, told)
