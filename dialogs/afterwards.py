"""What follows later: was it useful, somebody has died, a date has passed while the person was away.

Decides when those are asked or told. Each is asked once, and after a death nothing is asked at all.
"""

from __future__ import annotations

from datetime import date

from dialogs.engine import moves
from dialogs.engine.conversation import CHILD, Frame
from dialogs.engine.errands import WHEN
from dialogs.engine.lines import Param
from dialogs.engine.registry import Done, Registry, Situation
from dialogs.reminders import MOURNING, stopped

PLAN_MADE, USEFUL_ASKED = "plan_made", "useful_asked"
GONE_THROUGH = "first.useful"
"""The engine's mark that the flow `useful` was gone through."""


def afterwards() -> Registry:
    """What the flows `useful`, `condolence` and `welcome_back` may name."""
    return Registry(
        guards={"useful_due": _useful_due, "date_passed": lambda at: bool(_passed(at))},
        effects={
            "plan_made": _plan_made,
            "useful_asked": lambda at, _: _marked(at, USEFUL_ASKED),
            "mourn": _mourn,
            "ask_passed": _ask_passed,
        },
        facts={"passed_dates": _dates},
    )


def _useful_due(at: Situation) -> bool:
    """A plan was made, and nobody has asked about it yet."""
    marks = at.conversation.marks
    return PLAN_MADE in marks and not marks & {USEFUL_ASKED, CHILD, MOURNING}


def _plan_made(at: Situation, _choice: str) -> Done:
    """There is a plan, or a new one: it may be asked once whether it was useful."""
    marks = at.conversation.marks - {USEFUL_ASKED, GONE_THROUGH} | {PLAN_MADE}
    return Done(at.conversation._replace(marks=marks))


def _marked(at: Situation, mark: str) -> Done:
    return Done(at.conversation._replace(marks=at.conversation.marks | {mark}))


def _mourn(at: Situation, _choice: str) -> Done:
    """No reminder comes any more, and no question that can be left out."""
    now = stopped(at)
    return Done(now._replace(marks=now.marks | {MOURNING}))


def _passed(at: Situation) -> dict[str, date]:
    """The dates among the answers that lie before today, by key. A reminder's day goes with its timer."""
    dated = {key: answer.value for key, answer in at.answers.items() if key != WHEN}
    return {k: v for k, v in dated.items() if isinstance(v, date) and v < at.facts.today}


def _dates(at: Situation) -> Param:
    return tuple(_passed(at).values())


def _ask_passed(at: Situation, _choice: str) -> Done:
    """Drop the dates that have passed. Their questions lie under the open card, and come when it is left."""
    passed = _passed(at)
    now = moves.drop(at.conversation, passed.keys())
    asking = (at.book.asking(key) for key in passed)
    frames = [Frame(s.place, only=s.answer, revisit=True) for s in asking if s is not None]
    return Done(now._replace(frames=(*now.frames[:-1], *frames, *now.frames[-1:])))
