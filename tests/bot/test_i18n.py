"""Lines in a person's language: values by their type, nothing but our own markup, in both directions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from html import escape

import pytest

from bot.i18n import Renderer, Unrenderable
from dialogs.catalogs import Catalogs, Texts
from dialogs.engine.lines import Code, CodeKind, Kept, Line, Message, Param

SPANISH = {
    ("greet", "Good day"): "Buenos días",
    ("where", "In {place}: {what}"): "{what}, en {place}",
    ("bold", "<b>{name}</b> &amp; more"): "<b>{name}</b> &amp; más",
    ("evil", "Hello {name}"): "Hola {name.__class__} {other}",
    ("only", "{name}"): "{name}",
}
SPANISH_FORMS = {
    ("found", "One place in {place}"): ("Un lugar en {place}", "{count} lugares en {place}")
}
ARABIC = {
    ("where", "In {place}: {what}"): "في {place}: {what}",
    ("clinic", "Mayo Clinic"): "Mayo Clinic",
    ("site", "See https://a.org now"): "Mayo Clinic على https://a.org/x الآن",
    ("lines", "One\nTwo"): "<b>SMS</b> رسالة\nرسالة",
}


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    spanish = Texts(SPANISH, SPANISH_FORMS, lambda count: int(count != 1))
    return Renderer(Catalogs({"en": Texts(), "es": spanish, "ar": Texts(ARABIC)}))


def line(msgid: str = "{x}", context: str = "test", **params: Param) -> Line:
    return Line(context, msgid, params)


def test_a_line_is_said_in_the_locale(renderer: Renderer) -> None:
    assert renderer.text(line("Good day", "greet"), "es") == "Buenos días"
    assert renderer.text(line("Good day", "greet"), "en") == "Good day"


@pytest.mark.parametrize("locale", ["fr", "", "no such locale", "../es"])
def test_a_locale_without_catalog_is_english(renderer: Renderer, locale: str) -> None:
    assert renderer.text(line("Good day", "greet"), locale) == "Good day"


@pytest.mark.parametrize(
    ("value", "english", "spanish"),
    [
        (7, "7", "7"),
        (2026, "2026", "2026"),  # years and four-digit numbers stand together: AMA, RAE
        (-12345, "-12,345", "-12.345"),
        (10**40, "1.000000E+40", "1.000000E+40"),
        (Decimal("0.5"), "0.5", "0,5"),
        (Decimal("1.25000001"), "1.25000001", "1,25000001"),
        (Decimal("1E-900"), "1.000000E-900", "1.000000E-900"),
        (Decimal("Infinity"), "Infinity", "Infinity"),
        (date(2026, 3, 4), "March 4, 2026", "4 de marzo de 2026"),
        (Code(CodeKind.COUNTRY, "DE"), "Germany", "Alemania"),
        (Code(CodeKind.COUNTRY, "us"), "United States", "Estados Unidos"),
        (Code(CodeKind.COUNTRY, "X<"), "X&lt;", "X&lt;"),
        (Code(CodeKind.COUNTRY, "TT"), "Trinidad &amp; Tobago", "Trinidad y Tobago"),
        (Code(CodeKind.REGION, "US-TX"), "Texas", "Texas"),
        (Code(CodeKind.REGION, "XX-1"), "XX-1", "XX-1"),
        (Code(CodeKind.LANGUAGE, "en"), "English", "inglés"),
        (Code(CodeKind.LANGUAGE, "zh-Hans"), "Chinese (Simplified)", "chino (simplificado)"),
        (Code(CodeKind.LANGUAGE, "nonsense&"), "nonsense&amp;", "nonsense&amp;"),
        (Line("greet", "Good day"), "Good day", "Buenos días"),
        ((1, 2, 3), "1, 2, and 3", "1, 2 y 3"),
        ((Line("greet", "Good day"),), "Good day", "Buenos días"),
        ((), "", ""),
    ],
)
def test_each_value_is_written_the_locales_way(
    renderer: Renderer, value: Param, english: str, spanish: str
) -> None:
    assert renderer.text(line(x=value), "en") == english
    assert renderer.text(line(x=value), "es") == spanish


@pytest.mark.parametrize(
    ("codes", "spanish"),
    [
        (("es", "en"), "español e inglés"),
        (("en", "fr", "it"), "inglés, francés e italiano"),
        (("en", "de"), "inglés y alemán"),
    ],
)
def test_spanish_says_e_before_an_i(
    renderer: Renderer, codes: tuple[str, ...], spanish: str
) -> None:
    names = tuple(Code(CodeKind.LANGUAGE, code) for code in codes)
    assert renderer.text(line(x=names), "es") == spanish


def test_a_line_in_a_line_is_escaped_once(renderer: Renderer) -> None:
    inner = line("<b>{name}</b> &amp; more", "bold", name=Code(CodeKind.COUNTRY, "A&B"))
    assert renderer.text(line("In {place}: {what}", "where", place=inner, what=2), "es") == (
        "2, en <b>A&amp;B</b> &amp; más"
    )


def test_a_percent_sign_is_a_percent_sign(renderer: Renderer) -> None:
    assert renderer.text(line("50% of %s, {x} %d", x=1), "en") == "50% of %s, 1 %d"
    assert renderer.text(line("50% of %s"), "en") == "50% of %s"


def test_the_form_follows_the_count(renderer: Renderer) -> None:
    def found(count: int, locale: str) -> str:
        place: Mapping[str, Param] = {"place": Code(CodeKind.COUNTRY, "DE")}
        said = Line("found", "One place in {place}", place, "{count} places in {place}", count)
        return renderer.text(said, locale)

    assert [found(n, "en") for n in (1, 12000)] == [
        "One place in Germany",
        "12,000 places in Germany",
    ]
    assert [found(n, "es") for n in (1, 12000)] == [
        "Un lugar en Alemania",
        "12.000 lugares en Alemania",
    ]


def test_a_translation_that_asks_for_more_is_not_trusted(renderer: Renderer) -> None:
    assert renderer.text(line("Hello {name}", "evil", name=3), "es") == "Hello 3"


@pytest.mark.parametrize(
    "value",
    [True, "a text", None, 1.5, (1, "text")],
)
def test_what_no_line_may_hold_is_refused_without_being_repeated(
    renderer: Renderer, value: Param
) -> None:
    with pytest.raises(Unrenderable) as refused:
        renderer.text(line(x=value), "es")
    assert "test" in str(refused.value)
    assert not re.search("secret_key|a text|2026", str(refused.value))


def test_a_missing_parameter_is_named(renderer: Renderer) -> None:
    with pytest.raises(Unrenderable, match="place"):
        renderer.text(line("In {place}: {what}", "where", what=1), "es")


def test_a_button_is_plain_and_on_one_line(renderer: Renderer) -> None:
    said = line(
        '<b>Ask</b> &amp;\n<a href="https://a.org">{x}</a> 5 &lt; 6', x=Code(CodeKind.COUNTRY, "TT")
    )
    assert renderer.label(said, "en") == "Ask & Trinidad & Tobago 5 < 6"
    assert renderer.plain(said, "en") == "Ask &\nTrinidad & Tobago 5 < 6"


def test_a_message_is_its_lines_as_paragraphs(renderer: Renderer) -> None:
    message = Message(1, (line("Good day", "greet"), line(x=()), line("5 < 6")))
    assert renderer.message(message, "es") == "Buenos días\n\n5 &lt; 6"


def test_right_to_left_values_and_latin_words_stand_apart(renderer: Renderer) -> None:
    said = line("In {place}: {what}", "where", place=Code(CodeKind.COUNTRY, "US"), what=112)
    assert renderer.text(said, "ar") == "في \u2068الولايات المتحدة\u2069: \u2068112\u2069"
    assert renderer.text(line("See https://a.org now", "site"), "ar") == (
        "\u200f\u2068Mayo Clinic\u2069 على \u2068https://a.org/x\u2069 الآن"
    )


def test_every_right_to_left_line_starts_from_the_right(renderer: Renderer) -> None:
    assert renderer.text(line("One\nTwo", "lines"), "ar") == (
        "\u200f<b>\u2068SMS\u2069</b> رسالة\nرسالة"
    )
    assert renderer.label(line("Mayo Clinic", "clinic"), "ar") == "\u200f\u2068Mayo Clinic\u2069"


def test_right_to_left_english_keeps_its_own_direction(renderer: Renderer) -> None:
    """A sentence nobody translated yet: its full stop must not jump to the front."""
    assert renderer.text(line("Not yet."), "ar") == "\u200f\u2068Not yet.\u2069"


def test_addresses_are_escaped(renderer: Renderer) -> None:
    said = line('<a href="https://a.org/?a=1&b=%20">x</a>{x}', x=1)
    assert renderer.text(said, "en") == f'<a href="{escape("https://a.org/?a=1&b=%20")}">x</a>1'


def test_warming_needs_no_line(renderer: Renderer) -> None:
    renderer.warm()
    assert renderer.text(line(x=10000), "ar") == "\u200f\u2068" + "10,000" + "\u2069"


def test_kept_text_is_shown_as_it_is_and_never_as_markup(renderer: Renderer) -> None:
    said = line("You wrote: {text}", text=Kept("<b>A & B</b> {x}"))
    assert renderer.text(said, "en") == "You wrote: &lt;b&gt;A &amp; B&lt;/b&gt; {x}"
