"""Which letters a locale is set in: its language for the typesetter, and its direction.

Decides also the fonts, and the order in which they are asked for a letter. They come as packages, because the machine
may have none.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import fontpkg_noto_sans
import fontpkg_noto_sans_arabic
import manimgx_fonts_cjk
from babel import Locale, UnknownLocaleError

_PACKAGES = (fontpkg_noto_sans, fontpkg_noto_sans_arabic, manimgx_fonts_cjk)
FONTS = ("Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC")
"""Asked in this order; the first has Latin, Cyrillic, Greek and Devanagari letters."""
FONT_FOLDERS = tuple(Path(package.__file__).parent for package in _PACKAGES if package.__file__)
"""Where the fonts lie."""


@dataclass(frozen=True, slots=True)
class Script:
    """How one locale is set."""

    language: str
    direction: str


def script_of(locale: str) -> Script:
    """The script of a locale; one that nobody knows is set as English is."""
    try:
        known = Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        known = Locale("en")
    return Script(known.language, known.text_direction)
