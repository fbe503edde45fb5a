"""What is proved about flows before anybody talks to them; each proof fails for a book that breaks it."""

from __future__ import annotations

from dialogs.checks.collisions import collisions
from dialogs.checks.graph import mermaid
from dialogs.checks.walk import walk
from dialogs.mistakes import Mistake
from tests.support.small_book import small_book


def found(mistakes: list[Mistake], what: str) -> Mistake:
    """The one mistake that says `what`."""
    fitting = [mistake for mistake in mistakes if what in mistake.what]
    assert fitting, "\n".join(map(str, mistakes))
    return fitting[0]


def trip(text: str) -> list[Mistake]:
    """What a walk finds when the trip flow is replaced."""
    return walk(small_book({"trip.yaml": text}, without=("trip.yaml",))).mistakes


def test_a_sound_book_has_no_mistakes() -> None:
    linked = """
flow: trip
states:
  where: {ask: Where to?, answer: where, choices: {sea: Sea, hills: Hills}, goto: card}
  card:
    say: All set.
    choices:
      aside: {label: An aside, call: aside}
      privacy: {label: Privacy, go: privacy}
      help: {label: Help, go: help}
      about: {label: About, go: about}
"""
    assert trip(linked) == []


def test_a_state_nobody_can_tap_to_is_found_with_its_line() -> None:
    text = """
flow: trip
states:
  a: {say: Hi., choices: {on: {label: On, to: done}}}
  b: {say: Ho., choices: {on: {label: On, to: done}}}
"""
    mistake = found(trip(text), "nobody can reach trip.b")
    assert (mistake.file, mistake.line) == ("trip.yaml", 5)


def test_a_state_without_a_way_to_menu_person_and_stop_is_found() -> None:
    text = """
flow: trip
states:
  a: {say: Hi., standing: none, choices: {again: {label: Again, to: b}}}
  b: {say: Ho., standing: none, choices: {again: {label: Again, to: a}}}
"""
    assert "menu, person, stop" in found(trip(text), "more than two taps away from trip.a").what


def test_going_round_in_circles_is_found() -> None:
    text = "flow: trip\nstates:\n  a: {say: A., goto: b}\n  b: {say: B., goto: a}"
    found(trip(text), "goes round in circles")


def test_two_answers_that_read_the_same_are_found() -> None:
    text = "flow: trip\nstates:\n  a: {ask: Q?, answer: a, choices: {b: Não!, c: nao}, goto: done}"
    book = small_book({"trip.yaml": text}, without=("trip.yaml",))
    mistake = found(list(collisions(book)), "both read")
    assert "'b' and 'c'" in mistake.what


def test_the_graph_draws_states_guards_and_calls() -> None:
    graph = mermaid(small_book())
    assert graph.startswith("flowchart LR")
    assert "trip__where{{where}}" in graph
    assert "trip__card ==>|aside| aside__one" in graph
    assert "menu__main ==>|trip| trip__where" in graph
