"""A text in another language than the chat's: the offer to go on in it, once, in that language.

Decides when it is made: when the language is beyond doubt, or likely twice in a row, and never again after it was made.
A language we only have safety cards in is answered honestly. It is asked about texts that answer nothing that is open;
what such a text is about waits under the offer.
"""

from __future__ import annotations

from dialogs.engine.alarm import open_card
from dialogs.engine.conversation import OFFER, Alarm, Place
from dialogs.engine.scene import Scene
from dialogs.understanding.reading import Reading

OFFERED, HEARD = "offered.", "heard."
"""How the marks begin of a language that was offered, and of one that was heard once."""


def due(scene: Scene, reading: Reading) -> str | None:
    """The language to offer because of a text, where that is due now."""
    tongue, chat = reading.tongue, (scene.now.locale or "").partition("_")[0]
    heard = {mark for mark in scene.now.marks if mark.startswith(HEARD)}
    scene.now = scene.now._replace(marks=scene.now.marks - heard)
    if tongue is None or tongue.code == chat or tongue.code not in scene.book.catalogs.texts:
        return None
    if OFFERED + tongue.code in scene.now.marks:
        return None
    sure = tongue.sure or (reading.route.sure and reading.route.language == tongue.code)
    if sure or (tongue.likely and HEARD + tongue.code in heard):
        return tongue.code
    if tongue.likely:
        scene.now = scene.now._replace(marks=scene.now.marks | {HEARD + tongue.code})
    return None


def offer(scene: Scene, code: str) -> None:
    """Ask in a language of ours whether to go on in it, or say that we cannot yet."""
    scene.now = scene.now._replace(marks=scene.now.marks | {OFFERED + code})
    state = "language" if code in scene.book.catalogs.shipped else "not_yet"
    open_card(scene, Place(OFFER, state), Alarm(code))
