"""One flow as a state machine: the only module that knows `transitions`.

Decides whether a trigger is possible in a state and which state it leads to. One synchronous machine per flow is built
at load and shared by all conversations; nothing is ever registered with it. What its transitions say is read out once
into a table, because looking a move up there costs a tenth of triggering it; a test holds the table to the machine,
move by move, on every flow.
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


Condition = Callable[[Step], bool]
Move = tuple[str, tuple[Condition, ...]]
"""Where it leads, when all the conditions hold."""


class FlowMachine:
    """The compiled machine of one flow."""

    def __init__(self, flow: Flow, guards: Mapping[str, Guard]) -> None:
        self.machine = Machine(
            model=None,
            states=list(flow.states),
            transitions=list(_transitions(flow, guards)),
            initial=None,
            auto_transitions=False,
            send_event=True,
        )
        self._moves = _read_out(self.machine)

    def move(self, state: str, trigger: Trigger, choice: str, situation: Situation) -> str | None:
        """The state that `trigger` leads to, or None when nothing leads on from here."""
        step = Step(state, choice, situation)
        for dest, conditions in self._moves.get((trigger.value, state), ()):
            if all(condition(step) for condition in conditions):
                return dest
        return None


def _read_out(machine: Machine) -> dict[tuple[str, str], tuple[Move, ...]]:
    return {
        (trigger, source): tuple(
            (cast("str", each.dest), tuple(_plain(c.func) for c in each.conditions))
            for each in moves
        )
        for trigger, event in machine.events.items()
        for source, moves in event.transitions.items()
    }


def _plain(condition: Any) -> Condition:  # noqa: ANN401 - the library types it as anything callable
    """The condition of ours behind the one that the machine calls with its event."""
    return cast("Condition", condition.plain)


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
    called = [_Called(condition) for condition in conditions]
    return {"trigger": trigger.value, "source": source, "dest": dest, "conditions": called}


class _Called:
    """A condition as the machine calls it, with its event."""

    def __init__(self, plain: Condition) -> None:
        self.plain = plain

    def __call__(self, event: EventData) -> bool:
        return self.plain(cast("Step", event.model))


def _chosen(choice_id: str) -> Condition:
    return lambda step: step.choice == choice_id


def _holds(guards: Mapping[str, Guard], name: str | None) -> list[Condition]:
    if name is None:
        return []
    guard = guards[name]
    return [lambda step: guard(step.situation)]
