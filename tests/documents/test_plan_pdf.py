"""The plan as PDF, read back."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.bidi import reads_right_to_left
from bot.documents.papers import Papers
from bot.i18n import Renderer
from dialogs.engine.lines import Kept, Line
from dialogs.plan.document import Part, Plan, Section, Style
from tests.documents.reading import (
    colours,
    embedded,
    fonts,
    has_letter,
    links,
    pages,
    places,
    size,
    words,
)
from tests.support.odd_texts import odd_texts
from tests.support.sample_plan import MADE_ON, sample_catalogs, sample_plan

ADVICE = "General information, not medical advice."
PAPERS = Papers(Renderer(sample_catalogs()))
NAMED = {"name": 7, "count": 7}
PAIRS = [("en", None), *((locale, "en") for locale in ("es", "ar", "hi", "zh", "ru"))]


def plan_of(*parts: Part, title: Line | None = None) -> Plan:
    """A plan of one section."""
    section = Section("only", Line("test", "Heading"), parts)
    return Plan(title or Line("test", "Title"), MADE_ON, (section,), (Line("test", ADVICE),))


def kept(text: str) -> Line:
    """A line around what somebody wrote."""
    return Line("test", "They wrote: {words}", {"words": Kept(text)})


def test_a_plan_in_one_language_says_everything_in_order() -> None:
    text = words(PAPERS.plan(sample_plan(), "en"))
    sentences = [
        "My notes for a second opinion", "My question in one sentence",
        "Is the planned operation the best next step for me", "1. Today. Call the clinic.",
        "3. Before December 3, 2026.", "1. How long can I safely wait?",
        "“I trust you. This is a big decision", "Reports of tissue tests", "My name:", "Born on:",
        "In Mexico you may ask for a copy", "Find a centre (example.org/centres/find)",
        "Website (example.com)", "Call your local emergency number now",
    ]  # fmt: skip
    found = [text.find(sentence) for sentence in sentences]
    assert -1 not in found
    assert found == sorted(found)


def test_what_somebody_wrote_stands_as_it_was_written() -> None:
    assert "my #1 worry: $5 & <b>two</b> `opinions`" in words(PAPERS.plan(sample_plan(), "en"))


@pytest.mark.parametrize(
    ("locale", "heading", "question", "date"),
    [
        ("es", "Primeros pasos", "¿Cuánto tiempo puedo esperar sin riesgo?", "23 de noviembre"),
        ("ru", "Первые шаги", "Сколько времени я могу безопасно ждать?", "23 ноября"),
        ("zh", "最初的步骤", "我可以安全地等多久？", "2026年 11月 23日"),
    ],
)
def test_two_languages_stand_beside_each_other_row_by_row(
    locale: str, heading: str, question: str, date: str
) -> None:
    first, *_ = pages(PAPERS.plan(sample_plan(), locale, "en"))
    lines = first.splitlines()
    assert f"{heading} First steps" in lines
    assert f"1. {question} 1. How long can I safely wait?" in lines
    assert any(line.startswith(date) and line.endswith("November 23, 2026") for line in lines)


@pytest.mark.parametrize(("locale", "beside"), PAIRS)
def test_every_page_says_what_it_is_and_how_many_there_are(locale: str, beside: str | None) -> None:
    found = pages(PAPERS.plan(sample_plan(), locale, beside))
    assert 2 <= len(found) <= 3
    for number, page in enumerate(found, start=1):
        assert ADVICE in page
        assert f"{number} / {len(found)}" in page
        assert "2026" in page[-80:]


@pytest.mark.parametrize(("locale", "beside"), PAIRS)
def test_the_letters_travel_with_the_file(locale: str, beside: str | None) -> None:
    found = fonts(PAPERS.plan(sample_plan(), locale, beside))
    assert all(name.startswith("NotoSans") and embedded(font) for name, font in found)


@pytest.mark.parametrize(
    ("locale", "font", "letter"),
    [
        ("ar", "NotoSansArabic-Regular", "ط"),
        ("hi", "NotoSans-Regular", "च"),
        ("zh", "NotoSansCJKsc-Thin", "诊"),
        ("ru", "NotoSans-Regular", "ж"),
    ],
)
def test_a_script_is_set_in_a_font_that_has_it(locale: str, font: str, letter: str) -> None:
    pdf = PAPERS.plan(sample_plan(), locale)
    assert any(name == font and has_letter(each, letter) for name, each in fonts(pdf))


@pytest.mark.parametrize(("locale", "beside"), PAIRS)
def test_every_page_can_be_drawn_and_holds_something(locale: str, beside: str | None) -> None:
    for page in PAPERS.pages(sample_plan(), locale, beside):
        assert size(page) == (909, 1286)
        assert len(colours(page)) > 20


def test_the_reader_who_reads_from_the_right_finds_their_words_on_the_right() -> None:
    plan = plan_of(Part(Style.TEXT, (Line("sample", "How long can I safely wait?"),)))
    page = PdfReader(BytesIO(PAPERS.plan(plan, "ar", "en"))).pages[0]
    found = places(page)
    english = found["How long can I safely wait?"]
    assert english < 100
    assert any(place > 400 for text, place in found.items() if reads_right_to_left(text))


def test_links_can_be_opened_and_their_address_be_read() -> None:
    assert links(PAPERS.plan(sample_plan(), "es", "en")) == {
        "https://www.example.org/centres/find",
        "https://www.example.org/help",
        "https://example.com/a/very/long/path/to/the/page?with=query",
    }


def test_the_file_tells_nothing_about_who_it_is_for() -> None:
    pdf = PAPERS.plan(sample_plan(), "es", "en")
    reader = PdfReader(BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "Notes"
    assert set(reader.metadata) == {"/Title", "/Creator"}
    assert reader.xmp_metadata is not None
    assert not reader.xmp_metadata.dc_creator


def test_the_same_plan_is_the_same_file() -> None:
    made = {Papers(Renderer(sample_catalogs())).plan(sample_plan(), "es", "en") for _ in range(2)}
    assert len(made) == 1


def test_a_language_beside_itself_is_one_column() -> None:
    assert PAPERS.plan(sample_plan(), "en", "en") == PAPERS.plan(sample_plan(), "en")


def test_a_sentence_without_translation_stands_in_english() -> None:
    plan = plan_of(Part(Style.TEXT, (Line("test", "Nobody translated this."),)))
    assert (
        "Nobody translated this. Nobody translated this." in pages(PAPERS.plan(plan, "es", "en"))[0]
    )


def test_a_heading_never_stands_alone_at_the_foot_of_a_page() -> None:
    sections = tuple(
        Section(f"s{number}", Line("test", f"Heading {number} below"),
                (Part(Style.TEXT, (Line("test", "Words. " * 40),)),))
        for number in range(1, 40)
    )  # fmt: skip
    for page in pages(PAPERS.plan(replace(sample_plan(), sections=sections), "en")):
        body = page.split(ADVICE)[0].strip().splitlines()
        assert "below" not in body[-1]


def test_what_is_far_too_long_goes_on_over_the_page() -> None:
    pdf = PAPERS.plan(plan_of(Part(Style.STEPS, (kept("word " * 1500 + "last"),))), "es", "en")
    assert len(pages(pdf)) > 1
    assert words(pdf).count("last") == 2


@pytest.mark.parametrize("style", Style)
def test_a_part_without_lines_is_no_trouble(style: Style) -> None:
    assert len(pages(PAPERS.plan(plan_of(Part(style, ())), "es", "en"))) == 1


INJECTIONS = [
    '#panic("x")', "#include", "$x^2$", "\\", '"', "`raw`", "```", "*bold* _it_", "= Heading",
    "<label>", "@ref", "//comment", "/*", "]", "[", "#{", "}", "~", "---", "&lt;b&gt;", "<b>", "{a}",
    "</script><script>", "%s", "____", "https://example.org",
]  # fmt: skip


@pytest.mark.parametrize("text", INJECTIONS)
def test_words_are_never_an_instruction(text: str) -> None:
    plan = plan_of(*(Part(style, (kept(f"A{text}Z"),)) for style in Style))
    found = words(PAPERS.plan(plan, "en"))
    if "____" not in text:
        assert found.count(f"A{text}Z".replace("  ", " ")) == len(Style)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60) | odd_texts(), odd_texts(), st.sampled_from(Style))
def test_anything_anybody_writes_can_be_printed(text: str, sentence: str, style: Style) -> None:
    plan = plan_of(Part(style, (kept(text), Line("test", sentence, NAMED))), title=kept(text))
    assert PAPERS.plan(plan, "ar", "en").startswith(b"%PDF")
