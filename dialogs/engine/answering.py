"""An answer or a choice, and where it leads.

Decides how an answer is kept, what it makes invalid, and which way follows. How it was given, by a tap or in words, is
decided in `taps` and `texts`.
"""

from __future__ import annotations

from dialogs.engine import correct, moves
from dialogs.engine.conversation import Answer, AnswerKind, Frame, Value
from dialogs.engine.definition import Choice, State, StateKind
from dialogs.engine.machine import Trigger
from dialogs.engine.result import EventKind
from dialogs.engine.scene import MENU, Leaving, Scene


def follow(scene: Scene, frame: Frame, state: State, choice: Choice, *, by_tap: bool) -> None:
    """Take an open choice."""
    scene.count(EventKind.CHOSEN, state.place, choice.id)
    if state.kind is StateKind.ASK:
        take(scene, frame, state, _chosen(state, choice), by_tap=by_tap, choice=choice)
        return
    scene.leave(frame, Leaving.CHOSEN, by_tap=by_tap)
    if choice.effect is not None:
        scene.run(choice.effect, choice.id)
    _go(scene, choice)
    scene.settle()


def give(scene: Scene, frame: Frame, state: State, value: Value, *, by_tap: bool) -> None:
    """Take an answer that is no choice: a number, a date, a country, kept text, several choices."""
    answer = Answer(state.accept or AnswerKind.CHOICE, value, str(state.place))
    take(scene, frame, state, answer, by_tap=by_tap)


def take(
    scene: Scene,
    frame: Frame,
    state: State,
    answer: Answer,
    *,
    by_tap: bool,
    choice: Choice | None = None,
) -> None:
    """Keep an answer, forget what depended on the old one, and go on."""
    key = state.answer or state.place.state
    changed = scene.now.answers.get(key) != answer
    scene.count(EventKind.ANSWERED, state.place)
    scene.leave(frame, Leaving.CHOSEN, by_tap=by_tap)
    scene.now = moves.give(scene.now, key, answer)
    dropped = correct.drop_depending(scene, key) if changed else frozenset()
    if choice is not None and choice.effect is not None:
        scene.run(choice.effect, choice.id)
    if choice is not None and choice.correct is not None:
        _go(scene, choice)
    elif frame.only is not None:
        correct.finish(scene, key, dropped, changed=changed)
    elif choice is not None:
        _go(scene, choice)
    else:
        scene.advance(Trigger.NEXT)
    scene.settle()


def skip(scene: Scene, frame: Frame, state: State, *, by_tap: bool) -> None:
    """Pass the open question. An answer given before stays."""
    scene.count(EventKind.SKIPPED, state.place)
    scene.leave(frame, Leaving.SKIPPED, by_tap=by_tap)
    scene.advance(Trigger.SKIP)
    scene.settle()


def _go(scene: Scene, choice: Choice) -> None:
    """Follow a choice to where it leads."""
    if choice.correct is not None:
        correct.begin(scene, choice.correct)
    elif choice.go is not None:
        place = scene.book.resolve(choice.go)
        home = place.flow == MENU
        scene.now = moves.only(scene.now, place) if home else moves.put(scene.now, Frame(place))
    elif choice.call is not None:
        scene.now = moves.push(scene.now, Frame(scene.book.resolve(choice.call)))
    else:
        scene.advance(Trigger.CHOOSE if choice.to else Trigger.NEXT, choice.id)


def _chosen(state: State, choice: Choice) -> Answer:
    """What a choice means: the engine's own suggestions stand for a country or a region, an author's for itself."""
    where = str(state.place)
    if choice in state.choices:
        return Answer(AnswerKind.CHOICE, choice.id, where)
    if state.accept is AnswerKind.COUNTRY:
        return Answer(AnswerKind.COUNTRY, choice.id.upper(), where)
    return Answer(AnswerKind.CHOICE, choice.id.upper().replace("_", "-"), where)
