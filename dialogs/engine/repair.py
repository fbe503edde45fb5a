"""What happens when an answer is not understood: other words, then simpler, then the way out.

Decides the steps of the ladder. Nobody can get stuck on it: gibberish for ever ends at the way out.
"""

from __future__ import annotations

from dialogs.engine import alarm, phrases, show
from dialogs.engine.conversation import Frame
from dialogs.engine.definition import State, StateKind
from dialogs.engine.result import EventKind
from dialogs.engine.scene import Scene
from dialogs.understanding.reading import Reading
from dialogs.understanding.safety import LANGUAGES

LAST_STEP = 3


def missed(scene: Scene, frame: Frame, state: State, reading: Reading) -> None:
    """Take the next step of the ladder for the open question or card."""
    if scene.resumed:
        scene.reopen()
        return
    if reading.tongue is not None and reading.tongue.sure and reading.tongue.code not in LANGUAGES:
        scene.told += [phrases.UNKNOWN_LANGUAGE, alarm.in_danger(scene)]
    if state.own_words is not None:
        _for_staff(scene, state.own_words)
    step = min(scene.now.misses + 1, LAST_STEP)
    scene.now = scene.now._replace(misses=step)
    scene.count(EventKind.MISSED, state.place, str(step))
    if step == LAST_STEP:
        rows = show.way_out_rows(scene.at, frame, state)
        scene.say(frame, state, rows=rows, replaced=phrases.WAY_OUT)
    elif state.kind is not StateKind.ASK:
        scene.reopen(phrases.MISSED_CARD)
    elif step == 1:
        scene.lead.append(phrases.MISSED_FIRST)
        again = show.filled(scene.at, state, state.again) if state.again else None
        scene.say(frame, state, replaced=again)
    else:
        scene.reopen(phrases.MISSED_SECOND)


def _for_staff(scene: Scene, effect: str) -> None:
    """Own words that were not understood go to staff where the person lets them; either way it is said."""
    before = len(scene.effects)
    scene.run(effect)
    scene.lead.append(phrases.WORDS_KEPT if len(scene.effects) > before else phrases.WORDS_NOT_KEPT)
