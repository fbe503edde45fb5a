"""A table that fills itself: what was worked out once is looked up afterwards, at the price of a dictionary.

Decides only how much is remembered. `functools.lru_cache` would do the same at twice the price per look-up, and
rendering looks up several values a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

LIMIT = 4096
"""Entries a table remembers. Past that it starts anew: so many come only from somebody playing with numbers."""

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memo(dict[Key, Value]):
    """A dictionary that makes the values it lacks. Safe to share between threads: at worst a value is made twice."""

    def __init__(self, make: Callable[[Key], Value], limit: int = LIMIT) -> None:
        super().__init__()
        self._make = make
        self._limit = limit

    def __missing__(self, key: Key) -> Value:
        """Make the value and remember it."""
        if len(self) >= self._limit:
            self.clear()
        value = self[key] = self._make(key)
        return value
