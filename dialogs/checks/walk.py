"""Every conversation that taps can make: breadth first over all edges of the flows.

Decides what is proved by walking: each state is reached, each turn says something, nobody is trapped, and menu, person
and stop are never more than two taps away. It uses the real engine; it renders nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from pydantic import SecretStr

from dialogs.book import Book
from dialogs.catalogs import FULL, SAFETY_ONLY
from dialogs.checks.openings import openings
from dialogs.engine.conversation import AnswerKind, Conversation, Frame, Place
from dialogs.engine.lines import Message
from dialogs.engine.result import Turn
from dialogs.engine.said import Command, Facts, Staff, Tap, Typed
from dialogs.engine.show import PRESS_LIMIT
from dialogs.engine.turn import take_turn
from dialogs.mistakes import Mistake
from dialogs.understanding.intents import Intent, Route
from dialogs.understanding.language import Tongue
from dialogs.understanding.reading import Reading
from dialogs.understanding.safety.reading_files import signs
from dialogs.understanding.safety.signal import Level, Signal

NOON = 1_795_000_000
DAY = 86_400
ALWAYS_NEAR = ("menu", "person", "stop")
WALK_LIMIT = 200_000
LAST_PAGE = 2
"""Pages of a list that are walked; the others are alike."""

Key = tuple[object, ...]
Step = tuple[Turn, tuple[str, ...]]
"""A turn, and the taps that led to it."""

TELLING: Mapping[str, Callable[[tuple[str, ...]], object]] = {
    "country": lambda codes: "US" in codes,
    "may_remember": lambda codes: codes,
    "worries": lambda codes: len(codes) > 1,
    "date": lambda codes: codes,
    "wait_told": lambda codes: codes,
    "standing": lambda codes: [code for code in codes if code in {"operation", "in_hospital"}],
}
"""What of an answer changes the way a conversation goes, where that is more than that there is one."""


@dataclass
class Walk:
    """What was found. `paths` holds, for each place, the taps that lead there from the first /start.

    `help_at` holds, for each place, how many taps away menu, a person and stop are, as far as two taps lead there.
    """

    locale: str
    turns: list[Turn] = field(default_factory=list)
    paths: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    help_at: dict[Place, dict[str, int]] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)


def walk(book: Book, locale: str = "en") -> Walk:
    """Take every tap from every situation a person can tap their way into, in one language.

    What only words lead to is walked afterwards, place by place: from there on everything is as after a tap.
    """
    found = Walk(locale)
    facts = Facts(NOON, staff=Staff(active=True))
    first = take_turn(book, Conversation(locale), Command("start"), facts)
    menu = take_turn(book, first.conversation, Command("menu"), facts)
    queue: deque[Step] = deque([(first, ("/start",))])
    for words in _alarming(locale):
        card = take_turn(book, menu.conversation, words, facts)
        queue.append((card, ("/start", "danger")))
    queue.extend(
        (turn, ("/start", name)) for name, turn in openings(book, menu.conversation, facts)
    )
    _explore(book, found, queue, facts, partial(_key, book))
    told = (take_turn(book, menu.conversation, words, facts) for words in _meaning(book))
    beside: deque[Step] = deque((turn, ("/start", "words")) for turn in told)
    _explore(book, found, beside, facts, _standing_in, {(place,) for place in found.paths})
    found.mistakes.extend(_unreached(book, found))
    found.mistakes.extend(_far_from_help(book, found))
    return found


def _explore(
    book: Book,
    found: Walk,
    queue: deque[Step],
    facts: Facts,
    key_of: Callable[[Turn], Key],
    before: Iterable[Key] = (),
) -> None:
    """Take every tap from these turns on, until only situations alike are met, by `key_of`."""
    seen = {*before, *(key_of(turn) for turn, _ in queue)}
    while queue and len(found.turns) < WALK_LIMIT:
        turn, path = queue.popleft()
        found.turns.append(turn)
        frame = turn.conversation.top
        if frame is None:
            continue
        found.paths.setdefault(frame.place, path)
        inputs: list[Tap | Typed] = [*map(Tap, _presses(turn)), *_days(book, frame)]
        for said in inputs:
            press = said.press if isinstance(said, Tap) else "a day"
            after = take_turn(book, turn.conversation, said, facts)
            found.turns.append(after)
            found.mistakes.extend(_judge(book, frame, press, after))
            key = key_of(after)
            if key not in seen:
                seen.add(key)
                queue.append((after, (*path, press.partition(":")[2] or press)))
    if queue:
        what = f"not all was walked within {WALK_LIMIT} turns"
        found.mistakes.append(
            Mistake("flows", 1, what, "raise WALK_LIMIT, or make situations alike")
        )


def _standing_in(turn: Turn) -> Key:
    """Only the place that is open."""
    frame = turn.conversation.top
    return (frame.place,) if frame else ()


def _days(book: Book, frame: Frame) -> Iterator[Typed]:
    """Where a day is asked for: one that is near, and one that is far."""
    state = book.state(frame.place)
    if state is not None and state.accept is AnswerKind.DATE:
        for day in (Facts(NOON + 3 * DAY).today, Facts(NOON + 60 * DAY).today):
            yield Typed(Reading(SecretStr(day.isoformat())))


def _alarming(locale: str) -> Iterator[Typed]:
    """What is typed to see the cards that no tap leads to: every sign at each urgent level, and every language."""
    for sign in signs().values():
        for level in (Level.NOW, Level.CHECK):
            signal = Signal(sign.about, level, sign.name, locale)
            yield Typed(Reading(SecretStr(""), signals=(signal,)))
    for code in (*FULL, *SAFETY_ONLY):
        yield Typed(Reading(SecretStr(""), tongue=Tongue(code, sure=True, likely=True)))


def _meaning(book: Book) -> Iterator[Typed]:
    """What is typed to see where each intent leads, and what is asked when it is not sure which one was meant."""
    for intent in book.leads:
        yield Typed(Reading(SecretStr(""), route=Route((intent,), sure=True, surest=True)))
    if book.leads:
        yield Typed(Reading(SecretStr(""), route=Route((Intent.COST, Intent.HOW, Intent.RECORDS))))


def _key(book: Book, turn: Turn) -> Key:
    """Situations alike: the open state, which answers of the stack's flows are known, whether anything lies under it.

    What exactly lies under it matters only when it is left, and every state is left from somewhere.
    """
    conversation = turn.conversation
    frame = conversation.top
    if frame is None:
        return ()
    if _expanded(turn):
        return (frame.place, "⋯")
    if frame.only is not None:
        return (frame.place, frame.picked[:1], min(frame.page, LAST_PAGE), "corrected")
    known = frozenset(_known(book, conversation))
    deep = len(conversation.frames) > 1
    return (frame.place, known, min(frame.page, LAST_PAGE), frame.picked[:1], deep)


def _known(book: Book, conversation: Conversation) -> Iterator[tuple[str, str]]:
    """The answers that the open flows ask for. Of a long interview only those that change its way."""
    open_flows = [book.flows[each.place.flow] for each in conversation.frames]
    called = [book.flows[s.call.flow] for f in open_flows for s in f.states.values() if s.call]
    flows = [*open_flows, *called]
    long = any(flow.progress for flow in flows)
    states = (state for flow in flows for state in flow.states.values())
    asked = {state.answer for state in states if state.answer is not None}
    telling = (asked & TELLING.keys()) | {"may_remember"}
    for key in sorted(telling if long else asked & conversation.answers.keys()):
        answer = conversation.answers.get(key)
        if answer is not None:
            yield key, str(TELLING[key](answer.codes)) if key in TELLING else ""


def _expanded(turn: Turn) -> bool:
    return any(press.endswith(":<less") for press in _presses(turn))


def _presses(turn: Turn) -> Iterator[str]:
    for message in turn.messages[-1:]:
        for row in message.rows:
            yield from (button.press for button in row if button.press is not None)


def _judge(book: Book, frame: Frame, press: str, turn: Turn) -> Iterator[Mistake]:
    state = book.state(frame.place)
    file = book.flows[frame.place.flow].file
    line = state.line if state else 1
    if len(press.encode()) > PRESS_LIMIT:
        yield Mistake(
            file, line, f"the button {press!r} is over {PRESS_LIMIT} bytes", "shorten its id"
        )
    if not turn.messages and turn.notice is None:
        yield Mistake(
            file, line, f"nothing is said after {press!r}", "let the choice lead somewhere"
        )
    if turn.messages and not turn.messages[-1].rows:
        yield Mistake(file, line, f"no button after {press!r}", "give the next state a way on")
    if any(event.detail == "loop" for event in turn.events):
        yield Mistake(
            file,
            line,
            f"{press!r} goes round in circles",
            "break the chain of states that do not wait",
        )


def _unreached(book: Book, found: Walk) -> Iterator[Mistake]:
    shown = {
        Place(*event.where.split(".", 1))
        for turn in found.turns
        for event in turn.events
        if "." in event.where
    }
    for state in book.states():
        if state.waits and state.place not in shown:
            file = book.flows[state.place.flow].file
            yield Mistake(
                file, state.line, f"nobody can reach {state.place}", "lead to it, or delete it"
            )


def _far_from_help(book: Book, found: Walk) -> Iterator[Mistake]:
    for turn in found.turns:
        frame = turn.conversation.top
        if frame is None or frame.place in found.help_at or not turn.messages:
            continue
        near = found.help_at[frame.place] = _near(book, turn)
        missing = set(ALWAYS_NEAR) - near.keys()
        state = book.state(frame.place)
        if missing:
            what = f"{', '.join(sorted(missing))} are more than two taps away from {frame.place}"
            file = book.flows[frame.place.flow].file
            yield Mistake(
                file, state.line if state else 1, what, "offer them, or keep the standing row"
            )


def _near(book: Book, turn: Turn) -> dict[str, int]:
    """What is one tap or two taps away: by its lasting button, or by a choice that opens its flow."""
    near = dict.fromkeys(_reached(book, turn.conversation, turn.messages), 1)
    for press in _presses(turn):
        after = take_turn(book, turn.conversation, Tap(press), Facts(NOON))
        for name in _reached(book, after.conversation, after.messages):
            near.setdefault(name, 2)
    return near


def _reached(book: Book, conversation: Conversation, messages: tuple[Message, ...]) -> set[str]:
    presses = {b.press for m in messages[-1:] for row in m.rows for b in row if b.press}
    frame = conversation.top
    state = book.state(frame.place) if frame else None
    flows = {
        place.flow for c in (state.choices if state else ()) for place in (c.go, c.call) if place
    }
    here = {frame.place.flow} if frame else set()
    names = {"delete": "stop"}
    return {name for name in ALWAYS_NEAR if name in presses} | {
        names.get(flow, flow) for flow in flows | here
    }
