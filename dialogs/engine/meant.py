"""An intent that was understood: where it leads from here.

Decides what is done with a topic, a remark, a request or a deed, in the middle of a question and on a card. Which
intent a text has was decided by `dialogs.understanding`; where each leads stands in `dialogs/leads.yaml`.
"""

from __future__ import annotations

from dialogs.engine import answering, arriving, in_passing, moves, phrases, repair, show, taps
from dialogs.engine.commands import obey
from dialogs.engine.conversation import Frame, Place
from dialogs.engine.definition import State, StateKind
from dialogs.engine.lines import Line
from dialogs.engine.result import EventKind
from dialogs.engine.scene import MENU, Scene
from dialogs.leads import Lead, Way
from dialogs.understanding.intents import Intent, Route
from dialogs.understanding.reading import Reading

PLAN_MADE, WORRIES = "plan_made", "worries"
"""The mark of a plan that was made, and the answer that is several worries."""
TELLING = {Intent.TELL_SITUATION, Intent.FOR_RELATIVE}
"""Intents of texts that tell something, which other questions may take as their answer."""
INTENTS = {intent.value: intent for intent in Intent}


def lead_of(scene: Scene, intent: Intent | None) -> Lead | None:
    """Where an intent leads; None for one that is only an answer."""
    lead = scene.book.leads.get(intent) if intent else None
    return lead if lead is not None and lead.way is not Way.ANSWER else None


def understood(scene: Scene, frame: Frame, state: State, reading: Reading) -> bool:
    """Do what a text asks for, when that is sure enough here. Whether it was done."""
    route = reading.route
    lead = lead_of(scene, route.first)
    asks = state.kind is StateKind.ASK
    if not asks and route.sure and _only_answers(scene, route.first):
        scene.say(frame, state, replaced=phrases.NO_QUESTION)
        return True
    if lead is None or route.first is None or not (route.surest if asks else route.sure):
        return False
    if asks and route.first in TELLING:
        in_passing.note(scene, state, reading)
    follow(scene, frame, state, route.first)
    return True


def _only_answers(scene: Scene, intent: Intent | None) -> bool:
    """Whether an intent is an answer, and nothing besides. Not to know may be said of everything."""
    lead = scene.book.leads.get(intent) if intent else None
    return lead is not None and lead.way is Way.ANSWER and intent is not Intent.DONT_KNOW


def follow(scene: Scene, frame: Frame, state: State, intent: Intent) -> None:
    """Go where an intent leads."""
    lead = scene.book.leads[intent]
    scene.count(EventKind.UNDERSTOOD, state.place, intent.value)
    place = scene.book.resolve(lead.place) if lead.place else None
    match lead.way:
        case Way.TOPIC if place is not None:
            _topic(scene, state, intent, place)
        case Way.REMARK if place is not None:
            _remark(scene, frame, state, place)
        case Way.OPEN if place is not None:
            _open(scene, place)
        case Way.WISH:
            wish(scene, frame, state, lead.to)
        case Way.DO:
            _do(scene, frame, state, lead.to)


def put_under(scene: Scene, route: Route) -> None:
    """Let a topic wait under a card that comes first: it is shown when that is closed."""
    lead = lead_of(scene, route.first) if route.sure else None
    if lead is not None and lead.place is not None and lead.way is not Way.REMARK:
        scene.now = moves.push(moves.keep_way(scene.now), Frame(scene.book.resolve(lead.place)))


def worry(scene: Scene, state: State, route: Route) -> tuple[str, ...] | None:
    """The worry that a text tells of, where worries are asked for."""
    lead = lead_of(scene, route.first) if route.sure and state.answer == WORRIES else None
    named = lead.worry if lead else None
    return (named,) if named and any(choice.id == named for choice in state.choices) else None


def wish(scene: Scene, frame: Frame, state: State, name: str) -> None:
    """Grant a request that every state obeys: what moves within the conversation here, all others as a command."""
    match name:
        case "back":
            taps.back(scene, by_tap=False)
        case "skip":
            taps.skip(scene, frame, state, by_tap=False)
        case "why":
            taps.why(scene, state)
        case _:
            command, _, word = name.partition(":")
            obey(scene, command, word)


