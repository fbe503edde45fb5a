"""How figures about people are written, so that they tell about nobody in particular.

Decides the one rule: a count is rounded down to a multiple of five, and hidden under five, nobody included; a share is
a range worked out from such counts alone. So a page says of each count only in which group of five it lies.
`docs/console.md` argues why subtracting then gives nothing exact.
"""

from __future__ import annotations

from bot.web.pictures.figures import Count

UNIT = 5
UNKNOWN = "–"


def rounded(count: int) -> Count:
    """A count as it may be shown; None where it is hidden."""
    return count - count % UNIT or None


def share(part: Count, whole: Count) -> str:
    """Which part of a whole, in per cent, from least to most; unknown of a hidden whole."""
    if whole is None:
        return UNKNOWN
    least, most = _between(part)
    return percent(least / (whole + UNIT - 1), most / whole)


def left(before: Count, after: Count, still: Count) -> str:
    """Which part of those before neither came to what is after nor still may, in per cent."""
    if before is None:
        return UNKNOWN
    (least, most), (fewest, open_) = _between(after), _between(still)
    return percent(1 - (most + open_) / before, 1 - (least + fewest) / (before + UNIT - 1))


def percent(least: float, most: float) -> str:
    """A range of shares; one number where both are the same."""
    low, high = (round(100 * min(max(value, 0), 1)) for value in (least, most))
    return f"{low} %" if low == high else f"{low}–{high} %"


def _between(count: Count) -> tuple[int, int]:
    least = count or 0
    return least, least + UNIT - 1
