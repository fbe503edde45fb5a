"""One turn: an input meets a conversation, and everything that follows from it.

Decides which room an input goes to. It is pure: the same book, conversation, input and facts give the same turn, and
the conversation it was given is never changed. It raises for nothing a person can do.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs.book import Book
from dialogs.engine import alarm, errands, meant, moves, phrases, returning, show
from dialogs.engine.commands import again, obey
from dialogs.engine.conversation import Conversation
from dialogs.engine.lines import Message
from dialogs.engine.result import EventKind, Turn
from dialogs.engine.said import Command, Due, Facts, Returned, Said, Sent, Tap, Typed
from dialogs.engine.scene import MENU, Scene
from dialogs.engine.taps import tap
from dialogs.engine.texts import typed


def take_turn(book: Book, conversation: Conversation, said: Said, facts: Facts) -> Turn:
    """The whole result of one input."""
    scene = Scene(book, conversation, facts)
    match said:
        case Due():
            errands.due(scene, said)
        case Returned():
            errands.unblocked(scene)
        case _:
            _hear(scene, said)
            scene.now = scene.now._replace(last=facts.now)
    return scene.turn()


def _hear(scene: Scene, said: Tap | Typed | Command | Sent) -> None:
    """Danger first, then a state that is gone, then somebody who was away for days, then what was meant."""
    if alarm.raised(scene, said) or _stranded(scene, said):
        return
    if not returning.welcomed(scene, said):
        _take(scene, said)


def apology(book: Book, conversation: Conversation, facts: Facts) -> Turn:
    """What is said after a turn that failed: we are sorry, and here is the menu. Answers are kept."""
    scene = Scene(book, conversation, facts)
    scene.quiet = True
    scene.now = moves.only(scene.now, book.start(MENU))
    scene.reopen(phrases.APOLOGY)
    return scene.turn()


def elsewhere(conversation: Conversation) -> Turn:
    """The answer in a group or channel: a private chat, please."""
    return Turn(conversation, (Message(0, (phrases.ELSEWHERE,)),))


def _stranded(scene: Scene, said: Said) -> bool:
    """Whether the open state is gone or moved, so that the input meant something else. Commands go through."""
    if not scene.heal():
        return False
    scene.lead.append(phrases.STRANDED)
    if isinstance(said, Command) or (isinstance(said, Tap) and said.press in show.LASTING):
        return False
    scene.reopen()
    return True


def _take(scene: Scene, said: Tap | Typed | Command | Sent) -> None:
    match said:
        case Tap() if alarm.returns(scene, said):
            _resume(scene, said)
        case Tap():
            if not meant.pressed(scene, said.press):
                tap(scene, said.press)
        case Typed():
            typed(scene, said)
        case Command():
            obey(scene, said.name, said.word)
        case Sent():
            _sent(scene, said)


def _sent(scene: Scene, said: Sent) -> None:
    scene.count(EventKind.UNREADABLE, scene.top.place if scene.top else None, said.what.value)
    hints = (phrases.UNREADABLE[said.what], alarm.in_danger(scene), phrases.TYPE_OR_TAP)
    scene.told.extend(hints)
    again(scene)


def _resume(scene: Scene, said: Tap) -> None:
    """Go on after a card: the text it was shown for is answered as usual, where it is still known."""
    scene.resumed = True
    if said.before is None:
        again(scene)
    else:
        typed(scene, Typed(replace(said.before, signals=())))
