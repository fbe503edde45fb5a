"""A Reading: what was understood of a text before the conversation sees it.

Decides what travels from the reading thread to the engine. The words themselves stay inside a SecretStr, in memory,
for as long as the turn takes; nothing here prints or stores them.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import SecretStr

from dialogs.understanding.intents.route import NOWHERE, Route
from dialogs.understanding.language import Tongue
from dialogs.understanding.safety.signal import Signal

REPLIES = {"yes", "no", "dont_know"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as understood.

    `wish`: a request in words that any state obeys ("back", "menu"), or None. `route`: what it is about. `signals`:
    signs of danger, the gravest first, found in `alarming`, which may hold earlier messages too. `tongue`: the language
    it is written in, if known.
    """

    text: SecretStr
    wish: str | None = None
    route: Route = NOWHERE
    signals: tuple[Signal, ...] = ()
    alarming: SecretStr | None = None
    tongue: Tongue | None = None

    @property
    def reply(self) -> str | None:
        """Yes, no, or not knowing, by a listed word or another one that surely means it."""
        if self.wish in REPLIES:
            return self.wish
        first = self.route.first if self.route.sure else None
        return first.value if first in REPLIES else None
