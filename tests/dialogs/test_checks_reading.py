"""How texts are taken apart and measured."""

from __future__ import annotations

import re

import pytest

from dialogs.checks.prose import sentences, take_apart, words
from dialogs.checks.reading_ease import ease, grade, syllables

ENGLISH = {"easy": 2, "doctor": 2, "care": 1, "named": 1, "names": 1, "opinion": 3, "very": 2, "treatment": 2,
           "information": 4, "little": 2, "wanted": 2, "I": 1, "6,791": 1}  # fmt: skip
SPANISH = {"día": 2, "médico": 3, "opinión": 3, "a": 1, "oír": 2, "idea": 3, "tratamiento": 4}


@pytest.mark.parametrize(("word", "count"), ENGLISH.items())
def test_english_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(("word", "count"), SPANISH.items())
def test_spanish_syllables(word: str, count: int) -> None:
    assert syllables(word, "es") == count


def test_a_heading_is_no_sentence_and_a_bullet_is_one() -> None:
    prose = take_apart("<b>Why?</b> It helps. It may <i>not</i>.\n\nSo:\n• Ask.\n• Wait.")
    assert prose.headings == ("Why?",)
    assert prose.bullets == ("Ask.", "Wait.")
    assert prose.sentences == ("It helps.", "It may not.", "So:", "Ask.", "Wait.")


@pytest.mark.parametrize(
    "text", ["You ask: “How sure are you?”", "In 6,791 cases, 4.3 of 5.", "Ask, e.g., a nurse."]
)
def test_one_sentence_stays_one(text: str) -> None:
    assert len(sentences(text)) == 1


def test_a_quote_and_a_question_end_sentences() -> None:
    assert len(sentences("“Who pays?” Ask that first. ¿Quién paga? Pregunte.")) == 4


def test_words_are_words() -> None:
    assert words("I don't know 6,791 follow-ups.") == ["I", "don't", "know", "6,791", "follow-ups"]


def test_the_grade_is_flesch_and_kincaids() -> None:
    text = "The cat sat on the mat. It was happy."
    assert grade([text]) == pytest.approx(0.39 * 9 / 2 + 11.8 * 10 / 9 - 15.59)


def test_names_and_familiar_words_are_left_out() -> None:
    assert grade(["You ask the World Medical Association now."]) == grade(["You ask the now."])
    familiar = re.compile("second opinions?")
    assert grade(["You want a second opinion now."], familiar) == grade(["You want a now."])


def test_long_words_and_sentences_read_harder_in_both_languages() -> None:
    assert grade(["Ask your doctor."]) < grade(["Consult your physician regarding alternatives."])
    assert ease(["Pregunte a su médico."]) > ease(
        ["Consulte alternativas terapéuticas individualizadas."]
    )
