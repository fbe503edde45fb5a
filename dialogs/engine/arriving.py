"""Coming in, and opening something on top: the welcome, the menu, deep links, digressions, another language.

Decides what lies on the stack when a conversation begins or leaves its way. Nobody gets anywhere without a language and
the welcome: both stay pending under whatever is opened first.
"""

from __future__ import annotations

from dialogs.engine import moves
from dialogs.engine.conversation import Frame, Place
from dialogs.engine.result import EventKind
from dialogs.engine.scene import MENU, Scene

ARRIVE, LANGUAGE = "arrive", "language"

DIGRESSIONS = {
    "help": Place("help", ""),
    "about": Place("about", ""),
    "privacy": Place("privacy", ""),
    "language": Place(LANGUAGE, ""),
    "person": Place("person", ""),
    "delete": Place("delete", ""),
    "stop": Place("delete", ""),
    "settings": Place(MENU, "more"),
    "answer": Place("person", "answer"),
    "reminder": Place("remind", "shown"),
    "remind": Place("remind", ""),
    "no_reminders": Place("remind", "stopped"),
    "died": Place("condolence", ""),
}
"""Commands, wishes and standing buttons that open a flow on top of whatever is open."""


def arrive(scene: Scene, *under: Place) -> None:
    """Begin: the language if it is not known, the welcome, then `under`, at the bottom the menu."""
    stand(scene, *under)
    scene.settle()


def stand(scene: Scene, *under: Place) -> None:
    """Put the beginning on the stack without showing it. After the welcome comes the menu and nothing else."""
    scene.quiet = True
    places = [scene.book.start(MENU), *under, scene.book.start(ARRIVE)]
    if scene.now.locale is None:
        places.append(scene.book.start(LANGUAGE))
    scene.now = moves.only(moves.keep_way(scene.now), *places)


def start(scene: Scene, word: str) -> None:
    """`/start` with a payload of our closed vocabulary, or a plain one."""
    kind, _, rest = word.partition("_")
    if kind == "lang" and rest in scene.book.catalogs.shipped:
        scene.now = scene.now._replace(locale=rest)
    elif kind == "ref" and rest in scene.facts.refs:
        scene.count(EventKind.REF, None, rest)
    flow = scene.book.flows.get(word)
    arrive(scene, *([scene.book.start(word)] if flow is not None and flow.link else []))


def menu(scene: Scene) -> None:
    """The menu, with nothing above it. Back returns to where the person was."""
    if scene.top is None:
        arrive(scene)
        return
    scene.now = moves.only(moves.keep_way(scene.now), scene.book.start(MENU))
    scene.settle()


def digress(scene: Scene, name: str) -> None:
    """Open the flow of a command on top; when it ends, what was open is asked again."""
    put_on_top(scene, scene.book.resolve(DIGRESSIONS[name]))


def put_on_top(scene: Scene, place: Place) -> None:
    """Open a place on top; when its flow ends, what was open is asked again."""
    if scene.top is None:
        stand(scene)
    top = scene.now.frames[-1]
    if top.asked:
        scene.now = moves.keep_way(scene.now)
    if top.place.flow == place.flow:
        scene.now = moves.put(scene.now, Frame(place))
    elif top.place.flow == LANGUAGE and not top.asked:
        under, asking = scene.now.frames[:-1], scene.now.frames[-1]
        scene.now = scene.now._replace(frames=(*under, Frame(place), asking))
    else:
        scene.now = moves.push(scene.now, Frame(place))
    scene.settle()


def speak(scene: Scene, locale: str) -> None:
    """Go on in another language: everything is kept, and the open question is asked again."""
    scene.now = scene.now._replace(locale=locale)
    frame = scene.top
    if frame is None:
        arrive(scene)
    elif frame.place.flow == LANGUAGE:
        scene.finish()
        scene.settle()
    else:
        scene.reopen()
