"""What comes in by itself: answers are forgotten, a draft is thrown away, staff have answered, a reminder is due.

Decides what a timer does. One that the conversation waits for no longer is stale and does nothing. What is said can be
read on a lock screen, so it says only that something is there; the open question stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.engine import moves, phrases
from dialogs.engine.conversation import ANSWER, CHILD, DRAFT, FORGET, REMINDER
from dialogs.engine.lines import Button, Line, Message
from dialogs.engine.result import EventKind
from dialogs.engine.said import Due
from dialogs.engine.scene import PRIVATE, Scene

QUESTION, WHEN = "question", "remind_when"
"""The answers that hold what is being written to staff, and when a reminder was asked for."""


def due(scene: Scene, said: Due) -> None:
    """Take a timer that fired."""
    act = _ACTS.get(said.timer)
    if act is not None and scene.now.timers.get(said.timer) == said.stamp:
        scene.now = scene.now.without_timer(said.timer)
        act(scene)


def unblocked(scene: Scene) -> None:
    """Somebody who had blocked us is back: an answer that could not be told meanwhile is told."""
    if scene.now.letter:
        _tell(scene, phrases.ANSWER_HERE, ANSWER)


def _forget(scene: Scene) -> None:
    scene.count(EventKind.FORGOTTEN, None)
    scene.now = scene.now.emptied()


def _throw_away(scene: Scene) -> None:
    scene.now = moves.drop(scene.now, {QUESTION})


def _answered(scene: Scene) -> None:
    """Remember what staff wrote until it was read. Without a text the question was taken back meanwhile."""
    if scene.facts.kept is not None:
        scene.now = scene.now._replace(letter=scene.facts.kept)
        _tell(scene, phrases.ANSWER_HERE, ANSWER)


def _reminded(scene: Scene) -> None:
    """Never to a child, and not while a card is open that somebody else must not see."""
    scene.now = moves.drop(scene.now, {WHEN})
    hidden = any(frame.place in PRIVATE for frame in scene.now.frames)
    if not hidden and CHILD not in scene.now.marks:
        _tell(scene, phrases.REMINDER_HERE, REMINDER)


def _tell(scene: Scene, line: Line, press: str) -> None:
    rows = ((Button(phrases.SHOW, press),),)
    scene.messages.append(Message(-scene.now.turns, (line,), rows))


_ACTS: Mapping[str, Callable[[Scene], None]] = {
    FORGET: _forget,
    DRAFT: _throw_away,
    ANSWER: _answered,
    REMINDER: _reminded,
}
