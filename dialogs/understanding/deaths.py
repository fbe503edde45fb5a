"""Whether a short message tells that somebody close has died.

Decides it by closed lists, and only of a whole message: a longer one may tell it on the way to something else.
"""

from __future__ import annotations

from functools import cache
from itertools import product

from dialogs.understanding.lists import Around, read_lists
from dialogs.understanding.text import normal
from dialogs.understanding.words import FOLDER

LISTED = ("en", "es")
LONGEST = 100
"""Characters of a message that may tell of nothing else."""


def tells_of_a_death(text: str) -> bool:
    """Whether the whole text tells of a death, in any language we have lists for."""
    if len(text) > LONGEST:
        return False
    said = normal(text)
    return any(said in told or around.strip(said) in told for told, around in map(_told, LISTED))


@cache
def _told(locale: str) -> tuple[frozenset[str], Around]:
    """All whole messages of a language, and what may stand around them."""
    listed = read_lists(FOLDER / "deaths.yaml")
    who, died, lost, alone, before, after = (
        list(map(normal, listed[f"{locale}_{name}"]))
        for name in ("who", "died", "lost", "alone", "before", "after")
    )
    pairs = [*product(who, died), *product(died, who), *product(lost, who)]
    told = frozenset({*alone, *(f"{first} {second}" for first, second in pairs)})
    return told, Around(before, after)
