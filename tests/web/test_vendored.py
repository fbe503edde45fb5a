"""Files of others: each listed with its licence, and byte for byte what was published."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
LIST = ROOT / "bot/web/static/VENDORED.md"
ROOMS = (ROOT / "bot/web/static/vendor", ROOT / "tests/web/vendor")


class Vendored(NamedTuple):
    """One row of the list."""

    file: Path
    licences: list[Path]
    size: int
    sha256: str


def _listed() -> list[Vendored]:
    rows = [line.split("|")[1:-1] for line in LIST.read_text("utf-8").splitlines() if "`" in line]
    cells = [[cell.strip() for cell in row] for row in rows if len(row) > 1]
    return [
        Vendored(
            file := ROOT / row[0].strip("`"),
            [file.with_name(name) for name in re.findall(r"`([^`]+)`", row[3])],
            int(row[4]),
            row[5].strip("`"),
        )
        for row in cells
    ]


@pytest.mark.parametrize("vendored", _listed(), ids=lambda vendored: vendored.file.name)
def test_a_file_of_others_is_what_the_list_says(vendored: Vendored) -> None:
    content = vendored.file.read_bytes()
    assert len(content) == vendored.size
    assert hashlib.sha256(content).hexdigest() == vendored.sha256
    assert vendored.licences
    assert all(licence.is_file() for licence in vendored.licences)


def test_nothing_of_others_is_there_unlisted() -> None:
    listed = {path for row in _listed() for path in (row.file, *row.licences)}
    assert {path for room in ROOMS for path in room.iterdir()} == listed


def test_what_is_served_asks_no_other_server() -> None:
    css = (ROOMS[0] / "pico.min.css").read_text("utf-8")
    assert "@import" not in css
    assert set(re.findall(r"url\(\"?(\w+:)", css)) == {"data:"}
