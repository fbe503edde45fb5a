"""What answers mean for the options: whom they are for, how urgent, which way, and what a report is."""

from __future__ import annotations

import pytest

from bot.i18n import Renderer
from dialogs.book import load_book
from dialogs.directory.cost import Cost
from dialogs.directory.matching import Need, match
from dialogs.engine.conversation import CHILD, Answer, AnswerKind, Conversation, Frame, Place
from dialogs.engine.lines import Message
from dialogs.engine.registry import Shown, Situation
from dialogs.engine.result import Event, EventKind
from dialogs.engine.said import Facts
from dialogs.markup import parse
from dialogs.options import PAGE, WRONG, need_of, options_view, report, report_view

BOOK = load_book()
RENDERER = Renderer(BOOK.catalogs)
NOON = Facts(1_795_000_000)
RESULTS = Frame(Place("options", "results"))


def at(*marks: str, urgent: bool = False, **answers: str | tuple[str, ...]) -> Situation:
    """A situation with these answers; an `urgent` one is that of somebody in hospital."""
    kept: dict[str, Answer] = {}
    if urgent:
        kept["standing"] = Answer(AnswerKind.CHOICE, "in_hospital", "prepare.standing")
    for key, value in answers.items():
        kind = AnswerKind.MANY if isinstance(value, tuple) else AnswerKind.CHOICE
        kept[key] = Answer(kind, value, "options.x")
    return Situation(BOOK, Conversation("es", answers=kept, marks=frozenset(marks)), NOON)


def words(shown: Shown) -> str:
    """What a page says, in English."""
    return parse(RENDERER.message(Message(1, shown.lines), "en")).words


def test_without_answers_nothing_is_known_but_the_language() -> None:
    assert need_of(at()) == Need(languages=("es",))


def test_every_answer_of_the_interview_finds_its_place() -> None:
    asked = at(
        urgent=True,
        country="US",
        region="US-TX",
        condition="heart",
        payer="none",
        for_whom="adult",
        way="remote",
        tongues=("en", "tr"),
    )

    assert need_of(asked) == Need(
        "US", "US-TX", "heart", "none", ("es", "en", "tr"), "adult", urgent=True, way="remote"
    )


@pytest.mark.parametrize(
    ("for_whom", "marks", "age"),
    [
        ("me", (), "adult"),
        ("me", (CHILD,), "child"),
        ("child", (), "child"),
        ("adult", (), "adult"),
        ("adult", (CHILD,), "adult"),
        ("unsure", (), None),
    ],
)
def test_whom_it_is_for_tells_the_age(for_whom: str, marks: tuple[str, ...], age: str) -> None:
    assert need_of(at(*marks, for_whom=for_whom)).age == age


def test_a_child_that_said_nothing_else_is_a_child() -> None:
    assert need_of(at(CHILD)).age == "child"


def test_a_childs_heart_problem_shows_a_place_for_children_first() -> None:
    page = words(
        options_view(
            at(country="US", condition="heart", payer="insurance", for_whom="child"), RESULTS
        )
    )

    assert page.index("CHLA Online Second Opinion") < page.index("— 2 —")
    assert "it is for children" in page


def test_when_time_presses_the_same_hospital_is_named_before_any_place() -> None:
    urgent, calm = (
        at(urgent=pressing, country="US", condition="heart", payer="insurance")
        for pressing in (True, False)
    )
    first = words(options_view(urgent, RESULTS))

    assert first.index("ask for a second look in the same hospital") < first.index("— 1 —")
    assert "same hospital" not in words(options_view(urgent, RESULTS._replace(page=1)))
    assert "same hospital" not in words(options_view(calm, RESULTS))


def test_a_report_tells_the_record_and_is_private() -> None:
    done = report(at(), f"{WRONG}us-211")

    assert done.events == (Event(EventKind.REPORTED, "options", "us-211", private=True),)
    assert not done.effects


def test_the_records_of_the_open_page_can_be_reported() -> None:
    situation = at(country="US", condition="cancer", payer="none")
    opened = (RESULTS._replace(page=1), Frame(Place("report", "which")))
    under = situation._replace(conversation=situation.conversation._replace(frames=opened))
    hits = match(BOOK.directory, need_of(situation))[PAGE : 2 * PAGE]

    ids = [choice.id for choice in report_view(under, opened[1]).choices]
    assert ids == [WRONG + hit.record.id for hit in hits]


@pytest.mark.parametrize("payer", ["none", "insurance", "unsure"])
def test_whoever_pays_is_told_to_ask_for_the_full_price_first(payer: str) -> None:
    for condition in ("cancer", "heart", "rare"):
        asked = at(country="US", condition=condition, payer=payer)
        hits = match(BOOK.directory, need_of(asked))
        for page in range(-(-len(hits) // PAGE)):
            shown = words(options_view(asked, RESULTS._replace(page=page)))
            paid = sum(hit.cost is Cost.PAID for hit in hits[page * PAGE : (page + 1) * PAGE])
            assert shown.count("Costs money. Ask for the full price first.") == paid


def test_every_record_has_a_link_and_its_age() -> None:
    shown = options_view(at(country="DE", condition="cancer", payer="public"), RESULTS)

    assert all(choice.url for choice in shown.choices)
    assert words(shown).count("not confirmed with the service.") == len(shown.choices) == PAGE
