"""Where an intent leads: the table `leads.yaml`, one line for each intent.

Decides what a line may say, and refuses a table that leaves an intent out, or leads to a place that is not there. What
the engine does with a lead is decided in `dialogs.engine.meant`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dialogs.engine.conversation import Place
from dialogs.engine.definition import Flow
from dialogs.engine.lines import Line
from dialogs.engine.strict_yaml import Twig, grow
from dialogs.mistakes import Mistake
from dialogs.understanding.intents.intent import Intent

FILE = Path(__file__).parent / "leads.yaml"


class Way(StrEnum):
    """What kind of place an intent leads to."""

    TOPIC = "topic"  # a card that answers
    REMARK = "remark"  # a card that is only said
    OPEN = "open"  # a flow of its own
    WISH = "wish"  # a request that every state obeys
    DO = "do"  # what the engine does with what is open
    ANSWER = "answer"  # nothing, unless a question asks for it


PLACES = {Way.TOPIC, Way.REMARK, Way.OPEN}
DEEDS = {"summary", "correct", "repeat", "simpler", "more", "sources"}
FIELDS = {"label", "worry", *Way}

Complaint = tuple[str, str]
"""What is wrong, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Where one intent leads. `to` names the wish, the deed or the answer; `place` is set for the other ways.

    `label` is its button, None where it is never offered; `worry` the choice it means where worries are asked.
    """

    way: Way
    to: str
    place: Place | None = None
    label: Line | None = None
    worry: str | None = None


def read_leads(text: str, file: str, mistakes: list[Mistake]) -> Mapping[Intent, Lead]:
    """The table. Mistakes in it are added to `mistakes`."""
    rows = grow(text, file, mistakes).fields
    known = {intent.value for intent in Intent}
    mistakes += [
        Mistake(file, 1, f"{name} leads nowhere", "add a line for it")
        for name in sorted(known - rows.keys())
    ]
    leads: dict[Intent, Lead] = {}
    for name, row in rows.items():
        complaints = list(_complaints(row)) if name in known else [("is no intent", "remove it")]
        mistakes += [Mistake(file, row.key_line, f"{name} {w}", mend) for w, mend in complaints]
        if not complaints:
            leads[Intent(name)] = _lead(name, row)
    return leads


def lost(leads: Mapping[Intent, Lead], flows: Mapping[str, Flow]) -> Iterator[Mistake]:
    """Leads to places that are not there."""
    for intent, lead in leads.items():
        if lead.place is None:
            continue
        flow = flows.get(lead.place.flow)
        if flow is None or (lead.place.state and lead.place.state not in flow.states):
            yield Mistake(FILE.name, 1, f"{intent} leads to {lead.to}, which is not there", "mend")


def labels(leads: Mapping[Intent, Lead]) -> Iterator[Line]:
    """The buttons of the table, for the translators' template."""
    yield from (lead.label for lead in leads.values() if lead.label is not None)


def _complaints(row: Twig) -> Iterator[Complaint]:
    for name in row.fields.keys() - FIELDS:
        yield f"has no field {name!r}", f"use {', '.join(sorted(FIELDS))}"
    ways = [way for way in Way if way in row.fields]
    if len(ways) != 1:
        yield f"leads {len(ways)} ways", f"write one of {', '.join(Way)}"
    elif ways == [Way.DO] and row.fields["do"].text not in DEEDS:
        yield f"has do: {row.fields['do'].text}", f"use {', '.join(sorted(DEEDS))}"
    elif ways != [Way.ANSWER] and "label" not in row.fields:
        yield "has no label", "add label:"


def _lead(name: str, row: Twig) -> Lead:
    said = {field: twig.text or "" for field, twig in row.fields.items()}
    way = next(way for way in Way if way in said)
    label = Line(f"button.about_{name}", said["label"]) if "label" in said else None
    return Lead(
        way, said[way], _place(said[way]) if way in PLACES else None, label, said.get("worry")
    )


def _place(text: str) -> Place:
    flow, _, state = text.partition(".")
    return Place(flow, state)
