"""What a text may hold besides words, and what is taken for plain words instead."""

from __future__ import annotations

import pytest
from hypothesis import given

from dialogs.markup import Closing, Opening, Slot, parse
from tests.support.odd_texts import odd_texts


def test_tags_placeholders_and_words_are_told_apart() -> None:
    markup = parse('Ask <b>{who}</b> or <a href="https://a.org/?x=1&amp;y=2">read</a>.')
    assert markup.pieces == (
        "Ask ", Opening("b"), Slot("who"), Closing("b"), " or ",
        Opening("a", "https://a.org/?x=1&y=2"), "read", Closing("a"), ".",
    )  # fmt: skip
    assert markup.mistakes == ()
    assert markup.slots == {"who"}
    assert markup.words == "Ask {who} or read."


def test_entities_and_doubled_braces_are_the_characters_they_stand_for() -> None:
    assert parse("a &amp; b &lt; c {{x}}").words == "a & b < c {x}"
    assert parse("5 < 6 & 7 > 3").mistakes == ()


@pytest.mark.parametrize(
    "text",
    [
        "<b>", "</b>", "<b><i></b></i>", "<b><b>x</b></b>", "<u>x</u>", '<b class="x">y</b>',
        "<a>x</a>", '<a href="http:{x}">x</a>', '<a href="javascript:x">x</a>',
        "{a.b}", "{a[0]}", "{}", "{0}", "{a!r}", "{a:>9}", "{Name}", "{", "}", "&nbsp;",
    ],
)  # fmt: skip
def test_what_only_looks_like_ours_is_a_mistake(text: str) -> None:
    assert parse(text).mistakes


@given(odd_texts())
def test_every_text_comes_out_balanced(text: str) -> None:
    opened: list[str] = []
    for piece in parse(text).pieces:
        if isinstance(piece, Opening):
            assert piece.name not in opened
            opened.append(piece.name)
        elif isinstance(piece, Closing):
            assert opened.pop() == piece.name
    assert not opened


@given(odd_texts())
def test_words_without_anything_of_ours_stay_as_they_are(text: str) -> None:
    words = text.replace("&", " ").replace("{", "(").replace("}", ")").replace("<", "(")
    assert parse(words).words == words
