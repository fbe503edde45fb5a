"""A typed text: a button's words, a wish, an answer, or not understood.

Decides in which order a text is tried. The words of an open button come first; on a card nothing else counts as a
choice, so that "do not delete" never deletes. Reading the words is `dialogs.understanding`'s matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.engine import (
    alarm,
    answering,
    arriving,
    in_passing,
    meant,
    phrases,
    repair,
    show,
    taps,
    tongues,
)
from dialogs.engine.commands import obey
from dialogs.engine.conversation import CARDS, CHILD, SAFETY, AnswerKind, Frame
from dialogs.engine.corrected import corrected, expected
from dialogs.engine.definition import Choice, State, StateKind
from dialogs.engine.said import Typed
from dialogs.engine.scene import Scene
from dialogs.leads import Way
from dialogs.understanding.answers import (
    Expected,
    countries_meant,
    labelled,
    placed,
    understand,
)
from dialogs.understanding.reading import Reading

DONT_KNOW = "dont_know"
_QUESTION = re.compile("[?؟？¿]")
ANSWERS = {"yes", "no", DONT_KNOW}
"""Wishes that only mean something to a question."""


def typed(scene: Scene, said: Typed) -> None:
    """Take a text."""
    frame = scene.top
    state = scene.book.state(frame.place) if frame else None
    wish = said.reading.wish
    if frame is None or state is None or not frame.asked:
        _first_words(scene, said.reading)
        return
    if said.edited:
        scene.reopen(phrases.EDITED)
        return
    table = _table(scene, frame, state)
    if _labelled(scene, table, said.reading) or _standing(scene, table, said.reading):
        return
    listed = state.accept is AnswerKind.MANY and wish is not None and wish.startswith("language:")
    if listed and _understood(scene, table, said.reading):
        return  # the name of a language is an answer where languages are asked for
    if frame.place.flow in CARDS and (wish is None or wish in ANSWERS):
        _at_card(scene, said, frame)
    elif frame.place.flow == SAFETY and wish is not None and wish.startswith("language:"):
        alarm.speak(scene, wish.partition(":")[2])
    elif wish is not None and wish not in ANSWERS:
        meant.wish(scene, frame, state, wish)
    elif state.accept is not AnswerKind.TEXT and corrected(scene, said.reading):
        return
    elif _interrupts(scene, table, said.reading) or not _understood(scene, table, said.reading):
        _unsure(scene, frame, state, said.reading)


def _at_card(scene: Scene, said: Typed, frame: Frame) -> None:
    """A text while a safety card is open, or the offer of a language, which gives way to whatever else is said."""
    if frame.place.flow == SAFETY:
        alarm.typed_at_card(scene, said.reading, frame)
    else:
        alarm.close(scene)
        typed(scene, said)


@dataclass(frozen=True, slots=True)
class Table:
    """What is open: the frame, its state, the choices that lead somewhere in the chat, and how they may be named."""

    frame: Frame
    state: State
    offered: tuple[Choice, ...]
    expected: Expected

    def choice(self, choice_id: object) -> Choice | None:
        """The choice of that id, or None."""
        return next((choice for choice in self.offered if choice.id == choice_id), None)


def _table(scene: Scene, frame: Frame, state: State) -> Table:
    shown = show.choices(scene.at, state, show.view(scene.at, frame, state))
    offered = tuple(choice for choice in shown if choice.stays)
    return Table(frame, state, offered, expected(scene, state, offered))


def _first_words(scene: Scene, reading: Reading) -> None:
    """What is typed before anything was asked: a command in words, a topic after the welcome; else a hello."""
    wish = reading.wish
    lead = meant.lead_of(scene, reading.route.first) if reading.route.sure else None
    if wish is not None and wish not in ANSWERS | {"back", "skip", "why", "menu", "restart"}:
        name, _, word = wish.partition(":")
        obey(scene, name, word)
    elif wish is None and lead is not None and lead.way in {Way.TOPIC, Way.OPEN} and lead.place:
        arriving.arrive(scene, scene.book.resolve(lead.place))
    else:
        arriving.arrive(scene)


def _interrupts(scene: Scene, table: Table, reading: Reading) -> bool:
    """Whether a text asks something, although it may hold an answer, too: "does insurance pay for cancer?" """
    state, lead = table.state, meant.lead_of(scene, reading.route.first)
    if lead is None or state.accept is AnswerKind.TEXT or not reading.route.surest:
        return False
    if not _QUESTION.search(reading.text.get_secret_value()):
        return False
    return lead.way is Way.TOPIC and not (lead.worry and state.answer == meant.WORRIES)


def _labelled(scene: Scene, table: Table, reading: Reading) -> bool:
    """Take a text that is the whole label of an open button as that button."""
    state = table.state
    if state.accept in {AnswerKind.TEXT, AnswerKind.MANY}:
        return False
    found = labelled(table.expected, reading, scene.now.locale)
    if found is None and state.kind is not StateKind.ASK and reading.wish in ANSWERS:
        found = reading.wish
    choice = table.choice(found)
    if choice is None:
        return False
    if state.place.flow == SAFETY and choice.id in alarm.WAY_BACK:
        alarm.go_back(scene, table.frame, choice.id)
        scene.reopen()
    else:
        answering.follow(scene, table.frame, state, choice, by_tap=False)
    return True


def _standing(scene: Scene, table: Table, reading: Reading) -> bool:
    """Take a text that is the whole label of a button of the engine's own."""
    frame, state = table.frame, table.state
    names = ["done"] if state.accept is AnswerKind.MANY else []
    if state.view is not None or show.pages(state, show.NOTHING_SHOWN) > 1:
        names += ["next_page", "prev_page"]
    if not names:
        return False
    text, locale = scene.book.catalogs.text, scene.now.locale or "en"
    lines = {name: scene.book.standing[name] for name in names}
    labels = {n: (text(locale, line.context, line.msgid), line.msgid) for n, line in lines.items()}
    name = labelled(Expected(AnswerKind.CHOICE, labels), reading, scene.now.locale)
    if name is not None:
        taps.standing(scene, frame, state, name)
    return name is not None


