"""Names without a cue, told by where they stand in a message.

Decides by position: two capitals at the start, an ambiguous name that "is" or "has" something, a
word before "here", a name before the Hindi agent's "ne". A clinical word is never a name here.
"""

from collections.abc import Callable, Iterator

from bot.privacy.redaction import flags as mark
from bot.privacy.redaction.message import Message
from bot.privacy.redaction.names import Sure, end_of_name
from bot.privacy.redaction.shapes import clinical_shape
from bot.privacy.redaction.spans import Label, Span

_LIST_MARKS = (",", "-", " -", "(", ":", "،", ";")
_LIGHT = ("en", "es", "fr", "pt", "it", "id", "vi", "tr")
_AGENT = frozenset(("ने", "نے", "ne"))
_CASE_MARKS = frozenset(("ने", "को", "का", "की", "के", "نے", "کو", "کا", "کی", "কে", "এর"))
_SHORTEST = 3

Rule = Callable[[Message, int], bool]


def bare_names(message: Message) -> Iterator[Span]:
    for place, word in enumerate(message.words):
        if word.kind != "word" or len(word.key) < _SHORTEST or _impossible(message, place):
            continue
        if any(rule(message, place) for rule in _RULES):
            end = max(place + 1, end_of_name(message, place, Sure.LIKELY))
            yield Span(word.start, message.words[end - 1].end, Label.PERSON)


def _impossible(message: Message, place: int) -> bool:
    if message.clinical(place) or message.glued(place) or message.has(place, mark.COUNTRY):
        return True
    return bool(
        message.cues[place].keys()
        & {"kin", "title", "doctor", "month", "facility", "street", "id", "phone"}
    )


def _next_gap(message: Message, place: int) -> str:
    return message.words[place + 1].gap if place + 1 < len(message.words) else "\n"


def _two_capitals(message: Message, place: int) -> bool:
    """ "Abdulai Embaló, …", "Luz Marina está …"."""
    after = place + 1
    if (
        not message.begins_sentence(place)
        or not message.is_word(after)
        or message.words[after].gap not in (" ", "-")
    ):
        return False
    if (
        not (message.capital(place) and message.capital(after))
        or message.stop(place)
        or message.stop(after)
    ):
        return False
    if message.clinical(after) or message.has(after, mark.COUNTRY) or message.title_case:
        return False
    both = message.has(place, mark.NAME) and message.has(after, mark.NAME)
    unknown = not message.ordinary(place) and not message.ordinary(after)
    if message.nouns_have_capitals():
        foreign = not message.known(place) and not message.known(after)
        return (both and unknown) or (foreign and _next_gap(message, after).startswith(","))
    return both or (unknown and not clinical_shape(message.words[place].key))


def _unknown_opening(message: Message, place: int) -> bool:
    """ "Mehwish and Zainab …": a word nobody knows, with a capital, then a comma, "and" or "is"."""
    if not message.begins_sentence(place) or message.known(place) or not message.capital(place):
        return False
    if len(message.words[place].key) <= _SHORTEST or clinical_shape(message.words[place].key):
        return False
    if (
        not message.cased(place)
        or message.nouns_have_capitals()
        or not any(map(message.speaks, _LIGHT))
    ):
        return False
    return (
        _next_gap(message, place).lstrip().startswith((",", "\n"))
        or message.among("be", place + 1)
        or message.among("and", place + 1)
    )


def _ambiguous_but_acting(message: Message, place: int) -> bool:
    """ "Pierre a une pierre", "Rosa ficou", "May is exhausted": a capital and a verb of being."""
    if not message.has(place, mark.FIRST) or not message.capital(place) or not message.cased(place):
        return False
    if (
        message.title_case
        or message.nouns_have_capitals()
        or _next_gap(message, place) not in (" ", "'")
    ):
        return False
    if message.begins_sentence(place):
        return message.among("acts", place + 1)
    if message.stop(place):
        return message.among("acts", place + 1)
    return not message.among("never", place)


def _here(message: Message, place: int) -> bool:
    """ "kathyb here", "soledad acá", "conceição aqui"."""
    after = place + 1
    opens = message.begins_sentence(place) or "," in message.words[place].gap
    if not opens or message.stop(place) or after >= len(message.words):
        return False
    if "here" not in message.cues[after] or message.words[after].gap != " ":
        return False
    return message.has(place, mark.FIRST) or not message.ordinary(place)


def _agent(message: Message, place: int) -> bool:
    """ "दीपक ने": the agent of a deed; people do most of them."""
    if (
        place + 1 >= len(message.words)
        or message.words[place + 1].key not in _AGENT
        or message.stop(place)
    ):
        return False
    return message.has(place, mark.NAME) or (not message.cased(place) and not message.known(place))


def _patient(message: Message, place: int) -> bool:
    """ "कल पूजा को कीमो लगी": a given name to which something is done."""
    after = place + 1
    if (
        after >= len(message.words)
        or message.words[after].key not in ("को", "کو")
        or message.stop(place)
    ):
        return False
    return message.has(place, mark.FIRST) and not message.has(place, mark.COMMON)


def _caseless_opening(message: Message, place: int) -> bool:
    """Where there are no capitals: a name that opens the message and is set off or inflected."""
    if (
        place != 0
        or message.cased(place)
        or message.stop(place)
        or message.words[place].kind != "word"
    ):
        return False
    after = place + 1
    if after >= len(message.words):
        return False
    name = message.has(place, mark.NAME)
    if (
        name
        and message.has(after, mark.NAME)
        and not message.stop(after)
        and message.words[after].gap == " "
    ):
        return True
    if not name and message.known(place):
        return False
    return (not name and message.words[after].key in _CASE_MARKS) or message.words[
        after
    ].gap.lstrip().startswith(_LIST_MARKS)


def _sister(message: Message, place: int) -> bool:
    """ "rose ma soeur", "blessing is my firstborn": a name, then who that is."""
    if (
        not message.begins_sentence(place)
        or not message.has(place, mark.FIRST)
        or message.stop(place)
    ):
        return False
    at = place + 1
    while at < min(place + 3, len(message.words)) and (
        message.among("be", at) or message.among("my", at)
    ):
        at += 1
    mine = at > place + 1 and message.among("my", at - 1)
    return (
        mine
        and at < len(message.words)
        and "kin" in message.cues[at]
        and (at > place + 2 or not message.speaks("en"))
    )


_RULES: tuple[Rule, ...] = (
    _two_capitals, _unknown_opening, _ambiguous_but_acting, _here, _agent, _patient, _caseless_opening, _sister,
)  # fmt: skip
