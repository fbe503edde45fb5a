"""What stands under a card about where its facts come from.

Decides how a state's evidence is cited: names and years, or in full; and that what nobody reviewed says so. Worked out
once for each state, when the book is built.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dialogs.engine import phrases
from dialogs.engine.definition import State
from dialogs.engine.lines import Line
from dialogs.evidence import UNREVIEWED, Evidence


def cited(state: State, evidence: Mapping[str, Evidence]) -> tuple[Line, ...]:
    """The lines under a state. Raises KeyError for an id that is no evidence."""
    found = [evidence[source] for source in state.sources if source != UNREVIEWED]
    lines = []
    if found and state.cite_in_full:
        checked = min(date.fromisoformat(each.checked) for each in found)
        lines.append(phrases.sources(tuple(each.cite for each in found), checked))
    elif found:
        lines.append(phrases.named_sources(tuple(each.name for each in found)))
    if UNREVIEWED in state.sources:
        lines.append(phrases.NOT_REVIEWED)
    return tuple(lines)
