"""A chat with the engine alone: no Telegram, no database, no waiting.

The conversation is written to JSON and read back between every two turns, and so is every message, as the
database would do.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import orjson
from pydantic import SecretStr

from bot.i18n import Renderer
from bot.intake import kept_of, urgent
from bot.privacy.commands import command_in
from bot.privacy.redaction.kept import kept
from bot.recent import Recent
from bot.storage.lines_json import message_in, message_out
from dialogs.book import Book
from dialogs.engine.conversation import ANSWER, Conversation, from_json, to_json
from dialogs.engine.lines import Message
from dialogs.engine.result import Ask, Effect, Forget, ForStaff, Hide, SetTimer, TakeBack, Turn
from dialogs.engine.said import (
    Due,
    Facts,
    Returned,
    Said,
    Sent,
    Staff,
    Tap,
    Typed,
    Unreadable,
)
from dialogs.engine.turn import take_turn
from dialogs.understanding import Reading, read
from tests.support.script import plain

MONDAY = 1_795_000_000


@dataclass
class Bubble:
    """A message as it stands in the chat."""

    key: int
    text: str
    buttons: list[tuple[str, str | None]]


@dataclass
class EngineChat:
    """One person and the engine. `turns` keeps every turn for tests that look deeper."""

    book: Book
    locale: str | None = "en"
    now: int = MONDAY
    stored: bytes = b""
    bubbles: list[Bubble] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    timers: dict[str, SetTimer] = field(default_factory=dict)
    latest: list[str] = field(default_factory=list)
    staff: Staff = Staff(active=True)  # noqa: RUF009 - never changes
    asked: list[Ask] = field(default_factory=list)
    withheld: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.recent = Recent()
        self.renderer = Renderer(self.book.catalogs)
        self.save(Conversation(self.locale))

    @property
    def conversation(self) -> Conversation:
        """The conversation as the database would give it back."""
        return from_json(orjson.loads(self.stored))

    def save(self, conversation: Conversation) -> None:
        """Write the conversation as the database would keep it."""
        self.stored = orjson.dumps(to_json(conversation))

    def client(self, language: str) -> None:
        """Set the phone's language; one we do not speak leaves the choice to the person."""
        code = language.partition("-")[0]
        self.locale = code if code in self.book.catalogs.shipped else None
        self.save(Conversation(self.locale))

    async def says(self, text: str) -> None:
        """Type a text or a command."""
        reading = self.heard(text)
        command = None if urgent(reading) else command_in(reading.text, None)
        self.take(command or Typed(reading), None if command else kept_of(reading, kept))

    async def taps(self, label: str, *, oldest: bool = False) -> None:
        """Press the newest (or oldest) button with this label."""
        bubbles = self.bubbles if oldest else list(reversed(self.bubbles))
        for bubble in bubbles:
            for text, press in bubble.buttons:
                if plain(text) == plain(label) and press is not None:
                    self.take(Tap(press, self.recent.alarmed(0, self.now)))
                    return
        msg = f"no button {label!r}; there are {[t for b in bubbles for t, _ in b.buttons]}"
        raise AssertionError(msg)

    async def sends(self, what: str) -> None:
        """Send something that is not text; `return` stands for unblocking."""
        kind, _, caption = what.partition(", under it: ")
        reading = self.heard(caption) if caption else None
        self.take(Returned() if what == "return" else Sent(Unreadable(kind), reading))

    async def edits(self, text: str) -> None:
        """Edit the last text."""
        self.take(Typed(self.heard(text), edited=True))

    def heard(self, text: str) -> Reading:
        """A text as the reading thread understands it."""
        before = self.recent.before(0, self.now)
        reading = read(SecretStr(text), self.conversation.locale, before)
        self.recent.heard(0, self.now, reading)
        return reading

    async def passes(self, seconds: int) -> None:
        """Let time go by; timers that are due come in."""
        self.now += seconds
        self.latest = []
        for name, timer in list(self.timers.items()):
            if timer.due <= self.now:
                del self.timers[name]
                self.take(Due(timer.timer, timer.stamp))

    async def staff_answers(self, text: str) -> None:
        """Somebody of the staff answers the question that waits, if there is one."""
        self.latest = []
        for ask in [each for each in self.asked if each.kind is ForStaff.QUESTION]:
            self.take(Due(ANSWER, ask.stamp), text)

    async def nobody_answers(self) -> None:
        """There is no staff here."""
        self.staff = Staff(active=False)

    def take(self, said: Said, kept: str | None = None) -> Turn:
        """One turn, saved and shown. `kept` is the de-identified text that comes with it."""
        facts = Facts(
            self.now, kept, message=len(self.turns) + 1, staff=self.staff, withheld=self.withheld
        )
        turn = take_turn(self.book, self.conversation, said, facts)
        self.turns.append(turn)
        self.effects.extend(turn.effects)
        for effect in turn.effects:
            if isinstance(effect, Ask):
                self.asked.append(effect)
            elif isinstance(effect, TakeBack):
                self.asked = [ask for ask in self.asked if ask.kind is not effect.kind]
        self.save(turn.conversation)
        if any(isinstance(effect, Forget) for effect in turn.effects):
            self.save(Conversation(self.locale))
            self.bubbles.clear()
        self.timers |= {e.timer: e for e in turn.effects if isinstance(e, SetTimer)}
        self.latest = []
        for message in turn.messages:
            stored = message_in(orjson.loads(orjson.dumps(message_out(message))))
            self.show(stored, message.locale or turn.conversation.locale or "en")
        for hidden in (effect for effect in turn.effects if isinstance(effect, Hide)):
            self.bubbles = [bubble for bubble in self.bubbles if bubble.key not in hidden.keys]
        return turn

    def show(self, message: Message, locale: str) -> None:
        """Put a message into the chat as Telegram would."""
        text = plain("\n".join(self.renderer.plain(line, locale) for line in message.lines))
        buttons = [
            (("✓ " if b.ticked else "") + self.renderer.label(b.label, locale), b.press)
            for row in message.rows
            for b in row
        ]
        old = next((b for b in reversed(self.bubbles) if b.key == message.key), None)
        if message.edit and old is not None:
            old.text, old.buttons = text or old.text, buttons
        elif message.lines:
            self.bubbles.append(Bubble(message.key, text, buttons))
        if text:
            self.latest.append(text)

    def said(self) -> list[str]:
        """What was said in the last turn."""
        return self.latest

    def buttons(self) -> list[str]:
        """The labels of the newest keyboard."""
        return next(([t for t, _ in b.buttons] for b in reversed(self.bubbles) if b.buttons), [])

    def answers(self) -> dict[str, str]:
        """The answers kept."""
        return {k: ", ".join(a.codes) or str(a.value) for k, a in self.conversation.answers.items()}

    def place(self) -> str:
        """The open state."""
        top = self.conversation.top
        return str(top.place) if top else ""
