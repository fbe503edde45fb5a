"""Examples that mean nearly the same as an example of something else.

Decides when two are too near to tell apart. It only looks; an author mends.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from dialogs.understanding.sentences.table import Table

TOO_NEAR = 0.9
"""The cosine from which two examples of different intents are nearly the same."""
AT_ONCE = 1000


def too_near(table: Table) -> Iterator[tuple[int, int]]:
    """The numbers of each example that is nearer to another intent's than to all of its own, and of that other one."""
    for first in range(0, len(table.examples), AT_ONCE):
        rows = np.arange(first, min(first + AT_ONCE, len(table.examples)))
        likeness = table.examples[rows] @ table.examples.T
        likeness[np.arange(len(rows)), rows] = -1
        own = table.labels[rows][:, None] == table.labels[None, :]
        nearest_own = np.where(own, likeness, -1).max(axis=1)
        others = np.where(own, -1, likeness)
        for place, other in enumerate(others.argmax(axis=1)):
            if others[place, other] >= max(TOO_NEAR, nearest_own[place]):
                yield int(rows[place]), int(other)
