"""Every heading and claim of the source article is answered somewhere, and nowhere said as strongly as it said it."""

from __future__ import annotations

import re

import pytest

from dialogs.book import Book, load_book
from dialogs.engine.conversation import Place
from dialogs.engine.definition import State
from dialogs.evidence import UNREVIEWED
from dialogs.markup import parse
from dialogs.seed import Claim, SeedMistakes, Verdict, load_seed, read_seed

HEADINGS = ("H1", "H2", "H3", "H4", "H5")
CLAIMS = (1, 1, 2, 1, 3, 3, 2, 1, 2, 2, 2, 1, 4, 2, 1, 2, 2, 2, 1, 1, 1, 3, 1, 1, 1, 1, 1)
"""How many claims each paragraph of the article makes, from the first to the last."""

NOT_SUPPORTED = ("P3.2", "P12.1", "P13.4", "P25.1")

NEVER = (
    r"you must get", r"you should get", r"you need to get", r"don['’]t let", r"take control", r"\bensur(e|es|ing)\b",
    r"\bsaves? (your )?li(fe|ves)", r"all the difference", r"most comprehensive", r"\bguarantees?\b",
    r"8[68] of 100", r"first diagnos[ie]s (are|is) wrong",
)  # fmt: skip

SEED = load_seed()


def rows(claims: list[Claim]) -> pytest.MarkDecorator:
    """One test for each claim, named by its id."""
    return pytest.mark.parametrize("claim", claims, ids=[claim.id for claim in claims])


@pytest.fixture(scope="module")
def book() -> Book:
    return load_book()


def states_of(claim: Claim, book: Book) -> dict[Place, State | None]:
    return {place: book.state(place) for place in claim.places.values()}


def words_of(state: State | None) -> str:
    return " ".join(parse(state.body.msgid).words.split()) if state and state.body else ""


def test_every_heading_and_claim_stands_in_the_map() -> None:
    wanted = [
        f"P{paragraph}.{claim}"
        for paragraph, claims in enumerate(CLAIMS, 1)
        for claim in range(1, claims + 1)
    ]
    assert list(SEED) == [*HEADINGS, *wanted]


def test_what_nothing_supports_is_called_so() -> None:
    found = [claim.id for claim in SEED.values() if claim.verdict is Verdict.NOT_SUPPORTED]
    assert found == list(NOT_SUPPORTED)


@rows([*SEED.values()])
def test_a_claim_is_answered_where_the_map_says(claim: Claim, book: Book) -> None:
    for place, state in states_of(claim, book).items():
        assert state is not None, f"{place} does not exist"
        assert words_of(state), f"{place} says nothing"


@rows([claim for claim in SEED.values() if claim.evidence])
def test_each_place_of_a_claim_cites_its_evidence(claim: Claim, book: Book) -> None:
    assert set(claim.evidence) <= book.evidence.keys()
    for place, state in states_of(claim, book).items():
        assert state is not None
        cited = set(state.sources)
        assert cited & set(claim.evidence), f"{place} cites {sorted(cited)}"


@rows([claim for claim in SEED.values() if claim.says])
def test_the_words_of_a_claim_stand_in_one_of_its_places(claim: Claim, book: Book) -> None:
    said = [words_of(state) for state in states_of(claim, book).values()]
    assert any(claim.says in words for words in said), said


def test_a_part_of_the_article_that_holds_partly_or_not_names_the_words_with_its_limit() -> None:
    unsaid = [c.id for c in SEED.values() if c.id.startswith("P") and c.verdict is Verdict.PARTLY]
    assert [key for key in unsaid if not SEED[key].says] == []


@pytest.mark.parametrize("pattern", NEVER)
def test_no_text_says_what_may_never_be_said(pattern: str, book: Book) -> None:
    refused = re.compile(pattern, re.IGNORECASE)
    for state in book.states():
        lines = [state.body, state.again, state.why, *(choice.label for choice in state.choices)]
        for line in filter(None, lines):
            assert not refused.search(parse(line.msgid).words), f"{line.context}: {line.msgid}"


def test_every_place_on_own_knowledge_says_so_or_cites(book: Book) -> None:
    """Where a claim is answered with facts, the reader sees where they come from."""
    plain = {Place("arrive", "welcome"), Place("menu", "main")}
    for claim in SEED.values():
        for place, state in states_of(claim, book).items():
            assert place in plain or (state and state.sources), f"{place} has no source"
    assert UNREVIEWED not in book.evidence


ROW = "claims:\n  P1.1: {claim: A, verdict: V, places: {welcome: arrive.welcome}}\n"


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        (ROW.replace("claims", "claim"), "no section is called 'claim'", 1),
        (ROW.replace("P1.1", "P1"), "'P1' is no id of claims", 2),
        (ROW.replace("verdict: V", "verdict: X"), "P1.1 has the verdict 'X'", 2),
        (ROW.replace("verdict: V", "verdict: N"), "names no sentence that says so", 2),
        (ROW.replace("claim: A, ", ""), "P1.1 has no claim", 2),
        (ROW.replace("arrive.welcome", "arrive"), "P1.1 has welcome at 'arrive'", 2),
        (ROW.replace("{welcome: arrive.welcome}", "arrive.welcome"), "P1.1 has no place", 2),
        (ROW.replace("claim: A", "claim: A, state: a.b"), "P1.1 has no field 'state'", 2),
        (ROW + "  P1.1: {}\n", "the key 'P1.1' stands twice", 3),
    ],
)
def test_a_mistake_in_the_map_is_found_with_its_line(text: str, what: str, line: int) -> None:
    with pytest.raises(SeedMistakes) as raised:
        read_seed(text, "seed.yaml")
    found = [m for m in raised.value.mistakes if what in m.what]
    assert [(m.file, m.line) for m in found] == [("seed.yaml", line)]
    assert found[0].mend


def test_a_sound_map_is_read() -> None:
    (claim,) = read_seed(ROW, "seed.yaml").values()
    assert claim == Claim("P1.1", "A", Verdict.VALUE, {"welcome": Place("arrive", "welcome")})
