"""A conversation: where a person stands, what was answered, and the way they came.

Decides what is remembered and how it is written as JSON (`schema` 1). It moves nothing: `moves` does, as plain
functions from one conversation to the next. Everything here is immutable, so a turn that fails leaves no trace.
What changes in every turn is a NamedTuple, because replacing a field of a frozen dataclass costs five times as much.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

SCHEMA = 1
TRAIL_LIMIT = 12
STACK_LIMIT = 8
FORGET = "forget"
"""The timer after which answers are forgotten."""
DRAFT, ANSWER, REMINDER = "draft", "answer", "reminder"
"""Timers: what was written to staff and not sent is thrown away; staff have answered; a reminder that was asked for."""
ASKED_FOR = {ANSWER, REMINDER}
"""Timers a person asked for by themselves, with a consent of their own: they outlast the forgetting of answers."""
ALARMED = "alarmed"
"""The mark of a conversation in which a safety card was shown: a second person reads what staff answer there."""
CHILD = "child"
"""The mark of a conversation with somebody under 16: no consent is asked, and answers stay for a day only."""

SAFETY, OFFER = "safety", "offer"
CARDS = {SAFETY, OFFER}
"""Flows whose cards may be in another language than the conversation. They lie on top of whatever is open, are always
new bubbles, never edited, and Back never leads to them."""
NOTHING: Mapping[str, Any] = MappingProxyType({})


class AnswerKind(StrEnum):
    """How an answer's value is to be read."""

    CHOICE = "choice"
    MANY = "many"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    COUNTRY = "country"


WRITTEN = (Decimal, date)
"""Values that JSON keeps as text."""

_KINDS = {kind.value: kind for kind in AnswerKind}

Value = str | tuple[str, ...] | Decimal | date
"""What an answer can be: a code or kept text, codes, a number, a date."""


