"""Authors' mistakes are found at load, with file, line and mend."""

from __future__ import annotations

import pytest

from dialogs.engine.load import FlowMistakes, texts_of, tidy
from dialogs.evidence import EvidenceMistakes, read_evidence
from tests.support.small_book import small_book

CASES = [
    ("flow: x\nstates:\n  a: {say: Hi., goto: nowhere}", 3, "'nowhere' is no state of x"),
    ("flow: x\nstates:\n  a: {say: Hi.}", 3, "no way out"),
    ("flow: x\nstates:\n  a: {say: Hi., ask: Ho?, answer: a, goto: done}", 3, "exactly one of"),
    ("flow: x\nstates:\n  a: {sya: Hi., goto: done}", 3, "no field 'sya'"),
    ("flow: x\nstates:\n  a: {say: Hi., when: guess, goto: done}", 3, "no guard is called 'guess'"),
    (
        "flow: x\nstates:\n  a: {say: Hi., effect: boom, goto: done}",
        3,
        "no effect is called 'boom'",
    ),
    ("flow: x\nstates:\n  a: {show: boom}", 3, "no view is called 'boom'"),
    (
        "flow: x\nstates:\n  a: {say: '{n}', with: {n: fact.boom}, goto: done}",
        3,
        "no fact is called",
    ),
    ("flow: x\nstates:\n  a: {say: '{n}', with: {n: os.path}, goto: done}", 3, "is fed by"),
    ("flow: x\nstates:\n  a: {call: mars, goto: done}", 3, "mars. does not exist"),
    (
        "flow: x\nstates:\n  a:\n    say: Hi.\n    choices:\n      b: {label: B, go: mars}",
        3,
        "does not exist",
    ),
    ("flow: x\nstates:\n  a: {say: Hi., choices: {b: {to: done}}}", 3, "'b' has no label"),
    (
        "flow: x\nstates:\n  a: {say: Hi., choices: {b: {label: B, to: done, go: menu}}}",
        3,
        "several places",
    ),
    (
        "flow: x\nstates:\n  a: {say: Hi., choices: {B!: {label: B, to: done}}}",
        3,
        "cannot name a choice",
    ),
    (
        "flow: x\nstates:\n  a: {ask: Q?, choices: {b: B}, goto: done}",
        3,
        "keeps its answer nowhere",
    ),
    ("flow: x\nstates:\n  a: {ask: Q?, answer: a, goto: done}", 3, "must say what it accepts"),
    (
        "flow: x\nstates:\n  a: {ask: Q?, answer: a, accept: song, goto: done}",
        3,
        "cannot accept 'song'",
    ),
    ("flow: x\nstates:\n  a: {ask: Q?, answer: a, choices: {b: B}}", 3, "an answer leads nowhere"),
    (
        "flow: x\nstates:\n  a: {say: Hi., goto: done}\n  a: {say: Ho., goto: done}",
        4,
        "stands twice",
    ),
    ("flow: x\nstates:\n  done: {say: Hi., goto: done}", 3, "cannot name a state"),
    ("flow: x\nstart: b\nstates:\n  a: {say: Hi., goto: done}", 2, "start 'b' is no state"),
    ("flow: x\nstates:\n  a: {say: Hi., sources: [E_NONE], goto: done}", 3, "is no evidence id"),
    ("flow: x\nstates:\n  a: {say: Hi., columns: '9', goto: done}", 3, "columns"),
    ("flow: x\nstates:\n  a: {say: Hi., always: maybe, goto: done}", 3, "write yes or no"),
    (
        "flow: x\nstates:\n  a: {say: Hi., first: [{call: menu}], goto: done}",
        3,
        "needs call and when",
    ),
    ("flow: x\nstates:\n  a: {say: Hi., goto: [{when: never}]}", 3, "leads nowhere"),
    (
        "flow: x\nstates:\n  a: {say: Hi., choices: {b: {label: B, correct: moon}}}",
        3,
        "nothing asks for",
    ),
    (
        "flow: x\nstates:\n  a: {ask: Q?, answer: a, many: yes, choices: {b: {label: B, to: done}}}",
        3,
        "leads nowhere",
    ),
    (
        "flow: x\nstates:\n  a: {ask: Q?, answer: a, many: yes, accept: number, goto: done}",
        3,
        "many goes without",
    ),
    (
        "flow: x\nstates:\n  a: {ask: Q?, answer: a, choices: [b, c], goto: done}",
        3,
        "choices is a list",
    ),
    (
        "flow: x\nstates:\n  a: {ask: Q?, answer: a, depends: [x], choices: {b: B}, goto: done}",
        3,
        "nothing asks for",
    ),
    ("flow: x\nstates:\n  a: {say: 'In {days} days.', goto: done}", 3, "nothing feeds"),
    ("flow: X Y\nstates:\n  a: {say: Hi., goto: done}", 1, "cannot name a flow"),
    ("flow: x\n  states: [", 2, "not YAML"),
    ("", 1, "empty file"),
    ("flow: menu\nstates:\n  a: {say: Hi., goto: done}", 1, "also stands in"),
]


