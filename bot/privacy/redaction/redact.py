"""The de-identifier: the layers in their order, and what they may veto.

Decides that every layer only adds finds; that the clinical words veto lists and weak cues but never
a shape or a strong cue; and that a long text is read in overlapping windows within one budget.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence

from bot.privacy.redaction.ages import ages
from bot.privacy.redaction.bare import bare_names
from bot.privacy.redaction.budget import Budget, TooLong
from bot.privacy.redaction.calendar import calendar_dates
from bot.privacy.redaction.chinese import chinese
from bot.privacy.redaction.chinese_places import chinese_places
from bot.privacy.redaction.facilities import facilities
from bot.privacy.redaction.frozen import frozen
from bot.privacy.redaction.japanese import japanese
from bot.privacy.redaction.japanese_places import japanese_places
from bot.privacy.redaction.korean import korean
from bot.privacy.redaction.labelled import labelled
from bot.privacy.redaction.listed import listed_people
from bot.privacy.redaction.message import Message
from bot.privacy.redaction.normalise import normalise
from bot.privacy.redaction.people import people
from bot.privacy.redaction.places import places
from bot.privacy.redaction.sender import entity_spans, own_names
from bot.privacy.redaction.spans import Redacted, Span, cut, merge
from bot.privacy.redaction.spoken import spoken_numbers
from bot.privacy.redaction.streets import streets
from bot.privacy.redaction.structured.contacts import contacts
from bot.privacy.redaction.structured.dates import numeric_dates
from bot.privacy.redaction.structured.numbers import numbers

LONGEST = 40_000
WINDOW = 2_000
OVERLAP = 200

Layer = Callable[[Message], Iterator[Span]]
_LAYERS: tuple[Layer, ...] = (
    labelled, calendar_dates, ages, spoken_numbers, people, facilities, streets, places, listed_people,
    bare_names,
    chinese, chinese_places, japanese, japanese_places, korean,
)  # fmt: skip


def redact(
    text: str,
    locale: str | None,
    *,
    names: Collection[str] = (),
    entities: Sequence[tuple[int, int, str]] = (),
) -> Redacted:
    """What identifies somebody in `text`, cut out; `names` and `entities` go wherever they stand."""
    if len(text) > LONGEST:
        raise TooLong
    frozen()
    budget = Budget()
    plain = normalise(text)
    found = [*entity_spans(entities, len(text)), *own_names(plain, names)]
    for start in range(0, max(1, len(plain) - OVERLAP), WINDOW - OVERLAP):
        found += (
            Span(start + span.start, start + span.end, span.label)
            for span in _finds(plain[start : start + WINDOW], locale, budget)
        )
    return cut(text, merge(found))


def _finds(plain: str, locale: str | None, budget: Budget) -> Iterator[Span]:
    yield from contacts(plain)
    yield from numeric_dates(plain)
    budget.check()
    message = Message(plain, locale)
    yield from numbers(plain, lambda start, _end: _counted(message, start))
    for layer in _LAYERS:
        budget.check()
        yield from layer(message)


def _counted(message: Message, at: int) -> bool:
    """Whether a clinical word just before a number says what it counts."""
    place = bisect_left(message.words, at, key=lambda word: word.start)
    return any(message.clinical(back) for back in range(max(0, place - 2), place))
