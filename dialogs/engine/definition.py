"""What a flow is: states, choices and routes, as the authors wrote them.

Decides the vocabulary of a flow file, nothing about how a conversation moves through it. Built and checked by `load`;
never changed afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dialogs.engine.conversation import AnswerKind, Place
from dialogs.engine.lines import Line

DONE = "done"
"""The target that ends a flow. Every flow has it; no flow may declare it."""


class StateKind(StrEnum):
    """What a state does when it is entered."""

    SAY = "say"  # a card; without choices it passes on to the next state at once
    ASK = "ask"  # a question that waits for an answer
    CALL = "call"  # another flow, then on
    DONE = "done"  # the end of the flow


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. At most one of these says where it leads; with none it leads where the state's `goto` does.

    `to`: a state of this flow. `go`: leave for another flow. `call`: another flow, then back here.
    `url`: a page outside. `copy`: a text for the clipboard. `correct`: ask the answer of that key again.
    """

    id: str
    label: Line
    to: str | None = None
    go: Place | None = None
    call: Place | None = None
    url: str | None = None
    copy: str | None = None
    correct: str | None = None
    effect: str | None = None
    when: str | None = None

    @property
    def stays(self) -> bool:
        """Whether a tap on it comes back to us."""
        return self.url is None and self.copy is None


@dataclass(frozen=True, slots=True)
class Route:
    """Where `goto` leads, when the guard `when` holds (always, without one)."""

    to: str
    when: str | None = None


@dataclass(frozen=True, slots=True)
class First:
    """A flow to go through, once per conversation, before the state is shown, when the guard holds."""

    call: Place
    when: str


@dataclass(frozen=True, slots=True)
class State:
    """One state. Guards, effects and views are names in the registry. `name` is what lists call its answer.

    `own_words` marks a question that people may answer in their own words: the effect for what is not understood.
    """

    place: Place
    kind: StateKind
    line: int = 0
    body: Line | None = None
    name: Line | None = None
    again: Line | None = None
    why: Line | None = None
    answer: str | None = None
    accept: AnswerKind | None = None
    region: bool = False
    choices: tuple[Choice, ...] = ()
    routes: tuple[Route, ...] = ()
    skip: str | None = None
    when: str | None = None
    first: tuple[First, ...] = ()
    depends: tuple[str, ...] = ()
    view: str | None = None
    effect: str | None = None
    call: Place | None = None
    sources: tuple[str, ...] = ()
    cite_in_full: bool = False
    params: Mapping[str, str] | None = None
    columns: int = 1
    always: bool = False
    standing: bool = True
    own_words: str | None = None

    @property
    def waits(self) -> bool:
        """Whether the conversation stops here for the person."""
        return self.kind is StateKind.ASK or bool(self.choices) or self.view is not None


@dataclass(frozen=True, slots=True)
class Flow:
    """One file: a topic or an interview, entered at `start`.

    `link` allows `?start=<name>`; with `progress` its questions say "3 of 9".
    """

    name: str
    start: str
    states: Mapping[str, State]
    file: str
    title: Line | None = None
    link: bool = False
    progress: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a state in which live conversations may still stand.

    `renamed`: the same question under another name. Otherwise `to` is asked anew, or, without `to`, the menu is shown.
    """

    to: Place | None
    renamed: bool = False
