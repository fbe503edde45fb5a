"""Danger read in a text: everything stops, a card with the number comes first, and there is a way back.

Decides which card a signal opens, when one line is enough, and what happens to the text afterwards. It judges no text:
`dialogs.understanding.safety` did. Numbers come from `dialogs.emergency`.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs import emergency
from dialogs.engine import arriving, moves
from dialogs.engine.conversation import ALARMED, CHILD, FORGET, SAFETY, Alarm, Frame, Place
from dialogs.engine.lines import Line, Message
from dialogs.engine.result import EventKind, ForStaff, SetTimer, TakeBack
from dialogs.engine.said import Said, Sent, Tap, Typed
from dialogs.engine.scene import Scene
from dialogs.understanding.answers import countries_of_danger
from dialogs.understanding.reading import Reading
from dialogs.understanding.safety.signal import Category, Level, Signal

DAY = 24 * 60 * 60
WAY_BACK = {"not_emergency", "no", "ready"}
"""The buttons that say: go on where I was."""

AGAIN = Line("safety.again", "If this is an emergency, call {number} now.")
CHANGES = Line("safety.changes", "If this changes, call {number}.")
STAY = Line(
    "safety.stay",
    "I cannot help in an emergency. If someone is in danger, call {number} now. If not, use the buttons below.",
)
IN_DANGER = Line("safety.in_danger", "If someone is in danger, call {number} now.")
TIME_MATTERS = Line(
    "safety.time_matters",
    "<b>Time matters.</b> Ask your doctor today: how long can we safely wait? Keep your date and your treatment.",
)
WORSE_IN_HOSPITAL = Line(
    "safety.worse_in_hospital",
    "<b>Tell the nurse now.</b> Ask for an urgent review by a doctor. Do not wait for a second opinion.",
)
MARTHAS_RULE = Line(
    "safety.marthas_rule",
    "In hospitals in England, ask for Martha's Rule: a quick check by another team, day and night.",
)
YOUNG = Line(
    "safety.young",
    "You can read everything here. Please show it to an adult you trust. I will not ask to keep your answers: "
    "I forget them after 24 hours.",
)
YOUNG_TALK = Line(
    "safety.young_talk",
    'If you are sad or afraid, you can find someone to talk to: <a href="https://findahelpline.com">findahelpline.com</a>',
)


def raised(scene: Scene, said: Said) -> bool:
    """Answer the danger in an input. Whether that is all there is to say to it."""
    reading = _reading(said)
    if reading is None or not reading.signals:
        return False
    levels = {signal.level for signal in reading.signals}
    urgent = [signal for signal in reading.signals if signal.urgent]
    if Level.NOTE in levels:
        _young(scene)
    if urgent:
        return _answered(scene, reading, urgent)
    if Level.SOON in levels:
        _soon(scene, reading)
    return False


def _answered(scene: Scene, reading: Reading, urgent: list[Signal]) -> bool:
    scene.now = scene.now._replace(marks=scene.now.marks | {ALARMED})
    gravest = urgent[0]
    private = gravest.category is Category.ABUSE
    scene.note(EventKind.SIGNAL, f"{gravest.category}.{gravest.level}", private=private)
    new = [signal for signal in urgent if not _known(scene, signal)]
    if not new:
        return _one_line(scene, reading)
    _card(scene, reading, new)
    return True


def returns(scene: Scene, tap: Tap) -> bool:
    """Whether a tap on an open card says: go on where I was. If so, the card is off the stack."""
    frame = scene.top
    if frame is None or frame.place.flow != SAFETY:
        return False
    asked, _, choice = tap.press.partition(":")
    if asked != str(frame.asked) or choice not in WAY_BACK:
        return False
    go_back(scene, frame, choice)
    return True


def go_back(scene: Scene, frame: Frame, choice: str) -> None:
    """Take the card off, and say whom to call if things change."""
    scene.count(EventKind.CHOSEN, frame.place, choice)
    countries = scene.now.alarm.countries if scene.now.alarm else ()
    scene.told.append(_calling(scene, CHANGES, countries))
    close(scene)


def close(scene: Scene) -> None:
    """Take every safety card off the stack."""
    scene.now = scene.now.without_cards()


def open_card(scene: Scene, place: Place, alarm: Alarm) -> None:
    """Show a card on top of whatever is open."""
    close(scene)
    if scene.top is None:
        arriving.stand(scene)
    scene.now = moves.push(scene.now, Frame(place))._replace(alarm=alarm)
    scene.settle()


def speak(scene: Scene, code: str) -> None:
    """The open card in another language; the conversation follows where it can."""
    if code in scene.book.catalogs.shipped:
        scene.now = scene.now._replace(locale=code)
    known = scene.now.alarm or Alarm("en")
    if code in scene.book.catalogs.texts:
        scene.now = scene.now._replace(alarm=known._replace(locale=code))
    scene.reopen()


def typed_at_card(scene: Scene, reading: Reading, frame: Frame) -> None:
    """A text without danger, while a card is open: a country changes its numbers; nothing else is a help."""
    named = countries_of_danger(reading)
    alarm = scene.now.alarm or Alarm(scene.now.locale or "en")
    if named:
        open_card(scene, frame.place, alarm._replace(countries=named))
        return
    stay = _calling(scene, STAY, alarm.countries)
    scene.messages.append(Message(-scene.now.turns, (stay,), locale=alarm.locale, urgent=True))
    scene.reopen()


def in_danger(scene: Scene) -> Line:
    """Whom to call, in case what could not be read was about danger."""
    return _calling(scene, IN_DANGER, emergency.countries(scene.at, ()))


def _reading(said: Said) -> Reading | None:
    match said:
        case Typed():
            return said.reading
        case Sent():
            return said.caption
        case _:
            return None


def _known(scene: Scene, signal: Signal) -> bool:
    """Whether a card for this kind of danger was shown within a day. Never for thoughts of suicide, nor abuse.

    A mere question about it does not count when the danger is sure now.
    """
    now, asked = signal.category.value, _asked(signal.category)
    names = (now,) if signal.level is Level.NOW else (now, asked)
    shown = [scene.now.alarms[name] for name in names if name in scene.now.alarms]
    return any(scene.facts.now - at < DAY for at in shown)


def _asked(category: Category) -> str:
    """The name under which it is remembered that a kind of danger was asked about."""
    return f"{category.value}.{Level.CHECK.value}"


def _one_line(scene: Scene, reading: Reading) -> bool:
    """The number once more. The text is answered as usual, unless a card is still open."""
    line = _calling(scene, AGAIN, emergency.countries(scene.at, countries_of_danger(reading)))
    locale = _locale(scene, reading)
    scene.messages.append(Message(-scene.now.turns, (line,), locale=locale, urgent=True))
    top = scene.top
    return top is not None and top.place.flow == SAFETY


def _card(scene: Scene, reading: Reading, urgent: list[Signal]) -> None:
    categories = {signal.category for signal in urgent}
    countries = emergency.countries(scene.at, countries_of_danger(reading))
    message = scene.facts.message
    hidden = (message,) if Category.ABUSE in categories and message is not None else ()
    remembered = {
        signal.category.value if signal.level is Level.NOW else _asked(signal.category)
        for signal in urgent
        if signal.category not in {Category.SELFHARM, Category.ABUSE}
    }
    alarms = {**scene.now.alarms, **dict.fromkeys(sorted(remembered), scene.facts.now)}
    scene.now = scene.now._replace(alarms=alarms)
    crisis = Category.SELFHARM in categories
    alarm = Alarm(_locale(scene, reading), countries, hidden, crisis)
    open_card(scene, Place(SAFETY, _state(urgent)), alarm)


def _state(urgent: list[Signal]) -> str:
    """The card for these signals, the gravest first."""
    gravest = urgent[0]
    signs = {signal.sign for signal in urgent if signal.category is Category.SELFHARM}
    match gravest.category:
        case Category.SELFHARM if signs <= {"rather_die_than_treatment", "wants_to_die"} and len(
            signs - {"wants_to_die"}
        ):
            return "refusal"
        case Category.SELFHARM if signs == {"other_wants_to_die"}:
            return "crisis_other"
        case Category.SELFHARM:
            return "crisis"
        case Category.ABUSE:
            return "private"
        case _:
            return "now" if gravest.level is Level.NOW else "check"


def _locale(scene: Scene, reading: Reading) -> str:
    """The detected language when it is sure, or when only its own lexicon saw the danger; else the chat's."""
    spoken = reading.tongue
    ours = scene.book.catalogs.texts
    if spoken and spoken.sure and spoken.code in ours:
        return spoken.code
    chat = scene.now.locale or scene.facts.client or "en"
    languages = {signal.language for signal in reading.signals if signal.urgent}
    if languages and not languages & {chat, "en"}:
        return next((each.language for each in reading.signals if each.language in ours), chat)
    return chat


