"""The use case: take turns, each exactly once.

Decides what is one commit. One writer thread takes whatever queued while the last commit ran, in
one transaction, and only then tells whoever waits; what delivery reports goes through the same
thread. What a batch does is `turns_batch`'s concern.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, TypeGuard

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from bot.arrival import Arrival
from bot.clock import Clock
from bot.logs import Journal
from bot.privacy.vault import Vault
from bot.storage.outbox import Mark
from bot.storage.statements import MOST
from bot.talk import BookTalk, Talk
from bot.turns_batch import Batch, Input, Outcome
from bot.turns_plan import Plan, Taken
from dialogs.book import Book
from dialogs.engine.said import Staff

Chore = Callable[[Connection], object]
_journal = Journal("turns")


class StoppedError(RuntimeError):
    """Turns were handed in after `stop`."""


@dataclass(frozen=True, slots=True)
class _Taking:
    """Inputs that are acknowledged together."""

    inputs: Sequence[Input]
    future: Future[list[Taken]]


@dataclass(frozen=True, slots=True)
class _Marking:
    marks: Sequence[Mark]
    future: Future[None]


@dataclass(frozen=True, slots=True)
class _Errand:
    chore: Chore
    future: Future[None]


@dataclass(slots=True)
class _Load:
    """What goes into one transaction."""

    takings: list[_Taking] = field(default_factory=list)
    markings: list[_Marking] = field(default_factory=list)
    size: int = 0

    def has_room(self, work: _Taking | _Marking) -> bool:
        """Whether `work` still fits into a batch."""
        return self.size + _size(work) <= MOST

    def add(self, work: _Taking | _Marking) -> None:
        """Put `work` in."""
        self.size += _size(work)
        if isinstance(work, _Taking):
            self.takings.append(work)
        else:
            self.markings.append(work)

    @property
    def inputs(self) -> list[Input]:
        """All inputs, in order."""
        return [each for taking in self.takings for each in taking.inputs]

    @property
    def marks(self) -> list[Mark]:
        """All marks, in order."""
        return [mark for marking in self.markings for mark in marking.marks]


_Work = _Taking | _Marking | _Errand


def _size(work: _Taking | _Marking) -> int:
    return len(work.inputs if isinstance(work, _Taking) else work.marks)


class Turns:
    """Takes turns in its own thread. `take`, `mark` and `run` may be called from any thread.

    `commits` and `removals` (commits that removed something personal) count up, for upkeep.
    """

    def __init__(
        self,
        engine: Engine,
        book: Book,
        vault: Vault,
        clock: Clock,
        *,
        keep_days: int,
        refs: frozenset[str] = frozenset(),
        on_commit: Callable[[], None] = lambda: None,
        on_alarm: Callable[[Sequence[Arrival]], None] = lambda _: None,
        talk: Talk | None = None,
        staff: Callable[[], Staff] = Staff,
        withheld: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        """`staff` says whether people answer here, and `withheld` which records are not shown: at once, in any thread.

        `on_commit` is called in the writer thread whenever there is something new to send; it must not block.

        So is `on_alarm`, with inputs that have danger in them and could not be written.
        """
        talk = talk or BookTalk(book)
        self._engine, self._clock = engine, clock
        self._on_commit, self._on_alarm = on_commit, on_alarm
        self._batch = Batch(
            engine.dialect,
            vault,
            lambda now: Plan(talk, now, keep_days, refs, staff=staff(), withheld=withheld()),
        )
        self._queue: SimpleQueue[_Work | None] = SimpleQueue()
        self._left_over: _Work | None = None
        self._gate = threading.Lock()
        self._stopping = False
        self._trouble = (OperationalError, _driver_trouble(engine))
        self._thread = threading.Thread(target=self._run, name="turns")
        self.commits = 0
        self.removals = 0

    def start(self) -> None:
        """Begin. Raises what the database raises when it cannot be used."""
        with self._engine.begin() as connection:
            self._batch.begin(connection)
        self._thread.start()

    def stop(self) -> None:
        """Take what has been handed in, then end."""
        with self._gate:
            if not self._stopping:
                self._stopping = True
                self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def take(
        self, inputs: Sequence[Input], future: Future[list[Taken]] | None = None
    ) -> Future[list[Taken]]:
        """Take these inputs.

        Done after their commit; fails, acknowledging none, when the database does. `future` is
        what was promised for them already, if anything.
        """
        taking = _Taking(inputs, future or promise())
        self._put(taking)
        return taking.future

    def mark(self, marks: Sequence[Mark]) -> Future[None]:
        """Write what became of parcels. Done after the commit."""
        marking = _Marking(marks, promise())
        self._put(marking)
        return marking.future

    def run(self, chore: Chore) -> Future[None]:
        """Run other writing in a transaction of its own, when its time comes.

        It should take milliseconds.
        """
        errand = _Errand(chore, promise())
        self._put(errand)
        return errand.future

    def _put(self, work: _Work) -> None:
        with self._gate:
            if self._stopping:
                raise StoppedError("turns have stopped")
            self._queue.put(work)

    def _run(self) -> None:
        with self._engine.connect() as connection:
            while (load := self._next()) is not None:
                if isinstance(load, _Errand):
                    self._do(connection, load)
                else:
                    self._carry(connection, load)

    def _next(self) -> _Load | _Errand | None:
        """Whatever queued, up to one batch; waits for the first.

        None when there will be nothing more.
        """
        first = self._left_over or self._queue.get()
        self._left_over = None
        if first is None or isinstance(first, _Errand):
            return first
        load = _Load()
        load.add(first)
        while (work := self._waiting()) is not None:
            if isinstance(work, _Errand) or not load.has_room(work):
                self._left_over = work
                break
            load.add(work)
        return load

    def _waiting(self) -> _Work | None:
        """What is queued already. None when nothing is, or nothing ever will be."""
        try:
            work = self._queue.get_nowait()
        except Empty:
            return None
        if work is None:
            self._queue.put(None)  # the end was for `_next`
        return work

    def _do(self, connection: Connection, errand: _Errand) -> None:
        try:
            with connection.begin():
                errand.chore(connection)
            self.commits += 1
        except Exception as error:  # noqa: BLE001 - it belongs to whoever asked
            errand.future.set_exception(error)
        else:
            errand.future.set_result(None)

    def _carry(self, connection: Connection, load: _Load) -> None:
        try:
            outcome = self._commit(connection, load.inputs, load.marks)
        except Exception as error:  # noqa: BLE001 - what fails together may succeed alone
            _journal.trouble("batch_failed", error=error)
            self._one_by_one(connection, load)
            return
        start = 0
        for taking in load.takings:
            end = start + len(taking.inputs)
            taking.future.set_result(outcome.taken[start:end])
            start = end
        for marking in load.markings:
            marking.future.set_result(None)

    def _commit(
        self, connection: Connection, inputs: Sequence[Input], marks: Sequence[Mark]
    ) -> Outcome:
        with connection.begin():
            outcome = self._batch.run(connection, inputs, marks, self._clock.now())
        self.commits += 1
        self.removals += outcome.forgot
        if outcome.posted:
            self._on_commit()
        return outcome

    def _one_by_one(self, connection: Connection, load: _Load) -> None:
        for marking in load.markings:
            try:
                self._commit(connection, (), marking.marks)
            except Exception as error:  # noqa: BLE001 - it belongs to whoever waits
                marking.future.set_exception(error)
            else:
                marking.future.set_result(None)
        for taking in load.takings:
            try:
                taken = [self._alone(connection, each) for each in taking.inputs]
            except Exception as error:  # noqa: BLE001 - it belongs to whoever waits
                _journal.failure("not_taken", error=error)
                self._sound(taking.inputs)
                taking.future.set_exception(error)
            else:
                taking.future.set_result(taken)

    def _sound(self, inputs: Sequence[Input]) -> None:
        """The one exception to commit first: a safety card is sent although nothing could be written."""
        alarming = [each for each in inputs if _alarming(each)]
        if alarming:
            self._on_alarm(alarming)

    def _alone(self, connection: Connection, each: Input) -> Taken:
        try:
            return self._commit(connection, [each], ()).taken[0]
        except self._trouble:
            raise  # the database's trouble (locked, full, gone), not this input's
        except Exception as error:  # noqa: BLE001 - the database refuses what this input leads to
            self._sound([each])
            with connection.begin():
                return self._batch.poison(connection, each, error, self._clock.now())


def _alarming(each: Input) -> TypeGuard[Arrival]:
    return isinstance(each, Arrival) and each.alarming


def promise() -> Future[Any]:
    """A future that cannot be cancelled, because what was handed in is done in any case."""
    future: Future[Any] = Future()
    future.set_running_or_notify_cancel()
    return future


def _driver_trouble(engine: Engine) -> type[Exception]:
    """The driver's own error for what is the database's fault: locked, full, gone."""
    error: type[Exception] = engine.dialect.loaded_dbapi.OperationalError
    return error
