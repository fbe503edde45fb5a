"""Texts grouped by likeness.

Decides which texts of one language are put side by side: those with nearly the same words, in any order. It knows
nothing of meaning; a text that is like no other is a group of its own. The same texts always give the same groups.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz, process

from dialogs.understanding.text import normal

ALIKE: Final = 70
"""Percent. Tried with the example phrases of all languages: below, what means different things falls together, and so
it does with scorers that take a part for the whole.
"""

_HAN = re.compile("([\u3040-\u30ff\u3400-\u9fff])")


def alike(texts: Sequence[str]) -> list[list[int]]:
    """Groups of the texts' numbers, in the order of their first texts. Each text goes to the likest first text."""
    firsts: list[str] = []
    groups: list[list[int]] = []
    for number, text in enumerate(texts):
        words = _words(text)
        likest = process.extractOne(words, firsts, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if likest is None:
            firsts.append(words)
            groups.append([number])
        else:
            groups[likest[2]].append(number)
    return groups


def _words(text: str) -> str:
    """Its words in the order of the alphabet; of scripts without spaces its signs; itself where it has no words."""
    return " ".join(sorted(_HAN.sub(r" \1 ", normal(text)).split())) or text
