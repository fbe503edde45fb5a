"""What is proved about what the texts say: each rule refuses a text that breaks it and lets a good one pass."""

from __future__ import annotations

import json

import pytest

from dialogs.book import Book
from dialogs.checks.content import content_mistakes
from dialogs.checks.manner import refused
from dialogs.evidence import Kind
from tests.support.small_book import small_book
from tests.support.small_topic import SAYS, piece, small_evidence, topic_book


def found(book: Book) -> list[str]:
    """What is wrong with the small topic."""
    return [m.what for m in content_mistakes(book) if m.file in {"trip.yaml", "evidence.yaml"}]


def card(text: str) -> list[str]:
    """What is wrong when this is the topic's card."""
    return found(topic_book({"card": text}))


def test_a_good_topic_has_no_mistake() -> None:
    assert found(topic_book()) == []


LIMITS = "But it has limits. "
SENTENCE = "You can ask your own doctor or a nurse about this when you see them next week."
LONG = f"{SENTENCE[:-1]}, and about other things as well."
HARD = (
    "Multidimensional considerations regarding individual therapeutic alternatives necessitate "
    "extraordinary communication competencies, but considerable uncertainty continues afterwards."
)
BROKEN = [
    (LIMITS + "\n\n".join([SENTENCE] * 9), "R4: 7"),
    (LIMITS + "\n" + "\n".join(["• One."] * 6), "R4: 6 bullets"),
    (LIMITS + "Four. Are. Too many.", "R4: a paragraph of 4 sentences"),
    (LIMITS + LONG, "R3: a sentence of 23 words"),
    ("\n\n".join([SENTENCE] * 3), "R3: 17.0 words a sentence"),
    (HARD, "R1: it reads at grade"),
    (LIMITS + "You need a referral.", "R6: 'referral' is not explained"),
    (LIMITS + "We facilitate it.", "R8 refuses 'facilitat'"),
    (LIMITS + "The lump is malignant.", "R8 refuses 'malignant'"),
    (LIMITS + "You must ask another doctor.", "R9 refuses 'You must'"),
    (LIMITS + "Your doctor should know.", "R9 refuses 'should'"),
    (LIMITS + "It saves lives.", "R9 refuses 'saves lives'"),
    (LIMITS + "It ensures the right answer.", "R9 refuses 'ensures'"),
    (LIMITS + "It changed in 15%.", "R11 refuses '%'"),
    (LIMITS + "It changed in 14.8 of 100.", "R11 refuses '14.8'"),
    (LIMITS + "Twice as many were content.", "R11 refuses 'Twice as'"),
    (LIMITS + "It changed for twenty people.", "R11 refuses 'twenty'"),
    (LIMITS + "It changed for 16 of 100.", "the number 16 does not stand in what it cites"),
]


@pytest.mark.parametrize(("text", "what"), BROKEN, ids=[what for _, what in BROKEN])
def test_a_text_that_breaks_a_rule_is_refused(text: str, what: str) -> None:
    assert any(what in each for each in card(text)), card(text)


GOOD = [
    "A referral (a letter to another doctor) may help. But not everyone needs one.",
    "The lump is malignant (it is cancer). But you are not alone.",
    "You can ask another doctor. Or not.",
    "No one can ensure the right answer. But you can ask.",
    "It changed for 15 of 100 and stayed for 85. But nobody checked who was right.",
    "<b>Does it change?</b> One. Two, but small. Three.",
    "One way to say it: “Thank you. I would like to wait. Is that fine? I need time.” But you need not.",
]


@pytest.mark.parametrize("text", GOOD)
def test_a_good_text_passes(text: str) -> None:
    assert card(text) == []


@pytest.mark.parametrize(
    ("text", "refuses"),
    [
        ("Usted debería pedir otra opinión.", True),
        ("Puede pedir otra opinión.", False),
        ("Cambió en un 15 %.", True),
        ("Cambió para 15 de cada 100.", False),
        ("Es un tumor maligno.", True),
        ("Es un tumor maligno, es decir, cáncer.", False),
        ("Esto garantiza el diagnóstico.", True),
        ("Nadie garantiza el diagnóstico.", False),
        ("Eso empodera a la víctima.", True),
    ],
)
def test_spanish_has_rules_of_its_own(text: str, refuses: bool) -> None:
    assert bool(list(refused(text, "es"))) is refuses


@pytest.mark.parametrize(("flow", "refuses"), [("safety", False), ("trip", True)])
def test_should_is_for_warnings_of_danger_alone(flow: str, refuses: bool) -> None:
    text = f"flow: {flow}\nstates:\n  a: {{say: You should call., choices: {{on: {{label: On, to: done}}}}}}"
    without = ("trip.yaml",) if flow == "trip" else ()
    mistakes = content_mistakes(small_book({f"{flow}.yaml": text}, without))
    assert any("should" in m.what for m in mistakes) is refuses


def test_a_term_explained_on_the_first_card_need_not_be_explained_again() -> None:
    book = topic_book(
        {
            "card": "A referral is a letter to another doctor. But not all need one.",
            "more": "Ask for a referral, or not.",
        }
    )
    assert found(book) == []


