"""An answer corrected in words: "no, I meant Austria", "change the date".

Decides which answer is meant: one that is named, else the newest one that the new value fits. What depends on it is
asked again, as after a correction by buttons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import SecretStr

from dialogs.engine import correct, phrases, show
from dialogs.engine.answers import label_of
from dialogs.engine.conversation import Answer, AnswerKind, Value
from dialogs.engine.definition import Choice, State
from dialogs.engine.scene import Scene
from dialogs.understanding.answers import Expected, understand
from dialogs.understanding.corrections import named_answers, right_value
from dialogs.understanding.reading import Reading

NEWEST = 8
"""Answers that a correction without a name may mean: the last ones."""


def corrected(scene: Scene, reading: Reading) -> bool:
    """Correct what a text corrects. Whether it did."""
    text = reading.text.get_secret_value()
    value = right_value(text)
    if value is not None:
        return any(_fits(scene, key, value) for key in _newest(scene))
    named = [key for key in named_answers(text) if key in scene.now.answers]
    if not named:
        return False
    correct.begin(scene, named[0])
    scene.settle()
    return True


def expected(scene: Scene, state: State, choices: Iterable[Choice]) -> Expected:
    """What a question takes; its choices by their labels in the person's language and in English."""
    text, locale = scene.book.catalogs.text, scene.now.locale or "en"
    labels = {c.id: (text(locale, c.label.context, c.label.msgid), c.label.msgid) for c in choices}
    return Expected(state.accept or AnswerKind.CHOICE, labels, state.region, state.answer)


def _newest(scene: Scene) -> Iterator[str]:
    """The answers that were given last, the newest first."""
    keys = [key for key in scene.now.answers if scene.book.asking(key) is not None]
    yield from keys[: -NEWEST - 1 : -1]


def _fits(scene: Scene, key: str, text: str) -> bool:
    """Put the value in the place of the answer `key`, if it is one. Whether it was."""
    state = scene.book.asking(key)
    if state is None or state.accept is AnswerKind.TEXT or any(c.effect for c in state.choices):
        return False  # own words are no value, and a consent is given by its button
    choices = show.choices(scene.at, state, show.NOTHING_SHOWN)
    wanted, reading = expected(scene, state, choices), Reading(SecretStr(text))
    found = understand(wanted, reading, scene.now.locale, scene.facts.today)
    if found is None:
        return False
    correct.put(scene, key, _answer(state, found))
    scene.told.append(
        phrases.noted(state.name, label_of(scene.book, key, scene.now.answers.get(key)))
    )
    scene.settle()
    return True


def _answer(state: State, value: Value) -> Answer:
    chosen = isinstance(value, str) and any(choice.id == value for choice in state.choices)
    kind = AnswerKind.CHOICE if chosen or state.accept is None else state.accept
    return Answer(kind, value, str(state.place))
