"""The personal plan: what stands in it for which answers, and that it holds no more than was answered."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import Renderer
from dialogs.book import Book, load_book
from dialogs.engine.conversation import Answer, AnswerKind, Conversation
from dialogs.engine.lines import Kept, Line
from dialogs.engine.registry import Situation
from dialogs.engine.said import Facts
from dialogs.evidence import UNREVIEWED
from dialogs.plan.build import build
from dialogs.plan.document import Plan, Style
from dialogs.plan.sheet import SheetMistakes, load_sheet, read_sheet
from dialogs.plan.views import KEPT_FOR_PLAN, PAGES

NOON = 1_795_000_000
TODAY = Facts(NOON).today


@cache
def book() -> Book:
    return load_book()


def situation(**answers: str | tuple[str, ...] | date) -> Situation:
    kept = {key: _answer(key, value) for key, value in answers.items()}
    return Situation(book(), Conversation("en", answers=kept), Facts(NOON))


def _answer(key: str, value: str | tuple[str, ...] | date) -> Answer:
    if isinstance(value, date):
        return Answer(AnswerKind.DATE, value, "prepare.date")
    if isinstance(value, tuple):
        return Answer(AnswerKind.MANY, value, f"details.{key}")
    if key == "country":
        return Answer(AnswerKind.COUNTRY, value, "place.country")
    return Answer(AnswerKind.CHOICE, value, f"details.{key}")


def told(plan: Plan, section: str, locale: str = "en") -> str:
    """What a section says, line by line."""
    renderer = Renderer(book().catalogs)
    lines = [
        line
        for each in plan.sections
        if each.name == section
        for part in each.parts
        for line in part.lines
    ]
    return "\n".join(renderer.plain(line, locale) for line in lines)


def test_without_any_answer_there_is_a_plan() -> None:
    plan = build(situation())
    assert "What do you think, and what would you do?" in told(plan, "question")
    assert told(plan, "first_steps").startswith("Today: ask my doctor")
    assert "Rules differ" in told(plan, "rights")


def test_a_day_that_is_near_brings_the_fastest_way() -> None:
    soon = build(situation(standing="operation", date=date(TODAY.year, TODAY.month, TODAY.day)))
    assert "the same hospital, or two doctors on the phone" in told(soon, "first_steps")
    assert "In the next 2 days" not in told(soon, "first_steps")
    later = told(build(situation(standing="operation")), "first_steps")
    assert "the same hospital" not in later
    assert "In the next 2 days" in later


def test_what_my_doctor_said_of_waiting_stands_instead_of_the_question() -> None:
    plan = build(situation(wait_told=date(2027, 5, 3)))
    assert "I can wait until May 3, 2027" in told(plan, "first_steps")
    assert "Today: ask my doctor" not in told(plan, "first_steps")


def test_papers_at_hand_are_not_to_be_fetched() -> None:
    plan = build(situation(records=("summary", "labs")))
    assert "I have: A letter or summary and Blood and lab results." in told(plan, "records")
    assert "Blood and other lab results" not in told(plan, "records")


def test_each_worry_brings_its_own_sentence_and_the_style_is_heard() -> None:
    plan = build(situation(worries=("rushed", "culture"), style="careful"))
    assert "“I need a little time." in told(plan, "say")
    assert "“My family asks me to hear one more doctor" in told(plan, "say")
    assert "“Thank you for your care. I trust you." in told(plan, "say")
    assert "What will it cost me in all?" not in told(plan, "say")


def test_own_words_stand_as_they_were_kept() -> None:
    at = situation()
    words = Answer(AnswerKind.TEXT, "Is [name]'s plan <right>?", "details.question")
    at = at._replace(conversation=at.conversation._replace(answers={"my_question": words}))
    assert told(build(at), "question") == "Is [name]'s plan <right>?"


def test_the_emergency_number_is_the_countrys_and_never_guessed() -> None:
    assert "In United Kingdom, call 999" in told(build(situation(country="GB")), "not_wait")
    assert "112 or 911 in many countries" in told(build(situation()), "not_wait")


def test_rights_and_places_are_those_of_the_country() -> None:
    plan = build(situation(country="DE", condition="spine_joint", payer="public"))
    assert "Germany" in told(plan, "rights")
    assert "Zweitmeinungsverfahren" in told(plan, "options")
    assert "not confirmed with the service" in told(plan, "options")


CODES = {
    key: [choice.id for choice in state.choices]
    for key in KEPT_FOR_PLAN
    if (state := load_book().asking(key)) is not None
}
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        **{key: st.sampled_from(codes) for key, codes in CODES.items() if codes},
        "date": st.dates(date(2020, 1, 1), date(2030, 1, 1)),
        "country": st.sampled_from(["US", "DE", "GB", "IN", "BR", "AQ", "TR"]),
        "worries": st.lists(st.sampled_from(CODES["worries"]), unique=True, min_size=1).map(tuple),
    },
)


@given(ANSWERS, st.sampled_from(["en", "es"]))
def test_any_answers_make_a_plan_that_can_be_said(
    answers: dict[str, str | tuple[str, ...] | date], locale: str
) -> None:
    plan = build(situation(**answers))
    renderer = Renderer(book().catalogs)
    for section in plan.sections:
        assert section.parts
        for part in section.parts:
            assert all(renderer.text(line, locale) for line in part.lines)
    assert not list(_kept(plan))


def _kept(plan: Plan) -> list[Kept]:
    """Words of a person in a plan, when none were typed."""
    lines = [line for s in plan.sections for part in s.parts for line in part.lines]
    return [value for line in lines for value in line.params.values() if isinstance(value, Kept)]


def test_every_section_has_its_page_and_every_source_is_known() -> None:
    named = {name for page in PAGES for name in page}
    assert {section.name for section in load_sheet()} | {"sources"} == named
    cited = {source for section in load_sheet() for source in section.sources}
    assert cited - {UNREVIEWED} <= book().evidence.keys()


def test_every_condition_names_an_answer_and_a_code_that_exist() -> None:
    words = {"none", "given", "day", "words"}
    for section in load_sheet():
        for part in section.parts:
            for entry in part.entries:
                for key, codes in (*entry.when.items(), *entry.unless.items()):
                    assert set(codes) <= {*CODES[key], *words}, entry.line.context


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a:\n  title: A\n  parts:\n    - {style: fancy, lines: {x: y}}", "no style 'fancy'"),
        ("a:\n  title: A\n  parts:\n    - {style: text, show: moon}", "cannot show 'moon'"),
        ("a:\n  parts: []", "title is missing"),
        ("a:\n  title: A\n  part: []", "no field 'part' here"),
    ],
)
def test_a_mistake_in_the_sheet_is_refused_with_its_line(text: str, what: str) -> None:
    with pytest.raises(SheetMistakes) as refused:
        read_sheet(text, "sheet.yaml")
    assert what in str(refused.value)
    assert "sheet.yaml:" in str(refused.value)


def test_the_footer_says_what_it_is() -> None:
    (footer,) = build(situation()).footer
    assert isinstance(footer, Line)
    assert "Information, not medical advice" in footer.msgid
    assert {part.style for s in build(situation()).sections for part in s.parts} >= {Style.LETTER}
