"""Which words correct an answer, and which value or answer they name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.book import load_book
from dialogs.understanding.corrections import CHANGE, INSTEAD, named_answers, right_value
from dialogs.understanding.lists import read_lists
from dialogs.understanding.words import FOLDER, LISTED


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no, I meant Austria", "Austria"),
        ("Sorry, I meant the second one", "the second one"),
        ("no, quise decir México", "México"),
        ("non, je voulais dire la Suisse", "la Suisse"),
        ("nein, ich meinte Österreich", "Österreich"),
        ("não, quis dizer Portugal", "Portugal"),
        ("нет, я имел в виду Австрию", "Австрию"),
        ("ні, я мав на увазі Польщу", "Польщу"),
        ("لا قصدي مصر", "مصر"),
        ("nahi mera matlab india", "india"),
        ("不对，我是说奥地利", "奥地利"),
        ("I meant", None),
        ("my doctor said no", None),
        ("no", None),
    ],
)
def test_the_right_value_stands_after_an_opening(text: str, value: str | None) -> None:
    assert right_value(text) == value


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("change the date", ("date",)),
        ("I want to change the country", ("country",)),
        ("cambiar la fecha", ("date",)),
        ("changer le pays", ("country",)),
        ("das Datum ändern", ("date",)),
        ("изменить дату", ("date",)),
        ("غير التاريخ", ("date",)),
        ("tareekh badalni hai", ("date",)),
        ("改日期", ("date",)),
        ("the date", ()),
        ("what has to change before the country lets me in there at all", ()),
    ],
)
def test_a_request_to_change_names_the_answer(text: str, keys: tuple[str, ...]) -> None:
    assert named_answers(text) == keys


@pytest.mark.parametrize("locale", LISTED)
def test_every_name_is_of_an_answer_there_is(locale: str) -> None:
    lists = read_lists(FOLDER / f"names_{locale}.yaml")
    assert {CHANGE, INSTEAD} < lists.keys()
    book = load_book()
    assert all(book.asking(key) for key in lists.keys() - {CHANGE, INSTEAD})


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    assert right_value(text) != ""
    assert isinstance(named_answers(text), tuple)
