"""Where people go, and where they leave.

Decides what can be asked for: a ready-made funnel or a flow, a language, a period, a window, and something to compare
with. Counting is the affair of `walks`, and what may be shown of it that of `drop_off`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Final, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from bot.storage import walks
from bot.storage.traffic import DAY, happened, midnight
from bot.storage.walks import MOST_SHOWN, MOST_WALKS, Period, Walk
from bot.web.console import drop_off
from bot.web.console.journeys import CONSENTS, JOURNEYS, Journey
from bot.web.console.pages import day
from bot.web.console.parts import PREFIX
from bot.web.console.refusals import Wrong
from bot.web.console.small_numbers import rounded
from bot.web.console.work import CanRead, Work
from bot.web.pictures.bars import Bar, bar_chart
from bot.web.pictures.figures import shown
from dialogs.engine.definition import Flow
from dialogs.engine.result import EventKind

HOUR: Final = 3_600
FLOW: Final = "flow:"
BEFORE: Final = "before"
Short = Annotated[str, Field(max_length=64)]

Side = dict[str, object]
"""One of the things that are compared, for the template."""

router = APIRouter()


class Days(StrEnum):
    """How long a period is, today included."""

    WEEK = "7"
    MONTH = "30"
    QUARTER = "90"


class Window(StrEnum):
    """How many hours a conversation has, from the first step on."""

    HOUR = "1"
    DAY = "24"
    WEEK = "168"


WINDOWS: Final = {Window.HOUR: "1 hour", Window.DAY: "24 hours", Window.WEEK: "7 days"}


class Asked(BaseModel):
    """As it was asked for. `of` is a journey's id, or "flow:" and a flow's name; an empty `language` is any; `against`
    is empty, "before" or a language.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    of: Short = JOURNEYS[0].id
    language: Short = ""
    days: Days = Days.MONTH
    window: Window = Window.DAY
    against: Short = ""

    @property
    def seconds(self) -> int:
        """The window."""
        return int(self.window) * HOUR


class View(NamedTuple):
    """One of the things that are compared. `again` is what a list of its conversations is asked for."""

    name: str
    language: str
    period: Period
    again: Mapping[str, str]

    def link(self, place: str) -> str:
        """The conversations that reached a state."""
        return f"{PREFIX}/conversations?{urlencode({'state': place, **self.again})}"


@router.get("/funnel")
def funnel(work: CanRead, asked: Annotated[Asked, Query()]) -> Response:
    """One funnel, or two beside each other."""
    journey, flow = _journey(asked.of), _flow(work, asked.of)
    languages = work.parts.book.catalogs.shipped
    _check(asked, languages)
    views = list(_views(asked, work.now))
    return work.page(
        "funnel.html",
        asked=asked,
        journeys=JOURNEYS,
        flows=work.parts.book.flows,
        languages=languages,
        days=Days,
        windows=WINDOWS,
        of_flow=flow is not None,
        title=journey.name if journey else f"The flow {asked.of.removeprefix(FLOW)}",
        sides=list(_sides(work, views, journey or flow, asked.seconds)),
        shown=shown,
        known={str(state.place) for state in work.parts.book.states()},
        consents=list(_consents(work, int(asked.days))),
    )


def _check(asked: Asked, languages: tuple[str, ...]) -> None:
    """Raises Wrong for what nobody can choose."""
    if asked.language and asked.language not in languages:
        raise Wrong("The assistant does not speak that language. Choose one from the list.")
    if asked.against and asked.against not in {BEFORE, *languages}:
        raise Wrong("That cannot be compared with. Choose from the list.")


def _journey(of: str) -> Journey | None:
    return next((journey for journey in JOURNEYS if journey.id == of), None)


def _flow(work: Work, of: str) -> Flow | None:
    return work.parts.book.flows.get(of.removeprefix(FLOW)) if of.startswith(FLOW) else None


def _sides(
    work: Work, views: list[View], what: Journey | Flow | None, window: int
) -> Iterator[Side]:  # fmt: skip
    match what:
        case Journey():
            return _followed(work, views, what, window)
        case Flow():
            return _visited(work, views, what, window)
        case None:
            raise Wrong("There is no such funnel. Choose one from the list.")


def _views(asked: Asked, now: int) -> Iterator[View]:
    """What is asked for, and what it is compared with."""
    length = int(asked.days) * DAY
    since = midnight(now, int(asked.days))
    whole = Period(since, now + 1)
    yield _view(asked.language, whole, {"from": day(since)})
    if asked.against == BEFORE:
        before = Period(since - length, since)
        until = {"from": day(before.since), "to": day(before.until - DAY)}
        yield _view(asked.language, before, until)
    elif asked.against:
        yield _view(asked.against, whole, {"from": day(since)})


def _view(language: str, period: Period, days: Mapping[str, str]) -> View:
    spoken = {"language": language} if language else {}
    name = f"{language or 'all languages'}, {day(period.since)} to {day(period.until - 1)}"
    return View(name, language, period, {**spoken, **days})


def _followed(work: Work, views: list[View], journey: Journey, window: int) -> Iterator[Side]:
    """A ready-made funnel. What two views have in common is read once."""
    steps = [step.places for step in journey.steps]
    read: dict[Period, tuple[Period, list[Walk]]] = {}
    for view in views:
        if view.period not in read:
            period = walks.bounded(work.connection, steps[0], view.period, MOST_WALKS)
            read[view.period] = period, walks.walks(work.connection, steps, period, window)
        period, everybody = read[view.period]
        found = [walk for walk in everybody if view.language in {"", walk.locale}]
        rows = drop_off.rows(journey.steps, found, window, work.now)
        bars = [Bar(row.name, row.reached, row.of_started, _only(view, row.places)) for row in rows]
        yield {
            "view": view,
            "shortened": period if period != view.period else None,
            "picture": bar_chart(journey.name, f"Conversations by step: {view.name}", bars),
            "rows": rows,
            "stops": drop_off.stops(found, len(steps), window, work.now),
        }


def _visited(work: Work, views: list[View], flow: Flow, window: int) -> Iterator[Side]:
    """The states of a flow."""
    places = [str(state.place) for state in flow.states.values() if state.waits]
    for view in views:
        period = walks.bounded(work.connection, places, view.period, MOST_SHOWN)
        over = period._replace(until=min(period.until, work.now - window))
        reached = walks.reach(work.connection, places, period, view.language)
        stopped = walks.stopped(work.connection, places, over, view.language)
        rows = drop_off.states(places, reached, stopped)
        bars = [Bar(row.place, row.reached, row.share, view.link(row.place)) for row in rows]
        yield {
            "view": view,
            "shortened": period if period != view.period else None,
            "picture": bar_chart(flow.name, f"Conversations by state: {view.name}", bars),
            "rows": rows,
        }


def _only(view: View, places: tuple[str, ...]) -> str | None:
    return view.link(places[0]) if len(places) == 1 else None


def _consents(work: Work, days: int) -> Iterator[tuple[str, str, str, str, str]]:
    """Each consent: how often it was asked for, given, refused, and passed over."""
    places = [place for _, place in CONSENTS]
    counted = happened(work.connection, places, midnight(work.now, days))
    kinds = (
        (EventKind.SHOWN, ""), (EventKind.CHOSEN, "yes"), (EventKind.CHOSEN, "no"), (EventKind.SKIPPED, ""),
    )  # fmt: skip
    for name, place in CONSENTS:
        asked, given, refused, passed = (
            shown(rounded(counted.get((place, kind.value, detail), 0))) for kind, detail in kinds
        )
        yield name, asked, given, refused, passed
