"""Ready-made funnels: ways that many should be able to go.

Decides which there are and what their steps are. A step is reached where one of its places was shown, so only places
at which a conversation waits can be one; those that are passed over when an answer is known are better left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Step(NamedTuple):
    """Somewhere to come to: any of these places, as "flow.state"."""

    name: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Journey:
    """Steps in their order."""

    id: str
    name: str
    steps: tuple[Step, ...]


MENU = Step("The menu", ("menu.main",))
_WORRIES = (
    "offend", "cost", "inconvenience", "conflict", "delay", "rushed", "overwhelmed", "language", "unaware", "culture",
    "caregiver",
)  # fmt: skip

JOURNEYS = (
    Journey(
        "plan",
        "From the menu to a plan",
        (
            MENU,
            Step("Where things stand", ("prepare.standing",)),
            Step("A date", ("prepare.date",)),
            Step("Ready for a plan", ("prepare.ready",)),
            Step("The plan", ("plan.pages",)),
            Step("The plan as a file", ("plan.sent",)),
        ),
    ),
    Journey(
        "option",
        "From the menu to an option",
        (
            MENU,
            Step("Places that may fit", ("options.results", "options.nothing")),
            Step("Rights and who pays", ("my_rights.card",)),
        ),
    ),
    Journey(
        "worry",
        "A worry answered",
        (
            MENU,
            Step("What worries", ("barriers.which",)),
            Step("An answer to it", tuple(f"barriers.{worry}" for worry in _WORRIES)),
            Step("What would help now", ("barriers.onward",)),
        ),
    ),
    Journey(
        "memory",
        "Consent to remember answers, and on",
        (
            Step("Asked", ("consent_memory.ask",)),
            Step("A question after it", ("barriers.which", "prepare.standing")),
            Step("Something of use", ("barriers.onward", "prepare.ready")),
        ),
    ),
)
"""In the order offered."""

CONSENTS = (
    ("May staff read along?", "consent_review.ask"),
    ("May answers be remembered?", "consent_memory.ask"),
)
"""Asked before anything may be logged, so they are told from the daily counters."""