class Answer(NamedTuple):
    """One answer. `where` is the state that asked, as "flow.state"."""

    kind: AnswerKind
    value: Value
    where: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of a choice, of many choices or of a country; empty for the other kinds."""
        value = self.value
        if isinstance(value, tuple):
            return value
        coded = self.kind is AnswerKind.CHOICE or self.kind is AnswerKind.COUNTRY
        return (value,) if coded and isinstance(value, str) else ()


@dataclass(frozen=True, slots=True)
class Place:
    """A flow and a state in it, by name."""

    flow: str
    state: str

    def __str__(self) -> str:
        """As written in contexts and events: "flow.state"."""
        return f"{self.flow}.{self.state}"


class Frame(NamedTuple):
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


class Alarm(NamedTuple):
    """What an open safety card was shown for: the language it is in, the countries whose numbers it names.

    `hidden` are the person's own messages that are deleted with the card when they ask for that. With `crisis` the
    card of another emergency names a crisis line too.
    """

    locale: str
    countries: tuple[str, ...] = ()
    hidden: tuple[int, ...] = ()
    crisis: bool = False


class Conversation(NamedTuple):
    """Everything remembered of one chat.

    `seed` makes the numbers on its buttons differ from those of an earlier, forgotten conversation of the same chat.
    `turns` counts the inputs taken, each exactly once. `trail` holds the stacks that were shown, oldest first, each as
    its places with spaces between: it is read only when somebody goes back, but written and loaded every turn.
    `alarms` are the categories of danger a card was shown for ("cardiac.check" where it only asked), each with when it
    was last. `last` is when the person last did something, 0 where nobody noted it. `letter` is what a person of our
    staff answered.
    """

    locale: str | None
    frames: tuple[Frame, ...] = ()
    answers: Mapping[str, Answer] = NOTHING
    trail: tuple[str, ...] = ()
    seed: int = 0
    turns: int = 0
    misses: int = 0
    marks: frozenset[str] = frozenset()
    timers: Mapping[str, int] = NOTHING
    revision: str = ""
    alarm: Alarm | None = None
    alarms: Mapping[str, int] = NOTHING
    last: int = 0
    letter: str = ""

    def emptied(self) -> Conversation:
        """The conversation with everything forgotten but its language, the numbers on its buttons, and what was asked
        for: an answer of staff, a reminder.
        """
        asked_for = {name: stamp for name, stamp in self.timers.items() if name in ASKED_FOR}
        return Conversation(
            self.locale,
            seed=self.seed,
            turns=self.turns,
            timers=asked_for,
            revision=self.revision,
            last=self.last,
            letter=self.letter,
        )

    def without_cards(self) -> Conversation:
        """The conversation without the safety card that may be open."""
        frames = tuple(frame for frame in self.frames if frame.place.flow not in CARDS)
        return self._replace(frames=frames, alarm=None)

    def for_a_file(self) -> Conversation:
        """What may be shown to whoever holds the phone: no safety card, nor the mark of one."""
        return self.without_cards()._replace(marks=self.marks - {ALARMED})

    def without_timer(self, name: str) -> Conversation:
        """The conversation that waits for that timer no longer: when it fires, it is stale."""
        return self._replace(timers={n: stamp for n, stamp in self.timers.items() if n != name})

    @property
    def top(self) -> Frame | None:
        """The frame whose question or card is open."""
        return self.frames[-1] if self.frames else None


def to_json(conversation: Conversation) -> dict[str, Any]:
    """The conversation as plain values that JSON can hold, short names, empty parts left out."""
    out: dict[str, Any] = {
        "schema": SCHEMA,
        "locale": conversation.locale,
        "frames": [_frame_out(frame) for frame in conversation.frames],
        "trail": conversation.trail,
        "seed": conversation.seed,
        "turns": conversation.turns,
        "revision": conversation.revision,
    }
    if conversation.answers:
        out["answers"] = {key: _answer_out(each) for key, each in conversation.answers.items()}
    if conversation.misses:
        out["misses"] = conversation.misses
    if conversation.marks:
        out["marks"] = sorted(conversation.marks)
    if conversation.timers:
        out["timers"] = dict(conversation.timers)
    if conversation.alarm:
        out["alarm"] = list(conversation.alarm)
    if conversation.alarms:
        out["alarms"] = dict(conversation.alarms)
    if conversation.last:
        out["last"] = conversation.last
    if conversation.letter:
        out["letter"] = conversation.letter
    return out


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
        trail=tuple(stored.get("trail", ())),
        seed=stored.get("seed", 0),
        turns=stored.get("turns", 0),
        misses=stored.get("misses", 0),
        marks=frozenset(stored.get("marks", ())),
        timers=stored.get("timers", {}),
        revision=stored.get("revision", ""),
        alarm=_alarm_in(stored["alarm"]) if "alarm" in stored else None,
        alarms=stored.get("alarms", NOTHING),
        last=stored.get("last", 0),
        letter=stored.get("letter", ""),
    )


def _alarm_in(stored: list[Any]) -> Alarm:
    locale, countries, hidden, crisis = stored
    return Alarm(locale, tuple(countries), tuple(hidden), crisis)


def _frame_out(frame: Frame) -> list[Any]:
    head = [frame.place.flow, frame.place.state, frame.asked, frame.key]
    rest = [list(frame.picked), frame.page, frame.only, frame.revisit]
    return head + rest if any(rest) else head


def _frame_in(stored: list[Any]) -> Frame:
    flow, state, asked, key, *rest = stored
    if not rest:
        return Frame(_place(flow, state), asked, key)
    picked, page, only, revisit = rest
    return Frame(_place(flow, state), asked, key, tuple(picked), page, only, revisit)


@lru_cache(maxsize=4096)
def _place(flow: str, state: str) -> Place:
    """One object per place: every conversation stands in one of a few hundred."""
    return Place(flow, state)


def _answer_out(answer: Answer) -> list[Any]:
    kind, value, where = answer
    return [kind.value, str(value) if isinstance(value, WRITTEN) else value, where]


def _answer_in(stored: list[Any]) -> Answer:
    kind, value, where = stored
    read = _READ.get(kind)
    return Answer(_KINDS[kind], read(value) if read else value, where)


_READ: Mapping[str, Callable[[Any], Value]] = {
    AnswerKind.MANY.value: tuple,
    AnswerKind.NUMBER.value: Decimal,
    AnswerKind.DATE.value: date.fromisoformat,
}
"""How values come back that JSON keeps as something else."""
