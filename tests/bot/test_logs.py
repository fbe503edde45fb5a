"""The log: one line a record, codes only."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from bot.logs import SILENT, Journal, OneLine, silence


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What a handler set up as in the program writes."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(OneLine())
    root = logging.getLogger()
    before = [(name, logging.getLogger(name)) for name in SILENT]
    kept = [(one, one.handlers, one.propagate, one.level) for _, one in before]
    root.addHandler(handler)
    yield out
    root.removeHandler(handler)
    for one, handlers, propagate, level in kept:
        one.handlers, one.propagate = handlers, propagate
        one.setLevel(level)


def break_down() -> None:
    raise ValueError("private words")


def test_a_record_is_a_code_and_facts_on_one_line(written: io.StringIO) -> None:
    Journal("room").trouble("late", tries=3, why="flood", retry_in=1.5, who=None)
    assert written.getvalue().endswith(
        "Z WARNING bot.room late tries=3 why=flood retry_in=1.500 who=None\n"
    )


def test_an_error_is_its_class_and_place_and_never_its_message(written: io.StringIO) -> None:
    try:
        break_down()
    except ValueError as error:
        Journal("room").failure("broke", error=error)
    assert "error=ValueError@test_logs.py:" in written.getvalue()
    assert "private" not in written.getvalue()


@pytest.mark.parametrize("odd", ["private words", "a\nb", "", "x" * 200])
def test_a_fact_that_is_no_code_is_not_written(written: io.StringIO, odd: str) -> None:
    Journal("room").failure("broke", why=odd)
    assert written.getvalue().endswith("why=?\n")


def test_a_library_may_say_where_but_not_what(written: io.StringIO) -> None:
    try:
        break_down()
    except ValueError:
        logging.getLogger("some.library").exception("private %s", "words")
    assert "some.library test_logs:" in written.getvalue()
    assert "error=ValueError@" in written.getvalue()
    assert "private" not in written.getvalue()
    assert written.getvalue().count("\n") == 1


@pytest.mark.parametrize(
    "name", ["telegram.ext.Updater", "telegram.Bot", "httpx", "httpcore.http11"]
)
def test_libraries_that_log_tokens_and_texts_are_silent(written: io.StringIO, name: str) -> None:
    silence()
    logging.getLogger(name).critical("POST https://api.telegram.org/bot1:token/sendMessage")
    assert written.getvalue() == ""
