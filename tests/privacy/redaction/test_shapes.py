"""What is found by its shape alone, in any language and script."""

import pytest

from bot.privacy.redaction import redact


@pytest.mark.parametrize(
    ("text", "locale", "left"),
    [
        ("mail kathy.b@example.com please", "en", "mail [email] please"),
        ("kathy at example dot com", "en", "[email]"),
        ("see https://portal.example.net/r/1 now", "en", "see [url] now"),
        ("i am @kelly.r on telegram", "en", "i am [username] on telegram"),
        ("call +44 7700 900 982 tonight", "en", "call [phone] tonight"),
        ("جوالي ٠٥٥١٢٣٤٥٦٧", "ar", "جوالي [phone]"),
        ("मोबाइल ९८७६५ ४३२१०", "hi", "मोबाइल [phone]"),
        ("iban GB33 BUKB 2020 1555 5555 55", "en", "iban [id]"),
        ("CT on 12/05/2021 was fine", "en", "CT on [date] was fine"),
        ("2023年3月12日做的CT", "zh", "[date]做的CT"),
        ("operiert am 12. März 2021", "de", "operiert am [date]"),
        ("he is 93 years old", "en", "he is [age 90+] years old"),
        ("бабушке 94 года", "ru", "бабушке [age 90+] года"),
    ],
)
def test_identifiers_go(text: str, locale: str, left: str) -> None:
    assert redact(text, locale).text == left


@pytest.mark.parametrize(
    "text",
    [
        "bp 140/90, then 130/85 and 150/95",
        "platelets 250,000 and hb 9.1 g/dL",
        "Stage T2N1M0, HER2 positive, KRAS G12D, CA 19-9",
        "metformin 850 mg twice, since 2019, 3.4 x 2.1 cm",
        "viral load 1,250,000 copies, quit 2011-2013",
        "she is 72 years old, pulse 92",
    ],
)
def test_measurements_stay(text: str) -> None:
    assert redact(text, "en").text == text


def test_a_number_written_with_letters_between_is_still_a_number() -> None:
    assert "5012" not in redact("mi cel es cincuenta y cinco 5012 34 56", "es").text


def test_a_month_of_a_year_names_no_day() -> None:
    assert redact("diagnosed in March 2019", "en").text == "diagnosed in March 2019"
