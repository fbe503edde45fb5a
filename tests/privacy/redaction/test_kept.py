"""What may be stored of a message, and that in doubt nothing is."""

from io import StringIO

import pytest

from bot.privacy.redaction import admission
from bot.privacy.redaction import kept as kept_module
from bot.privacy.redaction.budget import Budget, OverBudget, TooLong
from bot.privacy.redaction.forms import form_labels
from bot.privacy.redaction.kept import kept
from bot.privacy.redaction.redact import redact
from bot.privacy.redaction.try_lines import redact_lines


@pytest.fixture
def _english_admitted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "figures", lambda: {"en": {"recall": 1.0}})


@pytest.mark.usefixtures("_english_admitted")
class TestWithEnglishAdmitted:
    def test_the_redacted_text_is_kept(self) -> None:
        text = "my husband Greg is worried about the operation"
        assert kept(text, "en-GB") == "my husband [person] is worried about the operation"

    def test_a_long_text_is_not(self) -> None:
        assert kept("I am worried. " * 200, "en") is None

    def test_a_form_is_not(self) -> None:
        assert kept("Name: Bob Smith\nDOB: 12/03/1970\nstill waiting for the letter", "en") is None

    def test_mostly_identifiers_are_not(self) -> None:
        assert kept("Greg Smith 0171 392002334", "en") is None

    def test_another_language_is_not_whatever_the_locale_says(self) -> None:
        assert kept("мне страшно, врач предложил операцию", "en") is None

    def test_a_failure_keeps_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(*_: object, **__: object) -> None:
            raise OverBudget

        monkeypatch.setattr(kept_module, "redact", fails)
        assert kept("I am worried about the operation", "en") is None


def test_a_language_that_was_not_admitted_keeps_nothing() -> None:
    assert kept("I am worried about the operation", None) is None
    assert kept("olen huolissani leikkauksesta", "fi") is None


def test_a_spent_budget_raises() -> None:
    with pytest.raises(OverBudget):
        Budget(-1).check()


def test_what_nobody_types_raises() -> None:
    with pytest.raises(TooLong):
        redact("a" * 50_000, "en")


def test_a_long_text_is_read_to_its_end() -> None:
    text = "I wait. " * 400 + "my name is Sarah Whitfield"
    assert redact(text, "en").text.endswith("my name is [person]")


def test_different_labels_before_a_colon_count() -> None:
    assert form_labels("name: x, name: y") == 1
    assert form_labels("Patient: x\nAdresse : y\nالاسم: z") == 3
    assert form_labels("my name is not important") == 0
    assert form_labels("姓名：王芳 年龄：52") == 2


def test_lines_are_shown_as_they_would_be_kept() -> None:
    out = StringIO()
    redact_lines(["call 0171 3920023\n"], out, "en")
    assert out.getvalue().startswith("call [phone]\n")
