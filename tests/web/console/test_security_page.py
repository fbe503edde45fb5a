"""`docs/security.md` promises nothing that no test shows."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs/security.md"
HERE = Path(__file__).parent
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


def rows() -> list[list[str]]:
    """The table, without its head."""
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def test_every_row_names_a_test() -> None:
    assert len(rows()) > 25
    for row in rows():
        assert len(row) == 3, row
        assert NAMED.sub("", row[2]).strip(", ") == "", row
        assert NAMED.search(row[2]), row


def test_every_named_test_is_there() -> None:
    for file, name in NAMED.findall(PAGE.read_text("utf-8")):
        path = ROOT / file if "/" in file else HERE / file
        tree = ast.parse(path.read_text("utf-8"))
        there = {
            each.name
            for each in tree.body
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        assert name in there, (file, name)
