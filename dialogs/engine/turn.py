"""One turn: an input meets a conversation, and everything that follows from it.

Decides which move an input means. It is pure: the same book, conversation, input and facts give the same turn, and the
conversation it was given is never changed. It raises for nothing a person can do.
"""

from __future__ import annotations

from dialogs.book import Book
from dialogs.engine import correct, moves, phrases, repair, show
from dialogs.engine.conversation import Answer, AnswerKind, Conversation, Frame, Place, Value
from dialogs.engine.definition import Choice, State, StateKind
from dialogs.engine.lines import Message
from dialogs.engine.machine import Trigger
from dialogs.engine.result import EventKind, Export, Turn
from dialogs.engine.said import Command, Due, Facts, Returned, Said, Sent, Tap, Typed
from dialogs.engine.scene import MENU, Leaving, Scene
from dialogs.understanding.answers import Expected, countries_meant, labelled, understand
from dialogs.understanding.reading import Reading

DIGRESSIONS = {
    "help": Place("help", ""),
    "about": Place("about", ""),
    "privacy": Place("privacy", ""),
    "language": Place("language", ""),
    "person": Place("person", ""),
    "delete": Place("delete", ""),
    "stop": Place("delete", ""),
    "settings": Place("menu", "more"),
}
"""Commands and wishes that open a flow on top of whatever is open."""

FORGET_TIMER = "forget"


def take_turn(book: Book, conversation: Conversation, said: Said, facts: Facts) -> Turn:
    """The whole result of one input."""
    scene = Scene(book, conversation, facts)
    if scene.heal() and not isinstance(said, Due | Returned):
        scene.lead.append(phrases.STRANDED)
        if not (
            isinstance(said, Command) or (isinstance(said, Tap) and said.press in show.LASTING)
        ):
            scene.reopen()
            return scene.turn()
    match said:
        case Tap():
            _tap(scene, said.press)
        case Typed():
            _typed(scene, said)
        case Command():
            _command(scene, said.name, said.word)
        case Sent():
            _sent(scene, said)
        case Due():
            _due(scene, said)
        case Returned():
            pass
    return scene.turn()


def apology(book: Book, conversation: Conversation, facts: Facts) -> Turn:
    """What is said after a turn that failed: we are sorry, and here is the menu. Answers are kept."""
    scene = Scene(book, conversation, facts)
    scene.now = moves.only(scene.now, book.start(MENU))
    scene.reopen(phrases.APOLOGY)
    return scene.turn()


def elsewhere(conversation: Conversation) -> Turn:
    """The answer in a group or channel: a private chat, please."""
    return Turn(conversation, (Message(0, (phrases.ELSEWHERE,)),))


def _arrive(scene: Scene) -> None:
    places = [scene.book.start(MENU), scene.book.start("arrive")]
    if scene.now.locale is None:
        places.append(scene.book.start("language"))
    scene.now = moves.only(moves.keep_way(scene.now), *places)
    scene.settle()


def _tap(scene: Scene, press: str) -> None:
    frame = scene.top
    if frame is None:
        _arrive(scene)
        return
    if press in show.LASTING:
        _leave_and_digress(scene, frame, press)
        return
    asked, _, choice_id = press.partition(":")
    state = scene.book.state(frame.place)
    if state is None or not frame.asked or asked != str(frame.asked):
        _stale(scene, frame)
    elif choice_id.startswith("<"):
        _standing(scene, frame, state, choice_id[1:])
    else:
        _choose(scene, frame, state, choice_id)


def _stale(scene: Scene, frame: Frame) -> None:
    scene.count(EventKind.STALE, frame.place)
    scene.notice = phrases.STALE_NOTICE
    scene.reopen(phrases.STALE)


def _leave_and_digress(scene: Scene, frame: Frame, name: str) -> None:
    scene.leave(frame, Leaving.LEFT, by_tap=True)
    if name == "menu":
        scene.now = moves.only(scene.now, scene.book.start(MENU))
        scene.settle()
    else:
        _digress(scene, name)


