"""Which lexicons read a text.

Decides by its script, the chat's language and the language it seems to be in. English always reads along, and so do the
languages that people also write in Latin letters, unless the text is beyond doubt in another one of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dialogs.understanding.language import Tongue

LATIN = ("en", "es", "fr", "de", "pt")
ROMANISED = ("hi", "ar", "ru")
LANGUAGES = (*LATIN, "ru", "uk", "ar", "hi", "zh")
"""The languages there are lexicons for."""

_SCRIPTS = (
    (re.compile("[\u0400-\u052f]"), ("ru", "uk")),
    (re.compile("[\u0600-\u06ff]"), ("ar",)),
    (re.compile("[\u0900-\u097f]"), ("hi",)),
    (re.compile("[\u3400-\u9fff]"), ("zh",)),
)
_LATIN = re.compile("[a-z\u00c0-\u024f]", re.IGNORECASE)
_MARK = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")


class Readers(NamedTuple):
    """The lexicons to ask, and those of them that forgive typing errors."""

    languages: tuple[str, ...]
    forgiving: frozenset[str]


def readers(text: str, locale: str | None, tongue: Tongue | None) -> Readers:
    """Who reads a text, from somebody who chats in `locale`."""
    chat = (locale or "").replace("-", "_").partition("_")[0]
    languages = frozenset(_of_script(text, chat, tongue))
    seems = {chat} | ({tongue.code} if tongue and tongue.likely else _unsure(chat))
    return Readers(tuple(name for name in LANGUAGES if name in languages), languages & seems)


def _unsure(chat: str) -> set[str]:
    """What a text may be besides the chat's language when it is too short to tell: English, but not where the chat is
    in a language that is often written in Latin letters and then taken for English.
    """
    return set() if chat in ROMANISED else {"en"}


def _of_script(text: str, chat: str, tongue: Tongue | None) -> Iterator[str]:
    for script, languages in _SCRIPTS:
        if script.search(text):
            yield from languages
    if _LATIN.search(text) or _MARK.search(text):
        yield from ("en", *({chat} & {*LATIN, *ROMANISED}))
        if tongue is None or not (tongue.sure and tongue.code in LATIN):
            yield from ROMANISED
        if tongue is not None and tongue.code in LATIN:
            yield tongue.code
