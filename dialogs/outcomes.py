"""How far a conversation came, told from the places it reached.

Decides the few outcomes staff may filter and count by, and which of two lies further. It does not judge: not asking
for a second opinion is an outcome like the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from dialogs.engine.conversation import Place


class Outcome(StrEnum):
    """What came of a conversation. The order here is how far it went; danger stands above everything."""

    READ = "read"  # a topic
    CONCERNS = "concerns"  # what makes them hesitate
    DECLINED = "declined"  # "I decided not to ask"
    OPTIONS = "options"  # where one can go
    PREPARED = "prepared"  # the plan
    DANGER = "danger"  # a safety card


REACHED: Mapping[str, Outcome] = {
    "barriers": Outcome.CONCERNS,
    "barriers.decided_not": Outcome.DECLINED,
    "benefits": Outcome.READ,
    "diagnosis_accuracy": Outcome.READ,
    "evidence_limits": Outcome.READ,
    "financial_help": Outcome.READ,
    "hard_news": Outcome.READ,
    "how_it_works": Outcome.READ,
    "informed_decisions": Outcome.READ,
    "my_rights": Outcome.READ,
    "options.nothing": Outcome.OPTIONS,
    "options.results": Outcome.OPTIONS,
    "plan.pages": Outcome.PREPARED,
    "plan.sent": Outcome.PREPARED,
    "questions_to_ask": Outcome.READ,
    "reconcile": Outcome.READ,
    "records": Outcome.READ,
    "records_rights": Outcome.READ,
    "rehearse": Outcome.READ,
    "safety": Outcome.DANGER,
    "telemedicine": Outcome.READ,
    "tell_your_doctor": Outcome.READ,
    "third_opinion": Outcome.READ,
    "trust_online": Outcome.READ,
    "what_is_it": Outcome.READ,
    "when_not_wait": Outcome.READ,
    "when_useful": Outcome.READ,
}
"""By state, as "flow.state", or by flow where all its states say the same."""

_RANK = {outcome.value: rank for rank, outcome in enumerate(Outcome)}


def outcome_at(place: Place | None) -> Outcome | None:
    """What it means to have come here; None where it means nothing."""
    if place is None:
        return None
    return REACHED.get(str(place)) or REACHED.get(place.flow)


def furthest(one: str, other: str) -> str:
    """The further of two outcomes, by value; an empty one is no outcome yet."""
    return max(one, other, key=lambda outcome: _RANK.get(outcome, -1))