@pytest.mark.parametrize(("text", "line", "what"), CASES)
def test_a_mistake_is_reported_with_its_line_and_a_mend(text: str, line: int, what: str) -> None:
    with pytest.raises(FlowMistakes) as caught:
        small_book({"x.yaml": text})
    found = [m for m in caught.value.mistakes if what in m.what or what in m.mend]
    assert found, str(caught.value)
    assert (found[0].file, found[0].line) == ("x.yaml", line)
    assert found[0].mend


def test_all_mistakes_are_reported_at_once() -> None:
    text = "flow: x\nstates:\n  a: {say: Hi.}\n  b: {say: Ho., goto: gone}"
    with pytest.raises(FlowMistakes) as caught:
        small_book({"x.yaml": text})
    assert len(caught.value.mistakes) == 2


def test_yes_no_and_on_stay_words() -> None:
    text = "flow: x\nstates:\n  a: {ask: Q?, answer: a, choices: {yes: Aye, no: Nay, on: Later}, goto: done}"
    book = small_book({"x.yaml": text})
    assert [choice.id for choice in book.flows["x"].states["a"].choices] == ["yes", "no", "on"]


def test_a_flow_the_engine_needs_is_demanded() -> None:
    with pytest.raises(FlowMistakes, match="person"):
        small_book({"person.yaml": "flow: somebody\nstates:\n  a: {say: Hi., goto: done}"})


def test_paragraphs_and_bullets_survive_and_lines_are_joined() -> None:
    assert tidy("One\nline.\n\nTwo:\n• a\n• b\n  more\n") == "One line.\n\nTwo:\n• a\n• b more"


def test_translators_get_every_text_with_its_context_and_line() -> None:
    text = (
        "flow: x\nstates:\n  a:\n    ask: Q?\n    why: Because.\n    answer: a\n"
        "    choices: {b: B, c: {label: C, to: done}}\n"
    )
    found = [(t.line, t.context, t.msgid) for t in texts_of(text, "x.yaml")]
    assert found == [
        (4, "x.a", "Q?"),
        (5, "x.a.why", "Because."),
        (7, "x.a.b", "B"),
        (7, "x.a.c", "C"),
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("trip.days: {renamed_to: trip.moon}", "does not exist"),
        ("trip.days: {resume_at: moon}", "does not exist"),
        ("trip.days: somewhere", "goes nowhere"),
    ],
)
def test_a_moved_state_must_lead_somewhere(text: str, what: str) -> None:
    with pytest.raises(FlowMistakes, match=what):
        small_book({"moved.yaml": text})


def test_moves_are_followed_to_their_end() -> None:
    text = "trip.a: {renamed_to: trip.b}\ntrip.b: {renamed_to: trip.days}"
    moved = small_book({"moved.yaml": text}).moved
    assert {str(end.to) for end in moved.values()} == {"trip.days"}


def test_evidence_must_say_on_which_day_it_was_checked() -> None:
    text = "E_ONE: {source: A, year: 2020, figure: B, read: C, checked: last week}"
    with pytest.raises(EvidenceMistakes, match="E_ONE was checked 'last week'"):
        read_evidence(text, "evidence.yaml")


@pytest.mark.parametrize("field", ["kind: benefits", "reviewed: maybe", "described: true"])
def test_evidence_uses_the_words_there_are(field: str) -> None:
    text = "E:\n  source: S\n  year: 2020\n  figure: F\n  read: R\n  checked: 2026-11-22\n  "
    with pytest.raises(EvidenceMistakes, match="use one of"):
        read_evidence(text + field, "evidence.yaml")


def test_evidence_nobody_reviewed_says_so() -> None:
    text = "E:\n  source: S\n  year: 2020\n  figure: F\n  read: R\n  checked: 2026-11-22\n"
    assert not read_evidence(text, "evidence.yaml")["E"].reviewed
    assert read_evidence(text + "  reviewed: yes\n", "evidence.yaml")["E"].reviewed
