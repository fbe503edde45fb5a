"""Which language a text is written in, and how sure that is.

Decides by the script and its telling letters where they settle it, else by py3langid, limited to the languages people
here are expected to write. It keeps nothing: what to do about a language is the engine's matter.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from py3langid.langid import MODEL_FILE, LanguageIdentifier

CANDIDATES = ("en", "es", "fr", "de", "pt", "ru", "uk", "ar", "hi", "zh", "tr", "id", "pl", "it")
"""The languages told apart by their words. Others are only known by a script of their own."""

SURE, SURE_LETTERS = 0.99, 8
LIKELY = 0.9
SHORTEST = 3
"""Letters below which nothing is said about a text."""
LONGEST = 600
"""Characters looked at; more change nothing."""

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("te", re.compile("[\u0c00-\u0c7f]")),
    ("gu", re.compile("[\u0a80-\u0aff]")),
    ("pa", re.compile("[\u0a00-\u0a7f]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("am", re.compile("[\u1200-\u137f]")),
    ("my", re.compile("[\u1000-\u109f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("ur", re.compile("[\u0679\u0688\u0691\u06ba\u06be\u06d2]")),
    ("fa", re.compile("[\u067e\u0686\u0698\u06af]")),
    ("ar", re.compile("[\u0621-\u064a]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("uk", re.compile("[іїєґІЇЄҐ]")),
    ("ru", re.compile("[ыэъёЫЭЪЁ]")),
)
"""Languages by letters that only they, among these, are written with; the first that is found counts."""


class Tongue(NamedTuple):
    """A language, BCP-47, and whether it is beyond doubt, or at least likely."""

    code: str
    sure: bool
    likely: bool


def language(text: str) -> str | None:
    """The language of a text, BCP-47; None where nothing can be said. Never raises, for any text."""
    found = tongue(text)
    return found.code if found else None


def tongue(text: str) -> Tongue | None:
    """The language of a text and how sure it is; None for a text with hardly a letter. Never raises."""
    text = text[:LONGEST]
    letters = sum(map(str.isalpha, text))
    for code, telling in _SCRIPTS:
        found = len(telling.findall(text))
        if found * 4 >= letters > 0 or (found and code in ("uk", "ru", "ja", "fa", "ur")):
            return Tongue(code, letters >= SURE_LETTERS, likely=True)
    if letters < SHORTEST:
        return None
    code, chance = _identifier().classify(text)
    return Tongue(code, chance >= SURE and letters >= SURE_LETTERS, chance >= LIKELY)


@cache
def _identifier() -> LanguageIdentifier:
    """py3langid's model, about 0.7 s to load: see `warm`."""
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(CANDIDATES)
    return model


def warm() -> None:
    """Load the model, so that the first text does not wait for it."""
    _identifier()
