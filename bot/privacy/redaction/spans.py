"""What was found, and the text with it cut out.

Decides how overlapping finds become one span and which placeholder stands for a label. It knows
nothing of how anything is found.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Label(StrEnum):
    PERSON = "PERSON"
    DOCTOR = "DOCTOR"
    HOSPITAL = "HOSPITAL"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    URL = "URL"
    USERNAME = "USERNAME"
    ID = "ID_NUMBER"
    PLACE = "LOCATION"
    DATE = "DATE"
    AGE = "AGE90"


PLACEHOLDERS = {
    Label.PERSON: "[person]",
    Label.DOCTOR: "[doctor]",
    Label.HOSPITAL: "[hospital]",
    Label.PHONE: "[phone]",
    Label.EMAIL: "[email]",
    Label.URL: "[url]",
    Label.USERNAME: "[username]",
    Label.ID: "[id]",
    Label.PLACE: "[place]",
    Label.DATE: "[date]",
    Label.AGE: "[age 90+]",
}

# When finds overlap the surest kind names the whole; the characters of all of them go.
_SUREST_FIRST = (
    Label.EMAIL, Label.URL, Label.DATE, Label.AGE, Label.USERNAME, Label.PHONE, Label.ID,
    Label.HOSPITAL, Label.DOCTOR, Label.PERSON, Label.PLACE,
)  # fmt: skip
_RANK = {label: rank for rank, label in enumerate(_SUREST_FIRST)}


class Span(NamedTuple):
    """Code points [start, end) of the original text."""

    start: int
    end: int
    label: Label


@dataclass(frozen=True, slots=True)
class Redacted:
    """The spans that went and the text that is left; iterating yields the spans."""

    text: str
    spans: tuple[Span, ...]

    def __iter__(self) -> Iterator[Span]:
        return iter(self.spans)


def merge(found: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted and disjoint; what overlaps becomes one span under the surest label."""
    merged: list[Span] = []
    for span in sorted(found):
        if span.start >= span.end:
            continue
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            label = min(last.label, span.label, key=_RANK.__getitem__)
            merged[-1] = Span(last.start, max(last.end, span.end), label)
        else:
            merged.append(span)
    return tuple(merged)


def cut(text: str, spans: tuple[Span, ...]) -> Redacted:
    """The text with a placeholder for each span."""
    pieces: list[str] = []
    done = 0
    for span in spans:
        pieces += (text[done : span.start], PLACEHOLDERS[span.label])
        done = span.end
    pieces.append(text[done:])
    return Redacted("".join(pieces), spans)
