"""A conversation: where a person stands, what was answered, and the way they came.

Decides what is remembered and how it is written as JSON (`schema` 1). It moves nothing: `moves` does, as plain
functions from one conversation to the next. Everything here is immutable, so a turn that fails leaves no trace.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

SCHEMA = 1
TRAIL_LIMIT = 20
STACK_LIMIT = 8


class AnswerKind(StrEnum):
    """How an answer's value is to be read."""

    CHOICE = "choice"
    MANY = "many"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    COUNTRY = "country"


Value = str | tuple[str, ...] | Decimal | date
"""What an answer can be: a code or kept text, codes, a number, a date."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `where` is the state that asked, as "flow.state"."""

    kind: AnswerKind
    value: Value
    where: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of a choice, of many choices or of a country; empty for the other kinds."""
        if isinstance(self.value, tuple):
            return self.value
        return (self.value,) if isinstance(self.value, str) else ()


@dataclass(frozen=True, slots=True)
class Place:
    """A flow and a state in it, by name."""

    flow: str
    state: str

    def __str__(self) -> str:
        """As written in contexts and events: "flow.state"."""
        return f"{self.flow}.{self.state}"


@dataclass(frozen=True, slots=True)
class Frame:
    """One place on the stack: `asked` is the turn that opened it, `key` the bubble that shows it.

    `picked` holds the ticks of a question with many choices; `page` the page of a long list; `only` is the answer
    that is being corrected, after which the frame is left; `revisit` shows a question although it was answered.
    """

    place: Place
    asked: int = 0
    key: int = 0
    picked: tuple[str, ...] = ()
    page: int = 0
    only: str | None = None
    revisit: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everything remembered of one chat. `turns` counts the inputs taken, each exactly once."""

    locale: str | None
    frames: tuple[Frame, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    trail: tuple[tuple[Place, ...], ...] = ()
    turns: int = 0
    misses: int = 0
    marks: frozenset[str] = frozenset()
    timers: Mapping[str, int] = field(default_factory=dict)
    revision: str = ""

    @property
    def top(self) -> Frame | None:
        """The frame whose question or card is open."""
        return self.frames[-1] if self.frames else None


def to_json(conversation: Conversation) -> dict[str, Any]:
    """The conversation as plain values that JSON can hold, short names, empty parts left out."""
    full = {
        "schema": SCHEMA,
        "locale": conversation.locale,
        "frames": [_frame_out(frame) for frame in conversation.frames],
        "answers": {key: _answer_out(answer) for key, answer in conversation.answers.items()},
        "trail": [[[p.flow, p.state] for p in step] for step in conversation.trail],
        "turns": conversation.turns,
        "misses": conversation.misses,
        "marks": sorted(conversation.marks),
        "timers": dict(conversation.timers),
        "revision": conversation.revision,
    }
    return {name: value for name, value in full.items() if value}


def from_json(stored: Mapping[str, Any]) -> Conversation:
    """The conversation that `to_json` wrote.

    Raises ValueError for another schema: an older program met a newer row, and must not guess.
    """
    if stored.get("schema") != SCHEMA:
        msg = f"conversation schema {stored.get('schema')!r} is not {SCHEMA}; run the newer program"
        raise ValueError(msg)
    return Conversation(
        locale=stored.get("locale"),
        frames=tuple(_frame_in(frame) for frame in stored.get("frames", ())),
        answers={key: _answer_in(answer) for key, answer in stored.get("answers", {}).items()},
        trail=tuple(tuple(Place(*p) for p in step) for step in stored.get("trail", ())),
        turns=stored.get("turns", 0),
        misses=stored.get("misses", 0),
        marks=frozenset(stored.get("marks", ())),
        timers=stored.get("timers", {}),
        revision=stored.get("revision", ""),
    )


def _frame_out(frame: Frame) -> list[Any]:
    head = [frame.place.flow, frame.place.state, frame.asked, frame.key]
    rest = [list(frame.picked), frame.page, frame.only, frame.revisit]
    return head + rest if any(rest) else head


def _frame_in(stored: list[Any]) -> Frame:
    flow, state, asked, key, *rest = stored
    picked, page, only, revisit = rest or ((), 0, None, False)
    return Frame(Place(flow, state), asked, key, tuple(picked), page, only, revisit)


def _answer_out(answer: Answer) -> list[Any]:
    value = answer.value
    if isinstance(value, Decimal | date):
        return [answer.kind.value, str(value), answer.where]
    return [answer.kind.value, value, answer.where]


def _answer_in(stored: list[Any]) -> Answer:
    kind, value, where = AnswerKind(stored[0]), stored[1], stored[2]
    match kind:
        case AnswerKind.MANY:
            return Answer(kind, tuple(value), where)
        case AnswerKind.NUMBER:
            return Answer(kind, Decimal(value), where)
        case AnswerKind.DATE:
            return Answer(kind, date.fromisoformat(value), where)
        case _:
            return Answer(kind, value, where)
