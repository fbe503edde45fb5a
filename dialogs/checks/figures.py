"""Whether every number in a text stands in the evidence the text cites.

Decides which numbers a figure carries: those it holds, percentages as whole numbers of 100 and what is left of 100, and
what is left of "64 of 77". English is read; that translations hold the same numbers, `wording` sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from math import floor

from dialogs.book import Book
from dialogs.checks.prose import plain
from dialogs.checks.rules import rules, stands_in
from dialogs.checks.texts import written
from dialogs.engine.conversation import Place
from dialogs.evidence import FILE, UNREVIEWED, Evidence
from dialogs.mistakes import Mistake

HUNDRED = Decimal(100)

_NUMBER = re.compile(
    r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|(?<![\w.,])\d+(?:\.\d+)?(?!\d)"
)
_SHARE = re.compile(r"(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?%")
_OF = re.compile(r"(\d[\d,]*) (?:of|in) (?:the )?(\d[\d,]*)")
_PER_THOUSAND = re.compile(r"((?:\d+\D{1,5})+)per 1,000")


def figure_mistakes(book: Book) -> Iterator[Mistake]:
    """Numbers of texts that no cited figure carries, and both-sides sentences that say more than their figure."""
    for text in written(book):
        state = book.state(text.place)
        if state is None:
            continue
        cited = [book.evidence[source] for source in state.sources if source != UNREVIEWED]
        for number in uncarried(text.words, cited, text.place):
            ids = ", ".join(each.id for each in cited) or "nothing"
            what = f"the number {number} does not stand in what it cites ({ids})"
            yield text.mistake(what, "correct it, or cite the evidence that holds it")
    for each in book.evidence.values():
        if not each.says:
            what = f"{each.id} has no sentence that says both sides"
            yield Mistake(FILE.name, each.line, what, "add says:, for reviewers")
        for number in uncarried(each.says, [each]):
            what = f"{each.id} says {number}, which its figure does not hold"
            yield Mistake(FILE.name, each.line, what, "correct says: or figure:")


def uncarried(text: str, cited: list[Evidence], place: Place | None = None) -> list[Decimal]:
    """The numbers of a text that neither the evidence nor an exception of the rules carries, in order."""
    words = plain(text)
    for number in rules().numbers:
        if place and stands_in(place, number.only):
            words = number.pattern.sub(" ", words)
    allowed = {number for each in cited for number in carried(each)}
    return [number for number in numbers(words) if number not in allowed]


def carried(evidence: Evidence) -> set[Decimal]:
    """Every number that a text may show when it cites this evidence."""
    figure = evidence.figure
    found = {*numbers(figure), *numbers(evidence.year)}
    shares = [Decimal(each) for pair in _SHARE.findall(figure) for each in pair if each]
    shares += [each / 10 for row in _PER_THOUSAND.findall(figure) for each in numbers(row)]
    for share in shares:
        found |= {HUNDRED, *_whole(share), *_whole(HUNDRED - share)}
    for some, whole in _OF.findall(figure):
        found |= {_value(whole) - _value(some)}
    return found


def numbers(text: str) -> list[Decimal]:
    """The numbers of an English text, in order; "1970s" is one, "E11" is none."""
    return [_value(match[0]) for match in _NUMBER.finditer(text)]


def _value(token: str) -> Decimal:
    return Decimal(token.replace(",", ""))


def _whole(share: Decimal) -> set[Decimal]:
    """A percentage as whole numbers of 100: rounded, a half in either direction, and "fewer than 1" for less."""
    rounded = {share.quantize(Decimal(1), ROUND_HALF_UP)}
    if share % 1 == Decimal("0.5"):
        rounded.add(Decimal(floor(share)))
    if share < 1:
        rounded.add(share.quantize(Decimal(1), ROUND_CEILING))
    return rounded
