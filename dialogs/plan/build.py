"""A person's plan, made of their answers, the sheet and the directory.

Decides which sentences stand in it. It is pure, and it holds no more of a person than they chose to answer: codes,
days, and own words only where they were kept, which is de-identified.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs.engine import phrases
from dialogs.engine.answers import label_of
from dialogs.engine.conversation import AnswerKind
from dialogs.engine.lines import Line
from dialogs.engine.registry import Situation
from dialogs.evidence import UNREVIEWED
from dialogs.markup import parse
from dialogs.plan import places
from dialogs.plan.document import Part, Plan, Section, Style
from dialogs.plan.sheet import Entry, SheetPart, SheetSection, load_sheet
from dialogs.situation import urgent

TITLE = Line("sheet.title", "My second-opinion plan")
INFORMATION = Line(
    "sheet.information", "Information, not medical advice. It does not know my case."
)
MADE = {"rights": places.rights, "places": places.places, "help": places.help_with_cost,
        "emergency": places.emergency}  # fmt: skip


def build(at: Situation) -> Plan:
    """The plan for what is known now."""
    sections = tuple(section for each in load_sheet() if (section := _section(at, each)).parts)
    return Plan(TITLE, at.facts.today, (*sections, _sources(at)), (INFORMATION,))


def _section(at: Situation, sheet: SheetSection) -> Section:
    parts = (_part(at, part) for part in sheet.parts)
    return Section(sheet.name, sheet.title, tuple(part for part in parts if part.lines))


def _part(at: Situation, sheet: SheetPart) -> Part:
    if sheet.show is not None:
        return Part(sheet.style, tuple(MADE[sheet.show](at)))
    found = [_filled(at, entry.line) for entry in sheet.entries if _holds(at, entry)]
    return Part(sheet.style, tuple(found[:1] if sheet.one else found))


def _holds(at: Situation, entry: Entry) -> bool:
    if entry.urgent not in {None, urgent(at)}:
        return False
    met = (known(at, key) & set(codes) for key, codes in entry.when.items())
    barred = (known(at, key) & set(codes) for key, codes in entry.unless.items())
    return all(met) and not any(barred)


def known(at: Situation, key: str) -> set[str]:
    """What the sheet can say of an answer: its codes, or "none", "given", "day", "words"."""
    answer = at.answers.get(key)
    if answer is None:
        return {"none"}
    kinds = {AnswerKind.DATE: {"day"}, AnswerKind.TEXT: {"words"}}
    return {*answer.codes, "given"} | kinds.get(answer.kind, set())


def _filled(at: Situation, line: Line) -> Line:
    slots = parse(line.msgid).slots
    if not slots:
        return line
    return replace(line, params={key: label_of(at.book, key, at.answers.get(key)) for key in slots})


def _sources(at: Situation) -> Section:
    """Whose work the plan rests on, by name and year, and that part of it is not reviewed."""
    ids = dict.fromkeys(source for section in load_sheet() for source in section.sources)
    named = tuple(at.book.evidence[each].name for each in ids if each != UNREVIEWED)
    lines = (phrases.named_sources(named), phrases.NOT_REVIEWED)
    title = Line("sheet.sources.title", "Where this comes from")
    return Section("sources", title, (Part(Style.NOTE, lines),))
