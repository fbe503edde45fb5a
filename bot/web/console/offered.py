"""What the filters of conversations can be chosen from.

Decides the lists of languages, flows, states, labels and members: what exists now. A state or label that is gone cannot
be filtered by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale

from bot.storage import staff, visits
from bot.web.console.work import Work
from dialogs.book import Book
from dialogs.engine.definition import StateKind


@dataclass(frozen=True, slots=True)
class Offered:
    """Languages by code, labels and members by id: their names. `flows`: the places of each flow at which something is
    shown.
    """

    languages: Mapping[str, str]
    flows: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    members: Mapping[str, str]


def offered(work: Work) -> Offered:
    """All of them."""
    book = work.parts.book
    return Offered(
        {code: language_name(code) for code in book.catalogs.locales},
        _shown_in(book),
        visits.labels(work.connection),
        {each.id: each.name for each in staff.members(work.connection)},
    )


@cache
def language_name(code: str) -> str:
    """A language as an English reader names it."""
    return Locale.parse(code).get_display_name("en") or code


def _shown_in(book: Book) -> Mapping[str, tuple[str, ...]]:
    shown = (StateKind.SAY, StateKind.ASK)
    return {
        name: tuple(str(state.place) for state in flow.states.values() if state.kind in shown)
        for name, flow in book.flows.items()
    }
