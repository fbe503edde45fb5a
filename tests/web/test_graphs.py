"""The graphs of flows: every way of the definition is there, nothing hidden shows, no label breaks out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.web.pictures.drawing import Arrow, Node, draw
from bot.web.pictures.figures import HIDDEN
from bot.web.pictures.graph import Graph, between_flows, flow_graph, overview
from bot.web.pictures.layout import Box, Point, lay_out
from bot.web.pictures.placing import around, place
from dialogs.book import Book, load_book
from dialogs.checks.edges import edges
from dialogs.checks.following import Move
from dialogs.engine.conversation import Place
from tests.support.small_book import small_book
from tests.web.svg import Svg

WHERE, BOAT, CARD = Place("trip", "where"), Place("trip", "boat"), Place("trip", "card")
ASIDE, MENU = Place("aside", "one"), Place("menu", "main")


def _link(to: Place) -> str:
    return f"/flows/{to.flow}?state={to.state}"


@pytest.fixture(scope="module")
def book() -> Book:
    return small_book()


def _trip(book: Book, traffic: dict[Move, int | None]) -> Graph:
    return flow_graph(book, "trip", traffic, _link)


def _steps(graph: Graph) -> dict[str, str]:
    """The weight of each arrow that was gone along, by its number."""
    picture = Svg(graph.picture)
    titles = [word for word in picture.words if " → " in word]
    found = [(each.given["class"] or "").split()[-1] for each in picture.classed("graph-edge")]
    return dict(
        zip((title.partition(": ")[2].split(" ")[0] for title in titles), found, strict=True)
    )


def test_every_flow_of_the_real_book_is_drawn_whole() -> None:
    real = load_book()
    for flow in real.flows:
        graph = flow_graph(real, flow, {}, _link)
        picture = Svg(graph.picture)
        moves = {(edge.source, edge.target) for edge in edges(real) if edge.source.flow == flow}
        assert picture.forbidden() == []
        assert len(picture.classed("graph-edge")) == len(graph.rows) == len(moves)
        states = {state.place for state in real.states() if state.place.flow == flow}
        assert {_link(state) for state in states} <= set(picture.links)


def test_the_overview_of_the_real_book_names_every_flow_and_every_way_between_them() -> None:
    real = load_book()
    graph = overview(real, {}, _link)
    picture = Svg(graph.picture)
    between = {(e.source.flow, e.target.flow) for e in edges(real)} - {(f, f) for f in real.flows}
    assert set(picture.links) == {_link(Place(flow, "")) for flow in real.flows}
    assert {(row.source, row.target) for row in graph.rows} == between
    assert len(picture.classed("graph-edge")) < len(graph.rows)


def test_the_overview_draws_the_menus_own_ways_even_to_flows_that_many_lead_to() -> None:
    real = load_book()
    told = [word for word in Svg(overview(real, {}, _link).picture).words if " → " in word]
    assert any(word.startswith("menu → barriers") for word in told)
    assert not any(word.startswith("read → barriers") for word in told)


def test_states_questions_doors_and_the_beginning_are_told_apart(book: Book) -> None:
    picture = Svg(_trip(book, {}).picture)
    assert "▸ where" in picture.words
    assert len(picture.classed("graph-say")) == 1
    assert "→ aside.one" in picture.words
    assert _link(ASIDE) in picture.links
    assert len(picture.classed("graph-done")) == 1


def test_an_arrow_says_from_where_to_where_how_often_and_by_which_button(book: Book) -> None:
    assert (
        "trip.card → aside.one: 31 · aside" in Svg(_trip(book, {(CARD, ASIDE): 31}).picture).words
    )


def test_arrows_are_as_heavy_as_their_traffic(book: Book) -> None:
    graph = _trip(book, {(WHERE, BOAT): 100, (CARD, ASIDE): 41})
    assert _steps(graph) == {"0": "graph-step-0", "41": "graph-step-3", "100": "graph-step-5"}


def test_a_hidden_number_is_words_and_always_of_one_weight(book: Book) -> None:
    graph = _trip(book, {(WHERE, BOAT): None, (CARD, ASIDE): 4000})
    assert "<5" in Svg(graph.picture).words
    assert _steps(graph)["under"] == "graph-step-1"
    assert [row.count for row in graph.rows if row.count != "0"] == [HIDDEN, "4,000"]


def test_ways_nobody_went_are_drawn_without_a_number(book: Book) -> None:
    assert Svg(_trip(book, {}).picture).classed("graph-count") == []


def test_moves_along_no_way_are_listed_and_not_drawn(book: Book) -> None:
    before = Place("", "")
    graph = _trip(
        book, {(CARD, WHERE): 12, (BOAT, MENU): None, (before, WHERE): 77, (MENU, ASIDE): 9}
    )
    assert [(row.source, row.target, row.count) for row in graph.beside] == [
        ("trip.card", "trip.where", "12"),
        ("trip.boat", "menu.main", HIDDEN),
        ("the beginning", "trip.where", "77"),
    ]
    assert "77" not in Svg(graph.picture).words


def test_coming_in_by_a_button_of_another_flow_and_returning_are_no_riddles(book: Book) -> None:
    returned = (Place("trip", "done"), MENU)
    assert _trip(book, {(MENU, WHERE): 50, returned: 20}).beside == ()


def test_a_state_that_is_no_more_is_listed(book: Book) -> None:
    graph = _trip(book, {(Place("trip", "gone"), WHERE): 8})
    assert [(row.source, row.count) for row in graph.beside] == [("trip.gone", "8")]


def test_moves_between_flows_are_added_up_without_inner_ones_and_returns(book: Book) -> None:
    moves = {(MENU, WHERE): 5, (MENU, CARD): 2, (WHERE, BOAT): 9, (Place("trip", "done"), MENU): 4}
    between = between_flows(moves)
    assert between == {(Place("menu", ""), Place("trip", "")): 7}
    counted = [row for row in overview(book, between, _link).rows if row.count != "0"]
    assert [(row.source, row.target, row.count) for row in counted] == [("menu", "trip", "7")]


def test_the_same_graph_is_drawn_the_same_every_time(book: Book) -> None:
    traffic: dict[Move, int | None] = {(WHERE, BOAT): 100, (CARD, ASIDE): None}
    first = _trip(book, traffic).picture
    lay_out.cache_clear()
    assert _trip(book, traffic).picture == first


def test_traffic_does_not_move_the_states(book: Book) -> None:
    _trip(book, {})
    asked = lay_out.cache_info().misses
    _trip(book, {(WHERE, BOAT): 100})
    assert lay_out.cache_info().misses == asked


def test_names_are_escaped_and_links_stay_on_the_site() -> None:
    hostile = "<script>x</script>\" onload='y'"
    picture = draw(
        hostile, hostile, [Node(hostile, "say", hostile, "/x?" + hostile)], [Arrow(0, 0, "within", hostile, 9)]
    )  # fmt: skip
    assert Svg(picture).forbidden() == []
    assert Svg(picture).words.count(hostile) == 5
    with pytest.raises(ValueError, match="its own site"):
        draw("", "", [Node("a", "say", "a", "javascript:x")], [])


def test_a_layout_has_a_place_for_every_box_and_a_way_for_every_arrow() -> None:
    layout = lay_out((Box(80, 28), Box(60, 28)), ((0, 1), (1, 0), (1, 1)))
    assert layout.centres[0].x < layout.centres[1].x <= layout.width
    assert len(layout.curves) == 3
    assert all(0 <= point.y <= layout.height for point in layout.centres)
    assert all(len(curve.points) % 3 == 1 for curve in layout.curves)


def test_many_threads_get_what_one_gets() -> None:
    asked = [
        (tuple(Box(40 + n, 28) for n in range(size)), ((0, size - 1),)) for size in range(2, 12)
    ]
    alone = [lay_out.__wrapped__(*each) for each in asked]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda each: lay_out.__wrapped__(*each), asked * 5))
    assert together == alone * 5


def test_numbers_step_aside_for_boxes_and_for_each_other() -> None:
    curve = lay_out((Box(40, 28), Box(40, 28)), ((0, 1),)).curves[0]
    first, second = place([curve, curve], [10, 10], [])
    assert first.shared(second) == 0
    blocked = around(Point(first.middle, (first.top + first.bottom) / 2), 12, 40)
    assert next(iter(place([curve], [10], [blocked]))).shared(blocked) == 0