def guesses(scene: Scene, route: Route) -> repair.Guesses:
    """What may have been meant, each button once."""
    found: dict[str, tuple[str, Line]] = {}
    for intent in route.intents:
        lead = lead_of(scene, intent)
        if lead is not None and lead.label is not None:
            found.setdefault(lead.label.msgid, (intent.value, lead.label))
    return list(found.values())


def pressed(scene: Scene, press: str) -> bool:
    """Take the press of a topic or of a guess. Whether it was one."""
    frame = scene.top
    state = scene.book.state(frame.place) if frame else None
    asked, own, name = press.partition(":<")
    if frame is None or state is None or (own and asked != str(frame.asked)):
        return False
    if own and name == show.ELSE:
        repair.missed(scene, frame, state, None)
        return True
    intent = _intent(name if own else press)
    lead = lead_of(scene, intent)
    if intent is None or lead is None:
        return False
    if own:
        follow(scene, frame, state, intent)
    elif lead.place is not None:
        _open(scene, scene.book.resolve(lead.place))
    return True


def _intent(name: str) -> Intent | None:
    """The intent of a press like "about.cost"."""
    about, dot, code = name.partition(".")
    return INTENTS.get(code) if about + dot == show.ABOUT else None


def _open(scene: Scene, place: Place) -> None:
    """Open a place: from the menu as its buttons do, from elsewhere on top, so that the person comes back."""
    frame = scene.now.frames[-1]
    if frame.place.flow != MENU:
        arriving.put_on_top(scene, place)
        return
    scene.now = moves.put(moves.keep_way(scene.now), Frame(place))
    scene.settle()


def said(scene: Scene, place: Place) -> tuple[Line, ...]:
    """What a card says, without its buttons."""
    state = scene.book.state(place)
    return show.body(scene.at, state, show.NOTHING_SHOWN) if state else ()


def _topic(scene: Scene, state: State, intent: Intent, place: Place) -> None:
    """A card that answers: opened, or in the middle of a question said above it, with a button that opens it."""
    if state.kind is not StateKind.ASK:
        _open(scene, place)
        return
    scene.told.extend(said(scene, place))
    scene.told_rows = (show.about_row(intent.value),)
    scene.reopen()


def _remark(scene: Scene, frame: Frame, state: State, place: Place) -> None:
    """A few words: above the question that is open, or alone with the buttons of the open card."""
    lines = said(scene, place)
    if state.kind is StateKind.ASK:
        scene.told.extend(lines)
        scene.reopen()
    else:
        scene.say(frame, state, replaced=lines[0])


def _do(scene: Scene, frame: Frame, state: State, deed: str) -> None:
    match deed:
        case "repeat":
            scene.reopen()
        case "simpler":
            _simpler(scene, state)
        case "more":
            _own_choice(scene, frame, state, "more", Place("read", ""))
        case "sources":
            _own_choice(scene, frame, state, "evidence", Place("evidence_limits", ""))
        case "correct":
            _answers(scene, Place("answers", ""))
        case "summary":
            planned = PLAN_MADE in scene.now.marks
            _answers(scene, Place("plan", "") if planned else Place("answers", ""))


def _simpler(scene: Scene, state: State) -> None:
    """A question in other words; a card again, with what can be done about hard words."""
    if state.again is None:
        scene.reopen(phrases.SIMPLER)
        return
    again = show.filled(scene.at, state, state.again)
    frame = scene.now.frames[-1]
    scene.say(frame, state, replaced=again)


def _own_choice(scene: Scene, frame: Frame, state: State, choice_id: str, other: Place) -> None:
    """The card's own button for it; where it has none, a place for everybody; a question is only asked again."""
    choice = show.choice_of(scene.at, frame, state, choice_id)
    if state.kind is StateKind.ASK:
        taps.why(scene, state)
    elif choice is not None:
        answering.follow(scene, frame, state, choice, by_tap=False)
    else:
        _open(scene, scene.book.resolve(other))


def _answers(scene: Scene, place: Place) -> None:
    """What was answered, or the plan of it; that there is nothing yet."""
    if scene.now.answers:
        _open(scene, scene.book.resolve(place))
    else:
        scene.reopen(phrases.NO_ANSWERS)
