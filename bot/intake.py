"""From updates to inputs, in the order they arrive.

Decides what an update means: a text, a command, a tap, something unreadable, coming and going, or
nothing for us. One thread reads for everybody, so that order is kept while the writer commits. It
takes no turns and writes nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Protocol

from pydantic import SecretStr

from bot.arrival import Arrival, Elsewhere, Gone, Source
from bot.privacy.commands import addressed, command_in
from bot.telegram.inbound import CallbackQuery, Membership, Message, Update, User
from bot.turns import StoppedError, promise
from bot.turns_batch import Ignored, Input
from bot.turns_plan import Taken
from dialogs import understanding
from dialogs.catalogs import FULL
from dialogs.engine.said import Command, Returned, Said, Sent, Tap, Typed
from dialogs.understanding.reading import Reading

Read = Callable[[SecretStr, str | None], Reading]
"""Text and locale hint -> what was understood."""


class Door(Protocol):
    """Where inputs are taken."""

    def take(self, inputs: Sequence[Input], future: Future[list[Taken]]) -> object:
        """Take inputs, and keep the promise after their commit."""
        ...


class Reader:
    """Says what one update means."""

    def __init__(self, read: Read, locales: Collection[str]) -> None:
        self._read, self._locales = read, {locale.lower(): locale for locale in locales}
        self.username: str | None = None

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
        code = (user.language_code or "" if user else "").lower().replace("-", "_")
        return self._locales.get(code) or self._locales.get(code.partition("_")[0])

    def _tap(self, number: int, query: CallbackQuery) -> Input:
        if not query.chat.private or query.data is None:
            return _nothing(number)
        locale = self.locale(query.sender)
        return _arrival(number, query.chat.id, Tap(query.data), locale, query.id)

    def _membership(self, number: int, change: Membership) -> Input:
        if not change.chat.private:
            return self._elsewhere(number, change.chat.id, change.sender, called=change.came)
        if change.gone:
            return Arrival(Source.TELEGRAM, number, change.chat.id, Gone())
        if change.came:
            return _arrival(number, change.chat.id, Returned(), self.locale(change.sender))
        return _nothing(number)

    def _message(self, number: int, message: Message) -> Input:
        if not message.chat.private:
            called = message.text is not None and addressed(message.text, self.username)
            return self._elsewhere(number, message.chat.id, message.sender, called=called)
        locale = self.locale(message.sender)
        said = self._said(message, locale)
        return _arrival(number, message.chat.id, said, locale) if said else _nothing(number)

    def _edited(self, number: int, message: Message) -> Input:
        if not message.chat.private or message.text is None:
            return _nothing(number)
        locale = self.locale(message.sender)
        said = Typed(self._read(message.text, locale), edited=True)
        return _arrival(number, message.chat.id, said, locale)

    def _said(self, message: Message, locale: str | None) -> Said | None:
        if message.text is not None:
            command: Command | None = command_in(message.text, self.username)
            return command or Typed(self._read(message.text, locale))
        return Sent(message.content) if message.content else None

    def _elsewhere(self, number: int, chat: int, user: User | None, *, called: bool) -> Input:
        if not called:
            return _nothing(number)
        return Arrival(Source.TELEGRAM, number, chat, Elsewhere(), self.locale(user))


class Intake:
    """Reads updates in its own thread and hands them to the turns, in order."""

    def __init__(
        self, turns: Door, read: Read = understanding.read, locales: Collection[str] = FULL
    ) -> None:
        self._turns, self._reader = turns, Reader(read, locales)
        self._queue: SimpleQueue[tuple[Sequence[Update], Future[list[Taken]]] | None] = (
            SimpleQueue()
        )
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
        self._queue.put((updates, future))
        return future

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            updates, future = job
            try:
                self._turns.take([self._reader.input(update) for update in updates], future)
            except Exception as error:  # noqa: BLE001 - it belongs to whoever waits
                future.set_exception(error)


def _arrival(
    number: int, chat: int, said: Said, locale: str | None, callback: str | None = None
) -> Arrival:
    return Arrival(Source.TELEGRAM, number, chat, said, locale, callback=callback)


def _nothing(number: int) -> Ignored:
    return Ignored(Source.TELEGRAM, number)
