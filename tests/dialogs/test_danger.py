"""How danger is read: a small lexicon of our own shows what each circumstance does, the real ones what they are for."""

from __future__ import annotations

import pytest
from hypothesis import given

from dialogs.checks.danger import corpus, danger_mistakes, measure, reviews
from dialogs.engine.strict_yaml import grow
from dialogs.mistakes import Mistake
from dialogs.understanding import danger, safety
from dialogs.understanding.safety import LANGUAGES, Level, readers
from dialogs.understanding.safety.frozen import freeze, stale
from dialogs.understanding.safety.judge import judge
from dialogs.understanding.safety.lexicon import Lexicon
from dialogs.understanding.safety.patterns import parse
from dialogs.understanding.safety.reading_files import FileReader, signs
from dialogs.understanding.safety.spelling import folded, plain, words_of
from tests.support.odd_texts import odd_texts

SMALL = """
language: en
author: a test
fold: {oo: u}
clitics: [wal]
false_friends: [chess]
concepts:
  chest: [chest, breastbone]
  pain: [pain*, hurt*, "killing me"]
  cannot: [cant, can not]
signs:
  chest_pain:
    now: ["<chest> + <pain>", "elephant ... <chest>"]
  cannot_breathe:
    now: ["! <cannot> + breath*"]
  heart_attack_named:
    check: [heart attack]
  wants_to_die:
    now: [want to die]
  beaten:
    now: [beats me]
circumstances:
  negation_before: ["no", never, without]
  negation_after: [is gone]
  no_negation: [no longer bearable]
  past: [had]
  long_past: [years ago]
  question: [could it be]
  asks_generally: [what are the signs]
  figure: [dont want to die, "heart attack ... price"]
  now: [right now]
  but: [but]
"""


def read(text: str) -> tuple[Lexicon, list[Mistake]]:
    """A lexicon from YAML, and the mistakes in it that are not only missing signs."""
    mistakes: list[Mistake] = []
    lexicon = FileReader("x.yaml", grow(text, "x.yaml", mistakes), mistakes).lexicon("en")
    return lexicon, [each for each in mistakes if "no line for the sign" not in each.what]


@pytest.fixture(scope="module")
def small() -> Lexicon:
    """The small lexicon."""
    lexicon, mistakes = read(SMALL)
    assert not mistakes
    return lexicon


def signs_in(lexicon: Lexicon, text: str, *, misspelt: bool = True) -> dict[str, Level]:
    """The signs a lexicon finds, each with its level."""
    words = words_of(folded(plain(text), lexicon.fold))
    return {
        signal.sign: signal.level for signal in judge(lexicon, words, misspelt=misspelt).signals
    }


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("my chest hurts", Level.NOW),
        ("CHEST... PAINNNN", None),  # two sentences apart
        ("pain, in the chest", Level.NOW),
        ("the breastbone is killing me", Level.NOW),
        ("an elephant sits on my chest", Level.NOW),
        ("no chest pain", None),
        ("my chest hurts without moving", Level.NOW),  # what stands after it denies nothing
        ("chest pain is gone", None),
        ("never ill but my chest hurts", Level.NOW),
        ("chest pain no longer bearable", Level.NOW),
        ("had chest pain", Level.CHECK),
        ("had chest pain right now", Level.NOW),
        ("chest pain two years ago", None),
        ("chest pain in 2019", None),
        ("could it be chest pain", Level.CHECK),
        ("had it, could it be chest pain", None),
        ("what are the signs of chest pain", None),
        ("years ago. now my chest hurts", Level.NOW),
    ],
)
def test_circumstances_change_a_sign(small: Lexicon, text: str, level: Level | None) -> None:
    assert signs_in(small, text).get("chest_pain") is level


def test_a_circumstance_far_off_does_not_count(small: Lexicon) -> None:
    far = "years ago we came here and since then all was well with him and today suddenly his chest hurts"
    assert signs_in(small, far)["chest_pain"] is Level.NOW


@pytest.mark.parametrize(
    "text", ["no i cant breathe", "had it: cant breathe", "what are the signs, i cant breathe"]
)
def test_nothing_weakens_a_firm_line(small: Lexicon, text: str) -> None:
    assert signs_in(small, text)["cannot_breathe"] is Level.NOW


def test_a_wish_to_die_is_only_silenced_by_a_figure_of_speech(small: Lexicon) -> None:
    assert (
        signs_in(small, "years ago i had no hope, now i want to die")["wants_to_die"] is Level.NOW
    )
    assert signs_in(small, "i dont want to die") == {}


