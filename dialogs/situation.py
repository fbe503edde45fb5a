"""What the answers say about where a person stands: whether time is short, and which days they named.

Decides only what the answers themselves say; nothing is guessed. Flows, the plan and the options ask here.
"""

from __future__ import annotations

from datetime import date

from dialogs.engine.registry import Registry, Situation

SOON = 7
"""Days within which a planned date makes time short."""
IN_HOSPITAL = "in_hospital"


def situation() -> Registry:
    """What the interview may ask of its own answers."""
    return Registry(
        guards={
            "in_hospital": in_hospital,
            "soon": soon,
            "date_known": lambda at: day_of(at, "date") is not None,
            "wait_known": lambda at: day_of(at, "wait_told") is not None,
        }
    )


def day_of(at: Situation, key: str) -> date | None:
    """The day that was answered under `key`, or None."""
    answer = at.answers.get(key)
    return answer.value if answer is not None and isinstance(answer.value, date) else None


def soon(at: Situation) -> bool:
    """Whether the date lies within the next days."""
    day = day_of(at, "date")
    return day is not None and 0 <= (day - at.facts.today).days <= SOON


def in_hospital(at: Situation) -> bool:
    """Whether somebody is in hospital and getting worse."""
    return at.code("standing") == IN_HOSPITAL


def urgent(at: Situation) -> bool:
    """Whether time matters: no emergency, but the fastest way comes first."""
    return soon(at) or in_hospital(at)
