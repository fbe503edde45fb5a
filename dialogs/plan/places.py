"""The plan's parts that come from the directory: rights, places, help with the cost, the emergency number.

Decides how little of a record is enough on paper. Which records fit is decided in `dialogs.directory.matching`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from dialogs.directory.card import brief
from dialogs.directory.rights import rights_lines
from dialogs.emergency import countries, whom_to_call
from dialogs.engine.lines import Code, CodeKind, Line
from dialogs.engine.registry import Situation
from dialogs.options import SAME_HOSPITAL, found
from dialogs.situation import urgent

PLACES, HELP = 2, 1
"""As many as one page has room for; the chat shows the rest."""

NOTHING = Line(
    "sheet.nothing_fits",
    "No place is known for these answers. Ask my doctor: “Is there someone at another hospital I could see?”",
)
CALL = Line("sheet.call", "In {country}, call <b>{number}</b>. Do not wait for a second opinion.")
CALL_ANYWHERE = Line(
    "sheet.call_anywhere",
    "Call the local emergency number: <b>{number}</b> in many countries. Do not wait for a second opinion.",
)


def rights(at: Situation) -> tuple[Line, ...]:
    """What people can expect in their country, and who pays there."""
    return rights_lines(at.book.directory.rights, at.code("country"), at.code("payer"))


def places(at: Situation) -> Iterator[Line]:
    """The services that fit best, or the honest word that none is known."""
    services = [hit for hit in found(at) if hit.record.is_service]
    if urgent(at):
        yield SAME_HOSPITAL
    for hit in services[:PLACES]:
        yield brief(hit, at.facts.today)
    if not services:
        yield NOTHING


def help_with_cost(at: Situation) -> Iterator[Line]:
    """Help that fits best."""
    helps = (hit for hit in found(at) if not hit.record.is_service)
    for hit in islice(helps, HELP):
        yield brief(hit, at.facts.today)


def emergency(at: Situation) -> tuple[Line, ...]:
    """Whom to call; never guessed from a language."""
    codes = countries(at, ())
    number = whom_to_call(at.book.directory, codes)
    if not codes:
        return (Line(CALL_ANYWHERE.context, CALL_ANYWHERE.msgid, {"number": number}),)
    country = Code(CodeKind.COUNTRY, codes[0])
    return (Line(CALL.context, CALL.msgid, {"country": country, "number": number}),)
