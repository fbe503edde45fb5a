"""A transcript as a page shows it: every line in the reader's language, and as it was read.

Decides how a turn is told: what the person did, what came back, and what lies between two turns. Why words are missing
is told as far as the log knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from bot.as_seen import Bubble, ChatSeen, Offered, SeenTurn, quotes
from bot.i18n import Renderer, Unrenderable
from bot.logs import Journal
from bot.storage.log_tables import Act
from bot.storage.transcripts import LoggedTurn
from bot.web.console.pages import span
from bot.web.console.telegram_html import as_markup, with_chips
from dialogs.engine.lines import Line

HOUR: Final = 3_600
CODES_ONLY: Final = (
    "Only codes are kept here: words to or from staff, or what the person had taken off the screen."
)
NOT_KEPT: Final = (
    "Words not kept: their language has not passed its de-identification test or was not sure, or they were too long, "
    "mostly identifying, about violence at home, or a child’s."
)
UNSAYABLE: Final = "(This sentence cannot be shown: something it needs is not in the log.)"
_TYPED = {Act.TYPED, Act.EDITED}
_DID = {
    Act.TIMER: "came by itself",
    Act.RETURNED: "came back after blocking the assistant",
}
_journal = Journal("transcript_view")


class Key(NamedTuple):
    """A button. `label` is for the reader, `original` as it was read."""

    label: str
    original: str
    pressed: bool
    ticked: bool
    leads_out: bool


class Words(NamedTuple):
    """A bubble of the assistant. `original` is None where it was read in the reader's language."""

    words: Markup
    original: Markup | None
    locale: str
    changed: bool
    keys: tuple[tuple[Key, ...], ...]


class Told(NamedTuple):
    """One turn. `wrote` are the person's words, `did` what they did without any, `missing` why there are none.

    `quoted` tells that kept words stand in it.
    """

    turn: LoggedTurn
    dividers: tuple[str, ...]
    wrote: Markup | None
    did: str
    missing: str
    bubbles: tuple[Words, ...]
    quoted: bool


class View:
    """Tells turns to one reader."""

    def __init__(self, renderer: Renderer, locale: str) -> None:
        self._renderer, self._locale = renderer, locale

    def turns(self, turns: Sequence[LoggedTurn]) -> list[Told]:
        """All turns, in order."""
        chat = ChatSeen()
        seen = [chat.take(turn) for turn in turns]
        before = [None, *turns]
        return [
            self._told(one, tuple(_between(last, one.turn)))
            for last, one in zip(before, seen, strict=False)
        ]

    def _told(self, seen: SeenTurn, dividers: tuple[str, ...]) -> Told:
        turn = seen.turn
        lines = [line for bubble in seen.bubbles for line in bubble.message.lines]
        return Told(
            turn,
            dividers,
            None if turn.text is None else with_chips(turn.text),
            "" if turn.act in _TYPED else self._did(turn, seen.pressed),
            _missing(turn),
            tuple(self._words(bubble) for bubble in seen.bubbles),
            turn.text is not None or any(quotes(line) for line in lines),
        )

    def _did(self, turn: LoggedTurn, pressed: Offered | None) -> str:
        match turn.act:
            case Act.TAPPED if pressed is not None:
                return self._label(pressed.button.label, self._locale)
            case Act.TAPPED:
                return "a button" if not turn.choice else f"a button ({turn.choice})"
            case Act.COMMAND:
                return turn.choice
            case Act.SENT:
                return f"sent: {turn.choice}"
            case act:
                return _DID.get(act, "")

    def _words(self, bubble: Bubble) -> Words:
        other = bubble.locale != self._locale
        keys = [
            tuple(self._key(bubble, row, column) for column in range(len(buttons)))
            for row, buttons in enumerate(bubble.message.rows)
        ]
        return Words(
            self._say(bubble, self._locale),
            self._say(bubble, bubble.locale) if other else None,
            bubble.locale,
            bubble.changed,
            tuple(keys),
        )

    def _key(self, bubble: Bubble, row: int, column: int) -> Key:
        button = bubble.message.rows[row][column]
        return Key(
            self._label(button.label, self._locale),
            self._label(button.label, bubble.locale),
            (row, column) in bubble.pressed,
            button.ticked,
            button.url is not None,
        )

    def _say(self, bubble: Bubble, locale: str) -> Markup:
        try:
            return as_markup(self._renderer.message(bubble.message, locale))
        except Unrenderable as error:
            _journal.trouble("unrenderable", error=error)
            return Markup.escape(UNSAYABLE)

    def _label(self, label: Line, locale: str) -> str:
        try:
            return self._renderer.label(label, locale)
        except Unrenderable as error:
            _journal.trouble("unrenderable", error=error)
            return UNSAYABLE


def _between(last: LoggedTurn | None, turn: LoggedTurn) -> Iterator[str]:
    if last is None:
        return
    if turn.at - last.at >= HOUR:
        yield f"{span(turn.at - last.at)} passed"
    if turn.locale != last.locale:
        yield f"The language changed from {last.locale} to {turn.locale}"


def _missing(turn: LoggedTurn) -> str:
    if turn.messages is None:
        return CODES_ONLY
    return NOT_KEPT if turn.act in _TYPED and turn.text is None else ""
