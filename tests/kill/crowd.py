"""People who write and press at random, each with a second copy of their conversation.

Decides what the crowd does, from a seed. The copy is the same engine fed with the same updates, each exactly once and
in order: what the database holds in the end must be equal to it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from bot.arrival import Arrival
from bot.clock import SystemClock
from bot.demo.world import World
from bot.demo.world_people import Json
from bot.intake import Reader
from bot.telegram.inbound import Update, parse_update
from bot.turns_plan import beginning
from dialogs import understanding
from dialogs.book import Book
from dialogs.catalogs import FULL
from dialogs.engine.conversation import Conversation
from dialogs.engine.result import Export, Forget, Turn
from dialogs.engine.said import Facts, Said
from dialogs.engine.turn import take_turn
from tests.support.canaries import sentences

FIRST_PERSON = 5_000_001
WORDS = (
    "Germany", "Texas", "Spain", "\N{REGIONAL INDICATOR SYMBOL LETTER U}\N{REGIONAL INDICATOR SYMBOL LETTER S}",
    "Cancer", "back", "skip", "menu", "no idea", "/menu", "/start", "/privacy", "/language es", "/language en",
    *sentences(),
)  # fmt: skip
UNWANTED = ("delete", "export", "stop")
"""Presses that would remove the conversation, and with it the proof."""


@dataclass
class Person:
    """Somebody, what their conversation must be, and the buttons they can see."""

    id: int
    language: str
    conversation: Conversation | None = None
    presses: tuple[str, ...] = ()


class Crowd:
    """All of them. `sent` are the numbers of the updates they made."""

    def __init__(self, world: World, book: Book, people: int, chance: random.Random) -> None:
        self._world, self._book, self._chance = world, book, chance
        self._reader = Reader(understanding.read, lambda *_, **__: None, FULL, SystemClock())
        self.sent: list[int] = []
        self.people = [
            Person(FIRST_PERSON + at, chance.choice(("en", "es", "fi"))) for at in range(people)
        ]
        for person in self.people:
            world.person(person.id, "Somebody", person.language)

    def act(self) -> None:
        """Somebody does something."""
        person = self._chance.choice(self.people)
        update = self._something(person)
        self.sent.append(update["update_id"])
        self._follow(person, update)

    def _something(self, person: Person) -> Json:
        world, chance = self._world, self._chance
        if person.conversation is None:
            return world.says(person.id, "/start")
        if person.presses and chance.random() < 0.7:
            return world.taps(person.id, 1, chance.choice(person.presses))
        match chance.randrange(8):
            case 0:
                return world.sends(person.id, "voice")
            case 1:
                return world.taps(person.id, 1, "1:of_last_week")
            case _:
                return world.says(person.id, chance.choice(WORDS))

    def _follow(self, person: Person, update: Json) -> None:
        parsed = parse_update(update)
        assert isinstance(parsed, Update)
        arrival = self._reader.input(parsed)
        assert isinstance(arrival, Arrival)
        before = person.conversation or beginning(arrival, arrival.locale)
        turn = self._turn(before, arrival)
        person.conversation = turn.conversation
        person.presses = _wanted(turn) or person.presses

    def _turn(self, before: Conversation, arrival: Arrival) -> Turn:
        said: Said = arrival.said  # type: ignore[assignment] # the crowd talks in private only
        turn = take_turn(self._book, before, said, Facts(int(self._world.clock())))
        assert not any(isinstance(effect, Forget | Export) for effect in turn.effects)
        return turn


def _wanted(turn: Turn) -> tuple[str, ...]:
    return tuple(
        button.press
        for message in turn.messages
        for row in message.rows
        for button in row
        if button.press and not button.press.endswith(UNWANTED)
    )
