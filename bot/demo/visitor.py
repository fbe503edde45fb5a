"""Somebody made up, who lets staff read along and walks the real flows with the real reader.

Decides how an act becomes an input, and remembers the buttons in sight. Nothing is sent to anybody: what came of it is
in `plan`, to be written to the log as if it had happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.arrival import Arrival, Source
from bot.clock import Clock
from bot.i18n import Renderer
from bot.intake import Reader
from bot.privacy.redaction.kept import kept
from bot.talk import Talk
from bot.telegram.inbound import Update, parse_update
from bot.turns_plan import Plan, Seat, beginning
from dialogs import understanding
from dialogs.catalogs import FULL, SOURCE
from dialogs.engine.conversation import Answer, AnswerKind
from dialogs.engine.lines import Message
from dialogs.engine.said import Tap

AGREED = {"may_staff_read": Answer(AnswerKind.CHOICE, "yes", "consent_review.ask")}
NAME = "Zed"
ACTS = 1_000
"""The most a visitor does."""


class Visitor:
    """One of them. `number` tells them apart; `client` is the language of their app."""

    def __init__(
        self, talk: Talk, renderer: Renderer, clock: Clock, number: int, client: str, ref: str
    ) -> None:
        self.plan = Plan(talk, clock.now(), 90, frozenset())
        self._reader = Reader(understanding.read, kept, FULL, clock)
        # The sentence model belongs to the reading thread; lists and lexicons are for everybody.
        self._reader.hurried = True
        self._renderer, self._clock, self._client = renderer, clock, client
        self._chat, self._next = number, number * ACTS
        self._seat = Seat(f"visitor-{number}", number, "", ref, None, stored=False)
        self.buttons: dict[str, str] = {}
        """What can be tapped, by the label in the language of the chat: the newest of each name."""
        self.newest: list[str] = []
        """The labels of the newest message with buttons."""

    def types(self, text: str) -> None:
        """Write a text or command."""
        update = parse_update(self._update(text))
        found = self._reader.input(update) if isinstance(update, Update) else None
        if not isinstance(found, Arrival):
            raise TypeError("a visitor's text is always an input")
        self._take(found)

    def taps(self, label: str) -> None:
        """Tap a button in sight. Raises KeyError when there is none of that name."""
        locale = self._client if self._client in FULL else None
        press = Tap(self.buttons[label])
        self._take(Arrival(Source.TELEGRAM, self._number(), self._chat, press, locale))

    def _take(self, arrival: Arrival) -> None:
        self.plan.now = self._clock.now()
        if self._seat.conversation is None:
            fresh = beginning(arrival, arrival.locale)
            self._seat.conversation = fresh._replace(answers=AGREED)
        before = len(self.plan.entries)
        self.plan.take(arrival, self._seat)
        for entry in self.plan.entries[before:]:
            self._see(entry.shown or ())

    def _update(self, text: str) -> dict[str, Any]:
        sender = {
            "id": self._chat,
            "is_bot": False,
            "first_name": NAME,
            "language_code": self._client,
        }
        number, chat = self._number(), {"id": self._chat, "type": "private", "first_name": NAME}
        message = {
            "message_id": number, "date": self._clock.now(), "text": text, "from": sender, "chat": chat,
        }  # fmt: skip
        return {"update_id": number, "message": message}

    def _number(self) -> int:
        self._next += 1
        return self._next

    def _see(self, messages: Sequence[Message]) -> None:
        for message in messages:
            found = {
                self._renderer.label(button.label, message.locale or self._locale): button.press
                for row in message.rows
                for button in row
                if button.press
            }
            if found:
                self.newest = list(found)
                self.buttons |= found

    @property
    def _locale(self) -> str:
        conversation = self._seat.conversation
        return (conversation and conversation.locale) or SOURCE
