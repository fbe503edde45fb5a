"""A logged conversation retold as a conversation test, a `.chat` file.

Decides how each logged turn is written, and what a file holds on to: the first words of every bubble, and the newest
buttons. What the log does not hold, or a test has no words for, is refused with a sentence, never guessed. Words of
lines and labels are `bot.story_text`'s.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from bot.as_seen import Bubble, ChatSeen, Offered, SeenTurn, quotes
from bot.i18n import Renderer
from bot.storage.log_tables import Act
from bot.storage.transcripts import LoggedTurn
from bot.story_text import MINUTE, CannotBeTold, as_read, buttons, lasting, one_line, span
from dialogs.book import Book
from dialogs.directory.fields import country_codes
from dialogs.engine.conversation import AnswerKind, Place
from dialogs.engine.definition import Choice
from dialogs.engine.lines import Line
from dialogs.engine.said import Unreadable
from dialogs.engine.show import countries

HEAD: Final = (
    "# Made from a logged conversation. Name the file by the sentence that must hold, and put it into a folder of\n"
    "# tests/conversations. The words are de-identified, but something may have been missed: read them first."
)
LED_TO: Final = (
    "# What came before the yes to staff is not in the log. This is a short way to the same question; answers that\n"
    "# were given before have to be added."
)
SAME: Final = "# The words were not kept. These give the same answer."
FIRST_WORDS: Final = 12
LONGEST: Final = 80
TICK: Final = "✓ "
CONSENT: Final = Place("consent_review", "ask")
_SENT: Final = {kind.value for kind in Unreadable} - {Unreadable.OTHER.value}


def retold(turns: Sequence[LoggedTurn], book: Book, renderer: Renderer) -> str:
    """The file. Raises CannotBeTold."""
    if not turns:
        raise CannotBeTold("Nothing of this conversation was kept.")
    teller = _Teller(book, renderer)
    steps = [step for turn in turns for step in teller.steps(turn)]
    blocks = ["\n".join(step) for step in steps]
    return "\n\n".join([HEAD, _client(turns[0]), *blocks]) + "\n"


def _client(first: LoggedTurn) -> str:
    """The phone's language; none where the assistant had to ask for it."""
    asked = first.place.startswith("language.")
    return "Client:" if asked else f"Client: {first.locale}"


