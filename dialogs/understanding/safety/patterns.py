"""The small language in which lexicons say how people put a danger.

    chest pain              these words, one after the other
    cannot ... breathe      up to four words may stand between
    <chest> + <pain>        in any order, near each other; `<chest>` is a concept, a list of patterns of its own
    <chest> + <pain> / 8    within eight words instead of the language's usual distance
    ! <cannot> + <breathe>  no circumstance (negation, past, question) weakens this one

Decides how such a line is read and where in a text it occurs. It knows neither signs nor levels.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

GAP = 4
"""Words that may stand in the place of "..."."""
MOST_TRIED = 12
"""Places of one concept that are tried beside one place of another; the nearest come first."""

_CONCEPT = re.compile(r"<([a-z0-9_]+)>")


class Place(NamedTuple):
    """Where something occurs: the first word, and the word after the last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row; "..." is a gap."""

    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sign. `parts` are names of concepts, or runs of words; `apart` is None for the usual distance."""

    parts: tuple[str | Run, ...]
    firm: bool
    ordered: bool
    apart: int | None


def parse(written: str) -> Line:
    """A line as it is meant. Raises ValueError for one that cannot be read."""
    text = written.strip()
    firm = text.startswith("!")
    text, slash, apart = text.removeprefix("!").partition(" / ")
    if slash and not apart.strip().isdigit():
        msg = f"after '/' stands a number of words, not {apart.strip()!r}"
        raise ValueError(msg)
    ordered = "..." in text and "<" in text
    if ordered and "+" in text:
        msg = "'+' and '...' do not go together when concepts are named; write two lines"
        raise ValueError(msg)
    pieces = text.split("...") if ordered else text.split("+")
    parts = tuple(map(_part, pieces))
    return Line(parts, firm, ordered, int(apart) if slash else None)


def _part(piece: str) -> str | Run:
    piece = piece.strip()
    concept = _CONCEPT.fullmatch(piece)
    if concept:
        return concept[1]
    if not piece or "<" in piece or ">" in piece:
        msg = f"{piece!r} is neither words nor one <concept>"
        raise ValueError(msg)
    return Run(piece)


def together(
    places: Sequence[Sequence[Place]], at: Sequence[int], apart: int, *, ordered: bool
) -> Iterator[tuple[Place, ...]]:
    """Combinations of one place of each part, none overlapping, each within `apart` of the one before."""
    for first in places[0]:
        yield from _joined((first,), places[1:], at, apart, ordered=ordered)


def _joined(
    taken: tuple[Place, ...],
    rest: Sequence[Sequence[Place]],
    at: Sequence[int],
    apart: int,
    *,
    ordered: bool,
) -> Iterator[tuple[Place, ...]]:
    if not rest:
        yield taken
        return
    for place in _nearest(rest[0], taken[-1], at, apart * len(taken), ordered=ordered):
        if any(place.start < other.end and other.start < place.end for other in taken):
            continue
        if min(_apart(place, other, at) for other in taken) <= apart:
            yield from _joined((*taken, place), rest[1:], at, apart, ordered=ordered)


def _nearest(
    places: Sequence[Place], other: Place, at: Sequence[int], apart: int, *, ordered: bool
) -> Iterator[Place]:
    """The places within reach of another one, those after it first."""
    middle = bisect_left(places, other)
    for place in places[middle : middle + MOST_TRIED]:
        if at[place.start] - at[other.end - 1] - 1 > apart:
            break
        yield place
    for place in () if ordered else reversed(places[max(0, middle - MOST_TRIED) : middle]):
        if at[other.start] - at[place.end - 1] - 1 > apart:
            break
        yield place


def _apart(one: Place, other: Place, at: Sequence[int]) -> int:
    first, second = sorted((one, other))
    return at[second.start] - at[first.end - 1] - 1