def _digress(scene: Scene, name: str) -> None:
    place = scene.book.resolve(DIGRESSIONS[name])
    top = _ground(scene)
    scene.now = moves.keep_way(scene.now) if top.asked else scene.now
    if top.place.flow == place.flow:
        scene.now = moves.put(scene.now, Frame(place))
    else:
        scene.now = moves.push(scene.now, Frame(place))
    if scene.now.locale is None and place.flow != "language":
        scene.now = moves.push(scene.now, Frame(scene.book.start("language")))
    scene.settle()


def _ground(scene: Scene) -> Frame:
    """The open frame; the menu, not shown yet, in a conversation that has not begun."""
    if scene.top is None:
        scene.now = moves.only(scene.now, scene.book.start(MENU))
    return scene.now.frames[-1]


def _standing(scene: Scene, frame: Frame, state: State, name: str) -> None:
    match name:
        case "back":
            _back(scene, by_tap=True)
        case "skip":
            _skip(scene, frame, state, by_tap=True)
        case "dots":
            scene.say(frame, state, edit=True, expanded=True)
        case "less":
            scene.say(frame, state, edit=True)
        case "why":
            scene.reopen(state.why or phrases.NO_WHY)
        case "done" if state.accept is AnswerKind.MANY:
            _many_done(scene, frame, state)
        case "next_page" | "prev_page":
            _page(scene, frame, state, 1 if name == "next_page" else -1)
        case _:
            _stale(scene, frame)


def _page(scene: Scene, frame: Frame, state: State, by: int) -> None:
    last = show.view(scene.at, frame, state).pages - 1
    frame = frame._replace(page=max(0, min(frame.page + by, last)))
    scene.now = moves.put(scene.now, frame)
    scene.say(frame, state, edit=True)


def _back(scene: Scene, *, by_tap: bool) -> None:
    frame = scene.top
    before = moves.back(scene.now)
    if frame is None or before is None:
        scene.now = moves.only(scene.now, scene.book.start(MENU))
        scene.reopen(phrases.NOTHING_BEFORE)
        return
    scene.count(EventKind.BACK, frame.place)
    scene.left, scene.by_tap = frame, by_tap
    scene.now = before
    scene.settle()


def _skip(scene: Scene, frame: Frame, state: State, *, by_tap: bool) -> None:
    if state.kind is not StateKind.ASK:
        scene.reopen(phrases.NOTHING_TO_SKIP)
        return
    scene.count(EventKind.SKIPPED, state.place)
    scene.leave(frame, Leaving.SKIPPED, by_tap=by_tap)
    scene.advance(Trigger.SKIP)
    scene.settle()


def _many_done(scene: Scene, frame: Frame, state: State) -> None:
    if not frame.picked:
        scene.notice = phrases.NOTHING_PICKED
        return
    _answer(scene, frame, state, frame.picked, by_tap=True)


def _choose(scene: Scene, frame: Frame, state: State, choice_id: str) -> None:
    choice = show.choice_of(scene.at, frame, state, choice_id)
    if choice is None:
        _stale(scene, frame)
    elif state.accept is AnswerKind.MANY:
        scene.ticks(frame, state, choice_id)
    else:
        _follow(scene, frame, state, choice, by_tap=True)


def _follow(scene: Scene, frame: Frame, state: State, choice: Choice, *, by_tap: bool) -> None:
    scene.count(EventKind.CHOSEN, state.place, choice.id)
    if state.kind is StateKind.ASK:
        _answer(scene, frame, state, _code(state, choice.id), by_tap=by_tap, choice=choice)
        return
    scene.leave(frame, Leaving.CHOSEN, by_tap=by_tap)
    if choice.effect is not None:
        scene.run(choice.effect, choice.id)
    _go(scene, choice)
    scene.settle()


