"""Where along its arrow a number stands, so that it covers no box and no other number.

Decides the first free place out from the middle; where all are taken, the one that is covered least.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from math import dist
from typing import NamedTuple

from bot.web.pictures.layout import Curve, Point

TRIED = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8)
"""How far along the arrow, from its start."""

FINENESS = 8
"""Straight pieces that a Bézier curve is measured in."""

HIGH = 14
"""Pixels that a number is high, with air."""


class Area(NamedTuple):
    """A rectangle that is taken, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """Halfway from left to right."""
        return (self.left + self.right) / 2

    def shared(self, other: Area) -> float:
        """The square pixels that both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(wide, 0) * max(high, 0)


def around(centre: Point, width: float, height: float) -> Area:
    """The area of a box."""
    x, y = width / 2, height / 2
    return Area(centre.x - x, centre.y - y, centre.x + x, centre.y + y)


def place(
    curves: Iterable[Curve], widths: Iterable[float], taken: Iterable[Area]
) -> Iterator[Area]:
    """The area of each number, given its arrow and its width; those that come first choose first."""
    areas = list(taken)
    for curve, width in zip(curves, widths, strict=True):
        tried = [around(at, width, HIGH) for at in _along(curve, TRIED)]
        chosen = min(tried, key=lambda area: sum(area.shared(other) for other in areas))
        areas.append(chosen)
        yield chosen


def _along(curve: Curve, shares: Sequence[float]) -> list[Point]:
    """The points so far along a curve, measured by its length."""
    line = [*_pieces(curve.points), curve.tip]
    walked = list(accumulate((dist(*ends) for ends in pairwise(line)), initial=0.0))
    return [
        next(point for point, far in zip(line, walked, strict=True) if far >= share * walked[-1])
        for share in shares
    ]


def _pieces(points: Sequence[Point]) -> list[Point]:
    line = [points[0]]
    for first in range(0, len(points) - 1, 3):
        four = points[first : first + 4]
        line.extend(_bezier(four, step / FINENESS) for step in range(1, FINENESS + 1))
    return line


def _bezier(four: Sequence[Point], t: float) -> Point:
    rest = 1 - t
    weights = (rest**3, 3 * rest**2 * t, 3 * rest * t**2, t**3)
    x = sum(weight * point.x for weight, point in zip(weights, four, strict=True))
    y = sum(weight * point.y for weight, point in zip(weights, four, strict=True))
    return Point(x, y)
