"""One batch of inputs in one transaction.

Decides the order of what touches the database: lock the conversations, then see which inputs are
new, then take their turns, then write. It neither opens nor commits the transaction, and knows no
threads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Dialect

from bot.arrival import Arrival, Elsewhere, Gone, Source
from bot.privacy.forget import forget
from bot.privacy.vault import Vault
from bot.storage.conversations import Conversations, Found
from bot.storage.dispatch import Dispatch
from bot.storage.envelope import State, open_state, seal_state
from bot.storage.log import Log
from bot.storage.merging import merged
from bot.storage.outbox import Mark
from bot.storage.questions import Questions
from bot.storage.records import Records, SeenKey
from bot.turns_plan import DEFAULT_LOCALE, Plan, Seat, Taken, beginning, new_reference
from dialogs.engine.conversation import Conversation
from dialogs.engine.said import Due


@dataclass(frozen=True, slots=True)
class Ignored:
    """An input that is not for us: remembered as seen, nothing else."""

    source: Source
    id: int


Input = Arrival | Ignored


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a batch did.

    `taken` is in the order of the inputs; `forgot`: something personal was removed.
    """

    taken: list[Taken]
    posted: bool
    forgot: bool


class Batch:
    """Takes batches. One per writer thread."""

    def __init__(self, dialect: Dialect, vault: Vault, plan: Callable[[int], Plan]) -> None:
        """`plan` makes an empty plan for a time."""
        self._vault, self._plan = vault, plan
        self._conversations = Conversations(dialect)
        self._records = Records(dialect)
        self._log = Log(dialect, vault)
        self._questions = Questions(dialect, vault)
        self._dispatch = Dispatch(dialect, vault, self._conversations)

    def begin(self, connection: Connection) -> None:
        """Learn what the database already holds. Once, before the first batch."""
        self._dispatch.begin(connection)

    def run(
        self, connection: Connection, inputs: Sequence[Input], marks: Sequence[Mark], now: int
    ) -> Outcome:
        """Write delivery's marks, then take the inputs, each chat's in the order of their ids."""
        erased = self._dispatch.mark(connection, marks) if marks else False
        if not inputs:
            return Outcome([], posted=False, forgot=erased)
        seats, newborn = self._seats(connection, inputs)
        keys = {(each.source.value, each.id) for each in inputs}
        fresh = self._records.admit(connection, keys, now)
        plan = self._plan(now)
        taken = _take_all(plan, inputs, seats, fresh)
        self._write(connection, plan, list(seats.values()), newborn)
        posted = bool(plan.posts or plan.forgotten)
        forgot = bool(plan.forgotten or plan.taken_back or plan.withdrawn or plan.hushed)
        return Outcome(taken, posted, erased or forgot)

    def poison(self, connection: Connection, input_: Input, error: Exception, now: int) -> Taken:
        """Put aside an input whose rows the database refuses, so that it does not block its chat."""
        self._records.admit(connection, [(input_.source.value, input_.id)], now)
        if input_.source is Source.TIMER:
            self._records.spend(connection, [input_.id])
        plan = self._plan(now)
        plan.fail("write", error)
        self._records.tally(connection, plan.counts, now)
        return Taken(input_.id, callback=_callback(input_), failed=True)

    def _seats(
        self, connection: Connection, inputs: Sequence[Input]
    ) -> tuple[dict[int, Seat], set[str]]:
        """The conversations of the inputs by chat, locked, and the ids of those that did not exist before."""
        chats: dict[str, Arrival] = {}
        for each in inputs:
            if isinstance(each, Arrival) and not isinstance(each.said, Elsewhere):
                key = self._vault.lookup(each.chat)
                if key not in chats or not _begins(chats[key]):
                    chats[key] = each
        if not chats:
            return {}, set()
        found = {row.chat_hash: row for row in self._conversations.lock(connection, chats)}
        missing = [key for key in chats if key not in found and _begins(chats[key])]
        newborn = self._claim(connection, missing, found) if missing else set()
        return {chats[key].chat: self._seat(row, chats[key]) for key, row in found.items()}, newborn

    def _claim(
        self, connection: Connection, missing: list[str], found: dict[str, Found]
    ) -> set[str]:
        born = {key: new_reference() for key in missing}
        self._conversations.claim(connection, [(born[key], key, 0) for key in missing])
        for row in self._conversations.lock(connection, missing):
            found[row.chat_hash] = row
        return {name for key, name in born.items() if found[key].id == name}

    def _seat(self, row: Found, arrival: Arrival) -> Seat:
        if not row.state:
            conversation: Conversation | None = beginning(arrival, arrival.locale)
            ref = new_reference()
        else:
            try:
                state = open_state(self._vault, row.id, row.state)
            except (ValueError, KeyError, TypeError, ArithmeticError):
                # A missing key, or a newer program's row: the turn says so, the row is left alone.
                conversation, ref = None, ""
            else:
                conversation, ref = state.conversation, state.ref
        return Seat(
            row.id, arrival.chat, row.chat_hash, ref, conversation,
            stored=True, locale=row.locale, unreachable=bool(row.unreachable),
        )  # fmt: skip

    def _write(
        self, connection: Connection, plan: Plan, seats: list[Seat], newborn: set[str]
    ) -> None:
        unused = newborn - {seat.id for seat in seats if seat.changed}
        self._conversations.remove(connection, sorted(unused))
        self._conversations.cut_off(connection, plan.cut_off)
        for hidden in plan.hidden:
            plan.posts.append(self._dispatch.hiding(connection, hidden, plan.now))
        for each in plan.forgotten:
            plan.posts += forget(
                connection, self._conversations, self._dispatch, self._log, each, plan.now
            )
        self._log.remove(connection, plan.withdrawn)
        self._questions.take_back(connection, plan.taken_back)
        self._questions.write(connection, plan.asked)
        changed = [seat for seat in seats if seat.changed]
        reborn = [(seat.id, seat.chat_hash, plan.now) for seat in changed if not seat.stored]
        self._conversations.claim(connection, reborn)
        self._conversations.save(connection, [self._saved(seat, plan.now) for seat in changed])
        self._dispatch.post(connection, merged(plan.posts), plan.now)
        self._records.spend(connection, plan.spent)
        self._records.set_timers(connection, plan.timers)
        self._records.tally(connection, plan.counts, plan.now)
        self._log.write(connection, plan.entries)
        self._log.hush(connection, plan.hushed)

    def _saved(self, seat: Seat, now: int) -> tuple[str | None, bytes, int, bool, str]:
        conversation = seat.conversation or Conversation(None)
        state = seal_state(self._vault, seat.id, State(seat.chat, seat.ref, conversation))
        return (conversation.locale, state, now, seat.unreachable, seat.id)


