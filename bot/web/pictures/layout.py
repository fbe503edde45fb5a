"""Where the boxes and arrows of a graph go: Graphviz's `dot`, asked for coordinates only.

The one module that knows the layout library. Sizes and numbers go in, never a word: nothing anybody typed reaches the
native library. That is not safe to enter twice, so one thread at a time is let in; the results are remembered.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import NamedTuple

INCH = 72
"""Graphviz measures boxes in inches and places in points; one point is one pixel here."""

REMEMBERED = 128
_one_at_a_time = Lock()


class Point(NamedTuple):
    """A place on the picture, in pixels from its top left corner."""

    x: float
    y: float


class Box(NamedTuple):
    """A node's size, in pixels."""

    width: float
    height: float


class Curve(NamedTuple):
    """An arrow: a start, then Bézier curves of three points each, then straight on to the tip."""

    points: tuple[Point, ...]
    tip: Point


class Layout(NamedTuple):
    """The picture's size in pixels, the middle of each box and the curve of each arrow, in the order asked."""

    width: float
    height: float
    centres: tuple[Point, ...]
    curves: tuple[Curve, ...]


@lru_cache(maxsize=REMEMBERED)
def lay_out(boxes: tuple[Box, ...], arrows: tuple[tuple[int, int], ...]) -> Layout:
    """Boxes from left to right along the arrows, which join them by their numbers.

    The same question has the same answer, and is asked once: a flow's picture is laid out once per revision.
    """
    from pygraphviz import AGraph

    with _one_at_a_time:
        graph = AGraph(directed=True, strict=False, rankdir="LR", nodesep="0.2", ranksep="0.6")
        for number, box in enumerate(boxes):
            size = {"width": f"{box.width / INCH:.3f}", "height": f"{box.height / INCH:.3f}"}
            graph.add_node(number, label="", shape="box", fixedsize="true", **size)
        for number, (source, target) in enumerate(arrows):
            graph.add_edge(source, target, key=number)
        graph.layout("dot")
        _, _, width, height = map(float, graph.graph_attr["bb"].split(","))
        centres = [graph.get_node(number).attr["pos"] for number in range(len(boxes))]
        curves = [graph.get_edge(*ends, key=n).attr["pos"] for n, ends in enumerate(arrows)]
        graph.close()
    return Layout(
        width,
        height,
        tuple(_point(pos, height) for pos in centres),
        tuple(_curve(pos, height) for pos in curves),
    )


def _curve(pos: str, height: float) -> Curve:
    """The curve in Graphviz's words: `e,` and the tip, then the points."""
    tip, *points = pos.removeprefix("e,").split()
    return Curve(tuple(_point(point, height) for point in points), _point(tip, height))


def _point(pos: str, height: float) -> Point:
    x, y = map(float, pos.split(","))
    return Point(x, height - y)
