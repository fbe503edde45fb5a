"""Random walks of the engine, on the program's own book and on a small one.

Whatever is pressed, typed or sent, in whatever order: no turn raises, there is always a way on, what is remembered
stays small and holds nothing but answers to questions, and the same input gives the same turn again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.storage.lines_json import message_in, message_out
from dialogs.book import Book, load_book
from dialogs.engine.conversation import STACK_LIMIT, TRAIL_LIMIT, Conversation, from_json, to_json
from dialogs.engine.lines import Message
from dialogs.engine.result import Forget, SetTimer, Turn
from dialogs.engine.said import Command, Due, Facts, Returned, Said, Sent, Tap, Typed, Unreadable
from dialogs.engine.turn import take_turn
from dialogs.understanding import read
from tests.support.small_book import small_book

NOW = 1_795_000_000
LARGEST_STATE = 4_096
COMMANDS = (
    "start",
    "menu",
    "help",
    "about",
    "language",
    "privacy",
    "export",
    "person",
    "settings",
    "nonsense",
)
WORDS = ("", "es", "en", "xx", "benefits", "options", "trip", "lang_es", "lang_xx", "ref_CLINIC")
TEXTS = (
    "Germany", "USA", "TX", "🇫🇷", "sea", "hat, book", "3", "1", "back", "skip", "menu", "why?", "yes", "no", "stop",
    "español", "english", "qqqq", "", "\0", "\ud800", "ä" * 5000, "the second one", "tomorrow", "-1", "A book",
)  # fmt: skip

Act = tuple[str, int]
acts = st.lists(
    st.tuples(
        st.sampled_from(["tap"] * 8 + ["old_tap"] * 2 + ["made_up"] + ["text"] * 4 + ["edit", "command", "sent",
                        "due", "returned"]),
        st.integers(0, 10_000),
    ),
    min_size=10,
    max_size=60,
)  # fmt: skip


@cache
def book_called(name: str) -> Book:
    """The program's own book, or a small one."""
    return load_book() if name == "own" else small_book()


@dataclass
class Walk:
    """Somebody who does anything."""

    book: Book
    conversation: Conversation
    presses: list[str] = field(default_factory=list)
    old: list[str] = field(default_factory=list)
    timers: list[SetTimer] = field(default_factory=list)
    now: int = NOW

    def said(self, kind: str, chance: int) -> Said:
        """The input that an act is now."""
        match kind:
            case "tap" if self.presses:
                return Tap(self.presses[chance % len(self.presses)])
            case "old_tap" if self.old:
                return Tap(self.old[chance % len(self.old)])
            case "text" | "edit":
                text = SecretStr(TEXTS[chance % len(TEXTS)])
                return Typed(read(text, self.conversation.locale), edited=kind == "edit")
            case "command":
                return Command(COMMANDS[chance % len(COMMANDS)], WORDS[chance % len(WORDS)])
            case "sent":
                return Sent(list(Unreadable)[chance % len(Unreadable)])
            case "due" if self.timers:
                timer = self.timers[chance % len(self.timers)]
                return Due(timer.timer, timer.stamp)
            case "due":
                return Due("forget", chance)
            case "returned":
                return Returned()
            case _:
                return Tap(
                    f"{chance % 5}:{('<why', '<back', 'yes', '', '<<', 'x' * 50)[chance % 6]}"
                )

    def take(self, said: Said, kept: str | None) -> Turn:
        """One turn, from and to JSON."""
        before = orjson.dumps(to_json(self.conversation))
        facts = Facts(self.now, kept=kept)
        turn = take_turn(self.book, self.conversation, said, facts)
        assert orjson.dumps(to_json(self.conversation)) == before, "the given conversation changed"
        again = take_turn(self.book, from_json(orjson.loads(before)), said, facts)
        assert again == turn, "the same input gave another turn"
        self.follow(turn)
        return turn

    def follow(self, turn: Turn) -> None:
        """Save and load what the turn left, and see its buttons."""
        self.conversation = from_json(orjson.loads(orjson.dumps(to_json(turn.conversation))))
        assert self.conversation == turn.conversation
        self.timers += [effect for effect in turn.effects if isinstance(effect, SetTimer)]
        for message in turn.messages:
            assert message_in(orjson.loads(orjson.dumps(message_out(message)))) == message._replace(
                locale=None, urgent=False
            )
            self.old += self.presses
            self.presses = presses_of(message) or self.presses
        if any(isinstance(effect, Forget) for effect in turn.effects):
            self.conversation = Conversation(self.conversation.locale)


def presses_of(message: Message) -> list[str]:
    return [button.press for row in message.rows for button in row if button.press]


def check_way_on(turn: Turn, said: Said) -> None:
    """A person's input is answered with something to press, or with a notice; a timer may be silent."""
    if isinstance(said, Due | Returned):
        return
    assert turn.notice or any(message.rows for message in turn.messages), said
    for message in turn.messages:
        assert message.lines or message.edit
        assert all(len(press.encode()) <= 64 for press in presses_of(message))


def check_memory(book: Book, turn: Turn) -> None:
    """What is remembered is bounded, and is answers that the book asks for."""
    after = turn.conversation
    assert len(orjson.dumps(to_json(after))) < LARGEST_STATE
    assert len(after.frames) <= STACK_LIMIT
    assert len(after.trail) <= TRAIL_LIMIT
    assert after.answers.keys() <= {state.answer for state in book.states()}
    assert all(book.state(frame.place) is not None for frame in after.frames)


Check = Callable[[list[Act], str | None, str | None], None]


@pytest.mark.parametrize("name", ["own", "small"])
def test_any_walk_stays_sound(name: str) -> None:
    @settings(max_examples=200)
    @given(acts, st.sampled_from(["en", "es", None]), st.sampled_from([None, "kept words"]))
    def walks(walk: list[Act], locale: str | None, kept: str | None) -> None:
        book = book_called(name)
        person = Walk(book, Conversation(locale))
        for kind, chance in walk:
            person.now += 60
            said = person.said(kind, chance)
            turn = person.take(said, kept)
            check_way_on(turn, said)
            check_memory(book, turn)

    walks()
