"""A laid-out graph as inline SVG: nodes that are links, arrows with their counts.

Decides how a graph looks, by classes alone. What its nodes and arrows stand for is decided in `graph`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import NamedTuple

from markupsafe import Markup

from bot.web.pictures.figures import Count, in_short, most, own_address, step, width_of
from bot.web.pictures.layout import Box, Curve, lay_out
from bot.web.pictures.placing import HIGH, Area, around, place

LETTER, PADDING, HEIGHT, MARGIN, TIP = 7.3, 22, 28, 12, 3
"""Pixels: one letter of a label, left and right of it together, a node's height, the
picture's margin, and half an arrow's tip at least."""

ROUND = frozenset({"ask", "done"})
"""Kinds of nodes whose ends are round."""

_GRAPH = Markup(
    '<svg class="graph" width="{width:.0f}" height="{height:.0f}" '
    'viewBox="{left:.0f} {left:.0f} {width:.0f} {height:.0f}" role="figure">'
    "<title>{title}</title><desc>{desc}</desc>{arrows}{nodes}{counts}</svg>"
)
_NODE = Markup(
    '<a class="graph-node graph-{kind}" href="{href}"><title>{title}</title>'
    '<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}" rx="{round}"/>'
    '<text x="{middle:.1f}" y="{line:.1f}">{label}</text></a>'
)
_ARROW = Markup(
    '<g class="graph-edge graph-{kind} graph-step-{step}"><title>{title}</title>'
    '<path class="graph-line" d="{line}"/><path class="graph-tip" d="{tip}"/></g>'
)
_COUNT = Markup(
    '<g class="graph-count"><rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}"/>'
    '<text x="{middle:.1f}" y="{line:.1f}">{words}</text></g>'
)


@dataclass(frozen=True, slots=True)
class Node:
    """A box with a label. `kind` becomes its class; `href` is an address of this site."""

    label: str
    kind: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one node to another, by their numbers. A count of 0 is drawn without a number."""

    source: int
    target: int
    kind: str
    title: str
    count: Count = 0


class Line(NamedTuple):
    """An arrow where it goes, and how heavy it is drawn."""

    arrow: Arrow
    curve: Curve
    weight: int


def draw(title: str, desc: str, nodes: Sequence[Node], arrows: Sequence[Arrow]) -> Markup:
    """The picture. Raises ValueError for a link to another site."""
    boxes = tuple(Box(width_of(node.label) * LETTER + PADDING, HEIGHT) for node in nodes)
    layout = lay_out(boxes, tuple((arrow.source, arrow.target) for arrow in arrows))
    lightest_first = sorted(_weighed(arrows, layout.curves), key=lambda line: line.weight)
    areas = [around(at, *box) for at, box in zip(layout.centres, boxes, strict=True)]
    return _GRAPH.format(
        left=-MARGIN,
        width=layout.width + 2 * MARGIN,
        height=layout.height + 2 * MARGIN,
        title=title,
        desc=desc,
        arrows=Markup().join(map(_arrow, lightest_first)),
        nodes=Markup().join(map(_node, nodes, areas)),
        counts=Markup().join(_counts(lightest_first[::-1], areas)),
    )


def _weighed(arrows: Sequence[Arrow], curves: Sequence[Curve]) -> Iterator[Line]:
    largest = most(arrow.count for arrow in arrows)
    for arrow, curve in zip(arrows, curves, strict=True):
        yield Line(arrow, curve, step(arrow.count, largest))


def _node(node: Node, area: Area) -> Markup:
    return _NODE.format(
        kind=node.kind,
        href=own_address(node.href),
        title=node.title,
        label=node.label,
        x=area.left,
        y=area.top,
        width=area.width,
        height=HEIGHT,
        round=HEIGHT // 2 if node.kind in ROUND else 4,
        middle=area.middle,
        line=area.top + HEIGHT / 2 + 4,
    )


def _arrow(line: Line) -> Markup:
    return _ARROW.format(
        kind=line.arrow.kind,
        step=line.weight,
        title=line.arrow.title,
        line=_path(line.curve),
        tip=_tip(line.curve, TIP + line.weight),
    )


def _path(curve: Curve) -> str:
    start, *rest = (f"{point.x:.1f} {point.y:.1f}" for point in curve.points)
    return f"M{start}C{' '.join(rest)}"


def _tip(curve: Curve, half: int) -> str:
    """A triangle from the curve's end to its tip, twice `half` pixels wide."""
    end, tip = curve.points[-1], curve.tip
    length = hypot(tip.x - end.x, tip.y - end.y) or 1
    across, down = (tip.y - end.y) / length * half, (end.x - tip.x) / length * half
    corners = (end.x + across, end.y + down), (end.x - across, end.y - down), tip
    return "M{}Z".format("L".join(f"{x:.1f} {y:.1f}" for x, y in corners))


def _counts(heaviest_first: Sequence[Line], taken: Sequence[Area]) -> Iterator[Markup]:
    """The numbers, without those of nobody; the heaviest choose their place first."""
    counted = [line for line in heaviest_first if line.arrow.count != 0]
    written = [in_short(line.arrow.count) for line in counted]
    widths = [len(words) * LETTER + 4 for words in written]
    curves = [line.curve for line in counted]
    for words, area in zip(written, place(curves, widths, taken), strict=True):
        yield _COUNT.format(
            x=area.left,
            y=area.top,
            width=area.width,
            height=HIGH,
            middle=area.middle,
            line=area.bottom - 3,
            words=words,
        )