class _Teller:
    """Tells turn after turn. `_untold` are seconds that went by and were too few to be told."""

    def __init__(self, book: Book, renderer: Renderer) -> None:
        self._book, self._renderer = book, renderer
        self._chat = ChatSeen()
        self._last: LoggedTurn | None = None
        self._untold = 0

    def steps(self, turn: LoggedTurn) -> Iterator[list[str]]:
        """The steps of a turn, each with its lines. Raises CannotBeTold."""
        yield from self._before(turn)
        if turn.messages is None:
            raise CannotBeTold("Of a part of this conversation only codes were kept, no words.")
        offered = [each for each in self._chat.offered() if each.button.press]
        seen = self._chat.take(turn)
        yield [self._act(seen, offered), *self._shown(seen)]
        self._last = turn

    def _before(self, turn: LoggedTurn) -> Iterator[list[str]]:
        last = self._last
        if last is None:
            yield from self._led_to(turn)
            return
        if turn.number > last.number + 1 and turn.before != last.place:
            raise CannotBeTold("A part of this conversation is not in the log.")
        self._untold += max(0, turn.at - last.at)
        if turn.act is not Act.TIMER and self._untold > MINUTE:
            yield [self._time_passes(self._untold)]

    def _time_passes(self, seconds: int) -> str:
        self._untold = 0
        return f"Time passes: {span(seconds)}"

    def _led_to(self, first: LoggedTurn) -> Iterator[list[str]]:
        """How the first logged turn is reached where more came before it: nobody logs what comes before the yes."""
        if first.number <= 1:
            return
        if first.before != str(CONSENT):
            raise CannotBeTold("What came before the first logged words is not in the log.")
        if first.place.startswith("privacy."):
            change = self._choice(Place("privacy", "card"), "review")
            asked = f"Patient taps: {self._label(change.label, first.locale)}"
            yield [LED_TO, "Patient: /start", "Patient: /privacy", asked]
        else:
            yield [LED_TO, "Patient: /start benefits", "Patient: /menu"]

    def _act(self, seen: SeenTurn, offered: Sequence[Offered]) -> str:
        turn = seen.turn
        match turn.act:
            case Act.TYPED if turn.text is None and turn.choice:
                return f"{SAME}\nPatient: {self._same_answer(turn)}"
            case Act.TYPED:
                return f"Patient: {_words(turn)}"
            case Act.EDITED:
                return f"Patient edits: {_words(turn)}"
            case Act.COMMAND:
                return f"Patient: {turn.choice}"
            case Act.TAPPED:
                return self._tap(seen, offered)
            case Act.SENT:
                return f"Patient sends: {_sent(turn)}"
            case Act.RETURNED:
                return "Patient sends: return"
            case Act.TIMER:
                # Rounded up, so that what was due is due.
                return self._time_passes(max(1, math.ceil(self._untold / MINUTE)) * MINUTE)

    def _same_answer(self, turn: LoggedTurn) -> str:
        """Other words that give the answer which words that were not kept have given."""
        place = Place(*turn.before.split(".", 1))
        state = self._book.state(place)
        if (
            state is not None
            and state.accept is AnswerKind.COUNTRY
            and turn.choice in country_codes()
        ):
            (named,) = countries((turn.choice,))
            return self._label(named.label, turn.locale)
        return self._label(self._choice(place, turn.choice).label, turn.locale)

    def _tap(self, seen: SeenTurn, offered: Sequence[Offered]) -> str:
        turn, pressed = seen.turn, seen.pressed
        if pressed is None and self._last is None and turn.before == str(CONSENT):
            answer = self._choice(CONSENT, turn.choice)
            return f"Patient taps: {self._label(answer.label, turn.locale)}"
        if pressed is None:
            raise CannotBeTold("A button was pressed, and the log does not say which.")
        label = self._name(pressed)
        same = [each for each in offered if self._name(each) == label]
        if same[0] == pressed:
            return f"Patient taps: {label}"
        if same[-1] == pressed and same[-2].bubble is not pressed.bubble:
            return f"Patient taps old: {label}"
        raise CannotBeTold(
            f"“{label}” was pressed, neither the newest nor the oldest of that name."
        )

    def _choice(self, place: Place, name: str) -> Choice:
        state = self._book.state(place)
        found = next((each for each in state.choices if each.id == name), None) if state else None
        if found is None:
            raise CannotBeTold("An answer was given that the flows no longer have.")
        return found

    def _shown(self, seen: SeenTurn) -> Iterator[str]:
        for bubble in seen.bubbles:
            if words := self._first_words(bubble):
                yield f"Assistant: {words}"
        if seen.bubbles:
            yield from buttons([self._name(each) for each in self._chat.keyboard()])

    def _first_words(self, bubble: Bubble) -> str:
        """The first words that hold on any day and repeat nothing the person wrote."""
        for line in bubble.message.lines:
            if quotes(line):
                continue
            for paragraph in self._renderer.plain(line, bubble.locale).splitlines():
                for sentence in lasting(as_read(paragraph)):
                    return " ".join(sentence.split()[:FIRST_WORDS])[:LONGEST].strip()
        return ""

    def _name(self, offered: Offered) -> str:
        tick = TICK if offered.button.ticked else ""
        return f"{tick}{self._label(offered.button.label, offered.bubble.locale)}"

    def _label(self, label: Line, locale: str) -> str:
        return as_read(self._renderer.label(label, locale))


def _words(turn: LoggedTurn) -> str:
    if turn.text is None:
        raise CannotBeTold("Something was written whose words were not kept.")
    return one_line(turn.text)


def _sent(turn: LoggedTurn) -> str:
    if turn.choice not in _SENT:
        raise CannotBeTold("Something was sent that a test has no name for.")
    if turn.signal or turn.intent:
        raise CannotBeTold("There were words under a picture or a file: those are never kept.")
    return turn.choice
