"""A pressed button: possibly old, doubled, or made up.

Decides what its data means in the state that is open now. A tap that means nothing there changes nothing: the open
question is shown again with a kind line.
"""

from __future__ import annotations

from dialogs.engine import answering, arriving, correct, moves, phrases, show
from dialogs.engine.conversation import AnswerKind, Frame
from dialogs.engine.definition import State, StateKind
from dialogs.engine.result import EventKind
from dialogs.engine.scene import LANGUAGE_FLOW, Leaving, Scene


def tap(scene: Scene, press: str) -> None:
    """Take a press."""
    frame = scene.top
    if press in show.LASTING:
        _lasting(scene, press)
        return
    if frame is None:
        arriving.arrive(scene)
        return
    asked, _, choice_id = press.partition(":")
    state = scene.book.state(frame.place)
    if state is None or not frame.asked or asked != str(frame.asked):
        _stale(scene, frame)
    elif choice_id.startswith("<"):
        standing(scene, frame, state, choice_id[1:])
    else:
        _choose(scene, frame, state, choice_id)


def back(scene: Scene, *, by_tap: bool) -> None:
    """Where the person stood before; with nothing before, what lies under the open card, else the same again."""
    frame = scene.top
    if frame is None:
        arriving.arrive(scene)
        return
    before = moves.back(scene.now)
    needed = scene.now.locale is None and frame.place.flow == LANGUAGE_FLOW
    if before is None and (len(scene.now.frames) == 1 or needed):
        scene.reopen(phrases.NOTHING_BEFORE)
        return
    scene.count(EventKind.BACK, frame.place)
    scene.left, scene.leaving, scene.by_tap = frame, Leaving.LEFT, by_tap
    scene.now = before or moves.pop(scene.now)
    scene.settle()


def skip(scene: Scene, frame: Frame, state: State, *, by_tap: bool) -> None:
    """Pass a question; a card cannot be passed."""
    if state.kind is StateKind.ASK:
        answering.skip(scene, frame, state, by_tap=by_tap)
    else:
        scene.reopen(phrases.NOTHING_TO_SKIP)


def why(scene: Scene, state: State) -> None:
    """The reason of a question; a card asks nothing."""
    asks = state.kind is StateKind.ASK
    scene.reopen(state.why or (phrases.NO_WHY if asks else phrases.MISSED_CARD))


def _lasting(scene: Scene, name: str) -> None:
    if scene.top is not None and name not in show.NOTES:
        scene.leave(scene.top, Leaving.LEFT, by_tap=True)
    if name == "menu":
        arriving.menu(scene)
    elif name == show.WRITE:
        correct.begin(scene, show.QUESTION)
        scene.settle()
    else:
        arriving.digress(scene, name)


def _stale(scene: Scene, frame: Frame) -> None:
    scene.count(EventKind.STALE, frame.place)
    scene.notice = phrases.STALE_NOTICE
    scene.reopen(phrases.STALE)


def standing(scene: Scene, frame: Frame, state: State, name: str) -> None:
    """Press a button of the engine's own."""
    match name:
        case "back":
            back(scene, by_tap=True)
        case "skip":
            skip(scene, frame, state, by_tap=True)
        case "dots":
            scene.say(frame, state, edit=True, expanded=True)
        case "less":
            scene.say(frame, state, edit=True)
        case "why":
            why(scene, state)
        case "done" if state.accept is AnswerKind.MANY:
            _done(scene, frame, state)
        case "next_page" | "prev_page":
            _page(scene, frame, state, 1 if name == "next_page" else -1)
        case _:
            _stale(scene, frame)


def _page(scene: Scene, frame: Frame, state: State, by: int) -> None:
    last = show.pages(state, show.view(scene.at, frame, state)) - 1
    frame = frame._replace(page=max(0, min(frame.page + by, last)))
    scene.now = moves.put(scene.now, frame)
    scene.say(frame, state, edit=True)


def _done(scene: Scene, frame: Frame, state: State) -> None:
    if not frame.picked:
        scene.notice = phrases.NOTHING_PICKED
        return
    answering.give(scene, frame, state, frame.picked, by_tap=True)


def _choose(scene: Scene, frame: Frame, state: State, choice_id: str) -> None:
    choice = show.choice_of(scene.at, frame, state, choice_id)
    if choice is None:
        _stale(scene, frame)
    elif state.accept is AnswerKind.MANY:
        scene.ticks(frame, state, choice_id)
    else:
        answering.follow(scene, frame, state, choice, by_tap=True)
