"""`python -m bot check` says what it proved, and fails with file, line and mend."""

from __future__ import annotations

import pytest

from bot.check import over_limits, report, run
from dialogs.checks.walk import walk
from dialogs.mistakes import Mistake
from tests.support.small_book import small_book


def test_the_programs_own_flows_hold(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    said = capsys.readouterr().out
    assert "nothing wrong" in said
    assert "turns walked in en, es" in said


def test_a_mistake_is_printed_with_its_mend_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert report([Mistake("menu.yaml", 7, "nobody can reach menu.more", "lead to it")], []) == 1
    assert "menu.yaml:7: nobody can reach menu.more. lead to it" in capsys.readouterr().out


LONG_TEXT = f"say: {'Long. ' * 800}, choices: {{on: {{label: On, to: done}}}}"
LONG_LABEL = f"say: Hi., choices: {{on: {{label: {'On' * 40}, to: done}}}}"


@pytest.mark.parametrize(
    ("state", "what"), [(LONG_TEXT, "the text has"), (LONG_LABEL, "the label")]
)
def test_what_telegram_would_refuse_is_found(state: str, what: str) -> None:
    text = f"flow: trip\nstates:\n  a: {{{state}}}"
    book = small_book({"trip.yaml": text}, without=("trip.yaml",))
    found = list(over_limits(book, walk(book)))
    assert [mistake for mistake in found if what in mistake.what]
