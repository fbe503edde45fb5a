"""What happens when a text is not understood: guesses or other words, then examples, then the way out.

Decides the steps of the ladder. Nobody can get stuck on it: gibberish for ever ends at the way out, where the words can
be written down as a question for the doctor. Which guesses there are is decided in `meant`.
"""

from __future__ import annotations

from dialogs.engine import alarm, phrases, show
from dialogs.engine.conversation import Frame
from dialogs.engine.definition import State, StateKind
from dialogs.engine.lines import Line
from dialogs.engine.result import EventKind
from dialogs.engine.scene import Scene
from dialogs.understanding.reading import Reading
from dialogs.understanding.safety import LANGUAGES

LAST_STEP = 3
Guesses = list[tuple[str, Line]]
"""Intents that may have been meant, each with its button."""


def missed(
    scene: Scene,
    frame: Frame,
    state: State,
    reading: Reading | None,
    guesses: Guesses | None = None,
) -> None:
    """Take the next step of the ladder for the open question or card. `reading` is None when no guess was right."""
    if scene.resumed:
        scene.reopen()
        return
    if reading is not None:
        _say_what_becomes_of_it(scene, state, reading)
    step = min(scene.now.misses + 1, LAST_STEP)
    scene.now = scene.now._replace(misses=step)
    scene.count(EventKind.MISSED, state.place, str(step))
    if step == LAST_STEP:
        rows = show.way_out_rows(scene.at, frame, state)
        scene.say(frame, state, rows=rows, replaced=phrases.WAY_OUT)
    elif step == 1 and guesses:
        scene.count(EventKind.OFFERED, state.place, ",".join(name for name, _ in guesses))
        rows = show.guess_rows(scene.at, frame, state, guesses)
        scene.say(frame, state, rows=rows, replaced=phrases.DID_YOU_MEAN)
    else:
        _again(scene, frame, state, step)


def _again(scene: Scene, frame: Frame, state: State, step: int) -> None:
    """The buttons of a card again; a question again, first in other words."""
    asks = state.kind is StateKind.ASK
    if not asks:
        missed = phrases.MISSED_CARD if step == 1 else phrases.MISSED_CARD_SECOND
        scene.say(frame, state, replaced=missed)
    elif step > 1:
        scene.reopen(phrases.MISSED_SECOND)
    else:
        scene.lead.append(phrases.MISSED_FIRST)
        again = show.filled(scene.at, state, state.again) if state.again else None
        scene.say(frame, state, replaced=again)


def _say_what_becomes_of_it(scene: Scene, state: State, reading: Reading) -> None:
    if reading.tongue is not None and reading.tongue.sure and reading.tongue.code not in LANGUAGES:
        scene.told += [phrases.UNKNOWN_LANGUAGE, alarm.in_danger(scene)]
    if state.own_words is not None:
        _for_staff(scene, state.own_words)


def _for_staff(scene: Scene, effect: str) -> None:
    """Own words that were not understood go to staff where the person lets them; either way it is said."""
    before = len(scene.effects)
    scene.run(effect)
    scene.lead.append(phrases.WORDS_KEPT if len(scene.effects) > before else phrases.WORDS_NOT_KEPT)
