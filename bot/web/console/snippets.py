"""A piece of a kept text around what was searched for.

Decides how much of it is shown, and that everything in it is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from bot.storage.text_search import Text

AROUND: Final = 70
"""Characters shown before and after."""


class Snippet(NamedTuple):
    """A piece of a text, and the language it was written in."""

    locale: str
    piece: Markup


def snippets(found: Sequence[Text], most: int) -> list[Snippet]:
    """The pieces of at most so many texts."""
    return [Snippet(text.locale, _piece(text)) for text in found[:most]]


def _piece(found: Text) -> Markup:
    """The words, marked, with what stands around them."""
    begins, ends = max(0, found.begins - AROUND), found.ends + AROUND
    return Markup("{}{}<mark>{}</mark>{}{}").format(
        "… " if begins else "",
        found.text[begins : found.begins],
        found.text[found.begins : found.ends],
        found.text[found.ends : ends],
        " …" if ends < len(found.text) else "",
    )
