"""The one name that a misspelt word must mean, or none.

Decides how far a spelling may be off. Strict on purpose: a wrong country means a wrong emergency number.
"""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import fuzz, process

CLOSE_ENOUGH = 88.0
"""Of 100, by rapidfuzz's ratio: about one letter in eight."""

CLEARLY_CLOSER = 4.0
SHORTEST, LONGEST = 5, 40
CANDIDATES = 8


def closest(
    words: str, names: Mapping[str, tuple[str, ...]], enough: float = CLOSE_ENOUGH
) -> str | None:
    """The code whose name is close to `words`, when no other code has a name about as close.

    A name has as many words as were written: "no kidneys" is not "kidneys" misspelt.
    """
    if not SHORTEST <= len(words) <= LONGEST:
        return None
    near = process.extract(
        words,
        names.keys(),
        scorer=fuzz.ratio,
        score_cutoff=enough - CLEARLY_CLOSER,
        limit=CANDIDATES,
    )
    found = [(name, score) for name, score, _ in near if name.count(" ") == words.count(" ")]
    if not found or found[0][1] < enough:
        return None
    best = found[0][1]
    codes = {code for name, score in found if score > best - CLEARLY_CLOSER for code in names[name]}
    return codes.pop() if len(codes) == 1 else None
