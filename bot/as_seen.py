"""A logged conversation as it stood in the chat: which bubble was new, which was changed, which button was pressed.

Decides what a chat client would show, from what the log holds. It renders nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.storage.log_tables import Act
from bot.storage.transcripts import LoggedTurn
from dialogs.engine.lines import Button, Kept, Line, Message, Param, Row


@dataclass(slots=True)
class Bubble:
    """A message as it was shown: `locale` is the language it was read in; `pressed` are rows and columns of buttons."""

    message: Message
    locale: str
    changed: bool = False
    pressed: set[tuple[int, int]] = field(default_factory=set)


class Offered(NamedTuple):
    """A button that could be pressed, where it is, and its bubble."""

    button: Button
    row: int
    column: int
    bubble: Bubble


class SeenTurn(NamedTuple):
    """One turn: what was pressed, where that is known, and what was shown."""

    turn: LoggedTurn
    pressed: Offered | None
    bubbles: tuple[Bubble, ...]


@dataclass(slots=True)
class _Standing:
    """A bubble in the chat: its key, its buttons now, and how it was shown last."""

    key: int
    rows: tuple[Row, ...]
    shown: Bubble


class ChatSeen:
    """The chat, turn by turn."""

    def __init__(self) -> None:
        self._standing: list[_Standing] = []

    def take(self, turn: LoggedTurn) -> SeenTurn:
        """The next turn as it was seen."""
        pressed = self._pressed(turn)
        shown = [self._put(turn, message) for message in turn.messages or ()]
        return SeenTurn(turn, pressed, tuple(bubble for bubble in shown if bubble.message.lines))

    def offered(self) -> Iterator[Offered]:
        """Every button that can be pressed now, those of the newest bubble first."""
        for standing in reversed(self._standing):
            for row, buttons in enumerate(standing.rows):
                for column, button in enumerate(buttons):
                    yield Offered(button, row, column, standing.shown)

    def keyboard(self) -> list[Offered]:
        """The buttons of the newest bubble that has some."""
        newest = next((each.shown for each in reversed(self._standing) if each.rows), None)
        return [each for each in self.offered() if each.bubble is newest]

    def _pressed(self, turn: LoggedTurn) -> Offered | None:
        """The newest button that the turn's code fits, marked as pressed."""
        if turn.act is not Act.TAPPED or not turn.choice:
            return None
        fitting = (each for each in self.offered() if _name(each.button.press) == turn.choice)
        found = next(fitting, None)
        if found is not None:
            found.bubble.pressed.add((found.row, found.column))
        return found

    def _put(self, turn: LoggedTurn, message: Message) -> Bubble:
        """Put a message into the chat as Telegram would."""
        bubble = Bubble(message, message.locale or turn.locale)
        old = next((each for each in reversed(self._standing) if each.key == message.key), None)
        if message.edit and old is not None:
            old.rows = message.rows
            if message.lines:
                bubble.changed, old.shown = True, bubble
        elif message.lines:
            self._standing.append(_Standing(message.key, message.rows, bubble))
        return bubble


def quotes(param: Param) -> bool:
    """Whether what a person wrote stands in it."""
    match param:
        case Kept():
            return True
        case Line():
            return any(quotes(each) for each in param.params.values())
        case tuple():
            return any(quotes(each) for each in param)
        case _:
            return False


def _name(press: str | None) -> str | None:
    """What a button means, without the number of the question it belongs to."""
    asked, colon, name = (press or "").partition(":")
    return name if colon and asked.isdecimal() else press
