"""People named after a cue: the writer, relatives, doctors, and names before a courtesy.

Decides which cue is how sure; how far the name reaches is decided in `names`.
"""

import re
from collections.abc import Iterator

from bot.privacy.redaction import flags as mark
from bot.privacy.redaction.message import Message
from bot.privacy.redaction.names import PARTICLES, Sure, end_of_name, first_of_name
from bot.privacy.redaction.phrases import Cues
from bot.privacy.redaction.spans import Label, Span

_MEDICAL = re.compile(
    r"(?:d|dr|dra|drs|doc|doct|dott|dok|doktor|dokter|prof|pr|bs|bac|gs|лік|вра|док|др|"
    r"проф|д|د|دكت|الدكت|بروف|ڈاکٹر|डॉ|डा|ডা|ডক্ট)",
    re.IGNORECASE,
)
_LABEL_MARK = re.compile(r"\s{0,2}(?:[:=/]|-\s|is\b|es\b|ist\b)")
_LATER_CUES = ("name", "label", "title", "kin", "doctor")


def _label_of(message: Message, place: int) -> Label:
    key = message.words[place].key
    return Label.DOCTOR if _MEDICAL.match(key) else Label.PERSON


def _span(message: Message, start: int, end: int, label: Label) -> Span:
    return Span(message.words[start].start, message.words[end - 1].end, label)


def _skip_to_name(message: Message, place: int) -> int:
    """Past further cues: "my husband Mr …", "patient name: …", "son, called …"."""
    for _ in range(3):
        if place >= len(message.words):
            return place
        further = max(
            (end for kind, end in message.cues[place].items() if kind in _LATER_CUES), default=0
        )
        if not further or (
            message.has(place, mark.FIRST) and message.capital(place) and not message.stop(place)
        ):
            return place
        if len(message.words[place].gap) > 3 or message.words[place].key in PARTICLES:
            return place
        place = further
    return place


def _after(message: Message, place: int, sure: Sure, label: Label) -> Iterator[Span]:
    start = _skip_to_name(message, place)
    if start >= len(message.words):
        return
    end = end_of_name(message, start, sure)
    if end > start:
        yield _span(message, start, end, label)
        yield from _and_another(
            message,
            end,
            sure,
            label,
            sure is Sure.STRONG and message.words[start].end - message.words[start].start > 1,
        )


def _and_another(
    message: Message, place: int, sure: Sure, label: Label, lists: bool
) -> Iterator[Span]:
    """ "Drs Smith and Jones", "my sons Tom and Ben", "BLOOM, KATHERINE"."""
    if place >= len(message.words) or message.words[place].gap.strip() not in (
        "",
        ",",
        "&",
        "+",
        "/",
    ):
        return
    comma = message.words[place].gap.strip() != ""
    if comma and (
        not lists
        or message.clinical(place)
        or (
            message.text[message.words[place - 1].end] == ","
            and not message.text[
                message.words[place - 1].start : message.words[place - 1].end
            ].isupper()
        )
    ):
        return
    start = place if comma else place + 1
    if not comma and not (message.words[place].key in _AND and start < len(message.words)):
        return
    if start < len(message.words) and message.has(start, mark.NAME) and not message.stop(start):
        if message.ordinary(start) and not message.words[start].capital:
            return
        end = end_of_name(message, start, min(sure, Sure.LIKELY))
        if end > start:
            yield _span(message, start, end, label)


_AND = frozenset(
    (
        "and",
        "y",
        "e",
        "et",
        "und",
        "и",
        "і",
        "й",
        "та",
        "i",
        "ve",
        "dan",
        "va",
        "و",
        "और",
        "اور",
        "aur",
        "ও",
        "এবং",
        "a",
        "oraz",
    )
)


def people(message: Message) -> Iterator[Span]:
    """Every name that a cue asks for."""
    for place, cues in enumerate(message.cues):
        if cues:
            yield from _introduced(message, cues)
            yield from _titled(message, place)
            yield from _related(message, place)


def _introduced(message: Message, cues: Cues) -> Iterator[Span]:
    """ "My name is …", "I am …", "Thanks, …"."""
    if "name" in cues:
        yield from _after(message, cues["name"], Sure.STRONG, Label.PERSON)
    if "self" in cues:
        sure = Sure.STRONG if _closed(message, cues["self"]) else Sure.WEAK
        yield from _after(message, cues["self"], sure, Label.PERSON)
    if "parting" in cues:
        yield from _parted(message, cues["parting"])


def _titled(message: Message, place: int) -> Iterator[Span]:
    """ "Dr …", "Mrs …", "consultant: …", "… Hanım"."""
    cues = message.cues[place]
    label = _label_of(message, place)
    if "title" in cues and not _part_of_longer(cues, "title"):
        sure = Sure.STRONG if _marked(message, cues["title"]) else Sure.LIKELY
        yield from _after(message, cues["title"], sure, label)
    if "label" in cues and _LABEL_MARK.match(message.text, message.words[cues["label"] - 1].end):
        yield from _after(message, _past_is(message, cues["label"]), Sure.STRONG, label)
    if "honorific" in cues and place > 0:
        yield from _before(message, place)


def _related(message: Message, place: int) -> Iterator[Span]:
    cues = message.cues[place]
    if "kin" in cues:
        yield from _after(message, cues["kin"], Sure.LIKELY, Label.PERSON)
    if "doctor" in cues:
        yield from _after(message, cues["doctor"], Sure.LIKELY, Label.DOCTOR)


def _closed(message: Message, place: int) -> bool:
    """ "من … هستم", "मैं … हूँ": languages that put the verb after the name."""
    for at in range(place + 1, min(place + 5, len(message.words))):
        if "closing" in message.cues[at]:
            return message.cased(place) or message.has(place, mark.NAME)
    return False


def _parted(message: Message, place: int) -> Iterator[Span]:
    """ "Thanks, Bob" at the end of a message."""
    end = end_of_name(message, place, Sure.LIKELY, 3)
    if end > place and (end == len(message.words) or "\n" in message.words[end].gap):
        near = message.words[place].gap
        if any(mark_ in near for mark_ in ",\n-!.~") or message.capital(place):
            yield _span(message, place, end, Label.PERSON)


def _part_of_longer(cues: dict[str, int], kind: str) -> bool:
    return any(
        end > cues[kind] for other, end in cues.items() if other in ("name", "label", "id", "phone")
    )


def _marked(message: Message, place: int) -> bool:
    """A title that is an abbreviation or stands before a capital is surely one."""
    word = message.words[place - 1]
    return word.end - word.start <= 5 or message.text[word.end : word.end + 1] == "."


def _past_is(message: Message, place: int) -> int:
    return (
        place + 1
        if place < len(message.words) and message.words[place].key in ("is", "es", "ist")
        else place
    )


def _before(message: Message, place: int) -> Iterator[Span]:
    """ "Ayşe Hanım", "शर्मा जी": a name before a courtesy."""
    start = place
    while start > 0 and place - start < 3:
        candidate = start - 1
        if (
            message.words[start].gap not in (" ", "  ", "-")
            or not message.is_word(candidate)
            or message.stop(candidate)
        ):
            break
        if message.cues[candidate].keys() & {"title", "kin", "doctor", "honorific"}:
            break
        if (
            message.ordinary(candidate)
            and not message.has(candidate, mark.NAME)
            and not (message.capital(candidate) and message.cased(candidate))
        ):
            break
        if message.clinical(candidate):
            break
        start = candidate
    if start < place and first_of_name(message, start, Sure.STRONG):
        yield _span(message, start, place, Label.PERSON)
