"""From updates to inputs, in the order they arrive.

Decides what an update means: a text, a command, a tap, something unreadable, coming and going, or
nothing for us. One thread reads for everybody, so that order is kept while the writer commits. It
takes no turns and writes nothing. Danger is looked for in every text before anything else is: in captions, edits and
commands too, and together with what the chat sent within the last minute.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Protocol

from pydantic import SecretStr

from bot.arrival import Arrival, Elsewhere, Gone, Source
from bot.clock import Clock
from bot.logs import Journal
from bot.privacy.commands import addressed, command_in
from bot.privacy.redaction.kept import kept
from bot.recent import Recent
from bot.telegram.inbound import CallbackQuery, Membership, Message, Update, User
from bot.turns import StoppedError, promise
from bot.turns_batch import Ignored, Input
from bot.turns_plan import Taken
from dialogs import understanding
from dialogs.catalogs import FULL
from dialogs.engine.said import Command, Returned, Said, Sent, Tap, Typed
from dialogs.understanding.reading import Reading
from dialogs.understanding.safety import Category


class Read(Protocol):
    """Text, locale hint, and what the chat wrote just before -> what was understood; `hurried` while many wait."""

    def __call__(
        self, text: SecretStr, locale: str | None, before: str, *, hurried: bool
    ) -> Reading:
        """Read."""
        ...


Keep = Callable[..., str | None]
"""Text, its language, the sender's names and Telegram's entities -> what may be kept of it, or None."""

MOST_WAITING = 50
"""Updates that may wait before the sentence model is left out."""
NEVER_KEPT = {Category.ABUSE, Category.CHILD_WRITES}
"""What a text with such a sign says is not kept, whatever was agreed."""

_journal = Journal("intake")


class Door(Protocol):
    """Where inputs are taken."""

    def take(self, inputs: Sequence[Input], future: Future[list[Taken]]) -> object:
        """Take inputs, and keep the promise after their commit."""
        ...


class Reader:
    """Says what one update means."""

    def __init__(self, read: Read, keep: Keep, locales: Collection[str], clock: Clock) -> None:
        self._clock, self._keep = clock, keep
        self._read, self._locales = read, {locale.lower(): locale for locale in locales}
        self._recent = Recent()
        self.username: str | None = None
        self.hurried = False

    def input(self, update: Update) -> Input:
        """The input an update is."""
        if update.callback_query:
            return self._tap(update.update_id, update.callback_query)
        if update.my_chat_member:
            return self._membership(update.update_id, update.my_chat_member)
        if update.message:
            return self._message(update.update_id, update.message)
        if update.edited_message:
            return self._edited(update.update_id, update.edited_message)
        return _nothing(update.update_id)

    def locale(self, user: User | None) -> str | None:
        """The locale of ours that fits a client's language best, if any: "pt-br" is "pt_BR" or "pt"."""
        code = _code(user)
        return self._locales.get(code) or self._locales.get(code.partition("_")[0])

    def _tap(self, number: int, query: CallbackQuery) -> Input:
        if not query.chat.private or query.data is None:
            return _nothing(number)
        before = self._recent.alarmed(query.chat.id, self._clock.now())
        said = Tap(query.data, before)
        return self._arrival(number, query.chat.id, said, query.sender, callback=query.id)

    def _membership(self, number: int, change: Membership) -> Input:
        if not change.chat.private:
            return self._elsewhere(number, change.chat.id, change.sender, called=change.came)
        if change.gone:
            return Arrival(Source.TELEGRAM, number, change.chat.id, Gone())
        if change.came:
            return self._arrival(number, change.chat.id, Returned(), change.sender)
        return _nothing(number)

    def _message(self, number: int, message: Message) -> Input:
        if not message.chat.private:
            called = message.text is not None and addressed(message.text, self.username)
            return self._elsewhere(number, message.chat.id, message.sender, called=called)
        said = self._said(message)
        if said is None:
            return _nothing(number)
        return self._arrival(number, message.chat.id, said, message.sender, message)

    def _edited(self, number: int, message: Message) -> Input:
        reading = self._reading(message) if message.chat.private else None
        if reading is None:
            return _nothing(number)
        said: Said = Typed(reading, edited=True)
        if message.text is None:  # a caption: only danger in it matters
            if message.content is None or not urgent(reading):
                return _nothing(number)
            said = Sent(message.content, reading)
        return self._arrival(number, message.chat.id, said, message.sender, message)

    def _said(self, message: Message) -> Said | None:
        reading = self._reading(message)
        if message.text is not None and reading is not None:
            command: Command | None = command_in(message.text, self.username)
            return Typed(reading) if command is None or urgent(reading) else command
        return Sent(message.content, reading) if message.content else None

    def _reading(self, message: Message) -> Reading | None:
        """What was understood of a text or caption. A failure here must not keep anything from being answered."""
        text = message.text or message.caption
        if text is None:
            return None
        chat, at = message.chat.id, message.written_at
        try:
            before = self._recent.before(chat, at)
            reading = self._read(text, self.locale(message.sender), before, hurried=self.hurried)
        except Exception as error:  # noqa: BLE001 - its message may quote the text, so the class alone is logged
            _journal.failure("not_read", error=error)
            return Reading(text)
        if reading.route.phrase:
            _journal.note(
                "routed",
                phrase=reading.route.phrase,
                intent=reading.route.first,
                sure=reading.route.sure,
            )
        self._recent.heard(chat, at, reading)
        self._recent.forget(self._clock.now())
        return reading

    def _kept(self, message: Message | None, said: Said) -> str | None:
        """The de-identified text, where any of it may be kept: never in a language that is not sure."""
        if message is None or not isinstance(said, Typed):
            return None
        names = message.sender.names if message.sender else ()
        return kept_of(said.reading, self._keep, names=names, entities=message.known_parts)

    def _arrival(
        self,
        number: int,
        chat: int,
        said: Said,
        user: User | None,
        message: Message | None = None,
        *,
        callback: str | None = None,
    ) -> Arrival:
        return Arrival(
            Source.TELEGRAM,
            number,
            chat,
            said,
            self.locale(user),
            self._kept(message, said),
            callback=callback,
            client=_code(user).partition("_")[0] or None,
            message=message.message_id if message else None,
            written_at=message.written_at or None if message else None,
        )

    def _elsewhere(self, number: int, chat: int, user: User | None, *, called: bool) -> Input:
        if not called:
            return _nothing(number)
        return Arrival(Source.TELEGRAM, number, chat, Elsewhere(), self.locale(user))


