"""A database for one test, with the turns of a tiny conversation of its own.

The tiny conversation obeys the buttons pressed in it: what it should say or do is the button's data.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Engine, Table, select
from sqlmodel import SQLModel

from bot.arrival import Arrival, Elsewhere, Gone, Source
from bot.privacy.vault import Vault
from bot.storage.engine import open_engine
from bot.storage.outbox import Outbox, Parcel
from bot.turns import Turns
from bot.turns_plan import Taken
from bot.upkeep import Upkeep
from dialogs.engine.conversation import Answer, AnswerKind, Conversation
from dialogs.engine.lines import Button, Line, Message
from dialogs.engine.result import (
    Effect,
    Event,
    EventKind,
    Export,
    Forget,
    Hide,
    SendPlan,
    SendSign,
    SetTimer,
    Turn,
)
from dialogs.engine.said import Due, Facts, Said, Tap
from tests.support.clock import FakeClock
from tests.support.sample_plan import sample_plan, sample_sign

if TYPE_CHECKING:
    from dialogs.book import Book

DATA_KEY, LOOKUP_KEY = bytes(range(32)), bytes(range(32, 64))


def vault() -> Vault:
    """A vault with keys that are always the same."""
    return Vault([DATA_KEY], LOOKUP_KEY)


def database(directory: Path) -> Engine:
    """A fresh SQLite database with all tables."""
    engine = open_engine(f"sqlite:///{directory / 'test.sqlite3'}")
    SQLModel.metadata.create_all(engine)
    return engine


class TinyTalk:
    """Says `press` back. Some presses mean more: see `_effects` and the words below."""

    def __init__(self) -> None:
        self.asked: list[tuple[Said, Facts]] = []

    def take(self, conversation: Conversation, said: Said, facts: Facts) -> Turn:
        """One turn."""
        self.asked.append((said, facts))
        press = said.press if isinstance(said, Tap) else type(said).__name__.lower()
        if press == "boom":
            raise ZeroDivisionError("patient said: my secret")
        after = conversation._replace(turns=conversation.turns + 1)
        if press in ("yes", "no"):
            answer = Answer(AnswerKind.CHOICE, press, "consent.ask")
            after = after._replace(answers={**after.answers, "may_staff_read": answer})
        if press in ("en", "es"):
            after = after._replace(locale=press)
        return Turn(
            after,
            _messages(press),
            _effects(press, facts),
            (Event(EventKind.CHOSEN, "tiny.only", press),),
            Line("tiny.notice", press) if press == "notice" else None,
        )

    def apologize(self, conversation: Conversation, _facts: Facts) -> Turn:
        """The apology."""
        return Turn(conversation._replace(marks=frozenset({"sorry"})), (bubble(0, "sorry"),))

    def elsewhere(self, locale: str | None) -> Turn:
        """The line for groups."""
        return Turn(Conversation(locale), (bubble(0, "elsewhere"),))


def bubble(key: int, text: str, *, edit: bool = False) -> Message:
    """A message with one line and one button."""
    line = Line("tiny.text", text)
    return Message(key, (line,), ((Button(line, press=text),),), edit)


def _messages(press: str) -> tuple[Message, ...]:
    """`silent` says nothing, `card:7` and `edit:7:text` name the bubble, all else is bubble 1."""
    match press.split(":"):
        case ["silent"]:
            return ()
        case ["card", key]:
            return (bubble(int(key), press),)
        case ["edit", key, text]:
            return (bubble(int(key), text, edit=True),)
        case _:
            return (bubble(1, press),)


def _effects(press: str, facts: Facts) -> tuple[Effect, ...]:
    match press:
        case "forget":
            return (Forget(),)
        case "export":
            return (Export(),)
        case "plan":
            return (SendPlan(sample_plan()),)
        case "plan beside es":
            return (SendPlan(sample_plan(), "es"),)
        case "sign in es":
            return (SendSign(sample_sign(), "es"),)
        case "hide:2":
            return (Hide((2,), ()),)
        case "timer":
            return (SetTimer("nudge", facts.now + 60, 7),)
        case _:
            return ()


@dataclass
class House:
    """Everything around one database, with the threads running."""

    engine: Engine
    clock: FakeClock = field(default_factory=FakeClock)
    talk: TinyTalk = field(default_factory=TinyTalk)
    vault: Vault = field(default_factory=vault)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    spoken: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        """Build what hangs on the rest."""
        self.outbox = Outbox(self.engine, self.vault)
        self.turns = Turns(
            self.engine,
            cast("Book", None),  # the tiny conversation needs none
            self.vault,
            self.clock,
            keep_days=90,
            refs=frozenset({"clinic"}),
            on_commit=self.spoken.set,
            talk=self.talk,
        )
        self.upkeep = Upkeep(self.engine, self.vault, self.turns, self.clock, 90)

    def tap(self, chat: int, press: str, number: int | None = None) -> Arrival:
        """A pressed button on its way."""
        number = next(self.numbers) if number is None else number
        return Arrival(Source.TELEGRAM, number, chat, Tap(press), "en", callback=f"q{number}")

    def arrives(self, chat: int, said: Said | Elsewhere | Gone) -> Arrival:
        """Any other input on its way."""
        source = Source.TIMER if isinstance(said, Due) else Source.TELEGRAM
        return Arrival(source, next(self.numbers), chat, said, "en")

    def take(self, *arrivals: Arrival) -> list[Taken]:
        """Take inputs and wait for the commit."""
        return self.turns.take(arrivals).result(timeout=10)

    def heads(self, busy: tuple[str, ...] = ()) -> list[Parcel]:
        """What may be sent now."""
        return self.outbox.heads(self.clock.now(), 100, busy)

    def rows(self, table: Table) -> list[dict[str, Any]]:
        """All rows of a table."""
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(select(table)).mappings()]


def text_of(parcel: Parcel) -> str:
    """The one line of a tiny message."""
    assert parcel.message is not None
    return parcel.message.lines[0].msgid


@contextmanager
def open_house(directory: Path) -> Iterator[House]:
    """A house whose writer thread runs."""
    house = House(database(directory))
    house.turns.start()
    try:
        yield house
    finally:
        house.turns.stop()
        house.engine.dispose()
