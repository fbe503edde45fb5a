"""What one chat bubble is on Telegram: text in HTML and an inline keyboard.

Decides how long text becomes pieces and buttons become keys. It translates nothing itself (the renderer does) and
sends nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.letters import split
from dialogs.engine.lines import Button, Line, Message, Row

LABEL_LIMIT = 64
TICK = "✓ "


class Renders(Protocol):
    """Says lines in a language."""

    def text(self, line: Line, locale: str) -> str:
        """A line as Telegram HTML."""
        ...

    def message(self, message: Message, locale: str) -> str:
        """All lines of a message as Telegram HTML, in paragraphs."""
        ...

    def plain(self, line: Line, locale: str) -> str:
        """A line as plain text."""
        ...

    def label(self, line: Line, locale: str) -> str:
        """A line as plain text without line breaks."""
        ...


@dataclass(frozen=True, slots=True)
class Bubble:
    """Text in one or more pieces; the keyboard belongs to the last."""

    pieces: tuple[str, ...]
    keyboard: InlineKeyboardMarkup | None


def bubble(message: Message, locale: str, renderer: Renders) -> Bubble:
    """The message as it goes to Telegram, in a language."""
    return Bubble(
        pieces=split(renderer.message(message, locale)),
        keyboard=_keyboard(message.rows, locale, renderer),
    )


def _keyboard(rows: tuple[Row, ...], locale: str, renderer: Renders) -> InlineKeyboardMarkup | None:
    keys = [[_key(button, locale, renderer) for button in row] for row in rows if row]
    return InlineKeyboardMarkup(keys) if keys else None


def _key(button: Button, locale: str, renderer: Renders) -> InlineKeyboardButton:
    label = renderer.label(button.label, locale)
    text = shorten(f"{TICK}{label}" if button.ticked else label, LABEL_LIMIT)
    copied = CopyTextButton(button.copy) if button.copy else None
    return InlineKeyboardButton(text, callback_data=button.press, url=button.url, copy_text=copied)


def shorten(text: str, limit: int) -> str:
    """`text`, or its beginning and an ellipsis when it is longer than `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
