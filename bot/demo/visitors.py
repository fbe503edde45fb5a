"""The people of the demo whom nobody plays: their conversations of the last days, for the console to show.

Decides who came when and how they went about it, from a seed: they tap what is in sight, now and then write something,
and leave. Everything is written as the running program writes it, counters included; nothing is sent to anybody.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from sqlalchemy import Engine

from bot.demo.visitor import Visitor
from bot.demo.visitor_words import DANGERS, WORDS
from bot.i18n import Renderer
from bot.privacy.vault import Vault
from bot.storage import labels
from bot.storage.log import Log
from bot.storage.records import Records
from bot.talk import BookTalk, Talk
from dialogs.book import Book
from dialogs.understanding.intents.frozen import phrases
from dialogs.understanding.intents.intent import Intent

HOW_MANY: Final = 120
DAYS: Final = 14
DAY: Final = 86_400
FIRST: Final = 9_000_000
SEED: Final = 20
WRITES: Final = 0.28
"""How often somebody writes instead of tapping."""
SHUNNED: Final = (
    "⋯", "Stop", "Delete", "Salir", "Borrar", "Language", "Idioma", "Back", "Atrás", "Main menu",
    "Menú",
)  # fmt: skip
"""How the labels begin that lead out of what the console has to show."""
LABELS: Final = ("Good example", "Unclear wording", "Wrong way", "Ask a clinician")
"""What reviewers of the demo can put on a conversation."""
IN_DANGER: Final = 0.04
"""How often somebody who writes tells of a danger."""
UNDERSTOOD: Final = 0.7
"""How often what somebody writes stands among the example phrases."""
ABOUT: Final = frozenset({
    Intent.WHAT, Intent.WHY, Intent.WHEN, Intent.HOW, Intent.COST, Intent.RECORDS, Intent.QUESTIONS,
    Intent.RIGHTS, Intent.INSURANCE, Intent.OFFEND, Intent.THANKS, Intent.TELEMEDICINE,
})  # fmt: skip
ASKED: Final = {
    language: tuple(p.text for p in phrases() if p.language == language and p.intent in ABOUT)
    for language in WORDS
}
LANGUAGES: Final = (
    *(("en",) * 9), *(("es",) * 5), "fr", "de", "pt", "ru", "uk", "ar", "ar", "hi", "zh",
)  # fmt: skip


class PastClock:
    """The time of a conversation that is long over."""

    def __init__(self, at: int) -> None:
        self._at = at

    def now(self) -> int:
        """UTC epoch seconds."""
        return self._at

    def monotonic(self) -> float:
        """As above."""
        return float(self._at)

    def pass_(self, seconds: int) -> None:
        """Let time go by."""
        self._at += seconds


class Visitors:
    """Writes them into a database. Called from a thread of its own: it takes some seconds."""

    def __init__(self, engine: Engine, vault: Vault, book: Book, renderer: Renderer) -> None:
        self._engine, self._renderer = engine, renderer
        self._talk: Talk = BookTalk(book)
        self._log, self._records = Log(engine.dialect, vault), Records(engine.dialect)

    def come(self, now: int, stopped: Callable[[], bool] = lambda: False) -> None:
        """Let all of them come, those of today first, until `stopped`."""
        with self._engine.begin() as connection:
            for name in LABELS if not labels.labels(connection) else ():
                labels.add(connection, name, now)
        chance = random.Random(SEED)  # noqa: S311 - nothing secret is made of it
        ages = sorted(chance.randrange(1_800, DAYS * DAY) for _ in range(HOW_MANY))
        for number, age in enumerate(ages):
            if stopped():
                return
            self._write(self._visit(FIRST + number, now - age, chance), now - age)

    def _visit(self, number: int, at: int, chance: random.Random) -> Visitor:
        client = chance.choice(LANGUAGES)
        clock, ref = PastClock(at), f"{chance.getrandbits(96):024x}"
        visitor = Visitor(self._talk, self._renderer, clock, number, client, ref)
        visitor.types("/start")
        for _ in range(chance.randrange(2, 22)):
            clock.pass_(chance.choice((4, 8, 15, 25, 40, 90)))
            _act(visitor, client, chance)
        return visitor

    def _write(self, visitor: Visitor, at: int) -> None:
        plan = visitor.plan
        with self._engine.begin() as connection:
            self._log.remove(connection, plan.withdrawn)
            self._log.write(connection, plan.entries)
            self._log.hush(connection, plan.hushed)
            self._records.tally(connection, plan.counts, at)


def _act(visitor: Visitor, client: str, chance: random.Random) -> None:
    inviting = list(_inviting(visitor.newest))
    if inviting and chance.random() > WRITES:
        visitor.taps(chance.choice(inviting))
    else:
        visitor.types(chance.choice(_words(client, chance)))


def _words(client: str, chance: random.Random) -> Sequence[str]:
    if client in DANGERS and chance.random() < IN_DANGER:
        return DANGERS[client]
    return ASKED[client] if chance.random() < UNDERSTOOD else WORDS[client]


def _inviting(labels: list[str]) -> Iterator[str]:
    return (label for label in labels if not label.startswith(SHUNNED))
