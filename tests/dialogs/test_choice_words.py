"""Everyday words answer the questions about the problem and the payer, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import SecretStr

import dialogs
from dialogs.engine.conversation import AnswerKind, Value
from dialogs.engine.strict_yaml import Twig, grow
from dialogs.understanding import read
from dialogs.understanding.answers import Expected, understand
from dialogs.understanding.choice_words import (
    Named,
    find_choice,
    find_choices,
)
from dialogs.understanding.words import FOLDER, LISTED

TODAY = date(2026, 11, 22)


def tree(path: Path) -> Twig:
    return grow(path.read_text(encoding="utf-8"), path.name, [])


FLOWS = Path(dialogs.__file__).parent / "flows"
STATES = {
    key: tree(FLOWS / file).fields["states"].fields[key]
    for key, file in (("condition", "problem.yaml"), ("payer", "payer.yaml"))
}
CHOICES = {
    key: {choice: (label.text or "",) for choice, label in state.fields["choices"].fields.items()}
    for key, state in STATES.items()
}
LISTS = [
    (key, choice, phrase.text or "")
    for locale in LISTED
    for key, choices in tree(FOLDER / f"choices_{locale}.yaml").fields.items()
    if key in CHOICES
    for choice, listed in choices.fields.items()
    for phrase in listed.items
]


def answer(key: str | None, text: str, question: str = "") -> Value | None:
    expected = Expected(AnswerKind.CHOICE, CHOICES[question or key or ""], key=key)
    return understand(expected, read(SecretStr(text), "en", hurried=True), "en", TODAY)


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("knee", "spine_joint"),
        ("my knee", "spine_joint"),
        ("My left KNEE hurts!", "spine_joint"),
        ("la rodilla", "spine_joint"),
        ("back pain", "spine_joint"),
        ("Rückenschmerzen", "spine_joint"),
        ("breast cancer", "cancer"),
        ("cáncer de mama", "cancer"),
        ("cancer de mama", "cancer"),
        ("my mother has kidney cancer", "cancer"),
        ("Krebs", "cancer"),
        ("a brain tumour", "cancer"),
        ("a stroke", "brain_nervous"),
        ("diabetes", "other"),
        ("I'd prefer not to say", "any"),
        ("2", "heart"),
        ("canser", "cancer"),
    ],
)
def test_a_problem_is_named_in_everyday_words(text: str, choice: str) -> None:
    assert answer("condition", text) == choice


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("no insurance", "none"),
        ("uninsured", "none"),
        ("I don't have insurance", "none"),
        ("no tengo seguro", "none"),
        ("keine Versicherung", "none"),
        ("seguridad social", "public"),
        ("I am on Medicaid", "public"),
        ("AOK", "public"),
        ("the NHS", "public"),
        ("private", "insurance"),
        ("seguro privado", "insurance"),
        ("insurance through my job", "employer"),
        ("private insurance through work", "employer"),
        ("no estoy seguro", "unsure"),
        ("I don't know", "unsure"),
    ],
)
def test_a_payer_is_named_in_everyday_words(text: str, choice: str) -> None:
    assert answer("payer", text) == choice


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("condition", "no cancer"),
        ("condition", "not my knee"),
        ("condition", "sin cáncer"),
        ("condition", "it isn't really cancer"),
        ("condition", "cancer? no"),
        ("condition", "kein Krebs"),
        ("condition", "my knee, not cancer"),
        ("payer", "not medicaid"),
        ("payer", "I am not uninsured"),
    ],
)
def test_what_is_denied_is_not_an_answer(key: str, text: str) -> None:
    assert find_choice(key, text) == Named(None)
    assert answer(key, text) is None


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("condition", "knee and heart"),
        ("condition", "my child has cancer"),
        ("payer", "Medicare and private insurance"),
        ("payer", "uninsured, I have no idea"),
    ],
)
def test_two_choices_are_none(key: str, text: str) -> None:
    assert answer(key, text) is None


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("condition", "I want to go back to my doctor"),
        ("condition", "kneel"),
        ("condition", "skinny"),
        ("payer", "insurance"),
        ("payer", "my insurance company"),
    ],
)
def test_a_word_inside_another_or_of_several_meanings_says_nothing(key: str, text: str) -> None:
    assert find_choice(key, text) is None
    assert answer(key, text) is None


@pytest.mark.parametrize("key", [None, "remember", "review"])
def test_questions_without_a_list_take_no_such_words(key: str | None) -> None:
    assert find_choice("remember", "my knee") is None
    assert answer(key, "my knee", "condition") is None


def test_a_choice_that_is_not_offered_is_not_taken() -> None:
    expected = Expected(AnswerKind.CHOICE, {"cancer": ("Cancer",)}, key="condition")

    assert understand(expected, read(SecretStr("my knee"), "en"), "en", TODAY) is None


def test_every_listed_phrase_leads_to_its_choice_and_every_choice_is_offered() -> None:
    wrong = [
        (key, choice, phrase)
        for key, choice, phrase in LISTS
        if choice not in CHOICES[key] or answer(key, phrase) != choice
    ]

    assert not wrong


@given(
    st.sampled_from(["condition", "payer", "remember", ""]),
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from(["no", "not", *(p for _, _, p in LISTS)]), max_size=6).map(
            " ".join
        ),
    ),
)
@example("condition", "\udc00 cancer")
@example("payer", "no " * 300)
def test_no_text_makes_it_fail(key: str, text: str) -> None:
    found = find_choice(key, text)

    assert found is None or found.choice is None or found.choice in CHOICES[key]


@given(st.sampled_from(LISTS), st.sampled_from(LISTS))
def test_two_phrases_never_name_a_third_choice(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    if one[0] == other[0]:
        found = find_choice(one[0], f"{one[2]}, {other[2]}")
        assert found is not None
        assert found.choice in {one[1], other[1], None}


WORRIES = [
    (worry, phrase.text or "")
    for locale in ("en", "es")
    for worry, listed in tree(FOLDER / f"choices_{locale}.yaml").fields["worries"].fields.items()
    for phrase in listed.items
]


@pytest.mark.parametrize(("worry", "phrase"), WORRIES)
def test_every_word_of_a_worry_names_it(worry: str, phrase: str) -> None:
    assert find_choices("worries", f"well {phrase} somehow") == (worry,)


def test_several_worries_stand_in_one_text_and_a_denial_is_no_denial() -> None:
    said = "I don't want to offend my doctor, and I cannot afford it"
    assert find_choices("worries", said) == ("offend", "cost")
    assert find_choices("worries", "the colour of the walls") == ()
    assert find_choices("no such question", said) == ()
