"""Where long texts are cut."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.letters import split

words = st.text(st.characters(codec="utf-8", exclude_characters="<>&\r"), max_size=40)
escaped = words.map(lambda text: text + "&amp;&lt;")
bold = words.map(lambda text: f"<b>{text}</b>")
linked = words.map(lambda text: f'<a href="https://example.org/?a=1&amp;b=2">{text}</a>')
texts = st.lists(st.one_of(words, escaped, bold, linked, st.just("\n\n")), max_size=30).map("".join)


def shown(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def width(html: str) -> int:
    return len(shown(html).encode("utf-16-le")) // 2


def without_space(text: str) -> str:
    return "".join(text.split())


def balanced(html: str) -> bool:
    opened: list[str] = []
    for closing, name in re.findall(r"<(/?)([a-z]+)[^>]*>", html):
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


@given(texts, st.integers(8, 60))
def test_pieces_fit_are_balanced_and_say_everything(html: str, limit: int) -> None:
    pieces = split(html, limit)
    assert all(balanced(piece) for piece in pieces)
    if len(pieces) > 1:
        assert all(width(piece) <= limit for piece in pieces)
        assert all(shown(piece).strip() for piece in pieces)
    assert without_space("".join(map(shown, pieces))) == without_space(shown(html))


def test_a_text_that_fits_is_left_as_it_is() -> None:
    assert split("  a <b>b</b>\n\n") == ("  a <b>b</b>\n\n",)


def test_tags_and_entities_do_not_count() -> None:
    text = "<b>" + "&amp;" * 4096 + "</b>"
    assert split(text) == (text,)


def test_a_long_text_is_cut_at_a_paragraph() -> None:
    paragraphs = ["a" * 3000, "b" * 1000, "c" * 2000]
    assert split("\n\n".join(paragraphs)) == ("a" * 3000 + "\n\n" + "b" * 1000, "c" * 2000)


def test_a_bold_text_stays_bold_after_the_cut() -> None:
    assert split("<b>a a a a a a</b>", 8) == ("<b>a a a a</b>", "<b>a a</b>")


@pytest.mark.parametrize("emoji", ["😀", "👩‍⚕️"])
def test_a_character_of_two_units_is_never_halved(emoji: str) -> None:
    for piece in split(emoji * 50, 9):
        piece.encode("utf-8")
