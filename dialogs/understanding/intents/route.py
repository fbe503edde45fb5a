"""Where a text is going: the intents it may have, and whether one of them is beyond reasonable doubt.

Decides the shape of the result only; `router` fills it. It holds none of the person's words: `phrase` tells where the
example of ours stands that was nearest.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from dialogs.understanding.intents.intent import Intent


class Found(StrEnum):
    """How an intent was found."""

    LISTED = "listed"  # the whole text is a listed word or an example phrase
    ANSWER = "answer"  # the whole text is a number or a country
    NEAR = "near"  # an example phrase means nearly the same


class Route(NamedTuple):
    """The intents of a text, the likeliest first, never `OOS`; empty where nothing is near.

    `sure`: the first may be acted on where nothing is open that it would interrupt; `surest`: also in the middle of
    a question. Neither: what is likely may be offered. `phrase` is the place of the nearest example, as "en.yaml:12".
    """

    intents: tuple[Intent, ...] = ()
    sure: bool = False
    surest: bool = False
    found: Found = Found.NEAR
    phrase: str = ""

    @property
    def language(self) -> str | None:
        """The language of the nearest example phrase; None without one."""
        return self.phrase.partition(".")[0] or None

    @property
    def first(self) -> Intent | None:
        """The likeliest intent."""
        return self.intents[0] if self.intents else None


NOWHERE = Route()
