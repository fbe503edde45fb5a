"""Hospitals and practices: the word for one, and the name on the side its language puts it.

Decides that a facility word alone ("the hospital") stays, and that an eponym beside it goes.
"""

import re
from collections.abc import Iterator

from bot.privacy.redaction import flags as mark
from bot.privacy.redaction.message import Message
from bot.privacy.redaction.spans import Label, Span

_MOST = 5
_GAPS = frozenset({" ", "-", "'", ". ", "  ", " - ", ".-", " '", "' ", ' "', " «", '" ', "» ", "’"})
_COMPOUND = re.compile(
    r"([a-z]{3,40}?)s?(?:krankenhaus|klinik|klinikum|kliniken|spital|hospital|"
    r"ziekenhuis|sairaala|sjukhus|hospitalet|praxis)"
)
_GENERIC = frozenset(
    [
        "universitats",
        "uni",
        "tages",
        "reha",
        "fach",
        "haut",
        "augen",
        "frauen",
        "kinder",
        "zahn",
        "tier",
        "schmerz",
        "privat",
        "landes",
        "kreis",
        "stadt",
        "kantons",
        "bezirks",
        "poli",
        "akut",
        "psych",
        "herz",
        "haus",
        "arzt",
        "gemeinschafts",
        "spezial",
        "unfall",
        "lungen",
        "rheuma",
        "bundeswehr",
        "universitat",
        "gemeinschaft",
        "haut",
        "hausarzt",
        "facharzt",
        "zahnarzt",
        "frauenarzt",
        "kinderarzt",
    ]
)
_NUMBER = re.compile(
    r"\s{0,2}(?:№|#|nº|n°|nr\.?|no\.?|номер)?\s{0,2}[0-9]{1,4}(?![0-9./%])", re.IGNORECASE
)
_ORDINAL = re.compile(r"(?:№\s?)?[0-9]{1,3}\s?-?\s?(?:я|й|ой|ая|ю|ую|а|ої|ій|ша|го)?\s$")
_SAINT = frozenset(
    (
        "st",
        "saint",
        "sankt",
        "san",
        "santa",
        "sant",
        "sainte",
        "são",
        "sao",
        "святого",
        "святой",
        "святої",
        "sw",
        "sv",
        "ste",
    )
)


def facilities(message: Message) -> Iterator[Span]:
    for place, cues in enumerate(message.cues):
        if "clinic" in cues:
            stop = _town_after(message, cues["clinic"])
            yield Span(message.words[place].start, message.words[stop - 1].end, Label.HOSPITAL)
        if "facility" in cues:
            yield from _named(message, place)
        elif message.is_word(place):
            yield from _compound(message, place)


def _town_after(message: Message, place: int) -> int:
    """ "IPO do Porto": a known hospital and its town."""
    at = place
    while at < len(message.words) and at - place < 2 and message.among("facility_of", at):
        at += 1
    near = at < len(message.words) and message.words[at].gap in (" ", "-", ". ")
    return at + 1 if near and message.has(at, mark.PLACE) and not message.stop(at) else place


def _named(message: Message, place: int) -> Iterator[Span]:
    cues = message.cues[place]
    end = cues["facility"]
    start, stop = place, end
    if "facility_before" in cues:
        start = _backward(message, place)
    if "facility_after" in cues:
        stop = _forward(message, end)
    elif start == place:
        stop = _of(message, end)
    words = message.words
    while (
        stop > end
        and start > 0
        and message.among("facility_of", start - 1)
        and words[start].gap == " "
        and not message.stop(start - 1)
    ):
        start -= 1
    while (
        start < place
        and stop < len(words)
        and words[stop].gap == " "
        and "facility" in message.cues[stop]
    ):
        stop = message.cues[stop]["facility"]
    left, right = words[start].start, words[stop - 1].end
    if words[place].key >= "\u0400" or message.speaks("pl"):
        number = _NUMBER.match(message.text, right)
        right = number.end() if number else right
        ordinal = _ORDINAL.search(message.text, max(0, left - 8), left)
        left = ordinal.start() if ordinal else left
    if (left, right) != (words[place].start, words[end - 1].end):
        yield Span(left, right, Label.HOSPITAL)


