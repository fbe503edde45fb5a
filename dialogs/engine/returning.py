"""Coming back after days: a welcome that asks whether to go on, to begin anew, or to forget.

Decides who is welcomed. What is clear goes through at once: a command, a wish in words, a lasting button, and words
that answer the open question, so that nothing typed is lost. Another tap is not taken: after days the question is shown
again first, and somebody else may hold the phone.
"""

from __future__ import annotations

from dialogs.engine import moves, phrases, show
from dialogs.engine.conversation import CARDS, Frame
from dialogs.engine.result import EventKind
from dialogs.engine.said import Command, Sent, Tap, Typed
from dialogs.engine.scene import MENU, Scene
from dialogs.engine.texts import ANSWERS, typed
from dialogs.understanding.reading import Reading
from dialogs.understanding.safety import LANGUAGES

AWAY = 3 * 24 * 60 * 60
WELCOME_BACK = "welcome_back"
TAKEN = {EventKind.CHOSEN, EventKind.ANSWERED}


def welcomed(scene: Scene, said: Tap | Typed | Command | Sent) -> bool:
    """Welcome somebody who was away for days. Whether that is all there is to say to their input."""
    frame = scene.top
    if frame is None or not _was_away(scene, frame) or _explicit(said):
        return False
    if _clear(scene, said, frame):
        scene.told.append(phrases.WELCOME_BACK)
        return False
    scene.now = moves.push(moves.keep_way(scene.now), Frame(scene.book.start(WELCOME_BACK)))
    scene.settle()
    return True


def _was_away(scene: Scene, frame: Frame) -> bool:
    """Whether days have passed; a card that is open counts for more, and without a language nothing is welcomed."""
    if frame.place.flow in {*CARDS, WELCOME_BACK} or scene.now.locale is None:
        return False
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


def _clear(scene: Scene, said: Tap | Typed | Command | Sent, frame: Frame) -> bool:
    """Whether an input means the same as ever: a button of the menu, where nothing waits; what nobody can read, since
    then it is said whom to call; a text that answers what is open, or is in a language that has to be spoken of.
    """
    match said:
        case Tap():
            return frame.place.flow == MENU
        case Typed(reading):
            return _foreign(reading) or _answers(scene, said)
        case _:
            return True


def _foreign(reading: Reading) -> bool:
    return (
        reading.tongue is not None and reading.tongue.sure and reading.tongue.code not in LANGUAGES
    )


def _answers(scene: Scene, said: Typed) -> bool:
    """Whether a text is taken by what is open, or opens the offer of its language; tried on a copy."""
    trial = Scene(scene.book, scene.now, scene.facts)
    typed(trial, said)
    offered = trial.top is not None and trial.top.place.flow in CARDS
    return offered or any(event.kind in TAKEN for event in trial.events)
