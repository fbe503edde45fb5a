"""What people wrote in the last minutes, in memory only: so that danger spread over several messages is seen.

Decides how long raw text is remembered (a minute, and an hour for a text that a card was shown for) and that it is
never more than a few thousand chats. It is used by the reading thread alone, and lost with the process.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import TypeVar

from dialogs.understanding.reading import Reading
from dialogs.understanding.safety import Level

V = TypeVar("V")

JOINED = 60
"""Seconds within which messages of one chat are read together."""
REMEMBERED = 3600
"""Seconds for which a text can still be answered after "this is not an emergency"."""
MOST_CHATS = 5_000
MOST_TEXTS = 20
LONGEST = 4_096


class Recent:
    """The last texts of each chat, and the one that a card was shown for."""

    def __init__(self) -> None:
        self._texts: OrderedDict[int, deque[tuple[int, Reading]]] = OrderedDict()
        self._alarmed: OrderedDict[int, tuple[int, Reading]] = OrderedDict()

    def before(self, chat: int, at: int) -> str:
        """What the chat sent in the minute before `at`, UTC epoch seconds, joined; empty when nothing."""
        texts = self._texts.get(chat, ())
        said = (text for when, text in texts if 0 <= at - when <= JOINED)
        return ", ".join(text.text.get_secret_value() for text in said)[-LONGEST:]

    def heard(self, chat: int, at: int, reading: Reading) -> None:
        """Remember a text. One that raised a card at once ends the joining; after a mere question it goes on."""
        if any(signal.urgent for signal in reading.signals):
            _put(self._alarmed, chat, (at, reading))
        if any(signal.level is Level.NOW for signal in reading.signals):
            self._texts.pop(chat, None)
            return
        texts = self._texts.get(chat) or deque(maxlen=MOST_TEXTS)
        while texts and at - texts[0][0] > JOINED:
            texts.popleft()
        texts.append((at, reading))
        _put(self._texts, chat, texts)

    def alarmed(self, chat: int, at: int) -> Reading | None:
        """The text a card was last shown for, while it is remembered."""
        when, reading = self._alarmed.get(chat, (0, None))
        return reading if at - when <= REMEMBERED else None

    def forget(self, at: int) -> None:
        """Drop what is older than it may be."""
        while self._texts and at - next(iter(self._texts.values()))[-1][0] > JOINED:
            self._texts.popitem(last=False)
        while self._alarmed and at - next(iter(self._alarmed.values()))[0] > REMEMBERED:
            self._alarmed.popitem(last=False)


def _put(kept: OrderedDict[int, V], chat: int, value: V) -> None:
    kept[chat] = value
    kept.move_to_end(chat)
    if len(kept) > MOST_CHATS:
        kept.popitem(last=False)
