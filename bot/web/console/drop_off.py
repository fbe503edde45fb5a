"""How many conversations came how far, and where the others stopped.

Decides what of a funnel may be shown: counts and shares as `small_numbers` writes them, and a typical time only of five
conversations or more. What is still inside its window counts as open, not as lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from bot.storage.walks import Walk
from bot.web.console.journeys import Step
from bot.web.console.pages import span
from bot.web.console.small_numbers import UNKNOWN, left, rounded, share
from bot.web.pictures.figures import HIDDEN, Count, shown

MOST_PLACES = 12
WHOLE = "100 %"


@dataclass(frozen=True, slots=True)
class Row:
    """A step as it may be shown. `reached` is for the picture; everything else is ready words."""

    name: str
    places: tuple[str, ...]
    reached: Count
    of_started: str
    of_before: str
    left: str
    open: str
    typical: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A place at which conversations were last seen."""

    place: str
    count: Count


@dataclass(frozen=True, slots=True)
class State:
    """A state of a flow: how many conversations came to it, and how many had their last turn there."""

    place: str
    reached: Count
    share: str
    stopped: str


def rows(steps: Sequence[Step], walks: Sequence[Walk], window: int, now: int) -> list[Row]:
    """The steps in their order."""
    reached = [
        rounded(sum(len(walk.times) > number for walk in walks)) for number in range(len(steps))
    ]
    waiting = Counter(len(walk.times) for walk in walks if _open(walk, len(steps), window, now))
    all_ = WHOLE if reached[0] else UNKNOWN
    first = Row(steps[0].name, steps[0].places, reached[0], all_, *[UNKNOWN] * 4)
    made = [first]
    for number, (before, here) in enumerate(pairwise(reached), 1):
        open_ = rounded(waiting[number])
        made.append(
            Row(
                name=steps[number].name,
                places=steps[number].places,
                reached=here,
                of_started=share(here, reached[0]),
                of_before=share(here, before),
                left=left(before, here, open_),
                open=shown(open_),
                typical=_typical(walks, number),
            )
        )
    return made


def stops(walks: Sequence[Walk], steps: int, window: int, now: int) -> list[Stop]:
    """Where those who came no further were last seen, most first; hidden counts are left out."""
    lost = (
        walk.last
        for walk in walks
        if len(walk.times) < steps and not _open(walk, steps, window, now)
    )
    counted = {place: rounded(count) for place, count in sorted(Counter(lost).items())}
    return [Stop(place, count) for place, count in _most_first(counted) if count][:MOST_PLACES]


def states(
    places: Iterable[str], reached: Mapping[str, int], stopped: Mapping[str, int]
) -> list[State]:
    """The states of a flow, those that most conversations came to first."""
    counted = {place: rounded(reached.get(place, 0)) for place in places}
    most = max((count for count in counted.values() if count), default=None)
    return [
        State(place, count, share(count, most), shown(rounded(stopped.get(place, 0))))
        for place, count in _most_first(counted)
    ]


def _open(walk: Walk, steps: int, window: int, now: int) -> bool:
    return len(walk.times) < steps and now <= walk.times[0] + window


def _typical(walks: Sequence[Walk], number: int) -> str:
    """The median time from one step to the next."""
    took = [
        walk.times[number] - walk.times[number - 1] for walk in walks if len(walk.times) > number
    ]
    return HIDDEN if rounded(len(took)) is None else span(median_low(took))


def _most_first(counted: Mapping[str, Count]) -> list[tuple[str, Count]]:
    """By what is shown: what is equal there stays in the order given, so that the order tells no more."""
    return sorted(counted.items(), key=lambda each: -(each[1] or 0))
