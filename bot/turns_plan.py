"""What a batch of inputs leads to, worked out in memory.

Decides which rows follow from the turns of one batch: states, posts, timers, counts. It touches no
database, so that a turn that raises leaves nothing behind but its own failure.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import orjson

from bot.arrival import Arrival, Elsewhere, Gone
from bot.logged import entry_of, hidden_from, may_staff_read, moved
from bot.logs import Journal
from bot.storage.dispatch import Hidden
from bot.storage.figures import TURN
from bot.storage.lines_json import line_out, message_out
from bot.storage.log import Entry
from bot.storage.merging import Post
from bot.storage.outbox import ParcelKind
from bot.storage.plan_json import plan_out
from bot.storage.priority import Priority
from bot.storage.questions import Asked
from bot.storage.records import Count, TimerSet
from bot.talk import Talk
from dialogs.engine.conversation import Conversation
from dialogs.engine.lines import Line, Message
from dialogs.engine.result import (
    Ask,
    Effect,
    Export,
    Forget,
    ForStaff,
    Hide,
    SendPlan,
    SendSign,
    SetTimer,
    TakeBack,
    Turn,
)
from dialogs.engine.said import Due, Facts, Staff

DEFAULT_LOCALE = "en"
DAY = 86_400
SEEDS, SEED_STEP = 100_000, 1_000
"""How many numberings of buttons there are, and how far apart."""
NOBODY = Staff()
_journal = Journal("turns")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one input. `fresh` is False when it had been taken before; `failed` when its
    turn raised.

    `callback` and `notice` answer a pressed button, in `locale`.
    """

    id: int
    fresh: bool = True
    callback: str | None = None
    notice: Line | None = None
    locale: str = DEFAULT_LOCALE
    failed: bool = False


