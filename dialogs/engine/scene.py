"""The working copy of one turn: settles where the conversation stands and shows it.

Decides how a conversation that was moved comes to rest: what is passed over, which flow goes first, what is shown, and
whether as a new bubble or in place of the old one. The original conversation is never touched, so a turn that fails
can be dropped whole.
"""

from __future__ import annotations

from enum import StrEnum

from dialogs.book import Book
from dialogs.engine import moves, phrases, show
from dialogs.engine.answers import label_of
from dialogs.engine.conversation import CARDS, SAFETY, AnswerKind, Conversation, Frame, Place
from dialogs.engine.definition import DONE, State, StateKind
from dialogs.engine.lines import Line, Message, Row
from dialogs.engine.machine import Trigger
from dialogs.engine.registry import Situation
from dialogs.engine.result import Effect, Event, EventKind, Turn
from dialogs.engine.said import Facts

LOOP_LIMIT = 60
MENU, LANGUAGE_FLOW = "menu", "language"
PRIVATE = {Place(SAFETY, "private"), Place("report", "which")}
"""Cards that must leave no trace in a transcript: one for somebody in danger at home, and reports of mistakes, which
would tell what somebody looked for."""


class Leaving(StrEnum):
    """What happened to the bubble that was open before this turn."""

    CHOSEN = "chosen"
    SKIPPED = "skipped"
    LEFT = "left"


