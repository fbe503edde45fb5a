"""A small chart of columns, one per day.

Decides how a count looks over days. Columns share the page's width; a hidden day is a hatched stub of one size,
whatever it was. It neither adds days up nor fills in missing ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from bot.web.pictures.figures import HIDDEN, Count, most, shown

TOP, BASE, HEIGHT, STUB = 22, 122, 144, 14
"""Pixels from the top: the tallest column's end, the ground, the whole; and how high a stub is."""

CROWDED, FEW, WIDEST = 120, 4, 8
"""From so many days on columns touch; up to so many, each day is named; per cent, the widest column."""

_CHART = Markup(
    '<svg class="chart chart-trend" width="100%" height="{height}" role="img">'
    "<title>{title}</title><desc>{desc}</desc>{ground}{columns}{dates}</svg>"
)
_GROUND = Markup(
    '<line class="chart-grid" x1="0" x2="100%" y1="{top}" y2="{top}"/>'
    '<text class="chart-tick" x="0" y="{above}">{most}</text>{note}'
    '<line class="chart-axis" x1="0" x2="100%" y1="{base}" y2="{base}"/>'
)
_NOTE = Markup('<text class="chart-tick chart-end" x="100%" y="{above}">hatched: {hidden}</text>')
_COLUMN = Markup(
    "<g><title>{whole}</title>{mark}"
    '<rect class="chart-touch" x="{x}%" y="{top}" width="{width}%" height="{height}"/></g>'
)
_BAR = Markup(
    '<rect class="chart-bar" x="{x}%" y="{y:.1f}" width="{width}%" height="{height:.1f}"/>'
)
_STUB = Markup(
    '<svg class="chart-hidden" x="{x}%" y="{y}" width="{width}%" height="{height}">'
    '<rect class="chart-stub" width="100%" height="100%"/>'
    '<path class="chart-hatch" d="{hatch}"/></svg>'
)
_DATE = Markup('<text class="chart-tick {place}" x="{x}%" y="{y}">{day}</text>')
_HATCH = "".join(f"M{x} {STUB}L{x + STUB} 0" for x in range(-STUB, 120, 7))


class Span(NamedTuple):
    """Where a column stands, in per cent of the width."""

    left: str
    width: str


@dataclass(frozen=True, slots=True)
class Day:
    """How many on one day."""

    day: date
    count: Count


def trend(title: str, desc: str, days: Sequence[Day]) -> Markup:
    """The columns, from left to right in the order given."""
    largest = most(day.count for day in days)
    return _CHART.format(
        height=HEIGHT,
        title=title,
        desc=desc,
        ground=_ground(days, largest),
        columns=Markup().join(_column(days, at, largest) for at in range(len(days))),
        dates=Markup().join(_dates(days)),
    )


def trend_rows(days: Sequence[Day]) -> Iterator[tuple[str, str]]:
    """The same as a table: day, number."""
    for day in days:
        yield day.day.isoformat(), shown(day.count)


def _ground(days: Sequence[Day], largest: int) -> Markup:
    hidden = any(day.count is None for day in days)
    note = _NOTE.format(above=TOP - 7, hidden=HIDDEN) if hidden else Markup()
    return _GROUND.format(top=TOP, above=TOP - 7, base=BASE, most=shown(largest), note=note)


def _column(days: Sequence[Day], at: int, largest: int) -> Markup:
    day = days[at]
    share = 100 / len(days)
    width = min(share * (1 if len(days) >= CROWDED else 0.8), WIDEST)
    column = Span(f"{share * (at + 0.5) - width / 2:.2f}", f"{width:.2f}")
    return _COLUMN.format(
        whole=f"{day.day.isoformat()}: {shown(day.count)}",
        mark=_mark(day.count, column, largest),
        x=f"{share * at:.2f}",
        width=f"{share:.2f}",
        top=TOP,
        height=BASE - TOP,
    )


def _mark(count: Count, column: Span, largest: int) -> Markup:
    if count is None:
        box = {"x": column.left, "width": column.width, "y": BASE - STUB, "height": STUB}
        return _STUB.format(**box, hatch=_HATCH)
    if count == 0:
        return Markup()
    height = max((BASE - TOP) * count / largest, 1)
    return _BAR.format(x=column.left, width=column.width, y=BASE - height, height=height)


def _dates(days: Sequence[Day]) -> Iterator[Markup]:
    """The first day and the last; few days have each its own."""
    y = HEIGHT - 6
    if len(days) <= FEW:
        for at, day in enumerate(days):
            x = f"{100 * (at + 0.5) / len(days):.2f}"
            yield _DATE.format(place="chart-middle", x=x, y=y, day=day.day.isoformat())
        return
    yield _DATE.format(place="chart-start", x=0, y=y, day=days[0].day.isoformat())
    yield _DATE.format(place="chart-end", x=100, y=y, day=days[-1].day.isoformat())
