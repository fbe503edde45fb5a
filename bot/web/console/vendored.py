"""The files of others that are served, as `VENDORED.md` lists them.

Decides nothing: a test holds the list complete and every file to its sha256.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from bot.web.console.assets import FOLDER

LIST: Final = FOLDER / "VENDORED.md"
SERVED: Final = "bot/web/static/"


class Vendored(NamedTuple):
    """A library: what it is, and where it is from."""

    name: str
    version: str
    licence: str
    home: str


@cache
def vendored() -> tuple[Vendored, ...]:
    """Those that browsers get."""
    lines = LIST.read_text("utf-8").splitlines()
    rows = [[cell.strip(" `<>") for cell in line.split("|")[1:-1]] for line in lines]
    return tuple(
        Vendored(row[1], row[2], re.sub(r"[,`].*", "", row[3]), row[6])
        for row in rows
        if len(row) == 7 and row[0].startswith(SERVED)
    )