class Scene:
    """One turn in the making.

    `lead` are kind lines above what is shown next; they go when a question is ticked off. `told` is what must stay
    to be read: above a question it gets a bubble of its own, with `told_rows` under it. In a `quiet` turn nothing goes
    before the menu. In a `resumed` one a safety card was taken off, and its text is answered if it can be.
    """

    __slots__ = (
        "book", "by_tap", "effects", "events", "facts", "lead", "leaving", "left", "messages", "notice", "now",
        "quiet", "resumed", "told",
        "told_rows",
    )  # fmt: skip

    def __init__(self, book: Book, before: Conversation, facts: Facts) -> None:
        self.book = book
        self.facts = facts
        self.now = before._replace(turns=before.turns + 1, revision=book.revision)
        self.lead: list[Line] = []
        self.told: list[Line] = []
        self.told_rows: tuple[Row, ...] = ()
        self.quiet = False
        self.resumed = False
        self.messages: list[Message] = []
        self.effects: list[Effect] = []
        self.events: list[Event] = []
        self.notice: Line | None = None
        self.left: Frame | None = None
        self.leaving = Leaving.LEFT
        self.by_tap = False

    @property
    def at(self) -> Situation:
        """What guards, effects and views may look at now."""
        return Situation(self.book, self.now, self.facts)

    @property
    def top(self) -> Frame | None:
        """The open frame."""
        return self.now.top

    def turn(self) -> Turn:
        """The finished turn."""
        return Turn(
            self.now, tuple(self.messages), tuple(self.effects), tuple(self.events), self.notice
        )

    def count(self, kind: EventKind, place: Place | None, detail: str = "") -> None:
        """Note that something happened, in codes."""
        where = f"{place.flow}.{place.state}" if place else ""
        self.events.append(Event(kind, where, detail, private=place in PRIVATE))

    def note(self, kind: EventKind, detail: str, *, private: bool = False) -> None:
        """Note that something happened where the person stands, in codes."""
        where = str(self.top.place) if self.top else ""
        self.events.append(Event(kind, where, detail, private))

    def leave(self, frame: Frame, leaving: Leaving, *, by_tap: bool) -> None:
        """The open bubble is done with; Back can return to it."""
        self.left, self.leaving, self.by_tap = frame, leaving, by_tap
        self.now = moves.keep_way(self.now)

    def run(self, effect: str, choice_id: str = "") -> None:
        """Carry out a registered effect."""
        done = self.book.registry.effects[effect](self.at, choice_id)
        self.now = done.conversation
        self.effects.extend(done.effects)
        self.events.extend(done.events)

    def advance(self, trigger: Trigger, choice_id: str = "") -> None:
        """Move the open frame along its flow; where nothing leads on, the flow ends."""
        frame = self.now.frames[-1]
        if frame.only is not None:
            self.now = moves.pop(self.now)
            return
        machine = self.book.machines[frame.place.flow]
        target = machine.move(frame.place.state, trigger, choice_id, self.at)
        self.now = moves.step_to(self.now, target or DONE)

    def settle(self) -> None:
        """Come to rest at the next state that waits for the person, and show it."""
        for _ in range(LOOP_LIMIT):
            frame = self.top
            if frame is None:
                self.now = moves.push(self.now, Frame(self.book.start(MENU)))
                continue
            state = self.book.state(frame.place)
            if state is None or state.kind is StateKind.DONE:
                self.finish()
            elif not self.passes(frame, state):
                self.open(frame, state)
                return
        self.count(EventKind.STRANDED, self.top.place if self.top else None, "loop")
        menu = self.book.start(MENU)
        self.now = moves.only(self.now, menu)
        self.lead.append(phrases.STRANDED)
        self.open(self.now.frames[-1], self.book.flows[MENU].states[menu.state])

    def finish(self) -> None:
        """End the open flow; one that was called goes on where it was called."""
        ended = self.now.frames[-1].place.flow
        self.now = moves.pop(self.now)
        frame = self.top
        state = self.book.state(frame.place) if frame else None
        if state is None:
            return
        if any(first.call.flow == ended for first in state.first):
            self.now = self.now._replace(marks=self.now.marks | {f"first.{ended}"})
        if state.call is not None and state.call.flow == ended:
            self.advance(Trigger.NEXT)

    def passes(self, frame: Frame, state: State) -> bool:
        """Whether the conversation goes on from here without waiting; if so, it has gone on."""
        if state.when is not None and not self.book.registry.guards[state.when](self.at):
            self.advance(Trigger.NEXT)
            return True
        if state.first and self.goes_first(frame, state):
            return True
        known = state.kind is StateKind.ASK and state.answer in self.now.answers
        if known and not state.always and not frame.revisit and frame.only is None:
            self.advance(Trigger.NEXT)
            return True
        if state.effect is not None and frame.asked == 0:
            self.run(state.effect)
        if state.kind is StateKind.CALL and state.call is not None:
            self.now = moves.push(self.now, Frame(self.book.resolve(state.call)))
            return True
        if not state.waits:
            at = self.at
            self.told.extend(show.body(at, state, show.view(at, frame, state)))
            self.advance(Trigger.NEXT)
            return True
        return False

    def goes_first(self, frame: Frame, state: State) -> bool:
        """Whether another flow comes before this state, until it was gone through once."""
        if frame.asked or (self.quiet and state.place.flow == MENU):
            return False
        for first in state.first:
            mark = f"first.{first.call.flow}"
            if mark not in self.now.marks and self.book.registry.guards[first.when](self.at):
                self.now = moves.push(self.now, Frame(self.book.resolve(first.call)))
                return True
        return False

    def open(self, frame: Frame, state: State) -> None:
        """Show a state: in place of the card that was tapped, else as a new bubble."""
        in_place = self.close_left(state)
        asked = frame.asked or self.now.seed + self.now.turns
        key = in_place or (frame.key if frame.asked else self.now.turns)
        picked = frame.picked or self.ticked_before(frame, state)
        frame = Frame(frame.place, asked, key, picked, frame.page, frame.only, frame.revisit)
        self.now = self.now._replace(frames=(*self.now.frames[:-1], frame), misses=0)
        self.say(frame, state, edit=in_place is not None)
        self.count(EventKind.SHOWN, state.place)

    def ticked_before(self, frame: Frame, state: State) -> tuple[str, ...]:
        """The ticks of a question with many choices that was answered before."""
        if state.accept is not AnswerKind.MANY or frame.asked:
            return ()
        answer = self.now.answers.get(state.answer or "")
        return answer.codes if answer is not None else ()

    def close_left(self, opening: State) -> int | None:
        """Finish the bubble that was left. Returns its key when the new card may take its place."""
        left = self.left
        state = self.book.state(left.place) if left else None
        if left is None or state is None or left.place.flow in CARDS:
            return None
        asks = state.kind is StateKind.ASK
        in_place = opening.kind is StateKind.SAY and opening.place.flow not in CARDS
        if self.by_tap and not asks and in_place:
            return left.key
        if not asks or self.leaving is Leaving.LEFT:
            if self.by_tap:
                self.messages.append(Message(left.key, (), edit=True))
            return None
        shown = show.view(self.at, left, state)
        lines = (*show.body(self.at, state, shown), self.verdict(state))
        self.messages.append(Message(left.key, lines, edit=True))
        return None

    def verdict(self, state: State) -> Line:
        """What stands under a question that is closed."""
        answer = self.now.answers.get(state.answer or "")
        if answer is None or state.answer is None:
            return phrases.SKIPPED
        if answer.kind is AnswerKind.TEXT:
            return phrases.NOTED
        return phrases.chosen(label_of(self.book, state.answer, answer))

    def say(
        self,
        frame: Frame,
        state: State,
        *,
        edit: bool = False,
        expanded: bool = False,
        rows: tuple[Row, ...] | None = None,
        replaced: Line | None = None,
    ) -> None:
        """Put the state into a bubble, with what was to be said before it."""
        at = self.at
        shown = show.view(at, frame, state)
        lines = (replaced,) if replaced else show.body(at, state, shown)
        keyboard = rows
        if keyboard is None:
            keyboard = show.rows(at, frame, state, shown, expanded=expanded)
        if replaced is None:
            lines = (*show.progress(at, frame), *lines)
        if frame.place.flow in CARDS:
            self.say_card(frame, lines, keyboard)
            return
        if self.told and state.kind is StateKind.ASK:
            self.messages.append(Message(-self.now.turns, tuple(self.told), self.told_rows))
            self.told.clear()
        above = (*self.told, *self.lead)
        self.messages.append(Message(frame.key, (*above, *lines), keyboard, edit))
        self.told.clear()
        self.lead.clear()

    def say_card(self, frame: Frame, lines: tuple[Line, ...], rows: tuple[Row, ...]) -> None:
        """Put a card into a bubble that holds nothing else, in its own language; what was to be said comes after."""
        locale = self.now.alarm.locale if self.now.alarm else None
        urgent = frame.place.flow == SAFETY
        self.messages.append(Message(frame.key, lines, rows, locale=locale, urgent=urgent))
        if self.told:
            self.messages.append(Message(-self.now.turns, tuple(self.told)))
        self.told.clear()
        self.lead.clear()

    def reopen(self, *lead: Line) -> None:
        """Show the open state again as a new bubble of the same key, with a kind line above it."""
        self.lead.extend(lead)
        frame = self.top
        state = self.book.state(frame.place) if frame else None
        if frame is None or state is None or not frame.asked or not state.waits:
            self.settle()
            return
        self.say(frame, state)

    def heal(self) -> bool:
        """Move out of states that no longer exist. Whether the person must be told."""
        for frame in self.now.frames:
            if self.book.state(frame.place) is None:
                break
        else:
            return False
        healed = [self.healed(frame) for frame in self.now.frames]
        sound = tuple(frame for frame in healed if frame is not None)
        self.now = self.now._replace(frames=sound)
        if len(sound) == len(healed) and (not sound or sound[-1].asked):
            return False
        self.count(EventKind.STRANDED, None, "moved" if len(sound) == len(healed) else "removed")
        return True

    def healed(self, frame: Frame) -> Frame | None:
        """The frame where its state went: on as before when it was only renamed, else to be asked anew."""
        if self.book.state(frame.place) is not None:
            return frame
        moved = self.book.moved.get(frame.place)
        if moved is None or moved.to is None:
            return None
        return frame._replace(place=moved.to) if moved.renamed else Frame(moved.to)

    def ticks(self, frame: Frame, state: State, choice_id: str) -> None:
        """Tick or untick one of many choices, in place."""
        order = [
            choice.id for choice in show.choices(self.at, state, show.view(self.at, frame, state))
        ]
        picked = set(frame.picked) ^ {choice_id}
        frame = frame._replace(picked=tuple(c for c in order if c in picked))
        self.now = moves.put(self.now, frame)
        self.say(frame, state, edit=True)
