"""The table of example sentences, `vectors.npz`: their vectors, what was learned from them, and reading by it.

Decides how a message's vector becomes scores: for each intent, how near its nearest example is, and how likely the
regression finds it. It is made by `python -m dialogs.understanding.intents.build`, never at start; a test and
`python -m bot check` refuse one that is older than its sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dialogs.understanding.sentences.learning import chances, with_constant
from dialogs.understanding.sentences.model import Vectors

FILE = Path(__file__).parent.parent / "vectors.npz"
CALM = "calm"
"""The label of sentences in which nobody is in danger."""
AT_ONCE = 1000
BEST = 5
"""Intents that are kept of one message."""
LIKELY = 0.3
"""What the regression's chance (0 to 1) weighs beside nearness (a cosine); found on the development lines."""

Packed = NDArray[np.int8]
Indices = NDArray[np.int64]


class Scored(NamedTuple):
    """A label, its score, and the number of the nearest example that has it."""

    label: str
    score: float
    nearest: int


class Meaning(NamedTuple):
    """What the model makes of one message: intents, the best first, and how likely each kind of danger is."""

    intents: tuple[Scored, ...]
    dangers: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Table:
    """Everything a message is compared with. Vectors are free of the language's directions, and of length 1."""

    middle: Vectors
    directions: Vectors
    examples: Vectors
    labels: Indices
    intents: tuple[str, ...]
    intent_weights: Vectors
    dangers: tuple[str, ...]
    danger_weights: Vectors

    def read(self, vector: Vectors) -> Meaning:
        """What a message with this vector means."""
        meant = bare(vector[None, :], self.middle, self.directions)
        likely = chances(with_constant(meant) @ self.intent_weights)[0]
        danger = chances(with_constant(meant) @ self.danger_weights)[0]
        near = self.examples @ meant[0]
        scored = sorted(self._scored(near, likely), key=lambda each: -each.score)
        dangers = dict(zip(self.dangers, map(float, danger), strict=True))
        return Meaning(tuple(scored[:BEST]), dangers)

    def _scored(self, near: NDArray[np.float32], likely: NDArray[np.float32]) -> list[Scored]:
        """Nearness and chance of every intent. The examples lie sorted by label, so each label is one slice."""
        starts = np.searchsorted(self.labels, np.arange(len(self.intents) + 1))
        found = []
        for index, name in enumerate(self.intents):
            first = int(starts[index])
            best = first + int(near[first : starts[index + 1]].argmax())
            score = float(near[best]) + LIKELY * float(likely[index])
            found.append(Scored(name, score, best))
        return found


def bare(vectors: Vectors, middle: Vectors, directions: Vectors) -> Vectors:
    """Vectors without what only tells their language, of length 1 again."""
    centred = vectors - middle
    meant = centred - (centred @ directions.T) @ directions
    return shortened(np.asarray(meant, np.float32))


def shortened(vectors: Vectors) -> Vectors:
    """Vectors of length 1."""
    made: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return made


def pack(vectors: Vectors) -> Packed:
    """Vectors in one byte a dimension. Only their direction is kept, which is all that is ever read."""
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
    packed: Packed = np.round(vectors / largest * 127).astype(np.int8)
    return packed


def unpack(packed: Packed) -> Vectors:
    """The vectors that were packed, of length 1."""
    return shortened(packed.astype(np.float32))


def _bare_slowly(packed: Packed, middle: Vectors, directions: Vectors) -> Vectors:
    """All examples without their language, a thousand at a time: at once it would take five times the memory."""
    made = np.empty(packed.shape, np.float32)
    for first in range(0, len(packed), AT_ONCE):
        rows = slice(first, first + AT_ONCE)
        made[rows] = bare(unpack(packed[rows]), middle, directions)
    return made


def load() -> Table:
    """The packaged table. Raises OSError, KeyError or ValueError where it is missing or damaged."""
    with np.load(FILE) as kept:
        middle, directions = kept["middle"], kept["directions"]
        return Table(
            middle=middle,
            directions=directions,
            examples=_bare_slowly(kept["examples"], middle, directions),
            labels=kept["labels"].astype(np.int64),
            intents=tuple(map(str, kept["intents"])),
            intent_weights=kept["intent_weights"].astype(np.float32),
            dangers=tuple(map(str, kept["dangers"])),
            danger_weights=kept["danger_weights"].astype(np.float32),
        )
