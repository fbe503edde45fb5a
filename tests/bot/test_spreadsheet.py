"""No cell of a table is ever a formula, and nothing is lost by that."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.spreadsheet import FORMULA, cell, csv_rows

ODD = st.text(st.sampled_from("=+-@＝＋\t\r\n \u00a0\u200e\ufeff\x00,;\"'aé٣"))
CELLS = st.one_of(st.text(st.characters(codec="utf-8")), ODD)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "  =1", "\u00a0@x", "\u200e=1", "＝1"],
)
def test_what_begins_a_formula_gets_an_apostrophe(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "3 - 2", "x@y", "'=1", "  words"])
def test_other_words_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


def test_numbers_stay_numbers_and_nothing_is_nothing() -> None:
    assert [cell(-5), cell(0), cell(2.5), cell(None)] == ["-5", "0", "2.5", ""]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), max_size=5))
def test_every_table_comes_back_whole_and_without_formulas(rows: list[list[str]]) -> None:
    read = list(csv.reader(StringIO(csv_rows(rows), newline="")))

    assert [len(row) for row in read] == [len(row) for row in rows]
    for given_row, row in zip(rows, read, strict=True):
        assert row == [cell(each) for each in given_row]
        assert not any(each.lstrip()[:1] in FORMULA for each in row if each.strip())
        assert not any(each[:1] in {"\t", "\r", "\n"} for each in row if each)
