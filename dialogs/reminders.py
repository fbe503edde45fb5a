"""A reminder, only because it was asked for: when it comes, and how it is stopped.

Decides what the `remind` flow may offer. Nothing of the person's clock is kept but the moment and the day of the
reminder. That it is due is `dialogs.engine.errands`' matter.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dialogs.engine.conversation import CHILD, REMINDER, Answer, AnswerKind, Conversation, Frame
from dialogs.engine.definition import Choice
from dialogs.engine.errands import WHEN
from dialogs.engine.lines import Line
from dialogs.engine.registry import Done, Guard, Registry, Shown, Situation
from dialogs.engine.result import SetTimer
from dialogs.engine.show import MOST
from dialogs.local_time import Clock, after_days, before_day, clocks

BEFORE = "before_date"
DAYS = {"tomorrow": 1, "three_days": 3, "week": 7}
MOURNING = "mourning"
"""The mark of a conversation in which somebody told of a death: no reminder, and no question that is not needed."""


def reminders() -> Registry:
    """What the `remind` flow may name."""
    return Registry(
        guards={
            "may_remind": may_remind,
            "cannot_remind": lambda at: not may_remind(at),
            "one_clock": lambda at: len(_clocks(at)) == 1,
            "many_clocks": lambda at: len(_clocks(at)) > 1,
            "date_to_come": lambda at: _coming(at) is not None,
            "kept_3_days": _kept_for(3),
            "kept_7_days": _kept_for(7),
        },
        effects={"set_reminder": _set, "stop_reminders": lambda at, _: Done(stopped(at))},
        views={"clocks": _clocks_view},
    )


def may_remind(at: Situation) -> bool:
    """Whether reminders are for this person at all."""
    return not {CHILD, MOURNING} & at.conversation.marks


def stopped(at: Situation) -> Conversation:
    """The conversation without a reminder."""
    now = at.conversation.without_timer(REMINDER)
    return now._replace(answers={k: a for k, a in now.answers.items() if k != WHEN})


def _kept_for(days: int) -> Guard:
    return lambda at: at.facts.keep_days > days


def _coming(at: Situation) -> date | None:
    """The date the person gave, where there is a day before it on which we still know them."""
    answer = at.answers.get("date")
    day = answer.value if answer is not None else None
    today = at.facts.today
    if isinstance(day, date) and today + timedelta(days=1) < day <= today + timedelta(
        at.facts.keep_days
    ):
        return day
    return None


def _clocks(at: Situation) -> tuple[Clock, ...]:
    return clocks(at.code("country"), at.facts.now)


def _clocks_view(at: Situation, frame: Frame) -> Shown:
    """The times it may be for the person now, one button each."""
    found = _clocks(at)
    pages = max(-(-len(found) // MOST), 1)
    page = min(frame.page, pages - 1)
    shown = found[page * MOST : (page + 1) * MOST]
    return Shown(
        (), tuple(Choice(_id(c), _label(c.time), effect="set_reminder") for c in shown), pages
    )


def _id(clock: Clock) -> str:
    return f"utc_{'m' if clock.minutes < 0 else 'p'}{abs(clock.minutes)}"


def _label(shown: time) -> Line:
    """A time of day in both ways of counting hours, which nobody translates."""
    half = "am" if shown.hour < 12 else "pm"
    return Line("remind.time", f"{shown:%H:%M} ({(shown.hour - 1) % 12 + 1}:{shown:%M} {half})")


def _set(at: Situation, choice: str) -> Done:
    """Set the reminder, by the clock that was chosen, or the only one; what was asked before it gives way."""
    found = {_id(clock): clock.zone for clock in _clocks(at)}
    zone = found.get(choice) or (next(iter(found.values())) if len(found) == 1 else None)
    when = _moment(at, zone)
    stamp = at.conversation.turns
    kept = Answer(AnswerKind.DATE, when.date(), f"remind.{WHEN}")
    now = at.conversation._replace(
        answers={**at.answers, WHEN: kept}, timers={**at.conversation.timers, REMINDER: stamp}
    )
    return Done(now, (SetTimer(REMINDER, int(when.timestamp()), stamp),))


def _moment(at: Situation, zone: ZoneInfo | None) -> datetime:
    chosen, day = at.code(WHEN), _coming(at)
    if chosen == BEFORE and day is not None:
        return before_day(zone, at.facts.now, day)
    return after_days(zone, at.facts.now, DAYS.get(chosen or "", 1))
