"""Words for a conversation test, a `.chat` file.

Decides how an act is written, and which words of an answer a test may hold on to: what changes with the day (dates,
weekdays, times, how many days are left) is left out, sentence by sentence. The grammar is that of the conversation
tests. What a test cannot express is refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from babel import Locale
from babel.units import format_unit

from dialogs.catalogs import FULL, SAFETY_ONLY

MINUTE: Final = 60
HOUR: Final = 3_600
_UNITS: Final = ((86_400, "day"), (HOUR, "hour"), (MINUTE, "minute"))
_MARKS: Final = re.compile("[\u2066-\u2069\u200e\u200f\u202a-\u202e]")
_SENTENCE: Final = re.compile(r"(?<=[.!?؟।])\s+|(?<=。)")
_NUMERIC: Final = r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\b\d{1,2}:\d{2}\b|\d+\s*[年月日]"
_PLURALS: Final = (1, 2, 3, 5, 11, 100)
_BETWEEN_LABELS: Final = "|"


class CannotBeTold(ValueError):
    """A conversation test has no words for something that was done; the message says for what."""


def as_read(text: str) -> str:
    """Text as a reader sees it: no marks of direction, one kind of space."""
    return re.sub(r"\s+", " ", _MARKS.sub("", text)).strip()


def one_line(text: str) -> str:
    """A text as one line of a file. Raises CannotBeTold."""
    if len(text.strip().splitlines()) != 1:
        raise CannotBeTold(
            "A text of several lines was written: a test has one line for each text."
        )
    return text.strip()


def span(seconds: float) -> str:
    """Whole minutes, hours or days. A short pause is rounded up: what is read together ends after a minute."""
    minutes = math.ceil(seconds / MINUTE) if seconds < HOUR else int(seconds // MINUTE)
    size, unit = next(one for one in _UNITS if minutes * MINUTE % one[0] == 0)
    amount = minutes * MINUTE // size
    return f"{amount} {unit}{'s' if amount > 1 else ''}"


def lasting(paragraph: str) -> Sequence[str]:
    """The paragraph, or those of its sentences that hold on any day."""
    if not changes(paragraph):
        return [paragraph] if paragraph else []
    return [one for one in _SENTENCE.split(paragraph) if one and not changes(one)]


def buttons(labels: Sequence[str]) -> Iterator[str]:
    """The line about a keyboard, where a test can hold on to any of its labels."""
    # Labels are compared sign by sign there, so that only plain ones can be written down.
    plain = [one for one in labels if as_read(one) == one and _BETWEEN_LABELS not in one]
    steady = [one for one in plain if not changes(one)]
    if steady:
        yield f"Buttons: {' | '.join(steady)}"


def changes(words: str) -> bool:
    """Whether this may read differently on another day."""
    return _dated().search(words) is not None


@cache
def _dated() -> re.Pattern[str]:
    """Dates, weekdays and spans of days, in every language the assistant has texts in."""
    months, weekdays, spans = set[str](), set[str](), set[str]()
    for code in (*FULL, *SAFETY_ONLY):
        locale = Locale.parse(code)
        for form in ("format", "stand-alone"):
            months |= {name for name in locale.months[form]["wide"].values() if name}
            weekdays |= {name for name in locale.days[form]["wide"].values() if name}
        for unit in ("duration-day", "duration-week"):
            spans |= set(_spans(unit, code))
    month, weekday = _any(months), _any(weekdays)
    beside = rf"\d\.?\s*(?:de\s+)?(?:{month})\b|\b(?:{month})\s+\d"
    return re.compile(rf"{beside}|\b(?:{weekday})\b|{'|'.join(spans)}|{_NUMERIC}", re.IGNORECASE)


def _spans(unit: str, locale: str) -> Iterator[str]:
    """A number of such units, in each plural form that writes the number."""
    for count in map(str, _PLURALS):
        spoken = format_unit(int(count), unit, "long", locale=locale)
        if count in spoken:
            yield re.escape(spoken).replace(count, r"\d+").replace(r"\ ", r"\s*")


def _any(names: set[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
