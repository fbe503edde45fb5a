"""Charts: what was counted is seen and read, what is hidden is not, and no label breaks out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.pictures.bars import Bar, bar_chart, bar_rows
from bot.web.pictures.figures import HIDDEN, cut, own_address, shown, step, width_of
from bot.web.pictures.trend import Day, trend, trend_rows
from tests.web.svg import Svg

HOSTILE = "<script>alert(1)</script>\"' onload=x style=y {0} {label} &amp;"
FIRST = date(2026, 9, 1)


def _days(*counts: int | None) -> list[Day]:
    return [Day(FIRST + timedelta(number), count) for number, count in enumerate(counts)]


def _bars(*bars: Bar) -> Svg:
    return Svg(bar_chart("Funnel", "Who got how far.", bars))


def _trend(*counts: int | None) -> Svg:
    return Svg(trend("Visits", "A column for each day.", _days(*counts)))


def test_bars_are_as_long_as_their_counts() -> None:
    widths = [
        bar.given["width"] for bar in _bars(Bar("all", 200), Bar("half", 100)).classed("chart-bar")
    ]
    assert widths == ["72.0%", "36.0%"]


def test_a_bar_says_its_label_count_and_note_and_when_pointed_at_all_at_once() -> None:
    words = _bars(Bar("Started", 1240, "100 %")).words
    assert "1,240 · 100 %" in words
    assert "Started: 1,240 · 100 %" in words


def test_a_hidden_bar_is_a_stub_with_words_and_without_its_note() -> None:
    picture = _bars(Bar("few", None, "3 of 50"), Bar("many", 50))
    assert len(picture.classed("chart-stub")) == 1
    assert HIDDEN in picture.words
    assert not any("3 of 50" in word for word in picture.words)


def test_nobody_is_a_zero_without_a_bar() -> None:
    picture = _bars(Bar("none", 0))
    assert "0" in picture.words
    assert picture.classed("chart-bar") == picture.classed("chart-stub") == []


def test_a_bar_leads_to_what_was_counted() -> None:
    picture = _bars(Bar("a", 7, href="/conversations?at=a&b=c"), Bar("b", 9))
    assert picture.links == ["/conversations?at=a&b=c"]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "x"]
)  # fmt: skip
def test_no_bar_leads_to_another_site(href: str) -> None:
    with pytest.raises(ValueError, match="its own site"):
        _bars(Bar("a", 7, href=href))
    assert own_address("?page=2") == "?page=2"


def test_a_chart_without_links_is_one_image_and_one_with_links_lets_them_be_found() -> None:
    assert _bars(Bar("a", 7)).elements[0].given["role"] == "img"
    assert _bars(Bar("a", 7, href="/x")).elements[0].given["role"] == "figure"


def test_a_long_label_is_cut_for_the_eye_and_whole_for_the_ear() -> None:
    label = "a very long label " * 20
    words = _bars(Bar(label, 7)).words
    assert f"{label}: 7" in words
    assert max(width_of(word) for word in words if word.endswith("…\u2069")) <= 44 + 2


def test_a_label_that_reads_from_the_right_keeps_its_direction_to_itself() -> None:
    assert "\u2068مخاوف (cost)\u2069" in _bars(Bar("مخاوف (cost)", 7)).words


def test_wide_letters_count_twice() -> None:
    assert cut("第二意见第二意见", 8) == "\u2068第二意…\u2069"


def test_columns_stand_as_high_as_their_counts() -> None:
    heights = [bar.given["height"] for bar in _trend(50, 100, 25).classed("chart-bar")]
    assert heights == ["50.0", "100.0", "25.0"]


def test_a_hidden_day_is_a_stub_a_day_of_nobody_is_empty_and_the_chart_says_what_hatched_means() -> (
    None
):
    picture = _trend(None, 0, 30)
    assert len(picture.classed("chart-stub")) == 1
    assert len(picture.classed("chart-bar")) == 1
    assert f"hatched: {HIDDEN}" in picture.words
    assert f"hatched: {HIDDEN}" not in _trend(30).words


def test_few_days_are_named_each_and_many_by_their_ends() -> None:
    dates = [word for word in _trend(7, 8, 9).words if word.startswith("2026") and ":" not in word]
    assert dates == ["2026-09-01", "2026-09-02", "2026-09-03"]
    dates = [
        word for word in _trend(*range(5, 50)).words if word.startswith("2026") and ":" not in word
    ]
    assert dates == ["2026-09-01", "2026-10-15"]


def test_no_days_and_no_bars_are_an_empty_picture() -> None:
    assert _trend().forbidden() == _bars().forbidden() == []


def test_tables_say_the_same_as_the_pictures() -> None:
    assert list(bar_rows([Bar("a", 1200, "60 %"), Bar("b", None, "1 %")])) == [
        ("a", "1,200", "60 %"),
        ("b", HIDDEN, ""),
    ]
    assert list(trend_rows(_days(None, 7))) == [("2026-09-01", HIDDEN), ("2026-09-02", "7")]


@given(st.text(), st.text(), st.none() | st.integers(0, 10**6))
def test_whatever_a_label_says_it_stays_a_label(label: str, note: str, count: int | None) -> None:
    picture = bar_chart(label, note, [Bar(label, count, note, "/x?" + label)])
    assert Svg(picture).forbidden() == []


def test_hostile_words_are_shown_as_they_are() -> None:
    for picture in (
        _bars(Bar(HOSTILE, 7, HOSTILE, "/" + HOSTILE)),
        Svg(bar_chart(HOSTILE, HOSTILE, [])),
        Svg(trend(HOSTILE, HOSTILE, _days(7))),
    ):
        assert picture.forbidden() == []
        assert any(HOSTILE in word for word in picture.words)


@given(st.lists(st.none() | st.integers(0, 10**9), max_size=400))
def test_the_heaviest_of_a_picture_is_step_five_and_a_hidden_one_the_same_step_always(
    counts: list[int | None],
) -> None:
    largest = max((count for count in counts if count), default=1)
    steps = [step(count, largest) for count in counts]
    assert all(0 <= each <= 5 for each in steps)
    assert all(each == 1 for each, count in zip(steps, counts, strict=True) if count is None)
    assert all((each == 0) == (count == 0) for each, count in zip(steps, counts, strict=True))


def test_large_numbers_are_read_in_groups() -> None:
    assert shown(1234567) == "1,234,567"
