"""What a typed text answers to the open question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import SecretStr

from dialogs.engine.conversation import AnswerKind, Value
from dialogs.understanding import read
from dialogs.understanding.answers import Expected, understand

TODAY = date(2026, 11, 22)
PROBLEMS = {
    "cancer": ("Cáncer", "Cancer"),
    "heart": ("Corazón", "Heart"),
    "brain": ("Cerebro o nervios", "Brain or nerves"),
    "joint": ("Espalda o articulaciones", "Back or joints"),
    "women": ("Salud de la mujer", "Women's health"),
    "any": ("Prefiero no decirlo", "I would rather not say"),
}
CONSENT = {
    "yes": ("Recordar", "Remember"),
    "no": ("Olvidar tras 24 horas", "Forget after 24 hours"),
}


def answer(
    kind: AnswerKind,
    text: str,
    choices: Mapping[str, tuple[str, ...]] | None = None,
    locale: str | None = "en",
    *,
    region: bool = False,
) -> Value | None:
    reading = read(SecretStr(text), locale)
    return understand(Expected(kind, choices or {}, region=region), reading, locale, TODAY)


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("cancer", "cancer"),
        ("CÁNCER!!", "cancer"),
        ("🎗 Cancer", "cancer"),
        ("it's cancer", "cancer"),
        ("heart, please", "heart"),
        ("el corazón", "heart"),
        ("2", "heart"),
        ("2.", "heart"),
        ("#2", "heart"),
        ("option 2", "heart"),
        ("2️⃣", "heart"),
        ("٢", "heart"),
        ("२", "heart"),
        ("second", "heart"),
        ("the second one", "heart"),
        ("la segunda", "heart"),
        ("number three", "brain"),
        ("brain", "brain"),
        ("WOMENSHEALTH", "women"),
        ("Women’s health", "women"),
        ("canser", "cancer"),
        ("hearrt", "heart"),
    ],
)
def test_a_choice_is_named_in_many_ways(text: str, choice: str) -> None:
    assert answer(AnswerKind.CHOICE, text, PROBLEMS) == choice


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kidney",
        "7",
        "0",
        "99",
        "-1",
        "not cancer",
        "no brain or nerves",
        "no cancer",
        "cancer and heart",
        "bra",
        "what?",
        "second opinion",
    ],
)
def test_what_is_not_clearly_a_choice_is_none(text: str) -> None:
    assert answer(AnswerKind.CHOICE, text, PROBLEMS) is None


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("yes", "yes"),
        ("sure", "yes"),
        ("👍", "yes"),
        ("sí", "yes"),
        ("nope", "no"),
        ("no gracias", "no"),
        ("forget", "no"),
    ],
)
def test_yes_and_no_answer_a_question_that_has_them(text: str, choice: str) -> None:
    assert answer(AnswerKind.CHOICE, text, CONSENT) == choice
    if text != "forget":
        assert answer(AnswerKind.CHOICE, text, PROBLEMS) is None


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("cancer", ("cancer",)),
        ("cancer, heart", ("cancer", "heart")),
        ("heart and cancer", ("cancer", "heart")),
        ("cáncer y corazón", ("cancer", "heart")),
        ("1, 3", ("cancer", "brain")),
        ("1 3", ("cancer", "brain")),
        ("1 and 3", ("cancer", "brain")),
        ("uno y tres", ("cancer", "brain")),
        ("brain or nerves and heart", ("heart", "brain")),
        ("brain or nerves, back or joints", ("brain", "joint")),
        ("heart\ncancer\nheart", ("cancer", "heart")),
        ("١ و ٣", ("cancer", "brain")),
        ("cancer, foo", None),
        ("cancer but not heart", None),
        (",,,", None),
    ],
)
def test_several_choices_come_in_the_order_shown(
    text: str, choices: tuple[str, ...] | None
) -> None:
    assert answer(AnswerKind.MANY, text, PROBLEMS) == choices


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"),
        ("about 45 years", "45"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("1.500", "1500"),
        ("1,500", "1500"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("12 500", "12500"),
        ("١٢", "12"),
        ("१२", "12"),
        ("-3", "-3"),
        ("two", "2"),
        ("dos semanas", "2"),
    ],
)
def test_a_number_is_read_in_every_writing(text: str, number: str) -> None:
    assert answer(AnswerKind.NUMBER, text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "many", "3 to 4", "1.2.3", "1e9", "9" * 40, "no one", "12:30 or so, 5"]
)
def test_what_is_not_one_number_is_none(text: str) -> None:
    assert answer(AnswerKind.NUMBER, text) is None


@pytest.mark.parametrize(
    ("text", "locale", "day"),
    [
        ("2027-05-03", "en", "2027-05-03"),
        ("3.5.2027", "en", "2027-05-03"),
        ("3.5.27", "de", "2027-05-03"),
        ("3/5/2027", "en", "2027-03-05"),
        ("3/5/2027", "en-GB", "2027-05-03"),
        ("3/5/2027", "es", "2027-05-03"),
        ("25/3/2027", "en", "2027-03-25"),
        ("3/25/2027", "es", "2027-03-25"),
        ("3/4", "es", "2027-04-03"),
        ("22/11", "es", "2026-11-22"),
        ("21/11", "es", "2027-11-21"),
        ("3 May 2027", "en", "2027-05-03"),
        ("May 3rd, 2027", "en", "2027-05-03"),
        ("on the 3rd of May", "en", "2027-05-03"),
        ("3 de mayo de 2027", "es", "2027-05-03"),
        ("el 3 de mayo", "es", "2027-05-03"),
        ("3 de mayo", "en", "2027-05-03"),
        ("3. Mai 2027", "de", "2027-05-03"),
        ("٣ مايو ٢٠٢٧", "ar", "2027-05-03"),
        ("2027年5月3日", "en", "2027-05-03"),
        ("Feb 29", "en", "2028-02-29"),
        ("today", "en", "2026-11-22"),
        ("mañana", "es", "2026-11-23"),
        ("tomorrow please", "en", "2026-11-23"),
        ("in 2 weeks", "en", "2026-12-06"),
        ("en dos semanas", "es", "2026-12-06"),
        ("dentro de 3 meses", "es", "2027-02-22"),
    ],
)
def test_a_date_is_read_as_people_write_it_where_they_live(
    text: str, locale: str, day: str
) -> None:
    assert answer(AnswerKind.DATE, text, locale=locale) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "31 June",
        "31/6/2027",
        "32.1.2027",
        "next week",
        "in a while",
        "5",
        "May",
        "1/1/1666",
        "in 99999 days",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert answer(AnswerKind.DATE, text) is None


def test_a_country_is_taken_by_name_flag_or_place_in_the_list() -> None:
    offered = {"us": ("{name}", "{name}"), "gb": ("{name}",), "hide": ("I would rather not say",)}

    assert answer(AnswerKind.COUNTRY, "vivo en España", offered) == "ES"
    assert answer(AnswerKind.COUNTRY, "🇫🇷", offered) == "FR"
    assert answer(AnswerKind.COUNTRY, "2", offered) == "gb"
    assert answer(AnswerKind.COUNTRY, "I would rather not say", offered) == "hide"
    assert answer(AnswerKind.COUNTRY, "name", offered) is None
    assert answer(AnswerKind.COUNTRY, "no", offered) is None
    assert answer(AnswerKind.COUNTRY, "Georgia", offered) is None


def test_georgia_is_a_state_when_a_state_is_asked_for() -> None:
    assert answer(AnswerKind.CHOICE, "Georgia", region=True) == "US-GA"
    assert (
        answer(AnswerKind.CHOICE, "2", {"us_ca": ("{name}",), "us_tx": ("{name}",)}, region=True)
        == "us_tx"
    )


def test_free_text_is_never_an_answer_here() -> None:
    assert answer(AnswerKind.TEXT, "my doctor said it is cancer", PROBLEMS) is None


@given(
    st.sampled_from(AnswerKind),
    st.text(max_size=80),
    st.sampled_from(["en", "es", "ar", "xx", "", None]),
    st.booleans(),
)
@example(AnswerKind.DATE, "00/00/0000", "en", False)
@example(AnswerKind.NUMBER, "²", "en", False)
@example(AnswerKind.MANY, "1 " * 40, "en", False)
@example(AnswerKind.CHOICE, "\udc00", "en", False)
def test_no_text_makes_it_fail(
    kind: AnswerKind, text: str, locale: str | None, region: bool
) -> None:
    found = answer(kind, text, PROBLEMS, locale, region=region)

    if kind is AnswerKind.CHOICE and not region:
        assert found is None or found in PROBLEMS
    if kind is AnswerKind.MANY:
        assert found is None or (isinstance(found, tuple) and set(found) <= set(PROBLEMS))


@given(
    st.sampled_from(list(PROBLEMS)),
    st.sampled_from(["{}", " {} ", "{}!", "{}.", "¡{}!", "({})", "{} please", "{}, por favor"]),
)
def test_every_label_is_understood_in_both_languages(choice: str, around: str) -> None:
    for label in PROBLEMS[choice]:
        for typed in (label, label.upper(), label.lower()):
            assert answer(AnswerKind.CHOICE, around.format(typed), PROBLEMS) == choice


@given(st.dates(date(2026, 11, 22), date(2199, 12, 31)))
def test_every_date_in_iso_form_is_itself(day: date) -> None:
    assert answer(AnswerKind.DATE, day.isoformat()) == day


@given(st.integers(0, 365))
def test_a_day_without_a_year_is_the_next_time_it_comes(ahead: int) -> None:
    day = TODAY + timedelta(days=ahead)
    found = answer(AnswerKind.DATE, f"{day.day}.{day.month}.")

    assert isinstance(found, date)
    assert TODAY <= found < TODAY + timedelta(days=366)
    assert (found.day, found.month) == (day.day, day.month)


@given(st.integers(-999_999_999, 999_999_999))
def test_every_whole_number_is_itself(number: int) -> None:
    assert answer(AnswerKind.NUMBER, str(number)) == Decimal(number)


@pytest.mark.parametrize("kind", AnswerKind)
def test_a_text_longer_than_an_answer_is_none(kind: AnswerKind) -> None:
    assert answer(kind, "cancer " * 200, PROBLEMS) is None
