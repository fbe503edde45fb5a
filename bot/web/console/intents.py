"""Intents as staff read them.

Decides how an intent is told: by its code, what its button says, and where it leads.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from bot.i18n import Renderer
from dialogs.book import Book
from dialogs.leads import Lead, Way
from dialogs.understanding.intents import Intent

WAYS: Final = {
    Way.TOPIC: "Answered by a topic",
    Way.OPEN: "Opens a flow",
    Way.REMARK: "Answered by a remark",
    Way.WISH: "A request",
    Way.DO: "About what is open",
    Way.ANSWER: "An answer to a question",
}


class Offer(NamedTuple):
    """An intent one may choose; `label` says what it means and where it leads."""

    intent: str
    label: str


def titles(book: Book, renderer: Renderer, locale: str) -> dict[str, str]:
    """What each intent means, in the reader's language where it has a button."""
    return {
        intent.value: renderer.label(lead.label, locale) if lead.label else intent.value
        for intent, lead in book.leads.items()
    }


def offers(book: Book, renderer: Renderer, locale: str) -> dict[str, list[Offer]]:
    """All intents, by the kind of place they lead to."""
    named = titles(book, renderer, locale)
    found: dict[str, list[Offer]] = {title: [] for title in WAYS.values()}
    for intent, lead in book.leads.items():
        found[WAYS[lead.way]].append(Offer(intent.value, _label(intent, lead, named[intent.value])))
    return found


def _label(intent: Intent, lead: Lead, title: str) -> str:
    where = f" → {lead.to}" if lead.place else ""
    return f"{intent}{where}" if title == intent.value else f"{intent}: {title}{where}"
