"""A story as the text of a `.chat` file.

Decides which words of an answer a test may hold on to: what changes with the day (dates, weekdays, times, how many
days are left) is left out, sentence by sentence. The grammar is that of the conversation tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from babel import Locale
from babel.units import format_unit

from dialogs.catalogs import FULL, SAFETY_ONLY

if TYPE_CHECKING:
    from bot.demo.story import Step, Story

Json = dict[str, Any]

_HEAD: Final = (
    "# Saved from the demo. Name the file by the sentence that must hold, and put it into a folder of\n"
    "# tests/conversations. It holds what was typed, as it was typed: read it before you share it."
)
_MARKS: Final = re.compile("[\u2066-\u2069\u200e\u200f\u202a-\u202e]")
_SENTENCE: Final = re.compile(r"(?<=[.!?؟।])\s+|(?<=。)")
_NUMERIC: Final = r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\b\d{1,2}:\d{2}\b|\d+\s*[年月日]"
_PLURALS: Final = (1, 2, 3, 5, 11, 100)
_BETWEEN_LABELS: Final = "|"


def as_read(text: str) -> str:
    """Text as a reader sees it: no marks of direction, one kind of space."""
    return re.sub(r"\s+", " ", _MARKS.sub("", text)).strip()


def chat_file(story: Story, *, settled: bool) -> str:
    """The whole file. Raises CannotBeTold. What is not `settled` yet is not held against the last step."""
    story.check()
    steps = ["\n".join(_lines(step)) for step in story.steps]
    if not settled:
        steps[-1] = story.steps[-1].act
    return "\n\n".join([_HEAD, f"Client: {story.client or ''}".rstrip(), *steps]) + "\n"


def _lines(step: Step) -> Iterator[str]:
    yield step.act
    if not step.clear:
        yield "# This and its neighbour came faster than the answers: which answer is whose cannot be told."
        return
    for message in step.shown.values():
        yield from _shown(message)
    if step.shown:
        yield from _buttons(step.labels)


def _shown(message: Json) -> Iterator[str]:
    if "document" in message or "photo" in message:
        yield "# Here came a file; a test of this kind does not look at files."
        return
    for paragraph in message.get("text", "").splitlines():
        for words in _lasting(as_read(paragraph)):
            yield f"Assistant: {words}"


def _lasting(paragraph: str) -> Sequence[str]:
    """The paragraph, or those of its sentences that hold on any day."""
    if not changes(paragraph):
        return [paragraph] if paragraph else []
    return [one for one in _SENTENCE.split(paragraph) if one and not changes(one)]


def _buttons(labels: Sequence[str]) -> Iterator[str]:
    # Labels are compared sign by sign there, so that only plain ones can be written down.
    plain = [one for one in labels if as_read(one) == one and _BETWEEN_LABELS not in one]
    lasting = [one for one in plain if not changes(one)]
    if lasting:
        yield f"Buttons: {' | '.join(lasting)}"


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