def test_violence_is_never_put_as_a_question(small: Lexicon) -> None:
    assert signs_in(small, "he had a job and beats me")["beaten"] is Level.NOW
    assert "beaten" not in signs_in(small, "he beats me, years ago")


def test_a_question_becomes_an_alarm_when_it_happens_now(small: Lexicon) -> None:
    assert signs_in(small, "heart attack") == {"heart_attack_named": Level.CHECK}
    assert signs_in(small, "heart attack right now") == {"heart_attack_named": Level.NOW}
    assert signs_in(small, "a heart attack from that price") == {}


@pytest.mark.parametrize(
    "text", ["my cheast hurts", "my chset hurts", "chestt hurts", "cant breth", "walchest hurts"]
)
def test_typing_errors_and_clitics_are_forgiven(small: Lexicon, text: str) -> None:
    assert signs_in(small, text)


def test_a_false_friend_is_no_typing_error(small: Lexicon) -> None:
    assert signs_in(small, "chess hurts") == {}
    assert signs_in(small, "my cheast hurts", misspelt=False) == {}


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ("signs: {nothing_known: {now: [x]}}", "unknown sign"),
        ("signs: {chest_pain: {perhaps: [x]}}", "unknown level"),
        ("signs: {chest_pain: {now: ['<nowhere> + x']}}", "no concept <nowhere>"),
        ("signs: {chest_pain: {now: ['<a>x']}}", "neither words nor one"),
        ("signs: {chest_pain: {now: ['a / many']}}", "number of words"),
        ("concepts: {a: ['... x']}", "begins or ends with a gap"),
        ("circumstances: {perhaps: [x]}", "unknown circumstance"),
        ("colour: red", "unknown field"),
    ],
)
def test_an_authors_mistake_is_named_with_its_line(wrong: str, what: str) -> None:
    _, mistakes = read(f"language: en\n{wrong}\n")
    assert [each.line for each in mistakes if what in each.what] == [2]


def test_a_sign_nobody_put_into_words_is_a_mistake() -> None:
    mistakes: list[Mistake] = []
    FileReader("x.yaml", grow(SMALL, "x.yaml", mistakes), mistakes).lexicon("en")
    assert len(mistakes) == len(signs()) - 5


def test_a_line_cannot_mix_order_and_any_order() -> None:
    with pytest.raises(ValueError, match="write two lines"):
        parse("<a> ... <b> + <c>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lexicon_of_a_language_finds_what_it_must_and_leaves_the_rest(language: str) -> None:
    assert not [
        mistake
        for mistake in danger_mistakes([measure(language)])
        if "packaged" not in mistake.what
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_corpus_is_large_enough(language: str) -> None:
    least = 120 if language in ("en", "es") else 60
    fire, quiet = corpus(language)
    assert (
        min(len([line for line in fire if line.level in (Level.NOW, Level.CHECK)]), len(quiet))
        >= least
    )


def test_the_packaged_lexicons_are_what_is_written() -> None:
    assert not stale()
    assert len(freeze()) > 0
    assert len(list(reviews())) == len(LANGUAGES)
    assert all("not yet reviewed" in line for line in reviews())


@given(odd_texts())
def test_no_text_can_break_it(text: str) -> None:
    found = danger(text, "en")
    assert found == sorted(found, key=lambda signal: signal.weight)


@pytest.mark.parametrize(
    ("text", "locale"),
    [("help", "en"), ("help me", "en"), ("ayuda por favor", "es"), ("delete everything about me", "en"),
     ("quiero hablar en portugués", "es"), ("hilfe", "de"), ("忘了我", "zh"), ("hello there", "en")],
)  # fmt: skip
def test_what_is_asked_of_the_assistant_is_no_danger(text: str, locale: str) -> None:
    assert safety(text, locale) is None


@pytest.mark.parametrize(
    ("text", "locale", "language"),
    [
        ("seene mein dard ho raha hai saans nahi aa rahi", "es", "hi"),
        ("mujhe saans nahi aa rahi", "en", "hi"),
        ("он не дышит", "en", "ru"),
        ("він не дихає", "es", "uk"),
        ("胸口很痛，喘不上气", "en", "zh"),
        ("no puedo respirar", "en", "es"),
        ("I can't breathe", "es", "en"),
    ],
)
def test_danger_is_found_in_any_language_in_any_chat(text: str, locale: str, language: str) -> None:
    found = safety(text, locale)
    assert found is not None
    assert (found.language, found.level) == (language, Level.NOW)


def test_a_language_that_does_not_read_a_script_is_not_asked() -> None:
    assert readers("胸痛", "zh", None).languages == ("zh",)
    assert "ru" in readers("bolit serdce", "ru", None).languages
