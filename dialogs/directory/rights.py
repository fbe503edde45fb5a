"""What people can expect in a country: their rights and who pays, read from `rights.yaml`, and the lines that say it.

Decides what an entry must hold and how sure the words may sound. It judges no single case, and it is no legal advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from dialogs.directory.fields import Fields
from dialogs.directory.kinds import COVERS, Confidence, Payer
from dialogs.directory.phrases import together
from dialogs.directory.schema import read_list
from dialogs.engine.lines import Code, CodeKind, Line
from dialogs.engine.strict_yaml import Twig
from dialogs.mistakes import Mistake

Rights = Mapping[str, tuple["Right", ...]]
"""By country; a country may have several parts."""

ID = re.compile(r"[A-Z]{2}(?:-[a-z]+)?")
NOT_FOUND = "No clear rule"
"""How the text of an entry of low confidence begins."""

UNKNOWN = "unknown"
TRANSLATED = ("text", "detail", "confirm")
MOST_SENTENCES = 2
MOST_IN_DETAIL = 2
"""Parts of a country; of more of them the details are left out, so that the card stays short."""

_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")

ELSEWHERE = Line(
    "rights.elsewhere",
    "Rules differ from place to place. In most places you may ask another doctor, but it may not be free.\n\n"
    "You can ask:\n• Do I need a referral (a letter to another doctor)?\n• Who pays?\n• How do I get my records?",
)
NOT_LISTED = Line("rights.not_listed", "I know of no rule for this place.")
ELSEWHERE_CONFIRM = Line("rights.elsewhere_confirm", "your doctor or health office")
UNDATED = Line("rights.undated", "<i>From pages without a date, not confirmed.</i>")
UNREAD = Line("rights.unread", "<i>I read no page about this. It is not confirmed.</i>")
LESS_SURE = Line("rights.less_sure", "I am less sure of this one.")


@dataclass(frozen=True, slots=True)
class Right:
    """What people can expect, in a country or in a part of its care. `as_of` is None for pages without a date."""

    id: str
    country: str
    text: str
    confirm: str
    confidence: Confidence
    as_of: str | None = None
    detail: str | None = None
    payers: tuple[Payer, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)

    def line(self, name: str) -> Line:
        """One of its texts as a sentence of ours, in which tags and braces mean something."""
        words = escape(getattr(self, name), quote=False).replace("{", "{{").replace("}", "}}")
        return Line(f"rights.{self.id}.{name}", words)


def read_rights(root: Twig, file: str, mistakes: list[Mistake]) -> Rights:
    """The entries of the file, by country; what is wrong goes to `mistakes`."""
    found = read_list(root, "rights", file, mistakes, _read)
    for right in found:
        if [each.id for each in found].count(right.id) > 1:
            what = f"the id {right.id!r} stands twice"
            mistakes.append(Mistake(file, right.lines.get("id", 1), what, "keep one entry"))
    return {
        right.country: tuple(each for each in found if each.country == right.country)
        for right in found
    }


def rights_of(rights: Rights, country: str | None, payer: str | None = None) -> tuple[Right, ...]:
    """What is known of a country: the parts for that payer, or all where none is for it. Empty where nothing is."""
    found = rights.get(country or "", ())
    cover = next((cover for cover in COVERS if cover == payer), None)
    return tuple(right for right in found if cover in right.payers) or found


def rights_lines(rights: Rights, country: str | None, payer: str | None = None) -> tuple[Line, ...]:
    """The paragraphs to show, whatever is known: each text with its age, and with whom to confirm it."""
    found = rights_of(rights, country, payer)
    if country is None:
        return ELSEWHERE, _confirm(ELSEWHERE_CONFIRM)
    if not found:
        return _head(country), NOT_LISTED, ELSEWHERE, _confirm(ELSEWHERE_CONFIRM)
    brief = len(found) > MOST_IN_DETAIL
    parts = (together(tuple(_paragraph(right, brief=brief)), "below") for right in found)
    return (_head(country), *parts)


def right_lines(right: Right) -> tuple[Line, ...]:
    """One entry as it is shown by itself."""
    return _head(right.country), together(tuple(_paragraph(right, brief=False)), "below")


def texts(rights: Rights) -> Iterator[tuple[int, str, str]]:
    """Line, context and English text of everything a translator translates."""
    for right in (right for parts in rights.values() for right in parts):
        for name in TRANSLATED:
            if getattr(right, name) is not None:
                line = right.line(name)
                yield right.lines.get(name, 1), line.context, line.msgid


def _paragraph(right: Right, *, brief: bool) -> Iterator[Line]:
    yield right.line("text")
    if right.detail is not None and not brief:
        yield right.line("detail")
    if right.confidence is Confidence.MEDIUM:
        yield LESS_SURE
    yield _age(right)
    yield _confirm(right.line("confirm"))


def _head(country: str) -> Line:
    return Line("rights.head", "<b>{country}</b>", {"country": Code(CodeKind.COUNTRY, country)})


def _age(right: Right) -> Line:
    if right.as_of is None:
        return UNDATED if right.sources else UNREAD
    year = Line(f"rights.{right.id}.as_of", right.as_of[:4])
    return Line("rights.facts", "<i>Facts from about {year}, not confirmed.</i>", {"year": year})


def _confirm(who: Line) -> Line:
    return Line("rights.confirm", "Please confirm with {who}.", {"who": who})


def _read(fields: Fields) -> Right:
    right = Right(
        id=fields.text("id"),
        country=fields.country("country"),
        payers=fields.several("payers", Payer, needed=False),
        text=fields.text("text"),
        detail=fields.optional("detail"),
        confirm=fields.text("confirm"),
        sources=fields.links("sources"),
        as_of=None if fields.optional("as_of") == UNKNOWN else fields.as_of("as_of"),
        confidence=fields.one("confidence", Confidence),
        lines=fields.lines,
    )
    for name, what, mend in _complaints(right):
        fields.wrong(name, what, mend)
    return right


def _complaints(right: Right) -> Iterator[tuple[str, str, str]]:
    if not ID.fullmatch(right.id) or right.id[:2] != right.country:
        yield (
            "id",
            f"{right.id!r} is no id",
            "write the country, or the country and a part: US-medicare",
        )
    if len(_SENTENCE_END.findall(right.text)) > MOST_SENTENCES:
        yield "text", "says too much", f"keep {MOST_SENTENCES} sentences, move a list to detail"
    if right.text.startswith(NOT_FOUND) is not (right.confidence is Confidence.LOW):
        mend = f'begin a text of low confidence, and no other, with "{NOT_FOUND}"'
        yield "text", "sounds surer or less sure than it is", mend
    if not right.sources and right.confidence is Confidence.HIGH:
        yield "sources", "is missing, and confidence is high", "name a page that was read"
    if any(payer not in COVERS for payer in right.payers):
        yield "payers", "names no cover", "use public, insurance, employer"
