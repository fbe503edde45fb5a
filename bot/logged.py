"""What staff may read of a turn.

Decides which turns are logged and what of them, for people who let staff read along: codes, and words only where
nothing speaks against it. What a child writes, what happens at a private card, and a letter to staff leave nothing; of
a danger told in a letter only its code stays. It writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.arrival import Arrival
from bot.storage.log import Entry
from bot.storage.log_tables import Act
from dialogs.engine import phrases, show
from dialogs.engine.conversation import ANSWER, CHILD, Conversation
from dialogs.engine.result import EventKind, Hide, Turn
from dialogs.engine.said import Command, Due, Returned, Sent, Tap, Typed
from dialogs.engine.scene import PRIVATE
from dialogs.outcomes import outcome_at
from dialogs.understanding.intents.intent import Intent
from dialogs.understanding.safety.signal import graver

MAY_STAFF_READ = "may_staff_read"
LETTERS = "person"
"""The flow in which a letter to staff is written, or one from them read. It is kept for itself, and nothing of it is
logged, not even when: whoever saw both could tell which conversation a letter belongs to."""
TOPICS = frozenset(f"{show.ABOUT}{intent}" for intent in Intent)
"""The presses of buttons that open a topic."""
OWN = TOPICS | phrases.STANDING.keys() | {show.ELSE}
"""The names of the engine's own buttons under a question."""
LONGEST = 128


def may_staff_read(conversation: Conversation) -> bool:
    """Whether this person lets staff read along. A child cannot."""
    answer = conversation.answers.get(MAY_STAFF_READ)
    return answer is not None and answer.value == "yes" and CHILD not in conversation.marks


def entry_of(
    arrival: Arrival, ref: str, before: Conversation, turn: Turn, locale: str, now: int
) -> Entry | None:
    """What is logged of a turn; None where nothing of it may be, or nothing happened."""
    if _private(before, turn) or not (turn.events or turn.messages):
        return None
    letter, signal = _of_a_letter(arrival, before, turn), _signal(turn)
    if letter and not signal:
        return None
    codes_only = letter or any(isinstance(effect, Hide) for effect in turn.effects)
    typed = isinstance(arrival.said, Typed) and not codes_only
    return Entry(
        ref=ref,
        number=turn.conversation.turns,
        at=now,
        act=_act(arrival),
        locale=locale,
        before="" if _in_letters(before) else place_of(before),
        place="" if _in_letters(turn.conversation) else place_of(turn.conversation),
        choice=_choice(arrival, before, turn)[:LONGEST],
        intent=(_detail(turn, EventKind.UNDERSTOOD) or _detail(turn, EventKind.OFFERED))[:LONGEST],
        repair=_detail(turn, EventKind.MISSED),
        signal=signal,
        waited=None if arrival.written_at is None else max(0, now - arrival.written_at),
        outcome=outcome_at(turn.conversation.top.place if turn.conversation.top else None) or "",
        text=arrival.kept if typed else None,
        shown=None if codes_only else turn.messages,
        steps=tuple(
            (event.kind.value, event.where, event.detail)
            for event in turn.events
            if not event.where.startswith(f"{LETTERS}.")
        ),
    )


def hidden_from(turn: Turn) -> int | None:
    """The number of the turn that first showed what this turn hides from the chat; None when it hides nothing."""
    keys = [abs(key) for effect in turn.effects if isinstance(effect, Hide) for key in effect.keys]
    return min(keys, default=None)


def moved(before: Conversation, after: Conversation) -> tuple[str, str] | None:
    """From where to where a turn led, by place; None when it stayed, or one of them is private."""
    one, other = before.top, after.top
    old, new = one.place if one else None, other.place if other else None
    if old == new or new is None or old in PRIVATE or new in PRIVATE:
        return None
    return str(old) if old else "", str(new)


def place_of(conversation: Conversation) -> str:
    """The open state as "flow.state"; empty before the first."""
    return str(conversation.top.place) if conversation.top else ""


def _private(before: Conversation, turn: Turn) -> bool:
    frames = (*before.frames, *turn.conversation.frames)
    return any(frame.place in PRIVATE for frame in frames) or any(
        event.private for event in turn.events
    )


def _of_a_letter(arrival: Arrival, before: Conversation, turn: Turn) -> bool:
    came = isinstance(arrival.said, Due) and arrival.said.timer == ANSWER
    return came or _in_letters(before) or _in_letters(turn.conversation)


def _in_letters(conversation: Conversation) -> bool:
    return conversation.top is not None and conversation.top.place.flow == LETTERS


def _act(arrival: Arrival) -> Act:
    match arrival.said:
        case Typed(edited=edited):
            return Act.EDITED if edited else Act.TYPED
        case Command():
            return Act.COMMAND
        case Sent():
            return Act.SENT
        case Due():
            return Act.TIMER
        case Returned():
            return Act.RETURNED
        case _:
            return Act.TAPPED


def _choice(arrival: Arrival, before: Conversation, turn: Turn) -> str:
    """What was chosen, in a code. Never what a button sent back, unless it is one of ours: it can be made up."""
    if chosen := _detail(turn, EventKind.CHOSEN):
        return chosen
    match arrival.said:
        case Command(name, word):
            return f"/{name} {word}" if _ours(word, turn.conversation) else f"/{name}"
        case Sent(what=what):
            return what.value
        case Due(timer=timer):
            return timer
        case Tap(press=press):
            return _pressed(press, before, turn) or _answered(turn)
        case _:
            return _answered(turn)


def _pressed(press: str, before: Conversation, turn: Turn) -> str:
    """A button of the engine's own, or the one choice of many that was ticked."""
    if press in show.LASTING or press in TOPICS:
        return press
    old, new = before.top, turn.conversation.top
    asked, _, name = press.partition(":")
    if old is None or asked != str(old.asked):
        return ""
    if name.startswith("<") and name[1:] in OWN:
        return name
    ticked = set(old.picked) ^ set(new.picked) if new and new.place == old.place else set()
    return name if name in ticked else ""


def _ours(word: str, after: Conversation) -> bool:
    """Whether the argument of a command is a flow that it opened, or the language it chose; it may be anything."""
    opened = {frame.place.flow for frame in after.frames}
    return word in opened or (bool(word) and word in {after.locale, f"lang_{after.locale}"})


def _answered(turn: Turn) -> str:
    """The codes of an answer that was given in another way than by its button."""
    where = {event.where for event in turn.events if event.kind is EventKind.ANSWERED}
    given = (each for each in turn.conversation.answers.values() if each.where in where)
    return ",".join(code for answer in given for code in answer.codes)


def _details(turn: Turn, kind: EventKind) -> Iterator[str]:
    return (event.detail for event in turn.events if event.kind is kind)


def _detail(turn: Turn, kind: EventKind) -> str:
    return next(_details(turn, kind), "")


def _signal(turn: Turn) -> str:
    gravest = ""
    for code in _details(turn, EventKind.SIGNAL):
        gravest = graver(gravest, code)
    return gravest
