"""Coming back after days: a welcome that asks whether to go on, to begin anew, or to forget.

Decides who is welcomed. What is clear goes through at once: a command, a wish in words, a lasting button, and words
that answer the open question, so that nothing typed is lost. A tap is not taken: after days the question is shown again
first, and somebody else may hold the phone.
"""

from __future__ import annotations

from dialogs.engine import moves, phrases, show
from dialogs.engine.conversation import CARDS, Frame
from dialogs.engine.result import EventKind
from dialogs.engine.said import Command, Sent, Tap, Typed
from dialogs.engine.scene import MENU, Scene
from dialogs.engine.texts import ANSWERS, typed

AWAY = 3 * 24 * 60 * 60
WELCOME_BACK = "welcome_back"
TAKEN = {EventKind.CHOSEN, EventKind.ANSWERED}


def welcomed(scene: Scene, said: Tap | Typed | Command | Sent) -> bool:
    """Welcome somebody who was away for days. Whether that is all there is to say to their input."""
    frame = scene.top
    if frame is None or frame.place.flow in {*CARDS, WELCOME_BACK} or not _was_away(scene):
        return False
    if _explicit(said):
        return False
    if _taken(scene, said, frame):
        scene.told.append(phrases.WELCOME_BACK)
        return False
    scene.now = moves.push(moves.keep_way(scene.now), Frame(scene.book.start(WELCOME_BACK)))
    scene.settle()
    return True


def _was_away(scene: Scene) -> bool:
    return 0 < scene.now.last <= scene.facts.now - AWAY


def _explicit(said: Tap | Typed | Command | Sent) -> bool:
    match said:
        case Command():
            return True
        case Tap(press):
            return press in show.LASTING
        case Typed(reading, edited):
            return not edited and reading.wish is not None and reading.wish not in ANSWERS
        case Sent():
            return False


def _taken(scene: Scene, said: Tap | Typed | Command | Sent, frame: Frame) -> bool:
    """Whether a text answers what is open, tried on a copy; or a button of the menu was tapped, where nothing waits."""
    if isinstance(said, Tap):
        return frame.place.flow == MENU
    if not isinstance(said, Typed):
        return False
    trial = Scene(scene.book, scene.now, scene.facts)
    typed(trial, said, lambda *_: None)
    return any(event.kind in TAKEN for event in trial.events)
