"""The review sheet holds all a clinician has to read, and nothing in it can break out of the page."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.review_page import page, sheet_csv
from bot.review_rows import Part, Row, rows, shown
from dialogs.book import Book, load_book
from dialogs.catalogs import FULL, SAFETY_ONLY
from tests.support.small_topic import piece

VOID = {"meta"}


class Reader(HTMLParser):
    """Reads a page: its table rows as texts, its links, and whether every tag is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")
        elif tag == "a":
            self.links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data

    def row(self, id_: str) -> list[str]:
        """The cells of the row that begins with an id."""
        return next(row for row in self.rows if row[0].startswith(id_))


def read(text: str) -> Reader:
    """A page, read to its end with every tag closed."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    return reader


@pytest.fixture(scope="module")
def book() -> Book:
    return load_book()


@pytest.fixture(scope="module")
def sheet(book: Book) -> list[Row]:
    return rows(book)


def test_every_safety_line_stands_there_in_all_ten_languages(sheet: list[Row]) -> None:
    lines = [row for row in sheet if row.part is Part.SAFETY]
    assert {"safety.now", "safety.crisis", "safety.again"} <= {row.id for row in lines}
    for row in lines:
        assert set(row.texts) == {*FULL, *SAFETY_ONLY}
        assert all(row.texts.values())


def test_every_figure_stands_there_with_all_that_is_known_of_it(
    book: Book, sheet: list[Row]
) -> None:
    reader = read(page(sheet, book.revision))
    for each in book.evidence.values():
        cells = " ".join(reader.row(each.id))
        for told in (each.figure, each.says, each.source, each.year, each.checked, each.read):
            assert told in cells
        assert reader.row(each.id)[-1] == "no"
        assert each.url in reader.links


def test_every_message_of_every_state_stands_there_in_each_shipped_language(
    book: Book, sheet: list[Row]
) -> None:
    by_id = {row.id: row for row in sheet}
    for state in book.states():
        if state.body and state.place.flow not in {"safety", "offer"}:
            row = by_id[str(state.place)]
            assert set(row.texts) == set(book.catalogs.shipped)
            assert row.texts["en"] == shown(state.body.msgid)
            assert row.cites == state.sources
            assert len(row.buttons) == len(state.choices)


def test_nothing_breaks_out_of_the_page() -> None:
    evil = "<script>alert(1)</script> & \"quoted\" 'too'"
    odd = replace(piece("E_ODD", evil, evil), url='javascript:alert("1")', source=evil, read=evil)
    found = [
        Row(Part.SAFETY, evil, {"en": evil, "ar": evil}),
        Row(Part.FIGURES, "E_ODD", {"en": evil}, evidence=odd),
        Row(Part.TOPICS, "a.b", {"en": evil, "es": evil}, (evil,), (evil,)),
    ]
    reader = read(page(found, evil))
    assert "script" not in reader.tags
    assert not any(link.startswith("javascript") for link in reader.links)
    assert reader.row("a.b")[1] == evil


def test_what_was_reviewed_says_so() -> None:
    done = replace(piece("E_DONE", "Once"), reviewed=True)
    reader = read(page([Row(Part.FIGURES, "E_DONE", {"en": "Once"}, evidence=done)], "r"))
    assert reader.row("E_DONE")[-1] == "yes"


def test_a_language_that_reads_from_right_to_left_does(sheet: list[Row]) -> None:
    arabic = page([row for row in sheet if row.part is Part.SAFETY], "r")
    assert 'lang="ar" dir="rtl"' in arabic
    assert 'lang="de" dir="rtl"' not in arabic


def test_a_text_is_shown_with_its_links_and_parameters() -> None:
    assert shown('Call {number}: <a href="https://x.org">a <b>line</b></a>.') == (
        "Call {number}: a line (https://x.org)."
    )


def test_the_csv_has_a_column_for_each_language_and_holds_no_formula(sheet: list[Row]) -> None:
    danger = Row(Part.OTHERS, "a.b", {"en": "=1+1", "es": "uno"})
    table = list(csv.DictReader(StringIO(sheet_csv([*sheet, danger]))))
    assert len(table) == len(sheet) + 1
    assert {*FULL, *SAFETY_ONLY} <= table[0].keys()
    assert table[-1]["en"] == "'=1+1"
    assert {row["reviewed"] for row in table} == {"no"}


@pytest.mark.parametrize("options", [[], ["--csv"]])
def test_the_command_writes_a_file_or_to_the_screen(options: list[str], tmp_path: Path) -> None:
    file = tmp_path / "sheet"
    runner = CliRunner()
    assert runner.invoke(app, ["review-sheet", "--out", str(file), *options]).exit_code == 0
    written = file.read_text(encoding="utf-8")
    assert "E_PAYNE" in written
    shown_on_screen = runner.invoke(app, ["review-sheet", *options]).stdout
    assert shown_on_screen.splitlines() == written.splitlines()
