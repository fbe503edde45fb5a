"""Street addresses: the word for a street, the name beside it, house numbers and postcodes.

Decides on which side the name stands by the language of the word; "street" alone is no address.
"""

import re
from collections.abc import Iterator

from bot.privacy.redaction import flags as mark
from bot.privacy.redaction.message import Message
from bot.privacy.redaction.spans import Label, Span

_MOST = 5
_COMPOUND = re.compile(
    r"[a-zäöüß]{3,40}(?:strasse|straße|strase|strase|str|weg|gasse|platz|allee|damm|"
    r"ufer|ring|chaussee|promenade)|[a-z]{3,30}(?:straat|gatan|vej|utca)"
)
_NUMBER_END = re.compile(r"[a-zA-Zа-яА-Яа-яіїє]?(?![^\W\d_])")
_TO_NUMBER = re.compile(r"[\s,.:;№#/\-\"'«»()nNºª°o]{0,6}")
_SKIPPED = frozenset(
    (
        "de",
        "del",
        "della",
        "la",
        "le",
        "les",
        "el",
        "los",
        "las",
        "du",
        "des",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "der",
        "den",
        "am",
        "im",
        "an",
        "zum",
        "zur",
        "of",
        "the",
        "st",
        "san",
        "santa",
        "saint",
        "sainte",
        "no",
        "nr",
        "n",
        "y",
        "e",
        "et",
        "d",
        "l",
        "von",
        "van",
        "ال",
        "rue",
        "via",
    )
)
_GAPS = frozenset(
    (
        "",
        "-",
        "/",
        " ",
        ", ",
        ",",
        ". ",
        ".",
        " /",
        "/ ",
        " - ",
        ": ",
        " №",
        " № ",
        ", №",
        "  ",
        "№",
        "#",
        " #",
        ".,",
        "., ",
        "'",
        " '",
        "«",
        " «",
        ' "',
        '" ',
        "» ",
        '", ',
        "»,",
        "», ",
    )
)


def streets(message: Message) -> Iterator[Span]:
    for place, cues in enumerate(message.cues):
        if "street" in cues:
            yield from _beside(message, place)
        elif (
            message.is_word(place)
            and _COMPOUND.fullmatch(message.words[place].key)
            and message.speaks("de")
        ):
            stop = _numbers(message, place + 1)
            if stop > place + 1 or (message.words[place].capital and not message.ordinary(place)):
                yield _span(message, place, _house(message, stop))
        elif "house" in cues:
            stop = _numbers(message, cues["house"])
            if stop > cues["house"]:
                yield _span(message, place, _house(message, stop))
        elif message.words[place].kind == "number":
            yield from _number_and_postcode(message, place)


def _beside(message: Message, place: int) -> Iterator[Span]:
    """The name before or after the word for a street, as its language has it."""
    cues = message.cues[place]
    end = cues["street"]
    start, stop = place, end
    if "street_before" in cues:
        start = _backward(message, place)
    if start == place and "street_after" in cues:
        stop = _forward(message, cues["street_after"])
    if stop == end and start == place:
        stop = _numbers(message, end)
    if stop > end or start < place:
        stop = _house(message, _numbers(message, stop))
        yield _span(message, _leading_number(message, start), stop)


def _number_and_postcode(message: Message, place: int) -> Iterator[Span]:
    """ "Am Markt 7, 04109 Leipzig": no word for a street, but a number, a postcode and a town."""
    words = message.words
    after = place + 1
    if (
        len(words[place].key) > 3
        or after >= len(words)
        or words[after].kind != "number"
        or words[after].gap not in (", ", ",", " ")
    ):
        return
    if (
        len(words[after].key) not in (4, 5, 6)
        or after + 1 >= len(words)
        or not message.has(after + 1, mark.PLACE)
    ):
        return
    start = place
    while (
        start > 0
        and place - start < _MOST
        and message.is_word(start - 1)
        and words[start].gap in (" ", ". ", "-")
    ):
        if not message.words[start - 1].capital and message.ordinary(start - 1):
            break
        start -= 1
    yield _span(message, start, after + 2)


def _span(message: Message, start: int, stop: int) -> Span:
    return Span(message.words[start].start, message.words[stop - 1].end, Label.PLACE)


def _number_at(message: Message, place: int) -> bool:
    return place < len(message.words) and message.words[place].kind == "number"


def _numbers(message: Message, place: int) -> int:
    """Past house numbers like 12, 12a, 8/6, № 5."""
    end = place
    while _number_at(message, end) and message.words[end].gap in _GAPS and end - place < 4:
        if end > place and message.words[end].gap not in ("/", "-", "", " - ", " "):
            break
        end += 1
        if (
            end < len(message.words)
            and not message.words[end].gap
            and len(message.words[end].key) == 1
        ):
            end += 1
    return end


