"""Making the arrays of the table from sentences.

Decides which arrays there are. Only the build runs it; a running program reads what it made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dialogs.understanding.sentences.learning import language_directions, regression
from dialogs.understanding.sentences.model import Model, Vectors
from dialogs.understanding.sentences.table import CALM, Packed, bare, pack, unpack

FEWEST = 20
"""Sentences a language needs before its directions are trusted."""

Row = NDArray[np.int8]


def known_rows(file: Path) -> Mapping[str, Row]:
    """The packed vectors of a table's sentences, by text."""
    with np.load(file) as kept:
        return {
            str(text): row
            for texts, rows in (("texts", "examples"), ("danger_texts", "danger_examples"))
            for text, row in zip(kept[texts], kept[rows], strict=True)
        }


def table(
    phrases: Sequence[tuple[str, str, str]],
    dangers: Sequence[tuple[str, str]],
    intents: Sequence[str],
    known: Mapping[str, Row],
) -> dict[str, bytes]:
    """The arrays, each as the content of a `.npy` file.

    `phrases` are text, intent and language, in the order of `intents`; `dangers` text and kind. `known` holds packed
    vectors by text; the others are made by the model.
    """
    examples = _packed([text for text, _, _ in phrases], known)
    danger_examples = _packed([text for text, _ in dangers], known)
    vectors, danger_vectors = unpack(examples), unpack(danger_examples)
    middle, directions = _directions(vectors, [language for _, _, language in phrases])
    meant = bare(vectors, middle, directions)
    labels = [intent for _, intent, _ in phrases]
    kinds = [*(kind for _, kind in dangers), *(CALM for _ in phrases)]
    names = sorted(set(kinds))
    everything = np.vstack([bare(danger_vectors, middle, directions), meant])
    arrays = {
        "texts": np.array([text for text, _, _ in phrases]),
        "examples": examples,
        "labels": np.array([intents.index(label) for label in labels], np.int16),
        "intents": np.array(intents),
        "intent_weights": regression(meant, labels, intents),
        "danger_texts": np.array([text for text, _ in dangers]),
        "danger_examples": danger_examples,
        "dangers": np.array(names),
        "danger_weights": regression(everything, kinds, names),
        "middle": middle,
        "directions": directions,
    }
    return {f"{name}.npy": _written(array) for name, array in arrays.items()}


def _packed(texts: Sequence[str], known: Mapping[str, Row]) -> Packed:
    new = [text for text in dict.fromkeys(texts) if text not in known]
    made = dict(zip(new, pack(Model().vectors(new)), strict=True)) if new else {}
    return np.stack([known[text] if text in known else made[text] for text in texts])


def _directions(vectors: Vectors, languages: Sequence[str]) -> tuple[Vectors, Vectors]:
    """The directions of the languages with enough sentences."""
    counts = {language: languages.count(language) for language in dict.fromkeys(languages)}
    enough = [index for index, each in enumerate(languages) if counts[each] >= FEWEST]
    return language_directions(vectors[enough], [languages[index] for index in enough])


def _written(array: NDArray[np.generic]) -> bytes:
    out = BytesIO()
    np.save(out, array, allow_pickle=False)
    return out.getvalue()
