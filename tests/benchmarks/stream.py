"""A stream of updates: many people, each on the same long walk through the real conversation.

The walk is found once by asking the engine which buttons it shows; engines are deterministic, so it is
right for every chat. Mostly taps, now and then a text or a command.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import orjson
from pydantic import SecretStr

from dialogs.book import Book
from dialogs.engine.conversation import Conversation
from dialogs.engine.lines import Message
from dialogs.engine.result import Forget, Turn
from dialogs.engine.said import Command, Facts, Said, Tap, Typed
from dialogs.engine.turn import take_turn
from dialogs.understanding import read

NOW = 1_795_000_000
FIRST_CHAT = 1_000_000
TEXTS = ("Hello, can you help me?", "germany", "my doctor said so", "back", "qwertz uiop")
COMMANDS = ("menu", "help", "language")


@dataclass(frozen=True, slots=True)
class Step:
    """One input of the walk: a pressed button, or a text."""

    press: str | None
    text: str = ""

    @property
    def said(self) -> Said:
        """As the engine gets it."""
        if self.press is not None:
            return Tap(self.press)
        if self.text.startswith("/"):
            return Command(self.text[1:])
        return Typed(read(SecretStr(self.text), "en"))


@dataclass(frozen=True, slots=True)
class Walk:
    """The steps, and the conversation before each."""

    steps: tuple[Step, ...]
    before: tuple[Conversation, ...]
    turns: tuple[Turn, ...]


def walk(book: Book, length: int) -> Walk:
    """A walk of `length` steps that begins with /start and deletes nothing."""
    rng = random.Random(11)
    conversation, message = Conversation("en"), None
    steps: list[Step] = []
    before: list[Conversation] = []
    turns: list[Turn] = []
    while len(steps) < length:
        step = _next(rng, message) if steps else Step(None, "/start")
        turn = take_turn(book, conversation, step.said, Facts(NOW))
        if any(isinstance(effect, Forget) for effect in turn.effects):
            continue
        steps.append(step)
        before.append(conversation)
        turns.append(turn)
        conversation = turn.conversation
        message = turn.messages[-1] if turn.messages else message
    return Walk(tuple(steps), tuple(before), tuple(turns))


def _next(rng: random.Random, message: Message | None) -> Step:
    presses = [b.press for row in message.rows for b in row if b.press] if message else []
    dice = rng.random()
    if dice < 0.05 or not presses:
        return Step(None, "/" + rng.choice(COMMANDS))
    if dice < 0.15:
        return Step(None, rng.choice(TEXTS))
    return Step(rng.choice(presses))


def update(number: int, chat: int, step: Step) -> bytes:
    """The step as Telegram sends it."""
    person = {
        "id": chat, "is_bot": False, "first_name": "Maria", "last_name": "Example",
        "username": f"maria{chat}", "language_code": "en",
    }  # fmt: skip
    place = {"id": chat, "type": "private", "first_name": "Maria", "username": f"maria{chat}"}
    message = {"message_id": number, "date": NOW, "chat": place, "from": person}
    if step.press is None:
        entity = {"type": "bot_command", "offset": 0, "length": len(step.text)}
        entities = [entity] if step.text.startswith("/") else []
        body = {"message": {**message, "text": step.text, "entities": entities}}
        return orjson.dumps({"update_id": number, **body})
    button = {"text": "A button of some length", "callback_data": step.press}
    bot = {"id": 1, "is_bot": True, "first_name": "Assistant", "username": "assistant_bot"}
    shown = {**message, "from": bot, "text": "A card with some text on it. " * 5}
    shown["reply_markup"] = {"inline_keyboard": [[button], [button], [button]]}
    query = {"id": str(number * 977), "from": person, "message": shown, "data": step.press}
    return orjson.dumps({"update_id": number, "callback_query": {**query, "chat_instance": "1"}})


def stream(walk: Walk, chats: int, number: int = 1) -> Iterator[bytes]:
    """Updates with ids from `number` on: every chat one step further, then every chat again.

    Chat n stands where `begins_at(n)` says, so that at any time all parts of the walk are being walked.
    Ends when the first chat is at the end of the walk.
    """
    for further in range(len(walk.steps) // 2):
        for chat in range(chats):
            step = walk.steps[begins_at(walk, chat) + further]
            yield update(number, FIRST_CHAT + chat, step)
            number += 1


def begins_at(walk: Walk, chat: int) -> int:
    """The step of the walk a chat begins with: somewhere in its first half."""
    return chat % (len(walk.steps) // 2)