def _forward(message: Message, place: int) -> int:
    """The name after the word for a street, and its number."""
    end = accepted = place
    while (
        end < len(message.words)
        and end - place < _MOST
        and not _ends_name(message, end, accepted > place)
    ):
        word = message.words[end]
        if word.kind == "number":
            return _numbers(message, end)
        if word.key in _SKIPPED or message.among("facility_of", end):
            end += 1
            if message.among("facility_of", end - 1) and not message.stop(end - 1):
                accepted = end
            continue
        closed = end == place and not message.cased(end) and word.key.startswith("ال")
        if message.stop(end) or message.clinical(end):
            break
        if message.ordinary(end) and not _fits(message, end) and not closed:
            break
        end += 1
        accepted = end
    return _to_number(message, place, end) or accepted


def _ends_name(message: Message, place: int, named: bool) -> bool:
    word = message.words[place]
    if len(word.gap) > 3 or "\n" in word.gap or word.kind == "run":
        return True
    if "," in word.gap and not (named and word.kind == "number"):
        return True
    return named and "house" in message.cues[place]


def _to_number(message: Message, place: int, end: int) -> int:
    """ "calle mayor 5": ordinary words count when a number follows soon."""
    while end < len(message.words) and end - place < 4 and message.is_word(end):
        if message.stop(end) or message.words[end].gap not in (" ", ". "):
            return 0
        end += 1
    if end == place or not _number_at(message, end) or message.words[end].gap not in _GAPS:
        return 0
    return _numbers(message, end)


def _fits(message: Message, place: int) -> bool:
    if message.cased(place):
        return (message.capital(place) and not message.nouns_have_capitals()) or message.has(
            place, mark.NAME | mark.PLACE
        )
    return message.has(place, mark.NAME | mark.PLACE)


def _backward(message: Message, place: int) -> int:
    """The name before the word for a street: up to three words, or a number further left."""
    start = place
    while start > 0 and place - start < 3:
        candidate = start - 1
        gap = message.words[start].gap
        if gap not in (" ", "-", ". ", "  ", "'") or message.words[candidate].kind == "run":
            break
        if message.words[candidate].kind == "number":
            return candidate
        number_further = (
            candidate > 0
            and message.words[candidate - 1].kind == "number"
            and message.words[candidate].gap == " "
        )
        if message.stop(candidate) or message.clinical(candidate):
            break
        listed = number_further or message.has(candidate, mark.NAME | mark.PLACE)
        says_nothing = not message.capital(candidate) or message.nouns_have_capitals()
        if message.ordinary(candidate) and not listed and says_nothing:
            break
        start = candidate
    return start


def _leading_number(message: Message, place: int) -> int:
    if (
        place > 0
        and message.words[place - 1].kind == "number"
        and message.words[place].gap in (" ", ", ", "  ", " , ")
    ):
        place -= 1
        while (
            place > 0
            and message.words[place - 1].kind == "number"
            and message.words[place].gap in ("/", "-")
        ):
            place -= 1
    elif (
        place > 1
        and not message.words[place - 1].gap
        and message.words[place - 2].kind == "number"
        and message.words[place].gap in (" ", ", ")
    ):
        place -= 2  # 12b rue …, 5 bis
    elif (
        place > 1
        and message.words[place - 1].key in ("bis", "ter")
        and message.words[place - 2].kind == "number"
    ):
        place -= 2
    return place


def _flat(message: Message, place: int) -> bool:
    """ ", 3 B" after a house number."""
    after = place + 1
    return (
        after < len(message.words)
        and len(message.words[after].key) == 1
        and message.words[after].gap.strip(" .") == ""
        and not message.stop(after)
    )


def _house(message: Message, place: int) -> int:
    """Flat, floor, postcode and the town after it."""
    end = place
    for _ in range(6):
        if end >= len(message.words) or message.words[end].gap not in _GAPS:
            break
        cue = message.cues[end].get("house", 0)
        if cue:
            after = _numbers(message, cue)
            single = after == cue and cue < len(message.words) and len(message.words[cue].key) == 1
            if after == cue and not single:
                break
            end = after + single
            continue
        word = message.words[end]
        if (
            word.kind == "number"
            and word.gap == ", "
            and message.words[end - 1].kind == "number"
            and _flat(message, end)
        ):
            end += 2
            continue
        if word.kind == "number" and 4 <= len(word.key) <= 6:
            end += 1
            continue
        if (
            word.kind == "word"
            and (len(word.key) == 1 or word.key in ("esq", "dto", "izq", "dcha", "izda", "bis"))
            and word.gap in (" ", "", "-", ", ")
            and message.words[end - 1].kind == "number"
        ):
            if message.stop(end) and len(word.key) == 1:
                break
            end += 1
            continue
        if (
            word.kind == "word"
            and message.has(end, mark.PLACE)
            and not message.ordinary(end)
            and not message.clinical(end)
        ):
            end += 1
            continue
        break
    return end
