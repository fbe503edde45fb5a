"""The sign to hold up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.papers import Papers
from bot.i18n import Renderer
from dialogs.engine.lines import Kept, Line
from tests.documents.reading import colours, size
from tests.support.odd_texts import odd_texts
from tests.support.sample_plan import sample_catalogs, sample_sign

SCREEN = (1024, 1280)
PAPERS = Papers(Renderer(sample_catalogs()))


def sign_of(text: str, locale: str = "en") -> bytes:
    """A sign that says this."""
    return PAPERS.sign(Line("test", "{words}", {"words": Kept(text)}), locale)


@pytest.mark.parametrize("locale", ["en", "es", "ar", "hi", "zh", "ru"])
def test_a_sign_fills_a_phones_screen(locale: str) -> None:
    picture = PAPERS.sign(sample_sign(), locale)
    assert size(picture) == SCREEN
    assert len(colours(picture)) > 20


def test_a_sign_is_in_the_language_asked_for() -> None:
    assert len({PAPERS.sign(sample_sign(), locale) for locale in ("en", "es", "ar")}) == 3


@pytest.mark.parametrize("text", ["ok", "W" * 60, "word " * 300, "字" * 200, ""])
def test_short_and_long_sentences_keep_the_screens_size(text: str) -> None:
    assert size(sign_of(text)) == SCREEN


def test_what_no_screen_holds_makes_the_picture_longer_and_is_not_cut_off() -> None:
    width, height = size(sign_of("word " * 3000))
    assert width == SCREEN[0]
    assert height > SCREEN[1]


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=60) | odd_texts(), st.sampled_from(["en", "ar", "zh"]))
def test_anything_can_be_held_up(text: str, locale: str) -> None:
    assert size(sign_of(text, locale)) == SCREEN
