"""How far a name reaches once something says that one begins.

Decides word by word, by how sure the cue is: after "my name is" nearly anything is a name, after
"I am" only what lists or capitals support. Verbs and particles end a name always.
"""

from enum import IntEnum

from bot.privacy.redaction import flags as mark
from bot.privacy.redaction.message import Message
from bot.privacy.redaction.words import fold

MOST = 4


class Sure(IntEnum):
    """WEAK: "I am …". LIKELY: "my husband …", "doctor …". STRONG: "my name is …", "Dr …"."""

    WEAK = 0
    LIKELY = 1
    STRONG = 2


PARTICLES = frozenset(
    fold(word)
    for word in [
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "das",
        "do",
        "du",
        "des",
        "le",
        "la",
        "el",
        "al",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "zu",
        "bin",
        "ben",
        "bint",
        "ibn",
        "abu",
        "abou",
        "umm",
        "oum",
        "um",
        "st",
        "mc",
        "mac",
        "o",
        "d",
        "l",
        "y",
        "ud",
        "ul",
        "ur",
        "ul-haq",
        "оглы",
        "кызы",
        "угли",
        "фон",
        "ван",
        "де",
        "бін",
        "ал",
        "ابو",
        "ابا",
        "ابي",
        "ام",
        "بن",
        "ابن",
        "بنت",
        "ال",
        "آل",
        "عبد",
    ]
)
_SERVANT = fold("عبد")  # what follows is always part of the name
_FIRST_GAPS = frozenset("\n .:,-=\"'(/*~")
_LATER_GAPS = frozenset({" ", "-", "'", ".", ". ", "  ", " - ", "- "})


def _initial(message: Message, place: int) -> bool:
    word = message.words[place]
    dotted = (
        word.end - word.start <= 2
        and message.text[word.end : word.end + 1] == "."
        and message.cased(place)
    )
    return dotted and (word.capital or not message.stop(place))


def _known_name(message: Message, place: int) -> bool:
    return message.has(place, mark.NAME)


def first_of_name(message: Message, place: int, sure: Sure) -> bool:
    """Whether a name can begin with this word."""
    if not message.is_word(place):
        return False
    capital = message.capital(place)
    name = _known_name(message, place)
    if message.stop(place):
        followed = sure is not Sure.WEAK or _capital_name(message, place + 1)
        return (
            capital
            and name
            and followed
            and not message.nouns_have_capitals()
            and not message.begins_sentence(place)
        )
    if message.clinical(place):
        return (capital and sure is not Sure.WEAK and (name or sure is Sure.STRONG)) or (
            name and sure is Sure.STRONG
        )
    if message.has(place, mark.COUNTRY) and not name:
        return False
    if not message.ordinary(place):
        if sure is Sure.WEAK:
            return (
                name
                or (capital and not message.nouns_have_capitals())
                or (not message.known(place) and not message.clinical(place))
            )
        return True
    if name:
        return sure is not Sure.WEAK or capital or _stands_alone(message, place)
    if not message.cased(place):
        return sure is Sure.STRONG
    if (
        capital
        and sure is Sure.LIKELY
        and not message.has(place, mark.COMMON)
        and not message.begins_sentence(place)
    ):
        return not message.nouns_have_capitals()
    return capital and sure is Sure.STRONG and not message.nouns_have_capitals()


def _capital_name(message: Message, place: int) -> bool:
    return (
        message.is_word(place)
        and message.words[place].gap == " "
        and message.words[place].capital
        and not message.ordinary(place)
    )


def _stands_alone(message: Message, place: int) -> bool:
    """Nothing but a comma or an end after it: "I am Grace, 50"; or a town: "I am Nour from Aleppo"."""
    if (
        message.has(place, mark.FIRST)
        and message.among("from", place + 1)
        and place + 2 < len(message.words)
    ):
        return message.has(place + 2, mark.PLACE) and not message.stop(place + 2)
    following = message.words[place + 1].gap if place + 1 < len(message.words) else "\n"
    return following.strip() != "" or "\n" in following


def _later_of_name(message: Message, place: int, sure: Sure) -> bool:
    if message.stop(place):
        return _syllable(message, place) or _bridges(message, place)
    if message.clinical(place):
        return (
            message.has(place, mark.NAME)
            and message.words[place].capital
            and message.words[place - 1].capital
        )
    capital = message.capital(place) and not message.nouns_have_capitals()
    name = _known_name(message, place)
    if not message.ordinary(place):
        if message.has(place, mark.COUNTRY) or (message.has(place, mark.PLACE) and not name):
            return False
        if name:
            return True
        return capital or (not message.known(place) and sure >= Sure.LIKELY) or sure is Sure.STRONG
    likely = sure is Sure.LIKELY and (message.shouted or not message.cased(place))
    if name and (sure is Sure.STRONG or likely):
        return True
    rare = not message.has(place, mark.COMMON | mark.PLACE | mark.COUNTRY)
    if not message.cased(place) and sure >= Sure.LIKELY and rare:
        return message.has(place - 1, mark.FIRST) and not message.ordinary(place - 1)
    led_on = message.capital(place - 1) or message.words[place - 1].key in PARTICLES
    return (capital and (name or led_on)) or _syllable(message, place)


def end_of_name(message: Message, place: int, sure: Sure, most: int = MOST) -> int:
    """The index after the name that begins at `place`, or `place` where none does."""
    words = message.words
    end = place
    names = 0
    while end < len(words) and names < most and words[end].kind == "word":
        gap = words[end].gap
        if end == place:
            if len(gap) > 4 or not _FIRST_GAPS.issuperset(gap):
                break
        elif gap not in _LATER_GAPS:
            break
        if words[end].key in PARTICLES and _leads_on(message, end, sure):
            end += 1
            continue
        if _initial(message, end):
            end += 1
            names += names > 0
            continue
        joined = end > place and (gap in ("-", "'")) and not message.clinical(end)
        accept = joined or (
            first_of_name(message, end, sure) if not names else _later_of_name(message, end, sure)
        )
        if not accept:
            break
        end += 1
        names += 1
        while end < len(words) and not words[end].gap and words[end].kind != "run":
            end += 1
    while (
        end > place
        and words[end - 1].key in PARTICLES
        and names
        and not _known_name(message, end - 1)
    ):
        end -= 1
    return end if names or end - place > 1 else place


def _bridges(message: Message, place: int) -> bool:
    """علي is "on" and Ali: between two names it is one."""
    after = place + 1
    if (
        not message.has(place, mark.NAME)
        or not message.is_word(after)
        or message.words[after].gap != " "
    ):
        return False
    return (
        not message.cased(place) and message.has(after, mark.NAME) and not message.ordinary(after)
    )


def _syllable(message: Message, place: int) -> bool:
    """Vietnamese names are ordinary syllables; capitals in a row hold them together."""
    return (
        message.speaks("vi")
        and message.capital(place)
        and message.capital(place - 1)
        and message.cased(place)
    )


def _leads_on(message: Message, place: int, sure: Sure) -> bool:
    """A particle counts when a name goes on after it."""
    after = place + 1
    if message.words[place].key == _SERVANT:
        return message.is_word(after) and message.words[after].gap == " "
    if (
        not message.is_word(after)
        or message.words[after].gap not in _LATER_GAPS
        or message.stop(after)
    ):
        return False
    return (
        _known_name(message, after)
        or not message.ordinary(after)
        or (sure is Sure.STRONG and message.capital(after))
    )
