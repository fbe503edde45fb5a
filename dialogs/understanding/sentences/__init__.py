"""Sentences and what they mean: the one room that knows the sentence model and numpy.

Decides whether there is a model at all; without the package everything else understands as before, by lists, patterns
and buttons. It never decides what follows from a meaning: `intents` and `safety` do.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from dialogs.understanding.sentences.model import Model, installed
from dialogs.understanding.sentences.table import Meaning, Scored, load

__all__ = ["Meaning", "Scored", "installed", "meaning", "warm"]


def meaning(text: str) -> Meaning | None:
    """What a text means, or None without the model. Takes about 20 ms."""
    read = _reader()
    return read(text) if read else None


def warm() -> bool:
    """Load model and table, so that the first text does not wait for them. Whether there is a model."""
    return _reader() is not None


@cache
def _reader() -> Callable[[str], Meaning] | None:
    if not installed():
        return None
    model, table = Model(), load()
    return lambda text: table.read(model.vectors([text])[0])
