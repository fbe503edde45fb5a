"""Plans as compact JSON, and back.

Decides how a plan is written while it waits in the outbox; its lines are `lines_json`'s concern.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.storage.lines_json import line_in, line_out
from dialogs.plan.document import Part, Plan, Section, Style


def plan_out(plan: Plan) -> dict[str, Any]:
    """The plan as values that JSON can hold. Raises TypeError for a parameter that cannot be kept."""
    return {
        "title": line_out(plan.title),
        "made": plan.made_on.isoformat(),
        "sections": [_section_out(section) for section in plan.sections],
        "footer": [line_out(line) for line in plan.footer],
    }


def plan_in(stored: dict[str, Any]) -> Plan:
    """The plan that `plan_out` wrote."""
    return Plan(
        title=line_in(stored["title"]),
        made_on=date.fromisoformat(stored["made"]),
        sections=tuple(_section_in(section) for section in stored["sections"]),
        footer=tuple(line_in(line) for line in stored["footer"]),
    )


def _section_out(section: Section) -> list[Any]:
    parts = [[part.style.value, [line_out(line) for line in part.lines]] for part in section.parts]
    return [section.name, line_out(section.title), parts]


def _section_in(stored: list[Any]) -> Section:
    name, title, parts = stored
    return Section(name, line_in(title), tuple(_part_in(style, lines) for style, lines in parts))


def _part_in(style: str, lines: list[Any]) -> Part:
    return Part(Style(style), tuple(line_in(line) for line in lines))
