"""How a locale is set."""

from __future__ import annotations

import pytest
from typst import Fonts

from bot.documents.scripts import FONT_FOLDERS, FONTS, script_of


@pytest.mark.parametrize(
    ("locale", "language", "direction"),
    [
        ("en", "en", "ltr"),
        ("ar", "ar", "rtl"),
        ("pt-BR", "pt", "ltr"),
        ("en_XA", "en", "ltr"),
        ("nobody knows", "en", "ltr"),
    ],
)
def test_language_and_direction(locale: str, language: str, direction: str) -> None:
    script = script_of(locale)
    assert (script.language, script.direction) == (language, direction)


def test_the_fonts_are_there() -> None:
    found = Fonts(False, False, list(FONT_FOLDERS)).families()
    assert set(FONTS) <= set(found)