def _compound(message: Message, place: int) -> Iterator[Span]:
    """Marienkrankenhaus, Elisabethklinik."""
    match = _COMPOUND.fullmatch(message.words[place].key)
    if match and match[1] not in _GENERIC and not message.ordinary(place) and message.speaks("de"):
        yield Span(
            message.words[place].start,
            message.words[_forward(message, place + 1) - 1].end,
            Label.HOSPITAL,
        )


def _name_part(message: Message, place: int, ahead: bool) -> bool:
    """A word that can be part of the name of a hospital."""
    if message.cues[place].keys() & {"phone", "id", "dob", "live", "self"}:
        return False
    if message.clinical(place) and not message.has(place, mark.NAME) and not message.capital(place):
        return False
    capital = (
        message.capital(place)
        and message.cased(place)
        and not (message.nouns_have_capitals() and message.ordinary(place))
    )
    if message.stop(place):
        return (
            capital
            and not message.begins_sentence(place)
            and (ahead or message.has(place, mark.NAME))
        )
    if not message.ordinary(place):
        return not message.has(place, mark.COUNTRY) or message.has(place, mark.PLACE | mark.NAME)
    if message.has(place, mark.NAME | mark.PLACE) and (
        capital or not message.cased(place) or ahead
    ):
        return True
    return capital and not message.begins_sentence(place)


def _backward(message: Message, place: int) -> int:
    start = place
    while start > 0 and place - start < _MOST:
        candidate = start - 1
        gap = message.words[start].gap
        if gap not in _GAPS or message.words[candidate].kind != "word":
            break
        if message.words[candidate].key == "s" and message.words[candidate].gap == "'":
            start = candidate
            continue
        closed = (
            candidate + 1 == place
            and "\u0600" <= message.words[candidate].key < "\u0a00"
            and _may_be_name(message, candidate)
        )
        if (
            closed
            or message.words[candidate].key in _SAINT
            or _name_part(message, candidate, False)
        ):
            start = candidate
            continue
        if (
            message.among("facility_of", candidate)
            and candidate > 0
            and message.words[candidate].gap in _GAPS
        ):
            further = candidate - 1
            closed = (
                not message.stop(further)
                and message.words[further].key > "\u0590"
                and not message.clinical(further)
            )
            if (
                message.is_word(further)
                and not message.stop(further)
                and (closed or _name_part(message, further, False))
            ):
                start = further
                continue
        if "facility" in message.cues[candidate] or (
            message.among("facility_of", candidate) and start < place
        ):
            start = candidate
            continue
        break
    while start < place and (message.cues[start].keys() & {"title", "kin"} and start + 1 == place):
        start += 1
    return start


def _forward(message: Message, place: int) -> int:
    end = accepted = place
    while end < len(message.words) and end - place < _MOST:
        word = message.words[end]
        if word.gap not in _GAPS or word.kind == "run":
            break
        if word.kind == "number":
            if (
                len(word.key) <= 3
                and end == accepted
                and not message.text[word.end : word.end + 1].isalpha()
                and message.words[place - 1].key >= "\u0400"
            ):
                accepted = end + 1
            break
        if (
            message.among("facility_of", end)
            or word.key in _SAINT
            or ("facility" in message.cues[end] and end > place)
        ):
            end += 1
            continue
        if "title" in message.cues[end] and end + 1 < len(message.words):
            end += 1
            continue
        closed = end == place and _tells_which(message, place)
        if not _name_part(message, end, True) and not (
            closed and not message.stop(end) and not message.clinical(end)
        ):
            break
        end += 1
        accepted = end
    return accepted


def _may_be_name(message: Message, place: int) -> bool:
    """Not a small word, a clinical one, or one like "big" and "private"."""
    return not (
        message.stop(place)
        or message.clinical(place)
        or message.among("facility_plain", place)
        or message.cues[place].keys() & {"title", "kin"}
    )


def _tells_which(message: Message, place: int) -> bool:
    """Where no capitals help, what follows "hospital" (not "the hospital") is taken for its name."""
    key = message.words[place - 1].key
    return key > "\u0590" and not key.startswith("ال")


def _of(message: Message, place: int) -> int:
    """ "Clinic of Reading", "hospital in Leeds" is left to places."""
    if (
        place + 1 < len(message.words)
        and message.words[place].key == "of"
        and message.capital(place + 1)
    ):
        return _forward(message, place + 1) if not message.stop(place + 1) else place
    return place
