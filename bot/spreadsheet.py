"""CSV for spreadsheet programs, in which no cell is ever taken for a formula.

Decides how a cell is written: one that would begin a formula gets an apostrophe, also where that beginning stands
behind blanks or characters that cannot be seen, which some programs skip.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Final
from unicodedata import category

BOM: Final = "\ufeff"
"""At the beginning of a file it tells Excel that this is UTF-8; without it Arabic and accents are spoiled."""

FORMULA: Final = frozenset("=+-@＝＋－＠")
"""How a formula begins; a wide sign counts in East Asian versions."""
ODD: Final = frozenset("\t\r\n")
"""Beginnings that may push the rest into a cell of its own."""


def cell(value: str | float | None) -> str:
    """A value as it stands in a cell; numbers stay numbers."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    seen = next((letter for letter in value if not _skipped(letter)), "")
    return f"'{value}" if seen in FORMULA or value[:1] in ODD else value


def csv_rows(rows: Iterable[Iterable[str | float | None]]) -> str:
    """Rows as CSV, with the line ends that the format asks for."""
    out = StringIO()
    csv.writer(out).writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def _skipped(letter: str) -> bool:
    """Blanks, controls, and marks that show nothing."""
    return letter.isspace() or category(letter) in {"Cc", "Cf"}
