"""A typed text: a button's words, a wish, an answer, or not understood.

Decides in which order a text is tried. The words of an open button come first; on a card nothing else counts as a
choice, so that "do not delete" never deletes. Reading the words is `dialogs.understanding`'s matter.
"""

from __future__ import annotations

from collections.abc import Callable

from dialogs.engine import answering, arriving, phrases, repair, show, taps
from dialogs.engine.conversation import AnswerKind, Frame
from dialogs.engine.definition import Choice, State, StateKind
from dialogs.engine.said import Typed
from dialogs.engine.scene import Scene
from dialogs.understanding.answers import (
    Expected,
    countries_meant,
    labelled,
    placed,
    understand,
)
from dialogs.understanding.reading import Reading

Obey = Callable[[Scene, str, str], None]
"""Carries out a command, by its name and word."""

ANSWERS = {"yes", "no"}
"""Wishes that only mean something to a question with such a choice."""


def typed(scene: Scene, said: Typed, obey: Obey) -> None:
    """Take a text. `obey` carries out a wish that is a command."""
    frame = scene.top
    state = scene.book.state(frame.place) if frame else None
    wish = said.reading.wish
    if frame is None or state is None or not frame.asked:
        _first_words(scene, wish, obey)
    elif said.edited:
        scene.reopen(phrases.EDITED)
    elif _labelled(scene, frame, state, said.reading):
        return
    elif wish is not None and wish not in ANSWERS:
        _wish(scene, frame, state, wish, obey)
    elif not _understood(scene, frame, state, said.reading):
        _unsure(scene, frame, state, said.reading)


def _first_words(scene: Scene, wish: str | None, obey: Obey) -> None:
    """What is typed before anything was asked: a command in words counts, everything else is a hello."""
    if wish is None or wish in ANSWERS | {"back", "skip", "why", "menu"}:
        arriving.arrive(scene)
    else:
        obey(scene, *_parted(wish))


def _wish(scene: Scene, frame: Frame, state: State, wish: str, obey: Obey) -> None:
    match wish:
        case "back":
            taps.back(scene, by_tap=False)
        case "skip":
            taps.skip(scene, frame, state, by_tap=False)
        case "why":
            taps.why(scene, state)
        case _:
            obey(scene, *_parted(wish))


def _parted(wish: str) -> tuple[str, str]:
    name, _, word = wish.partition(":")
    return name, word


def _labelled(scene: Scene, frame: Frame, state: State, reading: Reading) -> bool:
    """Take a text that is the whole label of an open button as that button."""
    if state.accept in {AnswerKind.TEXT, AnswerKind.MANY}:
        return False
    offered = _offered(scene, frame, state)
    found = labelled(_expected(scene, state, offered), reading, scene.now.locale)
    if found is None and state.kind is not StateKind.ASK and reading.wish in ANSWERS:
        found = reading.wish
    choice = next((c for c in offered if c.id == found), None)
    if choice is None:
        return False
    answering.follow(scene, frame, state, choice, by_tap=False)
    return True


def _understood(scene: Scene, frame: Frame, state: State, reading: Reading) -> bool:
    """Take a text as the answer to the open question, if it is one."""
    if state.kind is not StateKind.ASK:
        return False
    if state.accept is AnswerKind.TEXT:
        _free_text(scene, frame, state)
        return True
    offered = _offered(scene, frame, state)
    expected = _expected(scene, state, offered)
    found = understand(expected, reading, scene.now.locale, scene.facts.today)
    choice = next((c for c in offered if c.id == found), None)
    if choice is not None and choice.effect is not None and not _meant(scene, expected, reading):
        return False
    if choice is not None:
        answering.follow(scene, frame, state, choice, by_tap=False)
    elif isinstance(found, tuple):
        ticked = set(found) | set(frame.picked)
        many = tuple(c.id for c in offered if c.id in ticked)
        answering.give(scene, frame, state, many, by_tap=False)
    elif found is not None:
        answering.give(scene, frame, state, found, by_tap=False)
    return found is not None


def _meant(scene: Scene, expected: Expected, reading: Reading) -> bool:
    """A consent is given by its button, its whole label, its place, yes or no; never by words that come close."""
    return reading.wish in ANSWERS or placed(expected, reading, scene.now.locale) is not None


def _free_text(scene: Scene, frame: Frame, state: State) -> None:
    """Only redacted text is kept. Without any the question is passed, and that is said."""
    if scene.facts.kept is None:
        scene.told.append(phrases.FREE_TEXT_NOT_KEPT)
        answering.skip(scene, frame, state, by_tap=False)
    else:
        answering.give(scene, frame, state, scene.facts.kept, by_tap=False)


def _unsure(scene: Scene, frame: Frame, state: State, reading: Reading) -> None:
    """What was typed is no answer: perhaps it names several countries, else the ladder of repair."""
    codes = countries_meant(reading) if state.accept is AnswerKind.COUNTRY else ()
    if codes:
        rows = show.country_rows(scene.at, frame, state, codes)
        scene.say(frame, state, rows=rows, replaced=phrases.WHICH_COUNTRY)
    else:
        repair.missed(scene, frame, state)


def _offered(scene: Scene, frame: Frame, state: State) -> list[Choice]:
    """The open choices that lead somewhere in the chat."""
    found = show.choices(scene.at, state, show.view(scene.at, frame, state))
    return [choice for choice in found if choice.url is None]


def _expected(scene: Scene, state: State, offered: list[Choice]) -> Expected:
    catalogs, locale = scene.book.catalogs, scene.now.locale or "en"
    labels = {
        c.id: (catalogs.text(locale, c.label.context, c.label.msgid), c.label.msgid)
        for c in offered
    }
    return Expected(state.accept or AnswerKind.CHOICE, labels, state.region, state.answer)