@dataclass(slots=True)
class Seat:
    """A conversation during a batch.

    `stored` is whether it has a row; without a `conversation` the row is unreadable.
    """

    id: str
    chat: int
    chat_hash: str
    ref: str
    conversation: Conversation | None
    stored: bool
    locale: str | None = None
    unreachable: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A conversation to remove; `farewell` goes out afterwards, the bubbles in `chat` are deleted before."""

    conversation: str
    ref: str
    chat: int
    locale: str
    heir: str
    farewell: tuple[Post, ...]


@dataclass(slots=True)
class Plan:
    """The rows a batch will write."""

    talk: Talk
    now: int
    keep_days: int
    refs: frozenset[str]
    posts: list[Post] = field(default_factory=list)
    timers: list[TimerSet] = field(default_factory=list)
    spent: list[int] = field(default_factory=list)
    counts: Counter[Count] = field(default_factory=Counter)
    entries: list[Entry] = field(default_factory=list)
    hushed: list[tuple[str, int]] = field(default_factory=list)
    cut_off: list[str] = field(default_factory=list)
    forgotten: list[Forgotten] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    taken_back: list[tuple[str, str]] = field(default_factory=list)
    staff: Staff = NOBODY
    withheld: frozenset[str] = frozenset()

    def take(self, arrival: Arrival, seat: Seat | None) -> Taken:
        """Take one fresh input. `seat` is None where no conversation is held."""
        if isinstance(arrival.said, Due):
            self.spent.append(arrival.id)
        if isinstance(arrival.said, Elsewhere):
            return self._elsewhere(arrival)
        if seat is None:
            return Taken(arrival.id, callback=arrival.callback)
        if isinstance(arrival.said, Gone):
            self._leave(seat)
            return Taken(arrival.id)
        return self._converse(arrival, seat)

    def fail(self, where: str, error: Exception) -> None:
        """Count and log a failure: its class and place only, because its message may quote what a person wrote."""
        self.counts["error", where, type(error).__name__] += 1
        _journal.failure("turn_failed", where=where, error=error)

    def _converse(self, arrival: Arrival, seat: Seat) -> Taken:
        facts = facts_of(arrival, self.now, self.keep_days, self.refs, self.staff, self.withheld)
        before = seat.conversation
        try:
            if before is None:
                raise UnreadableConversationError  # noqa: TRY301 - handled as a turn that fails
            turn = self.talk.take(before, arrival.said, facts)  # type: ignore[arg-type]
            posts = list(self._posts(arrival, seat, turn))
        except Exception as error:  # noqa: BLE001 - whatever a turn raises is that turn's own
            self.fail("turn", error)
            self._sound(arrival, seat, facts)
            return self._apologize(arrival, seat, facts)
        self._keep(arrival, seat, before, turn, posts)
        locale = turn.conversation.locale or arrival.locale or DEFAULT_LOCALE
        return Taken(arrival.id, True, arrival.callback, turn.notice, locale)

    def _keep(
        self, arrival: Arrival, seat: Seat, before: Conversation, turn: Turn, posts: list[Post]
    ) -> None:
        still_gone = seat.unreachable and isinstance(arrival.said, Due)
        self._count(before, turn)
        if any(isinstance(effect, Forget) for effect in turn.effects):
            self._forget(arrival, seat, turn, posts)
            return
        self.posts += [] if still_gone else posts
        for effect in turn.effects:
            if isinstance(effect, SetTimer):
                number = secrets.randbits(62)
                self.timers.append((seat.id, effect.timer, number, effect.due, effect.stamp))
            elif isinstance(effect, Hide):
                hidden = Hidden(seat.id, seat.chat, effect.keys, effect.messages)
                self.hidden.append(hidden)
            elif isinstance(effect, Ask):
                self.asked.append(self._question(seat, turn, effect))
            elif isinstance(effect, TakeBack):
                self._take_back(seat, effect.kind)
        self._log(arrival, seat, before, turn)
        seat.conversation, seat.changed, seat.unreachable = turn.conversation, True, still_gone
        seat.locale = turn.conversation.locale

    def _count(self, before: Conversation, turn: Turn) -> None:
        self.counts[TURN, "", ""] += 1
        for event in turn.events:
            self.counts[event.kind.value, event.where, event.detail] += 1
        if way := moved(before, turn.conversation):
            self.counts["moved", way[0], way[1]] += 1

    def _log(self, arrival: Arrival, seat: Seat, before: Conversation, turn: Turn) -> None:
        """Whatever goes wrong here, the turn is taken: it may hold a safety card."""
        if may_staff_read(turn.conversation):
            try:
                self._write_down(arrival, seat, before, turn)
            except Exception as error:  # noqa: BLE001 - the log is worth less than any turn
                self.fail("log", error)
        elif may_staff_read(before):
            self.withdrawn.append(seat.ref)
            self._take_back(seat, ForStaff.WORRY)
            self._unlog(seat)
            seat.ref = new_reference()

    def _write_down(self, arrival: Arrival, seat: Seat, before: Conversation, turn: Turn) -> None:
        if (first := hidden_from(turn)) is not None:
            self.hushed.append((seat.ref, first))
        locale = turn.conversation.locale or arrival.locale or DEFAULT_LOCALE
        entry = entry_of(arrival, seat.ref, before, turn, locale, self.now)
        self.entries += [entry] if entry else []

    def _unlog(self, seat: Seat) -> None:
        self.entries = [entry for entry in self.entries if entry.ref != seat.ref]
        self.hushed = [each for each in self.hushed if each[0] != seat.ref]

    def _question(self, seat: Seat, turn: Turn, ask: Ask) -> Asked:
        locale = turn.conversation.locale or DEFAULT_LOCALE
        return Asked(
            new_reference(),
            seat.id,
            ask.kind.value,
            locale,
            ask.alarmed,
            ask.stamp,
            self.now,
            ask.text,
        )

    def _take_back(self, seat: Seat, kind: ForStaff) -> None:
        """Remove what is kept for staff, and what this batch was about to keep."""
        self.taken_back.append((seat.id, kind.value))
        self.asked = [each for each in self.asked if each[1:3] != (seat.id, kind.value)]

    def _forget(self, arrival: Arrival, seat: Seat, turn: Turn, posts: list[Post]) -> None:
        """Drop what this batch was about to write as well; whatever comes next begins anew."""
        self._drop_unwritten(seat)
        locale = turn.conversation.locale or DEFAULT_LOCALE
        heir = new_reference()
        farewell = tuple(
            Post(heir, post.kind, post.locale, post.payload, self.now, post.key, erase=True)
            for post in posts
            if post.kind is ParcelKind.MESSAGE
        )
        self.forgotten.append(Forgotten(seat.id, seat.ref, seat.chat, locale, heir, farewell))
        seat.id, seat.ref, seat.stored = new_reference(), new_reference(), False
        seat.conversation, seat.changed, seat.unreachable = beginning(arrival, locale), False, False

    def _leave(self, seat: Seat) -> None:
        self.posts = [post for post in self.posts if post.conversation != seat.id]
        seat.unreachable = True
        self.cut_off.append(seat.id)

    def _drop_unwritten(self, seat: Seat) -> None:
        self.posts = [post for post in self.posts if post.conversation != seat.id]
        self.timers = [timer for timer in self.timers if timer[0] != seat.id]
        self.asked = [each for each in self.asked if each.conversation != seat.id]
        self._unlog(seat)

    def _sound(self, arrival: Arrival, seat: Seat, facts: Facts) -> None:
        """A turn failed that had danger in it: the card goes out all the same, of a conversation that knows nothing."""
        if not arrival.alarming:
            return
        try:
            messages = urgent(self.talk, arrival, seat.locale, facts)
            self.posts += [self._post(arrival, seat, message, None) for message in messages]
        except Exception as error:  # noqa: BLE001 - as above
            self.fail("alarm", error)

    def _apologize(self, arrival: Arrival, seat: Seat, facts: Facts) -> Taken:
        locale = seat.locale or arrival.locale or DEFAULT_LOCALE
        try:
            turn = self.talk.apologize(seat.conversation or Conversation(locale), facts)
            posts = list(self._posts(arrival, seat, turn))
        except Exception as error:  # noqa: BLE001 - as above, and the input must still be acknowledged
            self.fail("apology", error)
        else:
            self.posts += posts
            if seat.conversation is not None:
                self._log(arrival, seat, seat.conversation, turn)
                seat.conversation, seat.changed, seat.unreachable = turn.conversation, True, False
        return Taken(arrival.id, True, arrival.callback, None, locale, failed=True)

    def _elsewhere(self, arrival: Arrival) -> Taken:
        try:
            turn = self.talk.elsewhere(arrival.locale)
            place = new_reference()
            for message in turn.messages:
                payload = _payload(arrival.chat, message)
                locale = arrival.locale or DEFAULT_LOCALE
                kind = ParcelKind.MESSAGE
                self.posts.append(Post(place, kind, locale, payload, self.now, erase=True))
        except Exception as error:  # noqa: BLE001 - as above
            self.fail("elsewhere", error)
        return Taken(arrival.id)

    def _posts(self, arrival: Arrival, seat: Seat, turn: Turn) -> Iterator[Post]:
        locale = turn.conversation.locale or arrival.locale or DEFAULT_LOCALE
        due = isinstance(arrival.said, Due)
        priority, until = (Priority.LATER, self.now + DAY) if due else (Priority.REPLY, None)
        for message in turn.messages:
            yield self._post(arrival, seat, message, locale, priority, until)
        for effect in turn.effects:
            file = _file(effect, locale)
            if file is not None:
                payload = orjson.dumps({"chat": seat.chat, **file.holds})
                yield Post(
                    seat.id,
                    file.kind,
                    file.locale,
                    payload,
                    self.now,
                    priority=priority,
                    expires_at=until,
                )

    def _post(
        self,
        arrival: Arrival,
        seat: Seat,
        message: Message,
        locale: str | None,
        priority: Priority = Priority.REPLY,
        until: int | None = None,
    ) -> Post:
        return Post(
            seat.id,
            ParcelKind.MESSAGE,
            message.locale or locale or DEFAULT_LOCALE,
            _payload(seat.chat, message, arrival.written_at if message.urgent else None),
            self.now,
            message.key,
            message.edit,
            priority=Priority.SAFETY if message.urgent else priority,
            expires_at=until,
            bare=not message.lines,
        )


class _File(NamedTuple):
    """Something to send that is no message. `holds` is what it is made of when it is sent."""

    kind: ParcelKind
    locale: str
    holds: dict[str, object]


class UnreadableConversationError(RuntimeError):
    """A stored conversation could not be opened, or a newer program wrote it.

    It is left as it is.
    """


def beginning(arrival: Arrival, locale: str | None) -> Conversation:
    """A conversation that begins with this input.

    Its buttons are numbered from the input's id on, so those of an earlier, forgotten conversation of the
    same chat mean nothing in it.
    """
    return Conversation(locale, seed=arrival.id % SEEDS * SEED_STEP)


def new_reference() -> str:
    """A fresh random name, for a conversation or for its log."""
    return secrets.token_hex(12)


def facts_of(
    arrival: Arrival,
    now: int,
    keep_days: int = 0,
    refs: frozenset[str] = frozenset(),
    staff: Staff = NOBODY,
    withheld: frozenset[str] = frozenset(),
) -> Facts:
    """What the world contributes to the turn of an input."""
    return Facts(
        now, arrival.kept, keep_days, refs, arrival.message, arrival.client, staff, withheld
    )


def urgent(talk: Talk, arrival: Arrival, locale: str | None, facts: Facts) -> tuple[Message, ...]:
    """The safety card of an input, for a conversation that cannot be read or kept. Raises what the engine raises."""
    said = arrival.said
    if isinstance(said, Elsewhere | Gone):
        return ()
    turn = talk.take(Conversation(locale or arrival.locale), said, facts)
    return tuple(message for message in turn.messages if message.urgent)


def _file(effect: Effect, locale: str) -> _File | None:
    match effect:
        case Export():
            return _File(ParcelKind.EXPORT, locale, {})
        case SendPlan(plan, beside):
            return _File(ParcelKind.PLAN, locale, {"plan": plan_out(plan), "beside": beside})
        case SendSign(line, locale=language):
            return _File(ParcelKind.SIGN, language, {"sign": line_out(line)})
        case _:
            return None


def _payload(chat: int, message: Message, written_at: int | None = None) -> bytes:
    payload: dict[str, object] = {"chat": chat, "message": message_out(message)}
    if written_at is not None:
        payload["at"] = written_at
    return orjson.dumps(payload)
