"""What a clinician reads before release, as rows: safety lines, figures, and what every state says, per locale.

Decides what belongs on the review sheet and in which order. Records of the directory do not: their facts are about
services. How rows are shown is `review_page`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from babel.messages.catalog import Message

from dialogs.book import Book
from dialogs.catalogs import FULL, SAFETY_CONTEXTS, SAFETY_ONLY, SOURCE, sentences
from dialogs.checks.extract import CHECKOUT, template
from dialogs.checks.texts import topics
from dialogs.engine.definition import Flow
from dialogs.engine.lines import Line
from dialogs.evidence import Evidence
from dialogs.markup import Closing, Opening, Slot, parse

MISSING = "(not translated)"
ELSEWHERE = ("directory.", "evidence.", "profile.")
"""Contexts of sentences that are no text of ours on health."""


APART = {"safety", "offer"}
"""Flows whose texts are safety lines."""


class Part(StrEnum):
    """The parts of the sheet, in their order."""

    SAFETY = "Safety lines"
    FIGURES = "Figures"
    TOPICS = "Topics"
    OTHERS = "Everything else the assistant says"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to review. `texts` holds its words by locale, `cites` the evidence, `buttons` the labels below it."""

    part: Part
    id: str
    texts: Mapping[str, str]
    cites: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    evidence: Evidence | None = None

    @property
    def reviewed(self) -> str:
        """Only figures can be marked as reviewed yet; no text is."""
        return "yes" if self.evidence and self.evidence.reviewed else "no"


def rows(book: Book) -> list[Row]:
    """The whole sheet."""
    known = {flow.name for flow in topics(book)}
    spoken = [flow for flow in book.flows.values() if flow.name not in APART]
    others = [flow for flow in spoken if flow.name not in known]
    return [
        *sorted(_fixed(book, Part.SAFETY), key=lambda row: row.id not in _cards(book)),
        *map(_figure, book.evidence.values()),
        *(row for flow in topics(book) for row in _flow(book, flow, Part.TOPICS)),
        *(row for flow in others for row in _flow(book, flow, Part.OTHERS)),
        *_fixed(book, Part.OTHERS),
    ]


def _cards(book: Book) -> set[str]:
    """The cards of danger: they come before the lines that stand on them."""
    return {str(state.place) for state in book.states() if state.place.flow == "safety"}


def shown(text: str) -> str:
    """A text as it is read, with the address behind each link and the names of its parameters."""
    out, address = [], ""
    for piece in parse(text).pieces:
        match piece:
            case Opening("a", href):
                address = href
            case Closing("a"):
                out.append(f" ({address})")
            case Slot(name):
                out.append(f"{{{name}}}")
            case str():
                out.append(piece)
    return "".join(out)


def _fixed(book: Book, part: Part) -> Iterator[Row]:
    """Sentences that no state of a topic says: those of danger in ten languages, and the engine's own."""
    for message in template(CHECKOUT):
        context = message.context or ""
        if not message.id or context.startswith(ELSEWHERE):
            continue
        safety = context.startswith(SAFETY_CONTEXTS)
        ours = context.startswith("engine.") if part is Part.OTHERS else safety
        if ours:
            locales = (*FULL, *SAFETY_ONLY) if safety else book.catalogs.shipped
            yield Row(part, context, {each: _said(book, message, each) for each in locales})


def _said(book: Book, message: Message, locale: str) -> str:
    """A fixed sentence in one language; of a plural, both forms in English and the first elsewhere."""
    context, english = message.context or "", sentences(message)
    if locale == SOURCE:
        return " / ".join(map(shown, english))
    texts = book.catalogs.texts.get(locale)
    forms = texts and texts.plural.get((context, english[0]))
    if forms:
        return " / ".join(map(shown, forms))
    return _translated(book, Line(context, english[0]), locale)


def _figure(evidence: Evidence) -> Row:
    return Row(Part.FIGURES, evidence.id, {SOURCE: evidence.says}, evidence=evidence)


def _flow(book: Book, flow: Flow, part: Part) -> Iterator[Row]:
    for state in flow.states.values():
        labels = tuple(shown(choice.label.msgid) for choice in state.choices)
        for line in filter(None, (state.body, state.again, state.why)):
            below = labels if line is state.body else ()
            yield Row(part, line.context, _texts(book, line), state.sources, below)


def _texts(book: Book, line: Line) -> dict[str, str]:
    return {locale: _translated(book, line, locale) for locale in book.catalogs.shipped}


def _translated(book: Book, line: Line, locale: str) -> str:
    if locale == SOURCE:
        return shown(line.msgid)
    texts = book.catalogs.texts.get(locale)
    found = texts.single.get((line.context, line.msgid)) if texts else None
    return shown(found) if found else MISSING
