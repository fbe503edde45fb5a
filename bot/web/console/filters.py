"""Filters as they stand in an address, and what they mean.

Decides what each may be. An empty one is no filter; one that cannot be is refused, with a sentence that names the mend,
because a list that silently shows something else misleads.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from bot.storage.review_status import UNREAD, ReviewStatus
from bot.storage.visits import Key
from bot.storage.wanted import Wanted
from bot.web.console.offered import Offered
from bot.web.console.refusals import Wrong
from dialogs.outcomes import Outcome
from dialogs.understanding.safety.signal import Category

DAY: Final = 86_400
ANY, MINE, UNASSIGNED, YES, UNREAD_NAME = "any", "mine", "unassigned", "yes", "unread"
WITHIN: Final = {"1d": 1, "7d": 7, "30d": 30, "90d": 90}
"""Days, by name. They count back from now, so that a saved view stays fresh."""
MOST: Final = 10_000
"""No conversation has more turns."""
LIST: Final = "/conversations"
"""Where the list stands."""
NOT_SAVED: Final = frozenset({"q", "before", "after"})
OFTEN: Final = NOT_SAVED | {"within", "language", "danger", "status", "reviewer"}

Short = Annotated[str, Field(max_length=140)]


class Filters(BaseModel):
    """As they were given. `q` is searched for in kept text; `before` and `after` are where a page begins."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: Annotated[str, Field(max_length=200)] = ""
    since: Annotated[Short, Field(alias="from")] = ""
    to: Short = ""
    within: Short = ""
    language: Short = ""
    switched: Short = ""
    flow: Short = ""
    state: Short = ""
    outcome: Short = ""
    turns_min: Short = ""
    turns_max: Short = ""
    misses: Short = ""
    danger: Short = ""
    text: Short = ""
    label: Short = ""
    status: Short = ""
    reviewer: Short = ""
    before: Short = ""
    after: Short = ""

    @property
    def given(self) -> dict[str, str]:
        """Those that are not empty, by their names in an address."""
        return {name: value for name, value in self.model_dump(by_alias=True).items() if value}

    @property
    def saved(self) -> str:
        """What stays of an address when these are saved: never a word that was searched for."""
        return urlencode({name: it for name, it in self.given.items() if name not in NOT_SAVED})

    @property
    def here(self) -> str:
        """The address of this very page of the list."""
        return self.at(LIST, **{k: v for k, v in self.given.items() if k in {"before", "after"}})

    @property
    def has_rare(self) -> bool:
        """Whether one of them is not among those that always stand open."""
        return not self.given.keys() <= OFTEN

    def at(self, path: str, **more: str) -> str:
        """An address with these filters, from the first page on, and with `more`."""
        kept = {k: v for k, v in self.given.items() if k not in {"before", "after"}} | more
        return f"{path}?{urlencode(kept)}" if kept else path


Asked = Annotated[Filters, Query()]


def wanted(filters: Filters, offered: Offered, me: str, now: int) -> Wanted:
    """What they mean to `me`, a member's id. Raises Wrong."""
    reviewer = _one_of(filters.reviewer, (MINE, UNASSIGNED, *offered.members), "reviewer")
    fewest, most = _number(filters.turns_min), _number(filters.turns_max)
    if fewest is not None and most is not None and fewest > most:
        raise Wrong(f"No conversation has at least {fewest} and at most {most} turns. Swap them.")
    since, until = _span(filters, now)
    return Wanted(
        since=since,
        until=until,
        language=_one_of(filters.language, offered.languages, "language"),
        switched=_yes(filters.switched),
        reached=_reached(filters, offered.flows),
        outcome=_one_of(filters.outcome, tuple(Outcome), "outcome"),
        fewest_turns=fewest,
        most_turns=most,
        fewest_misses=_number(filters.misses),
        dangers=_dangers(filters.danger),
        with_text=_yes(filters.text),
        label=_one_of(filters.label, offered.labels, "label"),
        statuses=_statuses(filters.status),
        reviewer=me if reviewer == MINE else "" if reviewer == UNASSIGNED else reviewer,
        unassigned=reviewer == UNASSIGNED,
    )


def key_of(given: str) -> Key | None:
    """Where a page begins, as `written` writes it. Raises Wrong."""
    if not given:
        return None
    at, _, ref = given.partition(".")
    if not (_is_number(at, 12) and ref.isascii() and ref.isalnum() and len(ref) <= 32):
        raise Wrong("This page of the list does not exist. Go to the list's first page.")
    return Key(int(at), ref)


def written(key: Key) -> str:
    """A key as it stands in an address."""
    return f"{key.last_at}.{key.ref}"


def _span(filters: Filters, now: int) -> tuple[int | None, int | None]:
    """From and until when, exclusive."""
    since, last = _midnight(filters.since), _midnight(filters.to)
    if since is not None and last is not None and since > last:
        raise Wrong("The first day is after the last one. Swap them.")
    if days := _one_of(filters.within, WITHIN, "time"):
        since = max(since or 0, now - WITHIN[days] * DAY)
    return since, None if last is None else last + DAY


def _midnight(given: str) -> int | None:
    if not given:
        return None
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise Wrong("That is not a day. Write it as year-month-day, such as 2026-11-23.") from None
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _reached(
    filters: Filters, flows: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], ...]:  # fmt: skip
    states = {state for all_ in flows.values() for state in all_}
    flow = _one_of(filters.flow, flows, "flow")
    state = _one_of(filters.state, states, "state")
    return (*((flows[flow],) if flow else ()), *(((state,),) if state else ()))


def _dangers(given: str) -> tuple[Category, ...]:
    if given == ANY:
        return tuple(Category)
    return (Category(_one_of(given, tuple(Category), "danger")),) if given else ()


def _statuses(given: str) -> tuple[ReviewStatus, ...]:
    if given == UNREAD_NAME:
        return UNREAD
    return (ReviewStatus(_one_of(given, tuple(ReviewStatus), "status")),) if given else ()


def _one_of(given: str, allowed: Container[str], what: str) -> str:
    if given and given not in allowed:
        raise Wrong(f"There is no such {what}. Choose one from the list.")
    return given


def _yes(given: str) -> bool:
    return bool(_one_of(given, (YES,), "choice"))


def _number(given: str) -> int | None:
    if not given:
        return None
    if not _is_number(given, 5) or int(given) > MOST:
        raise Wrong(f"A number of turns is a whole number from 0 to {MOST}. Write it in digits.")
    return int(given)


def _is_number(given: str, most: int) -> bool:
    return given.isascii() and given.isdecimal() and len(given) <= most
