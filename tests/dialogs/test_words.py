"""Requests that are obeyed anywhere, and sentences that only look like one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import SecretStr

from dialogs.understanding import read
from dialogs.understanding.text import LONGEST, normal, tight
from dialogs.understanding.words import LISTED, WISHES, find_wish, words


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("back", "back"),
        ("BACK!!!", "back"),
        ("go back, please", "back"),
        ("I want to go back", "back"),
        ("atrás", "back"),
        ("atras", "back"),
        ("⬅️", "back"),
        ("skip this question", "skip"),
        ("omitir", "skip"),
        ("main menu", "menu"),
        ("Menú", "menu"),
        ("help me", "help"),
        ("ayuda por favor", "help"),
        ("stop", "stop"),
        ("STOP.", "stop"),
        ("basta", "stop"),
        ("can I talk to a person please", "person"),
        ("quiero hablar con una persona", "person"),
        ("is this private?", "privacy"),
        ("¿quién lee esto?", "privacy"),
        ("delete everything", "delete"),
        ("please delete all my data now", "delete"),
        ("Borra todo", "delete"),
        ("who are you?", "about"),
        ("¿Quién eres?", "about"),
        ("send me my data", "export"),
        ("language", "language"),
        ("cambiar idioma", "language"),
        ("español", "language:es"),
        ("Espanol", "language:es"),
        ("en español, por favor", "language:es"),
        ("¿hablas español?", "language:es"),
        ("do you speak Spanish?", "language:es"),
        ("Spanish please", "language:es"),
        ("english please", "language:en"),
        ("inglés", "language:en"),
        ("puedes hablar en inglés", "language:en"),
        ("Deutsch", "language:de"),
        ("alemán", "language:de"),
        ("can we talk in French?", "language:fr"),
        ("中文", "language:zh"),
        ("العربية", "language:ar"),
        ("Русский", "language:ru"),
        ("हिन्दी", "language:hi"),
        ("why?", "why"),
        ("Why do you ask?", "why"),
        ("¿Por qué?", "why"),
        ("yes", "yes"),
        ("Sí", "yes"),
        ("👍🏽", "yes"),
        ("no", "no"),
        ("No, gracias", "no"),
    ],
)
@pytest.mark.parametrize("locale", ["en", "es", "de", None])
def test_a_request_in_words_is_obeyed_in_either_language(
    text: str, wish: str, locale: str | None
) -> None:
    assert find_wish(text, locale) == wish


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "?!",
        "I want to go back to my doctor",
        "my back hurts",
        "quiero volver a mi médico",
        "the doctor said stop the treatment",
        "should I stop my medicine?",
        "I cannot stop crying",
        "help my mother find a doctor",
        "why did this happen to me?",
        "the person who treats me is kind",
        "my doctor is Spanish",
        "I read it in a German newspaper",
        "delete the tumour",
        "no quiero morir",
        "yes but I am afraid",
        "porque tengo miedo",
        "I am not sure",
        "I don't know what to do about my knee",
        "second opinion",
        "what is a second opinion?",
        "stop " * 500,
    ],
)
@pytest.mark.parametrize("locale", ["en", "es", None])
def test_a_sentence_that_only_holds_such_a_word_is_no_request(
    text: str, locale: str | None
) -> None:
    assert find_wish(text, locale) is None


@pytest.mark.parametrize("text", ["I don't know", "i do not know.", "no sé", "No lo sé!"])
def test_not_knowing_is_heard_in_both_languages(text: str) -> None:
    assert find_wish(text, "en") == find_wish(text, "es") == "dont_know"


def test_a_reading_carries_the_wish_and_hides_the_words() -> None:
    reading = read(SecretStr("español"), "en")

    assert reading.wish == "language:es"
    assert reading.text.get_secret_value() == "español"
    assert "español" not in repr(reading)


@pytest.mark.parametrize("locale", LISTED)
def test_no_phrase_stands_for_two_requests(locale: str) -> None:
    lists = words(locale).lists
    phrases = [tight(phrase) for wish in WISHES for phrase in lists[wish]]

    assert len(phrases) == len(set(phrases)), sorted({p for p in phrases if phrases.count(p) > 1})
    assert "" not in phrases


def test_the_languages_have_the_same_lists() -> None:
    assert len({frozenset(words(locale).lists) for locale in LISTED}) == 1


@given(st.text(), st.sampled_from(["en", "es", "xx", "", None]))
@example("\0", "en")
@example("\ud800", "en")
@example("İ" * LONGEST, "tr")
def test_no_text_makes_it_fail(text: str, locale: str | None) -> None:
    wish = find_wish(text, locale)
    assert wish is None or wish.partition(":")[0] in WISHES


@given(st.text())
def test_normal_is_the_end_of_normalising(text: str) -> None:
    once = normal(text)
    assert normal(once) == once
    assert once == once.strip()
    assert "  " not in once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CÔTE D’IVOIRE", "cote d'ivoire"),
        ("Straße", "STRASSE"),
        ("٣", "3"),
        ("３", "3"),
        ("إيران", "ايران"),
        ("ایران", "ايران"),
        ("Łódź", "lodz"),
        ("ﬁn", "fin"),
        ("i\u0307stanbul", "istanbul"),
    ],
)
def test_differences_that_mean_nothing_are_gone(one: str, other: str) -> None:
    assert normal(one) == normal(other)


def test_marks_that_make_another_word_stay() -> None:
    assert normal("कि") != normal("क")
    assert normal("が") != normal("か")