def _go(scene: Scene, choice: Choice) -> None:
    """Follow a choice to where it leads."""
    if choice.correct is not None:
        correct.begin(scene, choice.correct)
    elif choice.go is not None:
        scene.now = moves.put(scene.now, Frame(scene.book.resolve(choice.go)))
    elif choice.call is not None:
        scene.now = moves.push(scene.now, Frame(scene.book.resolve(choice.call)))
    else:
        scene.advance(Trigger.CHOOSE if choice.to else Trigger.NEXT, choice.id)


def _code(state: State, choice_id: str) -> str:
    """What a tapped choice means: suggested countries and regions are offered by their lower-case codes."""
    if state.accept is AnswerKind.COUNTRY:
        return choice_id.upper()
    return choice_id.upper().replace("_", "-") if state.region else choice_id


def _answer(
    scene: Scene,
    frame: Frame,
    state: State,
    value: Value,
    *,
    by_tap: bool,
    choice: Choice | None = None,
) -> None:
    key = state.answer or state.place.state
    answer = Answer(state.accept or AnswerKind.CHOICE, value, str(state.place))
    changed = scene.now.answers.get(key) != answer
    scene.count(EventKind.ANSWERED, state.place)
    scene.leave(frame, Leaving.CHOSEN, by_tap=by_tap)
    scene.now = moves.give(scene.now, key, answer)
    dropped = correct.drop_depending(scene, key) if changed else frozenset()
    if choice is not None and choice.effect is not None:
        scene.run(choice.effect, choice.id)
    if frame.only is not None:
        correct.finish(scene, key, dropped, changed=changed)
    elif choice is not None:
        _go(scene, choice)
    else:
        scene.advance(Trigger.NEXT)
    scene.settle()


def _typed(scene: Scene, said: Typed) -> None:
    frame = scene.top
    state = scene.book.state(frame.place) if frame else None
    wish = said.reading.wish
    if said.edited and frame is not None:
        scene.reopen(phrases.EDITED)
        return
    if frame is not None and state is not None and _labelled(scene, frame, state, said.reading):
        return
    if wish is not None and wish not in {"yes", "no"}:
        _wish(scene, wish)
    elif frame is None or state is None or not frame.asked:
        _arrive(scene)
    elif not _understood(scene, frame, state, said.reading):
        _unsure(scene, frame, state, said.reading)


def _labelled(scene: Scene, frame: Frame, state: State, reading: Reading) -> bool:
    """Take a text that is the whole label of an open button as that button."""
    if not frame.asked or state.accept in {AnswerKind.TEXT, AnswerKind.MANY}:
        return False
    offered = show.choices(scene.at, state, show.view(scene.at, frame, state))
    found = labelled(_expected(scene, state, offered), reading, scene.now.locale)
    choice = next((c for c in offered if c.id == found), None)
    if choice is None:
        return False
    _follow(scene, frame, state, choice, by_tap=False)
    return True


def _unsure(scene: Scene, frame: Frame, state: State, reading: Reading) -> None:
    """What was typed is no answer: perhaps it names several countries, else the ladder of repair."""
    codes = countries_meant(reading) if state.accept is AnswerKind.COUNTRY else ()
    if codes:
        rows = show.country_rows(scene.at, frame, state, codes)
        scene.say(frame, state, rows=rows, replaced=phrases.WHICH_COUNTRY)
    else:
        repair.missed(scene, frame, state)


def _understood(scene: Scene, frame: Frame, state: State, reading: Reading) -> bool:
    """Take a typed text as the answer to the open question or the label of an open button, if it is one."""
    if state.accept is AnswerKind.TEXT:
        return _free_text(scene, frame, state)
    offered = show.choices(scene.at, state, show.view(scene.at, frame, state))
    found = understand(
        _expected(scene, state, offered), reading, scene.now.locale, scene.facts.today
    )
    if found is None:
        return False
    choice = next((c for c in offered if c.id == found and c.url is None), None)
    if choice is not None:
        _follow(scene, frame, state, choice, by_tap=False)
        return True
    if state.kind is StateKind.ASK:
        _answer(scene, frame, state, found, by_tap=False)
        return True
    return False