class Intake:
    """Reads updates in its own thread and hands them to the turns, in order."""

    def __init__(
        self,
        turns: Door,
        clock: Clock,
        read: Read = understanding.read,
        keep: Keep = kept,
        locales: Collection[str] = FULL,
        warm: Callable[[], None] = understanding.warm,
        by_meaning: Callable[[], bool] = understanding.by_meaning,
    ) -> None:
        """`warm` loads what reading needs, in the reading thread, so that the start does not wait for it; `by_meaning`
        tells whether there is a sentence model.
        """
        self._turns, self._reader = turns, Reader(read, keep, locales, clock)
        self._warm, self._by_meaning = warm, by_meaning
        self._queue: SimpleQueue[tuple[Sequence[Update], Future[list[Taken]]] | None] = (
            SimpleQueue()
        )
        self._waiting = 0
        self._thread = threading.Thread(target=self._work, name="intake")
        self._stopped = False

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Hand on what has been received, then end."""
        self._stopped = True
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def named(self, username: str) -> None:
        """Tell which name commands in groups carry when they are meant for us."""
        self._reader.username = username

    def receive(self, updates: Sequence[Update]) -> Future[list[Taken]]:
        """Take these updates.

        Done after the commit, in their order; fails when the database does.
        """
        if self._stopped:
            raise StoppedError("intake has stopped")
        future: Future[list[Taken]] = promise()
        self._waiting += len(updates)
        self._queue.put((updates, future))
        return future

    def _input(self, update: Update) -> Input:
        """What an update is; in a hurry while many wait."""
        self._reader.hurried = self._waiting > MOST_WAITING
        try:
            return self._reader.input(update)
        finally:
            self._waiting -= 1

    def _work(self) -> None:
        self._warm()
        if not self._by_meaning():
            _journal.trouble("no_sentence_model")  # lists, patterns and buttons still understand
        while (job := self._queue.get()) is not None:
            updates, future = job
            try:
                self._turns.take([self._input(update) for update in updates], future)
            except Exception as error:  # noqa: BLE001 - it belongs to whoever waits
                future.set_exception(error)


def _code(user: User | None) -> str:
    """What the client says its language is: "pt_br"."""
    return (user.language_code or "" if user else "").lower().replace("-", "_")


def urgent(reading: Reading) -> bool:
    """Whether there is danger in a text that must be answered at once."""
    return any(signal.urgent for signal in reading.signals)


def kept_of(reading: Reading, keep: Keep, **known: object) -> str | None:
    """What `keep` leaves of a text; nothing where its language is not sure, or what it tells is never kept."""
    tongue = reading.tongue
    if tongue is None or not tongue.likely:
        return None
    if any(signal.category in NEVER_KEPT for signal in reading.signals):
        return None
    return keep(reading.text.get_secret_value(), tongue.code, **known)


def _nothing(number: int) -> Ignored:
    return Ignored(Source.TELEGRAM, number)
