"""Answers given in passing: "my mother has breast cancer, we live in Germany" answers three questions at once.

Decides which questions a sentence may answer beside the open one: the few for which there are lists of words, when they
were not answered yet and nothing has to be agreed to first. Each that was heard is said, so that it can be corrected.
"""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.engine import moves, phrases
from dialogs.engine.answers import label_of
from dialogs.engine.conversation import Answer, AnswerKind
from dialogs.engine.definition import State
from dialogs.engine.scene import Scene
from dialogs.understanding.answers import also_says
from dialogs.understanding.reading import Reading

KEYS = ("country", "condition", "payer", "for_whom")
SELF = "me"
"""The choice "for me" is never heard in passing: a sentence about somebody else may hold "myself", too."""
CONSENT = "memory_due"
"""The guard that holds while it was not asked yet whether answers may be kept."""


def note(scene: Scene, state: State, reading: Reading) -> None:
    """Keep what a text answers beside the question `state`, and say so."""
    consent = scene.book.registry.guards.get(CONSENT)
    if consent is None or consent(scene.at):
        return
    for key, asking in _open(scene, state):
        code = also_says(key, reading)
        if (
            code is None
            or code == SELF
            or (key != "country" and code not in {c.id for c in asking.choices})
        ):
            continue
        kind = asking.accept or AnswerKind.CHOICE
        scene.now = moves.give(scene.now, key, Answer(kind, code, str(asking.place)))
        said = label_of(scene.book, key, scene.now.answers[key])
        scene.told.append(phrases.noted(asking.name, said))


def _open(scene: Scene, state: State) -> Iterator[tuple[str, State]]:
    for key in KEYS:
        asking = scene.book.asking(key)
        if asking is not None and key != state.answer and key not in scene.now.answers:
            yield key, asking
