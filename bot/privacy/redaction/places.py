"""Towns: those the lists know, and whatever follows "I live in".

Decides that countries and regions stay, that a small town needs a capital or a word that points at
it, and that an ordinary word needs both.
"""

from collections.abc import Iterator

from bot.privacy.redaction import flags as mark
from bot.privacy.redaction.message import Message
from bot.privacy.redaction.spans import Label, Span
from bot.privacy.redaction.structured.measurements import unit_follows

_SHORT = 4
_DISTRICT = 2
_MOST = 4
_GAPS = frozenset({" ", "-", "'", ". ", " - ", "  "})
_POSTPOSITIONS = frozenset(("से", "में", "سے", "میں", "থেকে"))
_TOWN_LETTERS = frozenset(("г", "м", "с", "п", "пгт", "смт", "пос", "дер", "гор"))
_CUE_GAP = frozenset(" :.,-=/'\"(")
_PARTICLES = frozenset(
    (
        "de",
        "del",
        "la",
        "las",
        "los",
        "el",
        "di",
        "do",
        "da",
        "dos",
        "das",
        "am",
        "an",
        "der",
        "im",
        "sur",
        "en",
        "les",
        "le",
        "upon",
        "on",
        "на",
        "над",
        "под",
        "і",
        "st",
        "saint",
        "san",
        "santa",
        "bad",
        "new",
        "al",
        "ال",
    )
)


def _span(message: Message, start: int, end: int) -> Span:
    return Span(message.words[start].start, message.words[end - 1].end, Label.PLACE)


def places(message: Message) -> Iterator[Span]:
    """By cue first; then every known town."""
    place = 0
    while place < len(message.words):
        live = message.cues[place].get("live")
        if live:
            end = _after_cue(message, live)
            if end > live:
                yield _span(message, live, end)
        end, flag = message.place_flags(place) if message.is_word(place) else (place, 0)
        if flag & mark.COUNTRY and end > place:
            place = end
            continue
        if (
            flag & mark.PLACE
            and end > place
            and not all(message.ordinary(i) and not message.capital(i) for i in range(place, end))
        ):
            yield _span(message, _letter_before(message, place), end)
            place = end
            continue
        if message.is_word(place) and _town(message, place):
            yield _with_district(message, place)
        place += 1


def _with_district(message: Message, place: int) -> Span:
    """ "Dublin 10", "г. Казань": the district after a town, the letter before it."""
    words = message.words
    end = place + 1
    numbered = end < len(words) and words[end].kind == "number" and words[end].gap == " "
    if numbered and len(words[end].key) <= _DISTRICT and message.capital(place):
        end += not unit_follows(message.text, words[end].end)
    return _span(message, _letter_before(message, place), end)


def _letter_before(message: Message, place: int) -> int:
    words = message.words
    lettered = (
        place > 0 and words[place].gap in (". ", ".") and words[place - 1].key in _TOWN_LETTERS
    )
    return place - lettered


def _pointed_at(message: Message, place: int) -> bool:
    """ "in …", "from …", or after the name of a person and a comma; in Hindi "… से", "… में"."""
    if place + 1 < len(message.words) and message.words[place + 1].key in _POSTPOSITIONS:
        return True
    if place > 0 and message.words[place].gap == ", " and not message.ordinary(place - 1):
        return message.has(place - 1, mark.NAME) or message.capital(place - 1)
    return place > 0 and message.words[place].gap == " " and message.among("from", place - 1)


def _between_commas(message: Message, place: int) -> bool:
    """ "Clínica Bicentenario, Concepción": alone after a comma, and then an end."""
    following = message.words[place + 1].gap if place + 1 < len(message.words) else "\n"
    return message.words[place].gap == ", " and following.strip(" ") != ""


def _town(message: Message, place: int) -> bool:
    if (
        not message.has(place, mark.PLACE)
        or message.clinical(place)
        or message.has(place, mark.COUNTRY)
        or message.stop(place)
    ):
        return False
    if message.glued(place) or len(message.words[place].key) < 3:
        return False
    capital = (
        message.capital(place)
        and not message.nouns_have_capitals()
        and not message.begins_sentence(place)
    )
    pointed = _pointed_at(message, place)
    if message.ordinary(place):
        known = message.cased(place) and message.has(place, mark.CITY)
        return capital and known and (pointed or _between_commas(message, place))
    if message.has(place, mark.CITY):
        short = len(message.words[place].key) <= _SHORT and message.cased(place)
        return not short or message.capital(place) or pointed
    return capital or pointed or (message.capital(place) and message.nouns_have_capitals())


def _after_cue(message: Message, place: int) -> int:
    """The words after "I live in" that can be a place, ended by an ordinary word or a country."""
    end = place
    accepted = place
    while end < len(message.words) and end - place < _MOST and message.words[end].kind == "word":
        gap = message.words[end].gap
        if (
            (end == place and not _CUE_GAP.issuperset(gap))
            or (end > place and gap not in _GAPS)
            or len(gap) > 3
        ):
            break
        longer, flag = message.place_flags(end)
        if flag & mark.PLACE:
            return longer
        if flag & mark.COUNTRY or (
            message.has(end, mark.COUNTRY)
            and (message.cased(end) or not message.has(end, mark.CITY))
        ):
            break
        if message.words[end].key in _PARTICLES and end + 1 < len(message.words):
            end += 1
            continue
        if message.stop(end) or message.clinical(end):
            break
        if (
            message.ordinary(end)
            and not _capital_place(message, end)
            and not (end == place and message.has(end, mark.CITY))
            and not (end == place and not message.cased(end) and not message.has(end, mark.COMMON))
        ):
            break
        end += 1
        accepted = end
    return accepted


def _capital_place(message: Message, place: int) -> bool:
    return (
        message.capital(place)
        and message.cased(place)
        and not message.nouns_have_capitals()
        and message.flags[place] & message.mask != message.mask
    )