# Figures


@pytest.mark.parametrize("number", ["64", "13", "77"])
def test_a_figure_carries_its_numbers_and_what_is_left(number: str) -> None:
    assert card(f"It was {number}, but who knows.") == []


def test_a_number_carried_by_evidence_that_is_not_cited_is_refused() -> None:
    book = topic_book({"more": "It is not for 15 of 100."})
    assert "the number 15 does not stand" in "\n".join(found(book))


def test_numbers_of_a_persons_own_plan_need_no_source_in_the_steps_alone() -> None:
    steps = "• Call again in 3 days.\n• Or do nothing for now."
    assert found(topic_book({"steps": steps})) == []
    assert "the number 3 does not" in "\n".join(card("Call again in 3 days, but not later."))


def test_evidence_says_nothing_that_its_figure_does_not_hold() -> None:
    wrong = small_evidence(GAIN=piece("GAIN", "64 of 77", "65 of 77 did.", Kind.BENEFIT))
    assert "GAIN says 65, which its figure does not hold" in found(topic_book(evidence=wrong))


def test_evidence_says_both_sides_and_what_it_speaks_for() -> None:
    mute = small_evidence(PLAIN=piece("PLAIN", "It can be a visit", says="", kind=None))
    what = "\n".join(found(topic_book(evidence=mute)))
    assert "PLAIN has no sentence that says both sides" in what
    assert "PLAIN does not say what it speaks for" in what


# Benefits and their limits


def test_a_benefit_without_a_limit_is_refused() -> None:
    alone = {"card": "Another doctor may tell you something new."}
    book = topic_book(alone, {"card": "[GAIN]", "more": "[PLAIN]"})
    assert "R12: trip.card states a benefit without a limit" in found(book)


def test_a_limit_that_is_cited_and_not_said_is_no_limit() -> None:
    alone = {"card": "Another doctor may tell you something new.", "more": "It can be a visit."}
    assert "R12: trip.card states a benefit without a limit" in found(topic_book(alone))


def test_a_limit_behind_the_first_button_is_near_enough() -> None:
    near = {
        "card": "Another doctor may tell you something new.",
        "more": "But for some, doubt grows.",
    }
    book = topic_book(near, {"card": "[GAIN]", "more": "[HARM]"})
    assert found(book) == []


# The shape of a topic


@pytest.mark.parametrize("state", ["more", "evidence", "steps"])
def test_a_topic_lacks_no_state(state: str) -> None:
    assert f"trip.{state}: a topic lacks this state" in found(topic_book(without=state))


def test_a_topic_without_a_source_is_refused() -> None:
    book = topic_book({"more": "It can be a visit, or not."}, {"more": ""})
    assert "trip.more: R15: it names no source" in found(book)


def test_the_figures_of_a_topic_rest_on_something_that_was_read() -> None:
    own = topic_book({"evidence": "Nobody knows."}, {"evidence": "[OWN_KNOWLEDGE]"})
    assert "trip.evidence: R15: it does not cite a source in full" in found(own)


@pytest.mark.parametrize(
    ("steps", "what"),
    [
        ("Ask somebody, or do nothing for now.", "R14: 0 steps in en"),
        ("• One.\n• Two.\n• Three.\n• Four.\n• Or do nothing for now.", "R14: 4 steps in en"),
        ("• Ask one question.", "R14: it does not say in en that doing nothing for now is"),
    ],
)
def test_steps_are_few_and_doing_nothing_is_one_of_them(steps: str, what: str) -> None:
    assert any(what in each for each in found(topic_book({"steps": steps})))


@pytest.mark.parametrize(("bullets", "refuses"), [(3, False), (4, True)])
def test_an_answer_to_a_worry_offers_few_steps(bullets: int, refuses: bool) -> None:
    says = json.dumps(
        "\n".join(["• Ask."] * bullets + ["• Or leave it for now."]), ensure_ascii=False
    )
    text = f"flow: barriers\nstates:\n  cost: {{say: {says}, choices: {{on: {{label: On, to: done}}}}}}"
    mistakes = [m.what for m in content_mistakes(small_book({"barriers.yaml": text}))]
    assert ("R14: barriers.cost offers 4 steps at once" in mistakes) is refuses


def test_more_than_eight_buttons_are_refused() -> None:
    many = "\n".join(f"      b{n}: {{label: Button {n}, to: done}}" for n in range(9))
    text = f"flow: trip\nstates:\n  card:\n    say: Hi.\n    choices:\n{many}"
    assert "R4: trip.card has 9 buttons" in found(
        small_book({"trip.yaml": text}, without=("trip.yaml",))
    )


def test_a_topic_that_is_hard_as_a_whole_is_refused_and_so_is_the_mean() -> None:
    hardish = (
        "Additional professional information may influence important decisions, but not invariably."
    )
    what = "\n".join(m.what for m in content_mistakes(topic_book(dict.fromkeys(SAYS, hardish))))
    assert "R1: the topic trip reads at grade" in what
    assert "R1: the topics read at grade" in what
