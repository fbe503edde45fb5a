"""Countries and states as people type them, and ordinary words that are none."""

from __future__ import annotations

import pytest
from babel import Locale
from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.directory import country_names
from dialogs.directory.countries import find_country, suggested_countries, warm
from dialogs.directory.fields import country_codes
from dialogs.directory.us_states import find_us_state


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Germany", "DE"),
        ("deutschland", "DE"),
        ("ALEMANIA!", "DE"),
        ("ألمانيا", "DE"),
        ("ドイツ", "DE"),
        ("德国", "DE"),
        ("🇩🇪", "DE"),
        ("DE", "DE"),
        ("de", "DE"),
        ("I live in Germany", "DE"),
        ("we live in Germany now, thanks", "DE"),
        ("vivo en México", "MX"),
        ("vivo en mexico ahora", "MX"),
        ("soy de Perú", "PE"),
        ("estoy en los EE.UU.", "US"),
        ("EE. UU.", "US"),
        ("EEUU", "US"),
        ("États-Unis", "US"),
        ("Etats unis", "US"),
        ("U.S.A.", "US"),
        ("the US", "US"),
        ("us", "US"),
        ("i am in the us", "US"),
        ("America", "US"),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "GB"),
        ("UK", "GB"),
        ("u.k.", "GB"),
        ("England", "GB"),
        ("Scotland", "GB"),
        ("Northern Ireland", "GB"),
        ("Ireland", "IE"),
        ("Holland", "NL"),
        ("los Países Bajos", "NL"),
        ("Côte d’Ivoire", "CI"),
        ("cote divoire", "CI"),
        ("Ivory Coast", "CI"),
        ("Türkiye", "TR"),
        ("turkey", "TR"),
        ("Burma", "MM"),
        ("Chad", "TD"),
        ("I am from Jordan", "JO"),
        ("日本に住んでいます", "JP"),
        ("我住在中国", "CN"),
        ("ฉันอยู่ประเทศไทย", "TH"),
        ("भारत", "IN"),
        ("Россия", "RU"),
        ("Hàn Quốc", "KR"),
        ("Almanya'da yaşıyorum", "DE"),
        ("j'habite en France", "FR"),
        ("ich wohne in der Schweiz", "CH"),
        ("Germny", "DE"),
        ("no, Germany", "DE"),
        ("guatemla", "GT"),
        ("Philippins", "PH"),
        ("Untied States", "US"),
        ("Dominican Republic", "DO"),
        ("Dominica", "DM"),
        ("South Korea", "KR"),
        ("Democratic Republic of Congo", "CD"),
        ("Papua New Guinea", "PG"),
        ("Guinea", "GN"),
        ("Puerto Rico", "PR"),
        ("Georgia, USA", "US"),
        ("Sakartvelo", "GE"),
        ("ИНДИЯ", "IN"),
        ("Kosovo", "XK"),
    ],
)
def test_a_country_is_found_however_it_is_written(text: str, code: str) -> None:
    assert find_country(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "?",
        "no",
        "No",
        "NO",
        "si",
        "yes",
        "na",
        "so",
        "in",
        "my friend Chad told me to ask",
        "my doctor is called Jordan",
        "I was put in the cancer ward",
        "is it benign?",
        "benign",
        "woman",
        "pain",
        "what is a second opinion?",
        "do you see us a lot",
        "tell us more",
        "cada dia es igual",
        "tengo una reunión mañana",
        "no quiero decirlo",
        "y",
        "man",
        "it is on an island",
        "XX",
        "EU",
        "🇽🇽",
        "🏳️‍🌈",
        "12345",
        "a" * 5000,
    ],
)
def test_ordinary_words_are_no_country(text: str) -> None:
    assert find_country(text).code == ("IN" if text == "in" else None)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Georgia", {"GE", "US"}),
        ("I live in Georgia", {"GE", "US"}),
        ("Congo", {"CD", "CG"}),
        ("Virgin Islands", {"VG", "VI"}),
        ("I live in Germany but I come from Syria", {"DE", "SY"}),
        ("🇩🇪🇫🇷", {"DE", "FR"}),
    ],
)
def test_what_could_be_two_countries_is_not_guessed(text: str, codes: set[str]) -> None:
    guess = find_country(text)

    assert set(guess.codes) == codes
    assert guess.code is None


