"""Commands: what `/menu` and "menu, please" do.

Decides what each name of the closed list opens. Where the name came from, a slash or words, does not matter.
"""

from __future__ import annotations

from dialogs.engine import arriving, phrases, tongues
from dialogs.engine.result import Export
from dialogs.engine.scene import Scene


def obey(scene: Scene, name: str, word: str = "") -> None:
    """Carry out a command. One we do not know is answered kindly."""
    match name:
        case "start":
            arriving.start(scene, word)
        case "menu" | "restart":
            arriving.menu(scene)
        case "export":
            scene.effects.append(Export())
            scene.told.append(phrases.EXPORTED)
            again(scene)
        case "language" if word in scene.book.catalogs.shipped:
            arriving.speak(scene, word)
        case "language" if word in scene.book.catalogs.texts:
            tongues.offer(scene, word)
        case _ if name in arriving.DIGRESSIONS:
            arriving.digress(scene, name)
        case _:
            scene.lead.append(phrases.MISSED_CARD)
            again(scene)


def again(scene: Scene) -> None:
    """What is open once more, or the beginning."""
    if scene.top is None:
        arriving.arrive(scene)
    else:
        scene.reopen()
