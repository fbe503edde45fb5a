"""What is learned from example sentences when the table is built: which directions only tell the language, and a
softmax regression from meaning to label.

Decides the method only. Everything is computed without chance, so that the same sentences give the same table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from dialogs.understanding.sentences.model import Vectors

STEPS = 300
RATE = 0.02
DECAY_MEAN, DECAY_SQUARE = 0.9, 0.999
SHARPNESS = 12.0
"""The vectors are of length 1; the regression reads them this much longer, which lets it be sure of something."""
WEIGHT_DECAY = 1e-3


def language_directions(vectors: Vectors, languages: Sequence[str]) -> tuple[Vectors, Vectors]:
    """The mean over languages, and an orthonormal basis of what tells them apart.

    What is left without these directions is what a sentence means, whichever language it is in: this centres every
    language at once, and needs no guess of the language when a message is read.
    """
    named = np.array(languages)
    means = np.stack([vectors[named == each].mean(0) for each in dict.fromkeys(languages)])
    middle = means.mean(0)
    _, _, directions = np.linalg.svd(means - middle, full_matrices=False)
    return middle.astype(np.float32), directions[: len(means) - 1].astype(np.float32)


def regression(vectors: Vectors, labels: Sequence[str], names: Sequence[str]) -> Vectors:
    """Weights (one row a dimension, the last the constant) of a softmax regression, fitted by Adam (Kingma 2014)."""
    place: Mapping[str, int] = {name: index for index, name in enumerate(names)}
    read = with_constant(vectors)
    wanted = np.eye(len(names), dtype=np.float32)[[place[label] for label in labels]]
    weights = np.zeros((read.shape[1], len(names)), np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = read.T @ (chances(read @ weights) - wanted) / len(read)
        slope[:-1] += WEIGHT_DECAY * weights[:-1]
        mean += (1 - DECAY_MEAN) * (slope - mean)
        square += (1 - DECAY_SQUARE) * (slope**2 - square)
        size = np.sqrt(square / (1 - DECAY_SQUARE**step)) + 1e-8
        weights -= RATE * mean / (1 - DECAY_MEAN**step) / size
    return weights


def with_constant(vectors: Vectors) -> Vectors:
    """The vectors as the regression reads them, with a last column of ones."""
    ones = np.ones((len(vectors), 1), np.float32)
    return np.hstack([vectors * np.float32(SHARPNESS), ones])


def chances(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Softmax of each row."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    softmax: NDArray[np.float32] = raised / raised.sum(axis=1, keepdims=True)
    return softmax
