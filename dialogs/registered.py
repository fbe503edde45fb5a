"""Every guard, effect, view and fact that flow files may name.

Decides what the names mean. Flow files cannot reach anything that is not listed here.
"""

from __future__ import annotations

from functools import reduce
from operator import or_

from babel import Locale

from dialogs import emergency
from dialogs.afterwards import afterwards
from dialogs.engine.conversation import CHILD, FORGET, Frame
from dialogs.engine.definition import Choice
from dialogs.engine.lines import Code, CodeKind, Line
from dialogs.engine.registry import Done, Guard, Registry, Shown, Situation
from dialogs.engine.result import Export, Forget, SetTimer
from dialogs.kept_for import kept_for
from dialogs.my_answers import changeable, my_answers, summary
from dialogs.options import nothing_fits, options_view, report, report_view, rights_view
from dialogs.person import person
from dialogs.plan.views import plan
from dialogs.reminders import MOURNING, reminders
from dialogs.situation import situation
from dialogs.worries import worries

DAY = 24 * 60 * 60
USEFUL = "useful"
REMEMBER, REVIEW = "may_remember", "may_staff_read"


def registry() -> Registry:
    """The program's own registry."""
    parts = (person(), reminders(), afterwards(), worries(), situation(), plan(), kept_for())
    return reduce(or_, parts, _own())


def _own() -> Registry:
    return Registry(
        guards={
            "memory_due": lambda at: REMEMBER not in at.answers and not _young(at),
            "review_due": lambda at: (
                USEFUL in at.conversation.marks
                and REVIEW not in at.answers
                and not {CHILD, MOURNING} & at.conversation.marks
            ),
            "needs_region": lambda at: at.code("country") == "US",
            "country_unknown": lambda at: "country" not in at.answers,
            "has_answers": lambda at: bool(changeable(at)),
            "may_remember_yes": _answered(REMEMBER, "yes"),
            "may_remember_no": lambda at: FORGET in at.conversation.timers,
            "review_yes": lambda at: at.code(REVIEW) == "yes" and not _young(at),
            "review_no": _answered(REVIEW, "no"),
            "nothing_fits": nothing_fits,
        },
        effects={
            "useful": _useful,
            "remember": _remember,
            "forget_day": _forget_day,
            "set_language": _set_language,
            "export_all": lambda at, _: Done(at.conversation, (Export(),)),
            "forget_all": _forget_all,
            "show_country": emergency.show_country,
            "hide": emergency.hide,
            "speak_heard": _speak_heard,
            "report": report,
        },
        views={
            "options": options_view,
            "report": report_view,
            "rights": rights_view,
            "my_answers": my_answers,
            "summary": summary,
            "languages": _languages,
            "emergency_now": emergency.now_view,
            "emergency_check": emergency.check_view,
            "crisis": emergency.crisis_view,
        },
        facts={
            "keep_days": lambda at: at.facts.keep_days,
            "today": lambda at: at.facts.today,
            "heard_language": lambda at: Code(CodeKind.LANGUAGE, _heard(at)),
        },
    )


def _young(at: Situation) -> bool:
    return CHILD in at.conversation.marks


def _heard(at: Situation) -> str:
    """The language the open card is in: the one a text was written in."""
    alarm = at.conversation.alarm
    return alarm.locale if alarm else at.conversation.locale or "en"


def _speak_heard(at: Situation, _choice: str) -> Done:
    return Done(at.conversation._replace(locale=_heard(at)))


def _answered(key: str, code: str) -> Guard:
    def answered(at: Situation) -> bool:
        return at.code(key) == code

    return answered


def _useful(at: Situation, _choice: str) -> Done:
    """The person has seen something of use: from now on it is fair to ask whether staff may read along."""
    return Done(at.conversation._replace(marks=at.conversation.marks | {USEFUL}))


def _remember(at: Situation, _choice: str) -> Done:
    """Answers stay for the whole period: the timer that would forget them is disarmed."""
    timers = {name: stamp for name, stamp in at.conversation.timers.items() if name != FORGET}
    return Done(at.conversation._replace(timers=timers))


def _forget_day(at: Situation, _choice: str) -> Done:
    """Answers go after 24 hours."""
    stamp = at.conversation.turns
    timers = {**at.conversation.timers, FORGET: stamp}
    timer = SetTimer(FORGET, at.facts.now + DAY, stamp)
    return Done(at.conversation._replace(timers=timers), (timer,))


def _set_language(at: Situation, choice: str) -> Done:
    """Speak the language whose button was pressed."""
    return Done(at.conversation._replace(locale=choice.removeprefix("lang_")))


def _forget_all(at: Situation, _choice: str) -> Done:
    """Nothing of the conversation stays but where we stand and the language, so that goodbye can be said."""
    kept = at.conversation.emptied()._replace(frames=at.conversation.frames)
    return Done(kept, (Forget(),))


def _languages(at: Situation, _frame: Frame) -> Shown:
    """The shipped languages, each by its own name."""
    return Shown(
        (),
        tuple(
            Choice(
                f"lang_{locale}",
                Line(f"language.own.{locale}", own_name(locale)),
                effect="set_language",
            )
            for locale in at.book.catalogs.shipped
        ),
    )


def own_name(locale: str) -> str:
    """What a language calls itself, with a capital where its script has them."""
    name = str(Locale.parse(locale).get_display_name(locale) or locale)
    return name[:1].upper() + name[1:]
