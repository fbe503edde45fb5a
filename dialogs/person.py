"""Talking to a person: whom one may reach today, a question to staff, and their answer.

Decides what the `person` flow shows and when it sends. Only de-identified text is sent, only after *Send*, and one
question at a time. Phone numbers come from the directory alone.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs.directory.card import record_lines
from dialogs.directory.kinds import Kind, WhoPays
from dialogs.directory.matching import match
from dialogs.directory.phrases import together
from dialogs.directory.record import Record
from dialogs.engine import moves
from dialogs.engine.conversation import ALARMED, ANSWER, CHILD, DRAFT, Frame
from dialogs.engine.errands import QUESTION
from dialogs.engine.lines import Kept, Line, Param
from dialogs.engine.registry import Done, Registry, Shown, Situation
from dialogs.engine.result import Ask, ForStaff, SetTimer, TakeBack
from dialogs.options import need_of

DAY = 24 * 60 * 60
MOST = 3
"""Helplines on one card."""
HELPLINES = {Kind.NAVIGATION, Kind.TELEMEDICINE}
LONG = 48
"""From so many hours on, the usual time of an answer is told in days."""

NUMBERS = Line(
    "person.numbers",
    "Helplines in our directory (facts from about {year}, not confirmed with them):",
)
EMERGENCY = Line(
    "person.emergency",
    "Nobody watches this chat. In an emergency, call your local emergency number now.",
)
NUMBER = Line("person.number", "• {name}: <b>{phone}</b>")
NOBODY_ANSWERS = Line(
    "person.nobody_answers", "At this time nobody on our side answers questions, so I send none."
)
WAITING = Line(
    "person.waiting", "Your question is with our staff. When an answer is here, I tell you."
)
YOUNG = Line(
    "person.young", "I do not send questions of people under 16. Please ask an adult you trust."
)
DRAFTED = Line("person.drafted", "“{text}”")
BY_A_PERSON = Line("person.by_a_person", "<b>Written by a person:</b>")
NO_LETTER = Line("person.no_letter", "There is no answer here now.")
TIME_UNKNOWN = Line("person.time_unknown", "We cannot say yet how long an answer takes.")


def person() -> Registry:
    """What the `person` flow may name."""
    return Registry(
        guards={
            "may_write": _may_write,
            "question_waits": lambda at: ANSWER in at.conversation.timers,
            "has_letter": lambda at: bool(at.conversation.letter),
        },
        effects={
            "hold_draft": _hold,
            "send_question": _send,
            "drop_draft": lambda at, _: Done(moves.drop(at.conversation, {QUESTION})),
            "take_back": _take_back,
            "letter_read": lambda at, _: Done(at.conversation._replace(letter="")),
            "keep_worry": _keep_worry,
        },
        views={"people_today": _people, "draft": _draft, "letter": _letter},
        facts={"usual_answer": _usual},
    )


def _may_write(at: Situation) -> bool:
    """Staff answer, the person may ask, and no question of theirs is open."""
    busy = ANSWER in at.conversation.timers
    return at.facts.staff.active and not busy and CHILD not in at.conversation.marks


def _hold(at: Situation, _choice: str) -> Done:
    """What is written stays for a day; after that it is thrown away, unless it was sent."""
    stamp = at.conversation.turns
    now = at.conversation._replace(timers={**at.conversation.timers, DRAFT: stamp})
    return Done(now, (SetTimer(DRAFT, at.facts.now + DAY, stamp),))


def _send(at: Situation, _choice: str) -> Done:
    """Send exactly what was shown. Without staff, or when it was thrown away meanwhile, nothing is sent."""
    draft = at.answers.get(QUESTION)
    if draft is None or not isinstance(draft.value, str) or not _may_write(at):
        return Done(at.conversation)
    stamp = at.conversation.turns
    now = moves.drop(at.conversation.without_timer(DRAFT), {QUESTION})
    now = now._replace(timers={**now.timers, ANSWER: stamp}, letter="")
    alarmed = ALARMED in now.marks
    return Done(now, (Ask(ForStaff.QUESTION, draft.value, stamp, alarmed),))


def _take_back(at: Situation, _choice: str) -> Done:
    now = at.conversation.without_timer(ANSWER)._replace(letter="")
    return Done(now, (TakeBack(ForStaff.QUESTION),))


def _keep_worry(at: Situation, _choice: str) -> Done:
    """Keep what was just written for staff, as far as the person lets them read along. No answer is expected."""
    kept, marks = at.facts.kept, at.conversation.marks
    if kept is None or CHILD in marks or at.code("may_staff_read") != "yes":
        return Done(at.conversation)
    ask = Ask(ForStaff.WORRY, kept, at.conversation.turns, ALARMED in marks)
    return Done(at.conversation, (ask,))


def _people(at: Situation, _frame: Frame) -> Shown:
    """The helplines that fit, and what can be said about our own staff."""
    lines = _numbers(_helplines(at))
    if CHILD in at.conversation.marks:
        lines.append(YOUNG)
    elif ANSWER in at.conversation.timers:
        lines.append(WAITING)
    elif not at.facts.staff.active:
        lines.append(NOBODY_ANSWERS)
    return Shown((*lines, EMERGENCY))


def _helplines(at: Situation) -> list[Record]:
    """Free lines of the person's country, at most three, in the order in which they fit."""
    need = replace(need_of(at), payer=None)
    if need.country is None:
        return []
    records = (hit.record for hit in match(at.book.directory, need, at.facts.withheld))
    return [record for record in records if _is_helpline(record)][:MOST]


def _is_helpline(record: Record) -> bool:
    return record.kind in HELPLINES and record.phone is not None and WhoPays.FREE in record.who_pays


def _numbers(found: list[Record]) -> list[Line]:
    """The numbers, with the year of the oldest."""
    if not found:
        return []
    year = record_lines(min(found, key=lambda record: record.as_of))["as_of"]
    head = replace(NUMBERS, params={"year": year})
    return [together((head, *map(_number, found)), "below")]


def _number(record: Record) -> Line:
    own = record_lines(record)
    return replace(NUMBER, params={"name": own["name"], "phone": own["phone"]})


def _draft(at: Situation, _frame: Frame) -> Shown:
    draft = at.answers.get(QUESTION)
    text = draft.value if draft is not None and isinstance(draft.value, str) else ""
    return Shown((replace(DRAFTED, params={"text": Kept(text)}),))


def _letter(at: Situation, _frame: Frame) -> Shown:
    letter = at.conversation.letter
    if not letter:
        return Shown((NO_LETTER,))
    return Shown(letter_lines(letter))


def letter_lines(letter: str) -> tuple[Line, ...]:
    """An answer as it is shown: marked as from a person."""
    return (BY_A_PERSON, replace(DRAFTED, params={"text": Kept(letter)}))


def _usual(at: Situation) -> Param:
    """How long half of the answers took, as measured; never a promise."""
    hours = at.facts.staff.usual_hours
    if hours is None:
        return TIME_UNKNOWN
    if hours < LONG:
        return Line(
            "person.usual_hours",
            "Lately half of the answers came within {count} hour. Yours may take longer.",
            {},
            "Lately half of the answers came within {count} hours. Yours may take longer.",
            hours,
        )
    return Line(
        "person.usual_days",
        "Lately half of the answers came within {count} day. Yours may take longer.",
        {},
        "Lately half of the answers came within {count} days. Yours may take longer.",
        -(-hours // 24),
    )