def _understood(scene: Scene, table: Table, reading: Reading) -> bool:
    """Take a text as the answer to the open question, if it is one."""
    frame, state = table.frame, table.state
    if state.kind is not StateKind.ASK:
        return False
    if state.accept is AnswerKind.TEXT:
        _free_text(scene, frame, state)
        return True
    found = understand(table.expected, reading, scene.now.locale, scene.facts.today)
    found = found or meant.worry(scene, state, reading.route)
    choice = table.choice(found)
    if choice is not None and choice.effect is not None and not _meant(scene, table, reading):
        return False
    if found is not None:
        in_passing.note(scene, state, reading)
    if choice is not None:
        answering.follow(scene, frame, state, choice, by_tap=False)
    elif isinstance(found, tuple):
        ticked = set(found) | set(frame.picked)
        many = tuple(c.id for c in table.offered if c.id in ticked)
        answering.give(scene, frame, state, many, by_tap=False)
    elif found is not None:
        answering.give(scene, frame, state, found, by_tap=False)
    return found is not None


def _meant(scene: Scene, table: Table, reading: Reading) -> bool:
    """A consent is given by its button, its whole label, its place, yes or no; never by words that come close."""
    return reading.wish in ANSWERS or placed(table.expected, reading, scene.now.locale) is not None


def _free_text(scene: Scene, frame: Frame, state: State) -> None:
    """Only redacted text is kept. Without any the question is passed, and that is said."""
    young = CHILD in scene.now.marks
    if scene.facts.kept is None or young:
        scene.told.append(phrases.CHILD_TEXT_NOT_KEPT if young else phrases.FREE_TEXT_NOT_KEPT)
        answering.skip(scene, frame, state, by_tap=False)
    else:
        answering.give(scene, frame, state, scene.facts.kept, by_tap=False)


def _unsure(scene: Scene, frame: Frame, state: State, reading: Reading) -> None:
    """What was typed is no answer: perhaps a country of several, or a matter of its own; else the ladder of repair."""
    codes = countries_meant(reading) if state.accept is AnswerKind.COUNTRY else ()
    if codes:
        rows = show.country_rows(scene.at, frame, state, codes)
        scene.say(frame, state, rows=rows, replaced=phrases.WHICH_COUNTRY)
    elif reading.reply == DONT_KNOW and state.kind is StateKind.ASK:
        scene.told.append(phrases.NOT_KNOWING)
        answering.skip(scene, frame, state, by_tap=False)
    elif not scene.resumed and (tongue := tongues.due(scene, reading)):
        meant.put_under(scene, reading.route)
        tongues.offer(scene, tongue)
    elif not meant.understood(scene, frame, state, reading):
        repair.missed(scene, frame, state, reading, meant.guesses(scene, reading.route))
