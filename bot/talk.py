"""How the writer thread asks the engine.

Decides nothing: it names the three questions a batch has, so that storage can be tested with a tiny
conversation of its own.
"""

from __future__ import annotations

from typing import Protocol

from dialogs.book import Book
from dialogs.engine.conversation import Conversation
from dialogs.engine.result import Turn
from dialogs.engine.said import Facts, Said
from dialogs.engine.turn import apology, elsewhere, take_turn


class Talk(Protocol):
    """The engine, with its book."""

    def take(self, conversation: Conversation, said: Said, facts: Facts) -> Turn:
        """One turn."""
        ...

    def apologize(self, conversation: Conversation, facts: Facts) -> Turn:
        """What to say when a turn failed, and where the person then stands."""
        ...

    def elsewhere(self, locale: str | None) -> Turn:
        """What to say where no conversation is held. Its conversation is not kept."""
        ...


class BookTalk:
    """The real engine."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def take(self, conversation: Conversation, said: Said, facts: Facts) -> Turn:
        """One turn."""
        return take_turn(self._book, conversation, said, facts)

    def apologize(self, conversation: Conversation, facts: Facts) -> Turn:
        """What to say when a turn failed."""
        return apology(self._book, conversation, facts)

    def elsewhere(self, locale: str | None) -> Turn:
        """What to say in a group."""
        return elsewhere(Conversation(locale))
