"""The plan in the chat: its pages, the languages it can be had in, and the sentence to hold up.

Decides what fits on one page and what the file is made of. What stands in the plan is decided in `build`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dialogs.directory.phrases import together
from dialogs.engine.conversation import Frame
from dialogs.engine.definition import Choice
from dialogs.engine.lines import Code, CodeKind, Line, Param
from dialogs.engine.registry import Done, Registry, Shown, Situation
from dialogs.engine.result import SendPlan, SendSign
from dialogs.plan.build import build
from dialogs.plan.document import Part, Section, Style

PAGES = (
    ("question", "first_steps"),
    ("ask_doctor", "ask_second"),
    ("say",),
    ("records",),
    ("letter",),
    ("rights",),
    ("options",),
    ("help",),
    ("compare",),
    ("not_wait", "sources"),
)
"""Which sections share a page."""

BESIDE, SPEAKS = "beside_", "speaks_"
MARKERS = {
    Style.BULLETS: Line("sheet.bullet", "• {line}"),
    Style.CHECKLIST: Line("sheet.box", "☐ {line}"),
    Style.QUESTIONS: Line("sheet.asked", "• {line}"),
    Style.NOTE: Line("sheet.small", "<i>{line}</i>"),
}
STEP = Line("sheet.step", "{number}. {line}")
HEAD = Line("sheet.head", "<b>{title}</b>")
PAGE_OF = Line("sheet.page_of", "<i>Page {page} of {pages}</i>")
MADE_ON = Line("sheet.made_on", "Made on {today}.")
IN_TWO = Line("sheet.in_two", "With {language} beside it")
SIGN = Line(
    "sheet.sign", "I would like a second opinion before I decide. Could you help me arrange it?"
)
KEPT_FOR_PLAN = {
    "standing", "date", "date_right", "for_whom", "my_question", "wait_told", "wait_right", "records", "way", "tongues",
    "matters", "style", "worries", "condition", "payer", "country", "region",
}  # fmt: skip


def plan() -> Registry:
    """What the flow `plan`, and whoever leads to it, may name."""
    return Registry(
        effects={"send_plan": _send_plan, "send_sign": _send_sign, "forget_plan": _forget_plan},
        views={
            "plan": _plan_view,
            "plan_languages": _plan_languages,
            "sign_languages": _sign_languages,
            "first_step": _first_step,
        },
    )


def _first_step(at: Situation, _frame: Frame) -> Shown:
    """The first step alone, for a reminder."""
    steps = next(section for section in build(at).sections if section.name == "first_steps")
    return Shown((_with(HEAD, title=steps.title), steps.parts[0].lines[0]))


def _plan_view(at: Situation, frame: Frame) -> Shown:
    """One page of the plan."""
    plan = build(at)
    sections = {section.name: section for section in plan.sections}
    pages = [page for page in PAGES if any(name in sections for name in page)]
    place = min(frame.page, len(pages) - 1)
    lines = [_with(PAGE_OF, page=place + 1, pages=len(pages))]
    for name in pages[place]:
        if name in sections:
            lines += _told(sections[name])
    if place == len(pages) - 1:
        lines += (*plan.footer, _with(MADE_ON, today=plan.made_on))
    return Shown(tuple(lines), pages=len(pages))


def _told(section: Section) -> Iterator[Line]:
    yield _with(HEAD, title=section.title)
    for part in section.parts:
        yield from _set(part)


def _set(part: Part) -> Iterator[Line]:
    """A list stands close together; everything else is paragraphs."""
    if part.style is Style.STEPS:
        steps = [_with(STEP, number=n, line=line) for n, line in enumerate(part.lines, 1)]
        yield together(tuple(steps), "below")
    elif part.style in MARKERS:
        yield together(tuple(_with(MARKERS[part.style], line=line) for line in part.lines), "below")
    else:
        yield from part.lines


def _plan_languages(at: Situation, _frame: Frame) -> Shown:
    """The other shipped languages, for the doctor."""
    others = [each for each in at.book.catalogs.shipped if each != at.conversation.locale]
    return Shown((), tuple(_in(BESIDE, IN_TWO, each, "send_plan") for each in others))


def _sign_languages(at: Situation, _frame: Frame) -> Shown:
    """The shipped languages, for the sentence."""
    name = Line("sheet.sign_in", "{language}")
    return Shown((), tuple(_in(SPEAKS, name, e, "send_sign") for e in at.book.catalogs.shipped))


def _in(prefix: str, label: Line, locale: str, effect: str) -> Choice:
    named = _with(label, language=Code(CodeKind.LANGUAGE, locale))
    return Choice(f"{prefix}{locale.lower()}", named, effect=effect)


def _send_plan(at: Situation, choice: str) -> Done:
    """The file, in the person's language, or with another beside it."""
    beside = _named(at, choice.removeprefix(BESIDE)) if choice.startswith(BESIDE) else None
    return Done(at.conversation, (SendPlan(build(at), beside),))


def _send_sign(at: Situation, choice: str) -> Done:
    """The sentence in large letters."""
    locale = _named(at, choice.removeprefix(SPEAKS))
    return Done(at.conversation, (SendSign(SIGN, locale),))


def _named(at: Situation, code: str) -> str:
    """The shipped locale of that name, whose capitals a choice cannot hold."""
    return next((each for each in at.book.catalogs.shipped if each.lower() == code), "en")


def _forget_plan(at: Situation, _choice: str) -> Done:
    """Forget every answer a plan is made from."""
    kept = {key: each for key, each in at.answers.items() if key not in KEPT_FOR_PLAN}
    return Done(at.conversation._replace(answers=kept))


def _with(line: Line, /, **params: Param) -> Line:
    return replace(line, params=params)
