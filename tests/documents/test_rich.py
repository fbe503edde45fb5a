"""Sentences taken apart for the page."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.documents.rich import runs, shown_address
from bot.i18n import Renderer
from dialogs.catalogs import Catalogs
from dialogs.engine.lines import Kept, Line
from tests.support.odd_texts import odd_texts


def test_words_know_whether_they_are_bold_or_italic() -> None:
    assert runs("a <b>b <i>c</i></b> d") == [
        {"t": "a "}, {"t": "b ", "b": True}, {"t": "c", "b": True, "i": True}, {"t": " d"}
    ]  # fmt: skip


def test_a_link_is_followed_by_its_address() -> None:
    address = "https://www.example.org/a/"
    assert runs(f'<a href="{address}">here</a>.') == [
        {"t": "here", "h": address}, {"address": "example.org/a", "h": address}, {"t": "."}
    ]  # fmt: skip


def test_an_address_that_is_shown_already_is_not_repeated() -> None:
    address = "https://www.example.org/a"
    assert runs(f'<a href="{address}">example.org/a</a>') == [{"t": "example.org/a", "h": address}]


def test_underscores_become_blanks() -> None:
    assert runs("Name: ______, a_b__c") == [{"t": "Name: "}, {"blank": 6}, {"t": ", a_b__c"}]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://www.example.org/", "example.org"),
        ("https://example.org/a/b", "example.org/a/b"),
        ("https://example.org/a?b=c", "example.org"),
        ("https://example.org/" + "a" * 60, "example.org"),
    ],
)
def test_addresses_are_shown_so_that_they_can_be_typed(address: str, shown: str) -> None:
    assert shown_address(address) == shown


def test_what_has_no_space_can_still_be_broken() -> None:
    (run,) = runs("w" * 70)
    assert run["t"].split("\u200b") == ["w" * 30, "w" * 30, "w" * 10]


@given(odd_texts())
def test_what_somebody_wrote_comes_out_as_it_was(text: str) -> None:
    html = Renderer(Catalogs()).text(Line("c", "{words}", {"words": Kept(text)}), "en")
    out = "".join(run["t"] if "t" in run else "_" * run["blank"] for run in runs(html))
    assert out.replace("\u200b", "") == text.replace("\u200b", "")
