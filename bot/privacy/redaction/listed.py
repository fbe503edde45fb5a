"""Names without a cue: what the lists know, and capitals that no list explains.

Decides when a name stands for itself; an ambiguous one ("Will", "Rose") needs a neighbour, and a
clinical word is never a name here.
"""

import re
from collections.abc import Iterator

from bot.privacy.redaction import flags as mark
from bot.privacy.redaction.message import Message
from bot.privacy.redaction.names import Sure, end_of_name
from bot.privacy.redaction.shapes import clinical_shape
from bot.privacy.redaction.spans import Label, Span

_PATRONYMIC = re.compile(
    r"[а-яёіїє]{3,20}(?:ович|евич|йович|ьич|овна|евна|ична|инична|івна|ївна)(?:а|у|ем|"
    r"ом|е|і|ы|и|ой|ою|ою|ны|не|ну|ной)?"
)
_SHORTEST = 3
_SAINTS = frozenset(("mount", "mt", "saint", "st", "san", "santa", "sainte"))
_ASKING = frozenset(("id", "phone", "handle", "dob", "label", "house", "facility", "street"))
_JARGON = frozenset(("ok", "im", "id", "tv", "pc", "usa", "uk", "eu", "nhs", "pm", "am"))


def listed_people(message: Message) -> Iterator[Span]:
    """From left to right, each name once."""
    place = 0
    while place < len(message.words):
        end = _name_at(message, place) if message.is_word(place) else place
        if end > place:
            start = _surname_before(message, place)
            yield Span(message.words[start].start, message.words[end - 1].end, Label.PERSON)
        place = max(end, place + 1)


def _surname_before(message: Message, place: int) -> int:
    """ "müller anneliese", "АЛИЕВА ЛЕЙЛА", "Mount Alvernia": what belongs to the name and stands before it."""
    start = place
    while (
        start > 0
        and place - start < 2
        and message.is_word(start - 1)
        and message.words[start].gap == " "
    ):
        before = start - 1
        patronymic = _PATRONYMIC.fullmatch(message.words[place].key) and message.has(
            before, mark.FIRST
        )
        if patronymic or (message.words[before].key in _SAINTS and message.words[before].capital):
            start = before
            continue
        if (
            message.stop(before)
            or message.clinical(before)
            or message.ordinary(before)
            or message.cues[before]
        ):
            break
        surname = message.has(before, mark.NAME) and not message.has(before, mark.COUNTRY)
        opening = not message.known(before) and (
            before == 0 or message.begins_sentence(before) or before == 1
        )
        if not surname and not opening:
            break
        start = before
    return start


def _drug_context(message: Message, place: int) -> bool:
    """ "Kardegic 75 mg", "je prends … et Lasilix": what is taken or dosed is no person."""
    after = place + 1
    if (
        after < len(message.words)
        and message.words[after].kind == "number"
        and message.words[after].gap == " "
    ):
        return True
    return any("taking" in cues for cues in message.cues[max(0, place - 7) : place])


def _name_at(message: Message, place: int) -> int:
    word = message.words[place]
    if message.clinical(place) or message.glued(place) or len(word.key) < _SHORTEST:
        return place
    if message.cues[place].keys() & _ASKING and not message.capital(place):
        return place
    if _PATRONYMIC.fullmatch(word.key):
        return max(place + 1, end_of_name(message, place, Sure.WEAK))
    if message.has(place, mark.COUNTRY) and not _named_neighbour(message, place + 1):
        return place
    if message.stop(place):
        return place
    if _aged(message, place):
        return place + 1
    if message.has(place, mark.FIRST):
        return _first_name(message, place)
    if message.has(place, mark.SURNAME) and _surname_alone(message, place):
        return max(place + 1, end_of_name(message, place, Sure.WEAK))
    if _unexplained(message, place):
        return max(place + 1, end_of_name(message, place, Sure.WEAK))
    return place


def _aged(message: Message, place: int) -> bool:
    """ "Роман, 35 лет", "Marli (60 anos)": a name or a capital, then an age."""
    number = place + 1
    if (
        number + 1 >= len(message.words)
        or message.words[number].kind != "number"
        or len(message.words[number].key) > 3
    ):
        return False
    if (
        message.words[number].gap not in (", ", " (", ",", " - ")
        or "age_after" not in message.cues[number + 1]
    ):
        return False
    if message.clinical(place) or message.cues[place]:
        return False
    return message.has(place, mark.NAME) or (
        message.words[place].capital and not message.ordinary(place)
    )


def _first_name(message: Message, place: int) -> int:
    capital = message.capital(place) and not message.nouns_have_capitals()
    if not message.ordinary(place):
        if (
            len(message.words[place].key) == _SHORTEST
            and message.cased(place)
            and not capital
            and not _named_neighbour(message, place + 1)
        ):
            return place
        return max(place + 1, end_of_name(message, place, Sure.LIKELY))
    if (
        _named_neighbour(message, place + 1)
        and (not message.cased(place) or capital)
        and (not message.begins_sentence(place) or not message.ordinary(place + 1))
    ):
        return max(place + 1, end_of_name(message, place, Sure.LIKELY))
    return place


def _named_neighbour(message: Message, place: int) -> bool:
    """A name that is not an ordinary word, right after; in Latin and Cyrillic with a capital."""
    if (
        not message.is_word(place)
        or message.words[place].gap not in (" ", "-", "  ")
        or message.clinical(place)
        or message.stop(place)
    ):
        return False
    if message.ordinary(place):
        return False
    if message.has(place, mark.NAME):
        return True
    return (
        message.capital(place)
        and message.cased(place)
        and not message.known(place)
        and not message.nouns_have_capitals()
    )


def _surname_alone(message: Message, place: int) -> bool:
    if message.ordinary(place) or not message.cased(place):
        return False
    if message.nouns_have_capitals():
        return message.capital(place) and message.flags[place] & ~mark.SURNAME == 0
    return message.capital(place) and not message.begins_sentence(place)


def _unexplained(message: Message, place: int) -> bool:
    word = message.words[place]
    if (
        not message.cased(place)
        or not message.capital(place)
        or message.begins_sentence(place)
        or message.nouns_have_capitals()
    ):
        return False
    piece = message.text[word.start : word.end]
    if (
        message.ordinary(place)
        or piece.isupper()
        or word.key in _JARGON
        or any(c.isupper() for c in piece[1:])
    ):
        return False
    if message.has(place, mark.PLACE | mark.COUNTRY) or message.cues[place]:
        return False
    return not clinical_shape(word.key) and not _drug_context(message, place)
