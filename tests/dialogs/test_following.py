"""Counted moves are laid on the edges they must have gone along; what has no single way is left beside."""

from __future__ import annotations

import pytest

from dialogs.book import Book, load_book
from dialogs.checks.edges import Edge, Way, edges, edges_from
from dialogs.checks.following import Move, follow
from dialogs.engine.conversation import Place
from tests.support.small_book import small_book

WAYS = """
flow: trip
states:
  start:
    say: Where to?
    first: [{when: to_sea, call: aside}]
    choices:
      east: {label: East, to: passing}
      west: {label: West, to: fork}
      aside: {label: An aside, call: aside}
      away: {label: Away, go: menu}
  passing: {say: On we go., goto: ask}
  ask: {ask: Which?, answer: where, choices: {sea: Sea}, skip: rest, goto: rest}
  fork:
    goto: [{when: to_sea, to: left}, {to: right}]
  left: {say: Left., goto: rest}
  right: {say: Right., goto: rest}
  rest: {say: Rest., choices: {sub: {label: Sub, to: sub}, on: {label: On, to: done}}}
  sub: {call: aside, goto: last}
  last: {say: Last., choices: {on: {label: On, to: done}}}
"""


@pytest.fixture(scope="module")
def book() -> Book:
    return small_book({"trip.yaml": WAYS}, without=("trip.yaml",))


def at(state: str, flow: str = "trip") -> Place:
    return Place(flow, state)


def along(book: Book, source: Place, target: Place) -> list[Move]:
    """The edges one move went along; none where it is beside."""
    found = follow(book, {(source, target): 3})
    assert set(found.along.values()) | set(found.beside.values()) == {3}
    return list(found.along)


def test_edges_are_routes_skips_buttons_and_called_flows(book: Book) -> None:
    start, ask, aside = at("start"), at("ask"), at("one", "aside")
    assert list(edges_from(book, book.flows["trip"].states["start"])) == [
        Edge(start, at("passing"), Way.CHOICE, "east"),
        Edge(start, at("fork"), Way.CHOICE, "west"),
        Edge(start, aside, Way.ASIDE, "aside"),
        Edge(start, at("main", "menu"), Way.GO, "away"),
        Edge(start, aside, Way.FIRST, "to_sea"),
    ]
    assert Edge(ask, at("rest"), Way.SKIP) in list(edges(book))
    assert Edge(at("fork"), at("left"), Way.GOTO, "to_sea") in list(edges(book))
    assert Edge(at("sub"), aside, Way.CALL) in list(edges(book))


def test_a_move_along_one_edge_is_that_edge(book: Book) -> None:
    assert along(book, at("ask"), at("rest")) == [(at("ask"), at("rest"))]


def test_a_move_over_cards_that_do_not_wait_is_all_edges_on_the_way(book: Book) -> None:
    assert along(book, at("start"), at("ask")) == [
        (at("start"), at("passing")),
        (at("passing"), at("ask")),
    ]


def test_a_question_that_was_answered_before_is_passed_and_a_card_that_waits_is_not(
    book: Book,
) -> None:
    assert along(book, at("ask"), at("last")) == []
    known = small_book()
    assert along(known, at("where"), at("days")) == [
        (at("where"), at("boat")),
        (at("boat"), at("days")),
    ]


def test_a_move_with_two_ways_of_the_same_length_is_left_beside() -> None:
    forked = WAYS.replace("east: {label: East, to: passing}", "east: {label: East, to: fork}")
    book = small_book({"trip.yaml": forked}, without=("trip.yaml",))
    assert along(book, at("start"), at("rest")) == []


def test_a_called_flow_is_entered_and_its_end_leads_back_and_on(book: Book) -> None:
    aside, end = at("one", "aside"), at("done", "aside")
    assert along(book, at("rest"), aside) == [(at("rest"), at("sub")), (at("sub"), aside)]
    told = at("two", "aside")
    assert along(book, told, at("last")) == [
        (told, end),
        (end, at("sub")),
        (at("sub"), at("last")),
    ]


def test_a_flow_that_ends_leads_to_the_menu(book: Book) -> None:
    menu = at("main", "menu")
    assert along(book, at("last"), menu) == [(at("last"), at("done")), (at("done"), menu)]


def test_jumps_and_places_that_are_no_more_are_beside(book: Book) -> None:
    assert along(book, at("last"), at("start")) == []
    assert along(book, at("gone"), at("start")) == []
    assert along(book, Place("", ""), at("start")) == []


def test_counts_on_the_same_edge_are_added(book: Book) -> None:
    rest, menu = at("rest"), at("main", "menu")
    found = follow(book, {(rest, menu): 5, (at("last"), menu): 2})
    assert found.along[at("done"), menu] == 7


def test_in_the_real_book_a_worry_that_was_chosen_explains_the_card_that_answers_it() -> None:
    which, after, cost = (Place("barriers", state) for state in ("which", "next", "cost"))
    assert along(load_book(), which, cost) == [(which, after), (after, cost)]
