"""What one turn gives back: the next conversation, messages, effects and events.

Decides the shape of a turn's result. Effects are the only way a turn asks the world for anything; events
hold codes only, never a word somebody wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from dialogs.engine.conversation import Conversation
from dialogs.engine.lines import Line, Message
from dialogs.plan.document import Plan


@dataclass(frozen=True, slots=True)
class Forget:
    """Remove everything kept about this chat, and its bubbles of the last 48 hours; this turn's messages go last."""


@dataclass(frozen=True, slots=True)
class Export:
    """Send everything kept about this chat as a file."""


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Let `Due(timer, stamp)` come in at `due`, UTC epoch seconds; replaces the timer of that name."""

    timer: str
    due: int
    stamp: int


@dataclass(frozen=True, slots=True)
class Hide:
    """Delete bubbles of ours, by key, and messages of the person, by number, from the chat."""

    keys: tuple[int, ...]
    messages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SendPlan:
    """Send the plan as a file: in the conversation's language, or side by side with `beside`, a shipped locale."""

    plan: Plan
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class SendSign:
    """Send a picture of one sentence in large letters, in the language `locale`, to hold up."""

    line: Line
    locale: str


class ForStaff(StrEnum):
    """What of a person's words staff get to read."""

    QUESTION = "question"  # sent to them; an answer is hoped for
    WORRY = "worry"  # nobody understood it, and staff may read along


@dataclass(frozen=True, slots=True)
class Ask:
    """Keep a de-identified text for staff. The answer comes in as `Due(ANSWER, stamp)`; when `alarmed`, two people read
    it first.
    """

    kind: ForStaff
    text: str
    stamp: int
    alarmed: bool = False


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Remove what was kept of that kind for staff, and its answers."""

    kind: ForStaff


Effect = Forget | Export | SetTimer | Hide | SendPlan | SendSign | Ask | TakeBack


class EventKind(StrEnum):
    """What happened, for counting."""

    SHOWN = "shown"
    CHOSEN = "chosen"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    BACK = "back"
    MISSED = "missed"
    UNDERSTOOD = "understood"
    OFFERED = "offered"
    STALE = "stale"
    UNREADABLE = "unreadable"
    REF = "ref"
    FORGOTTEN = "forgotten"
    STRANDED = "stranded"
    SIGNAL = "signal"
    REPORTED = "reported"


class Event(NamedTuple):
    """A count: where, and which code. `detail` is a choice id, a repair step or a kind, from closed lists.

    What is `private` is counted, but never becomes part of a transcript.
    """

    kind: EventKind
    where: str
    detail: str = ""
    private: bool = False


class Turn(NamedTuple):
    """The whole result of one input. `notice` is a short line for the pressed button's own answer."""

    conversation: Conversation
    messages: tuple[Message, ...] = ()
    effects: tuple[Effect, ...] = ()
    events: tuple[Event, ...] = ()
    notice: Line | None = None