def _begins(arrival: Arrival) -> bool:
    """Whether this may begin a conversation: a timer or a farewell of Telegram's never does."""
    return not isinstance(arrival.said, Gone | Due)


def _take_all(
    plan: Plan, inputs: Sequence[Input], seats: dict[int, Seat], fresh: set[SeenKey]
) -> list[Taken]:
    taken: list[Taken | None] = [None] * len(inputs)
    order = sorted(range(len(inputs)), key=lambda i: _turn_order(inputs[i]))
    for place in order:
        each = inputs[place]
        key = (each.source.value, each.id)
        seat = seats.get(each.chat) if isinstance(each, Arrival) else None
        if key not in fresh:
            locale = seat.locale if seat else None
            taken[place] = Taken(each.id, False, _callback(each), None, locale or DEFAULT_LOCALE)
            continue
        fresh.discard(key)
        taken[place] = plan.take(each, seat) if isinstance(each, Arrival) else Taken(each.id)
    return [each for each in taken if each is not None]


def _turn_order(each: Input) -> tuple[bool, int]:
    """What Telegram handed over goes by its ids; ids of timers say nothing about order, so they go last."""
    is_timer = each.source is Source.TIMER
    return is_timer, 0 if is_timer else each.id


def _callback(each: Input) -> str | None:
    return each.callback if isinstance(each, Arrival) else None
