"""One flow as a state machine: the only module that knows `transitions`.

Decides whether a trigger is possible in a state and which state it leads to. One synchronous machine per flow is built
at load and shared by all conversations; nothing is ever registered with it. The model is a small slotted step made
for one move and thrown away, so a callback that raises leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, cast

from transitions import EventData, Machine

from dialogs.engine.definition import Flow, State, StateKind
from dialogs.engine.registry import Guard, Situation


class Trigger(StrEnum):
    """The only things a flow's machine reacts to."""

    CHOOSE = "choose"
    NEXT = "next"
    SKIP = "skip"


class Step:
    """The model of one move: where it starts, what was chosen, and what guards may look at."""

    __slots__ = ("choice", "situation", "state")

    def __init__(self, state: str, choice: str, situation: Situation) -> None:
        self.state = state
        self.choice = choice
        self.situation = situation


Condition = Callable[[EventData], bool]


class FlowMachine:
    """The compiled machine of one flow."""

    def __init__(self, flow: Flow, guards: Mapping[str, Guard]) -> None:
        self._machine = Machine(
            model=None,
            states=list(flow.states),
            transitions=list(_transitions(flow, guards)),
            initial=None,
            auto_transitions=False,
            send_event=True,
        )
        self._possible = {
            (trigger, source)
            for trigger, event in self._machine.events.items()
            for source in event.transitions
        }

    def move(self, state: str, trigger: Trigger, choice: str, situation: Situation) -> str | None:
        """The state that `trigger` leads to, or None when nothing leads on from here."""
        if (trigger.value, state) not in self._possible:
            return None
        step = Step(state, choice, situation)
        moved = self._machine.events[trigger.value].trigger(step)
        return step.state if moved else None


def _transitions(flow: Flow, guards: Mapping[str, Guard]) -> Iterator[dict[str, Any]]:
    for name, state in flow.states.items():
        if state.kind is StateKind.DONE:
            continue
        yield from _choosing(name, state, guards)
        for route in state.routes:
            yield _transition(Trigger.NEXT, name, route.to, _holds(guards, route.when))
        if state.skip is not None:
            yield _transition(Trigger.SKIP, name, state.skip, [])
        else:
            for route in state.routes:
                yield _transition(Trigger.SKIP, name, route.to, _holds(guards, route.when))


def _choosing(name: str, state: State, guards: Mapping[str, Guard]) -> Iterator[dict[str, Any]]:
    for choice in state.choices:
        if choice.to is not None:
            conditions = [_chosen(choice.id), *_holds(guards, choice.when)]
            yield _transition(Trigger.CHOOSE, name, choice.to, conditions)


def _transition(
    trigger: Trigger, source: str, dest: str, conditions: list[Condition]
) -> dict[str, Any]:
    return {"trigger": trigger.value, "source": source, "dest": dest, "conditions": conditions}


def _chosen(choice_id: str) -> Condition:
    def chosen(event: EventData) -> bool:
        return cast("Step", event.model).choice == choice_id

    return chosen


def _holds(guards: Mapping[str, Guard], name: str | None) -> list[Condition]:
    if name is None:
        return []
    guard = guards[name]

    def holds(event: EventData) -> bool:
        return guard(cast("Step", event.model).situation)

    return [holds]