@pytest.mark.parametrize(
    "text", ["Austrlia", "not Germany", "I do not live in Spain", "no vivo en Cuba"]
)
def test_a_spelling_that_is_not_clear_is_not_guessed(text: str) -> None:
    assert find_country(text).code is None


def test_a_state_names_its_country_and_is_remembered() -> None:
    assert find_country("Texas").region == "US-TX"
    assert find_country("I live in New Mexico").code == "US"
    assert find_country("I live in New Mexico").region == "US-NM"
    assert find_country("Mexico").region is None


@pytest.mark.parametrize(
    "language", ["en", "es", "de", "fr", "ar", "hi", "zh", "ru", "ja", "sw", "he", "pl"]
)
def test_every_country_is_found_by_its_name_in_many_languages(language: str) -> None:
    names = Locale(language).territories
    unsure = {"GE", "CD", "CG", "MF", "SX", "VG", "VI"}
    for code in country_codes() - unsure:
        assert find_country(str(names[code])).code == code, names[code]


@given(st.text())
@example("\0")
@example("🇩")
@example("\ud83c")
@example("İ")
def test_no_text_makes_it_fail(text: str) -> None:
    assert set(find_country(text).codes) <= country_codes()
    state = find_us_state(text)
    assert state is None or state.startswith("US-")


SMALL_WORDS = [
    "i",
    "live",
    "in",
    "the",
    "my",
    "no",
    "it",
    "is",
    "to",
    "be",
    "or",
    "la",
    "me",
    "so",
    "de",
    "do",
]


@given(st.lists(st.sampled_from(SMALL_WORDS), min_size=2))
def test_small_words_together_are_no_country(words: list[str]) -> None:
    assert find_country(" ".join(words)).code is None


def test_the_packaged_names_are_those_of_cldr() -> None:
    fresh = country_names.as_json(country_names.from_cldr())

    assert country_names.FILE.read_text(encoding="utf-8") == fresh, (
        "run: python -m dialogs.directory.country_names > dialogs/directory/country_names.json"
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Texas", "US-TX"),
        ("tejas", "US-TX"),
        ("TX", "US-TX"),
        ("tx", "US-TX"),
        ("US-TX", "US-TX"),
        ("I live in Texas", "US-TX"),
        ("Houston, TX", "US-TX"),
        ("Houston TX 77001", "US-TX"),
        ("New York", "US-NY"),
        ("nyc", "US-NY"),
        ("Nueva York", "US-NY"),
        ("Nuevo México", "US-NM"),
        ("Georgia", "US-GA"),
        ("state of Georgia", "US-GA"),
        ("Washington", "US-WA"),
        ("Washington, D.C.", "US-DC"),
        ("DC", "US-DC"),
        ("Virginia", "US-VA"),
        ("West Virginia", "US-WV"),
        ("Carolina del Norte", "US-NC"),
        ("N. Carolina", "US-NC"),
        ("Kansas", "US-KS"),
        ("Arkansas", "US-AR"),
        ("Californa", "US-CA"),
        ("Massachusets", "US-MA"),
        ("misisipi", "US-MS"),
        ("IN", "US-IN"),
        ("OK", "US-OK"),
        ("Puerto Rico", "US-PR"),
        ("Hawái", "US-HI"),
    ],
)
def test_a_state_is_found_however_it_is_written(text: str, code: str) -> None:
    assert find_us_state(text) == code


@pytest.mark.parametrize(
    "text", ["", "Germany", "hi", "ok", "in", "or", "me", "no", "I do not know", "Texas or Ohio"]
)
def test_other_words_are_no_state(text: str) -> None:
    assert find_us_state(text) is None


@pytest.mark.parametrize("locale", ["en", "es", "es-MX", "pt_BR", "zh_Hant_TW", "xx", "", "de"])
def test_six_countries_are_suggested(locale: str) -> None:
    warm()
    suggested = suggested_countries(locale)

    assert len(set(suggested)) == 6
    assert set(suggested) <= country_codes()


def test_the_territory_of_the_client_is_suggested_first() -> None:
    assert suggested_countries("es-CO")[0] == "CO"
    assert suggested_countries("zh_Hant_TW")[0] == "TW"


@pytest.mark.parametrize(
    ("text", "code"), [("in de", None), ("U.S.A.", "US"), ("ger many", "DE"), ("south korea", "KR")]
)
def test_a_space_too_many_joins_only_what_is_surely_one_name(text: str, code: str | None) -> None:
    assert find_country(text).code == code