def _free_text(scene: Scene, frame: Frame, state: State) -> bool:
    """Only redacted text is kept. Without any the question is passed, and that is said."""
    if scene.facts.kept is None:
        scene.lead.append(phrases.FREE_TEXT_NOT_KEPT)
        _skip(scene, frame, state, by_tap=False)
    else:
        _answer(scene, frame, state, scene.facts.kept, by_tap=False)
    return True


def _expected(scene: Scene, state: State, offered: list[Choice]) -> Expected:
    catalogs, locale = scene.book.catalogs, scene.now.locale or "en"
    labels = {
        c.id: (catalogs.text(locale, c.label.context, c.label.msgid), c.label.msgid)
        for c in offered
        if c.url is None
    }
    return Expected(state.accept or AnswerKind.CHOICE, labels, region=state.region)


def _wish(scene: Scene, wish: str) -> None:
    frame = scene.top
    state = scene.book.state(frame.place) if frame else None
    name, _, word = wish.partition(":")
    match name:
        case "back" if frame is not None:
            _back(scene, by_tap=False)
        case "skip" if frame is not None and state is not None:
            _skip(scene, frame, state, by_tap=False)
        case "why" if state is not None:
            scene.reopen(state.why or phrases.NO_WHY)
        case _:
            _command(scene, name, word)


def _command(scene: Scene, name: str, word: str) -> None:
    match name:
        case "start":
            _start(scene, word)
        case "menu":
            scene.now = moves.only(moves.keep_way(scene.now), scene.book.start(MENU))
            scene.settle()
        case "export":
            scene.effects.append(Export())
            _ground(scene)
            scene.reopen(phrases.EXPORTED)
        case "language" if word in scene.book.catalogs.shipped:
            _speak(scene, word)
        case _ if name in DIGRESSIONS:
            _digress(scene, name)
        case _:
            scene.reopen(phrases.MISSED_CARD)


def _start(scene: Scene, word: str) -> None:
    kind, _, rest = word.partition("_")
    if kind == "lang" and rest in scene.book.catalogs.shipped:
        scene.now = scene.now._replace(locale=rest)
    elif kind == "ref" and rest in scene.facts.refs:
        scene.count(EventKind.REF, None, rest)
    flow = scene.book.flows.get(word)
    if flow is None or not flow.link:
        _arrive(scene)
        return
    places = [scene.book.start(MENU), scene.book.start(word), scene.book.start("arrive")]
    if scene.now.locale is None:
        places.append(scene.book.start("language"))
    scene.now = moves.only(moves.keep_way(scene.now), *places)
    scene.settle()


def _speak(scene: Scene, locale: str) -> None:
    """Go on in another language: everything is kept, and the open question is asked again."""
    scene.now = scene.now._replace(locale=locale)
    frame = scene.top
    if frame is None:
        _arrive(scene)
    elif frame.place.flow == "language":
        scene.finish()
        scene.settle()
    else:
        scene.reopen()


def _sent(scene: Scene, said: Sent) -> None:
    scene.count(EventKind.UNREADABLE, scene.top.place if scene.top else None, said.what.value)
    lines = (phrases.UNREADABLE[said.what], phrases.EMERGENCY_HINT, phrases.TYPE_OR_TAP)
    if scene.top is None:
        scene.lead.extend(lines)
        _arrive(scene)
        return
    scene.reopen(*lines)


def _due(scene: Scene, said: Due) -> None:
    if scene.now.timers.get(said.timer) != said.stamp:
        return
    if said.timer == FORGET_TIMER:
        scene.count(EventKind.FORGOTTEN, None)
        scene.now = Conversation(
            scene.now.locale, turns=scene.now.turns, revision=scene.now.revision
        )
