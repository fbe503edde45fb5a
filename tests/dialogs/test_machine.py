"""The table of moves says what the machine of `transitions` does, on every flow, for every trigger and choice."""

from __future__ import annotations

import pytest

from dialogs.book import Book, load_book
from dialogs.engine.conversation import Answer, AnswerKind, Conversation
from dialogs.engine.machine import FlowMachine, Step, Trigger
from dialogs.engine.registry import Situation
from dialogs.engine.said import Facts
from tests.support.small_book import small_book

ANSWERS = {
    "country": ("US", AnswerKind.COUNTRY),
    "where": ("sea", AnswerKind.CHOICE),
    "may_staff_read": ("yes", AnswerKind.CHOICE),
}


def triggered(
    machine: FlowMachine, state: str, trigger: Trigger, choice: str, at: Situation
) -> str | None:
    """Where the library's own machine goes."""
    event = machine.machine.events.get(trigger.value)
    if event is None or state not in event.transitions:
        return None
    step = Step(state, choice, at)
    return step.state if event.trigger(step) else None


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("known", [True, False])
def test_the_table_and_the_machine_agree(own: bool, known: bool) -> None:
    book: Book = load_book() if own else small_book()
    answers = {k: Answer(kind, v, "a.b") for k, (v, kind) in ANSWERS.items()} if known else {}
    at = Situation(book, Conversation("en", answers=answers), Facts(1_795_000_000))
    tried = 0
    for name, flow in book.flows.items():
        machine = book.machines[name]
        for state in flow.states.values():
            for choice in ("", *(choice.id for choice in state.choices)):
                for trigger in Trigger:
                    tried += 1
                    moved = machine.move(state.place.state, trigger, choice, at)
                    assert moved == triggered(machine, state.place.state, trigger, choice, at)
    assert tried > 50
