"""A Reading: what was understood of a text before the conversation sees it.

Decides what travels from the reading thread to the engine. The words themselves stay inside a SecretStr, in memory,
for as long as the turn takes; nothing here prints or stores them.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import SecretStr


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as understood. `wish` is a request in words that any state obeys ("back", "menu"), or None."""

    text: SecretStr
    wish: str | None = None
