"""Changing an answer: one question asked again, and after it only those that depended on it.

Decides what a changed answer makes invalid, and in which order that is asked again.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from dialogs.engine import moves
from dialogs.engine.conversation import Answer, Frame
from dialogs.engine.definition import State
from dialogs.engine.scene import Scene


def begin(scene: Scene, key: str) -> None:
    """Ask for the answer `key` again, on top of what is open."""
    state = scene.book.asking(key)
    if state is not None:
        scene.now = moves.push(scene.now, Frame(state.place, only=key, revisit=True))


def put(scene: Scene, key: str, answer: Answer) -> None:
    """Put another answer in the place of `key`; what depended on it and still applies is asked again, on top."""
    if scene.now.answers.get(key) == answer:
        return
    scene.now = moves.keep_way(moves.give(scene.now, key, answer))
    _ask_again(scene, key, drop_depending(scene, key))


def drop_depending(scene: Scene, key: str) -> frozenset[str]:
    """Forget the answers that no longer hold since `key` has changed; their keys."""
    depending = {state.answer for state in scene.book.depending(key) if state.answer}
    dropped = frozenset(depending & scene.now.answers.keys())
    if dropped:
        scene.now = moves.drop(scene.now, dropped)
    return dropped


def finish(scene: Scene, key: str, dropped: AbstractSet[str], *, changed: bool) -> None:
    """Close the corrected question; open those that depend on it and still apply, the first one on top."""
    scene.now = moves.pop(scene.now)
    if changed:
        _ask_again(scene, key, dropped)


def _ask_again(scene: Scene, key: str, dropped: AbstractSet[str]) -> None:
    for state in reversed(scene.book.depending(key)):
        if _applies(scene, state, dropped):
            scene.now = moves.push(scene.now, Frame(state.place, only=state.answer, revisit=True))


def _applies(scene: Scene, state: State, dropped: AbstractSet[str]) -> bool:
    """Whether a question is to be asked now: it was answered before, or its guard has come true."""
    if state.when is None:
        return state.answer in dropped
    return scene.book.registry.guards[state.when](scene.at)