def _calling(scene: Scene, line: Line, countries: tuple[str, ...]) -> Line:
    number = emergency.whom_to_call(scene.book.directory, countries)
    return replace(line, params={"number": number})


def _soon(scene: Scene, reading: Reading) -> None:
    signs = {signal.sign for signal in reading.signals}
    scene.note(EventKind.SIGNAL, f"{Category.TIME}.{Level.SOON}")
    if "worse_in_hospital" not in signs:
        scene.told.append(TIME_MATTERS)
        return
    scene.told.append(WORSE_IN_HOSPITAL)
    if "GB" in emergency.countries(scene.at, countries_of_danger(reading)):
        scene.told.append(MARTHAS_RULE)


def _young(scene: Scene) -> None:
    """A child writes: nothing is kept longer than a day, nothing of theirs for staff, and no consent is asked."""
    if CHILD in scene.now.marks:
        return
    scene.note(EventKind.SIGNAL, f"{Category.CHILD_WRITES}.{Level.NOTE}")
    stamp = scene.now.turns
    scene.now = scene.now._replace(
        marks=scene.now.marks | {CHILD}, timers={FORGET: stamp}, letter=""
    )
    scene.effects.append(SetTimer(FORGET, scene.facts.now + DAY, stamp))
    scene.effects += [TakeBack(kind) for kind in ForStaff]
    scene.told += [YOUNG, YOUNG_TALK]
