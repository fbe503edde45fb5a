"""A chart of horizontal bars, one per thing that was counted, as wide as the page.

Decides how counts look beside each other. Lengths are per cent and letters are not scaled, so that it reads on a phone
as on a desk. A hidden count is a hatched stub of one size, whatever it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.web.pictures.figures import Count, cut, most, own_address, shown

ROW, BAR, LABEL = 42, 12, 15
"""Pixels: the height of a row, of a bar, and where the label's line stands in its row."""

LONGEST_BAR = 72
"""Per cent of the width; the rest is for the number at its end."""

LETTERS = 44
"""What of a label fits beside nothing else on a phone."""

_CHART = Markup(
    '<svg class="chart chart-bars" width="100%" height="{height}" role="{role}">'
    "<title>{title}</title><desc>{desc}</desc>{rows}</svg>"
)
_ROW = Markup(
    '<svg class="chart-row" y="{y}" width="100%" height="{height}"><title>{whole}</title>'
    '<text class="chart-label" x="0" y="{line}">{label}</text>{mark}</svg>'
)
_LINKED = Markup('<a class="chart-link" href="{href}">{row}</a>')
_BAR = Markup(
    '<rect class="chart-bar" x="0" y="{y}" width="{width}%" height="{height}" rx="2"/>'
    '<text class="chart-number" x="{width}%" dx="6" y="{line}">{number}</text>'
)
_NOTHING = Markup('<text class="chart-number" x="0" y="{line}">{number}</text>')
_STUB = Markup(
    '<svg class="chart-hidden" x="0" y="{y}" width="28" height="{height}">'
    '<rect class="chart-stub" width="28" height="{height}"/>'
    '<path class="chart-hatch" d="M-4 12L8 0M4 12L16 0M12 12L24 0M20 12L32 0"/></svg>'
    '<text class="chart-number chart-withheld" x="28" dx="6" y="{line}">{number}</text>'
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing that was counted. `note` stands after the number, and is left out where that is hidden.

    `href` leads to what was counted, on this site.
    """

    label: str
    count: Count
    note: str = ""
    href: str | None = None


def bar_chart(title: str, desc: str, bars: Sequence[Bar]) -> Markup:
    """The bars, from top to bottom in the order given. Raises ValueError for a link to another site."""
    largest = most(bar.count for bar in bars)
    linked = any(bar.href for bar in bars)
    return _CHART.format(
        height=ROW * len(bars),
        role="figure" if linked else "img",  # an image hides from screen readers what is in it
        title=title,
        desc=desc,
        rows=Markup().join(_row(bar, number, largest) for number, bar in enumerate(bars)),
    )


def bar_rows(bars: Sequence[Bar]) -> Iterator[tuple[str, str, str]]:
    """The same as a table: label, number, note."""
    for bar in bars:
        yield bar.label, shown(bar.count), _note(bar)


def _row(bar: Bar, number: int, largest: int) -> Markup:
    words = " · ".join(filter(None, (shown(bar.count), _note(bar))))
    row = _ROW.format(
        y=ROW * number,
        height=ROW,
        line=LABEL,
        whole=f"{bar.label}: {words}",
        label=cut(bar.label, LETTERS),
        mark=_mark(bar.count, words, largest),
    )
    return _LINKED.format(href=own_address(bar.href), row=row) if bar.href else row


def _mark(count: Count, words: str, largest: int) -> Markup:
    top, line = LABEL + 6, LABEL + 16
    if count is None:
        return _STUB.format(y=top, height=BAR, line=line, number=words)
    if count == 0:
        return _NOTHING.format(line=line, number=words)
    width = f"{max(LONGEST_BAR * count / largest, 0.5):.1f}"
    return _BAR.format(y=top, height=BAR, line=line, width=width, number=words)


def _note(bar: Bar) -> str:
    return "" if bar.count is None else bar.note
