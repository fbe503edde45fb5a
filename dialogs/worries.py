"""What a person worries about: which worries are still to be looked at, and which topic goes with each.

Decides the order and the bookkeeping; the words are in `flows/barriers.yaml`. A worry counts as heard once its card was
shown; choosing anew begins anew.
"""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.engine.conversation import Frame, Place
from dialogs.engine.definition import Choice
from dialogs.engine.lines import Line
from dialogs.engine.registry import Done, Guard, Registry, Shown, Situation

FLOW, KEY = "barriers", "worries"
HEARD = "heard."
TOPICS: Mapping[str, str] = {
    "offend": "tell_your_doctor",
    "cost": "financial_help",
    "inconvenience": "telemedicine",
    "conflict": "reconcile",
    "delay": "when_not_wait",
    "rushed": "informed_decisions",
    "overwhelmed": "hard_news",
    "language": "questions_to_ask",
    "unaware": "how_it_works",
    "culture": "tell_your_doctor",
    "caregiver": "records_rights",
}
"""The topic that tells more about each worry, in the order in which worries are looked at."""

HELPS = Line("barriers.helps", "<b>Does this help?</b>")


def worries() -> Registry:
    """What the flow `barriers` may name: for each worry, whether it was chosen and not heard yet."""
    each: dict[str, Guard] = {f"worry_{worry}": _waits(worry) for worry in TOPICS}
    return Registry(
        guards={"worry_left": lambda at: any(guard(at) for guard in each.values()), **each},
        effects={"heard": _heard, "unheard": _unheard},
        views={"does_it_help": _does_it_help, "worry_topic": _worry_topic},
    )


def _waits(worry: str) -> Guard:
    def waits(at: Situation) -> bool:
        answer = at.answers.get(KEY)
        chosen = answer is not None and worry in answer.codes
        return chosen and HEARD + worry not in at.conversation.marks

    return waits


def _heard(at: Situation, _choice: str) -> Done:
    """The card of a worry is shown: it waits no longer."""
    top = at.conversation.top
    mark = {HEARD + top.place.state} if top else set()
    return Done(at.conversation._replace(marks=at.conversation.marks | mark))


def _unheard(at: Situation, _choice: str) -> Done:
    """Worries are chosen anew."""
    marks = frozenset(m for m in at.conversation.marks if not m.startswith(HEARD))
    return Done(at.conversation._replace(marks=marks))


def _does_it_help(_at: Situation, _frame: Frame) -> Shown:
    """The question under every worry."""
    return Shown((HELPS,))


def _worry_topic(at: Situation, _frame: Frame) -> Shown:
    """A button for the topic that goes with the worry that was looked at last."""
    worry = _latest(at)
    if worry is None:
        return Shown(())
    flow = at.book.flows[TOPICS[worry]]
    return Shown((), (Choice("topic", flow.title or HELPS, go=Place(flow.name, "")),))


def _latest(at: Situation) -> str | None:
    """The worry whose card the way here led over last."""
    for step in reversed(at.conversation.trail):
        flow, state, *_ = step.split(" ")[-1].split(".")
        if flow == FLOW and state in TOPICS:
            return state
    return None
