"""Ages of ninety and more, in figures and in words.

Decides by a word for years beside the number, or a person who "is" it; a pulse of 92 stays.
"""

import re
from collections.abc import Iterator

from bot.privacy.redaction.message import Message
from bot.privacy.redaction.spans import Label, Span
from bot.privacy.redaction.structured.measurements import unit_follows

_GLUED = re.compile(
    r"(?<![0-9.,/])(?:9[0-9]|1[0-2][0-9])\s?(?:y/?o|yrs?|[mf](?![a-z])|ans|años|anos|"
    r"anni|jährige[rnm]?|jaehrige[rnm]?|j\.|лет\w{0,5}|річн\w{1,4}|летн\w{1,4}|th "
    r"birthday)(?![a-z])",
    re.IGNORECASE,
)
_EAST = re.compile(
    r"(?<=[爷奶公婆姥爸妈亲人])(?:今年)?(?:9[0-9]|1[0-2][0-9])(?=了|多|，|,|。|$)|"
    r"(?<![0-9.])(?:9[0-9]|1[0-2][0-9])\s?(?:多|几|幾)?(?:岁|歲|周岁|歳|才|세|살)|"
    r"[九玖]十[一二三四五六七八九]?\s?(?:多|几|幾|有)?(?:岁|歲|歳|才|岁)|"
    r"(?:一?百(?:零[一二三四五六七八九])?)(?:岁|歲|歳)|[一二三四五六七八九]?九旬|年近百"
)
_EAST_BEFORE = re.compile(
    r"(?:年龄|年齡|今年|年齢|나이|연세|고령|满|"
    r"享年)\s?[:：는가이은]?\s?(?:만\s?)?(9[0-9]|1[0-2][0-9])(?![0-9./%])"
)
_OLDEST = 125


def ages(message: Message) -> Iterator[Span]:
    for pattern in (_GLUED, _EAST):
        yield from (Span(*match.span(), Label.AGE) for match in pattern.finditer(message.text))
    yield from (Span(*match.span(1), Label.AGE) for match in _EAST_BEFORE.finditer(message.text))
    for place, word in enumerate(message.words):
        if word.kind == "number" and len(word.key) <= 3 and 90 <= int(word.key) <= _OLDEST:
            if _is_age(message, place):
                yield Span(word.start, word.end, Label.AGE)
        elif "old" in message.cues[place]:
            end = message.cues[place]["old"]
            if _years_follow(message, end) or _asked_for(message, place):
                yield Span(word.start, message.words[end - 1].end, Label.AGE)


def _is_age(message: Message, place: int) -> bool:
    word = message.words[place]
    around = (
        message.text[max(0, word.start - 1) : word.start] + message.text[word.end : word.end + 2]
    )
    if re.search(r"[0-9/%,.][0-9]|[/%°]|^[/.,]", around):
        return False
    if _years_follow(message, place + 1) or _asked_for(message, place):
        return True
    return not unit_follows(message.text, word.end) and _of_a_person(message, place)


def _years_follow(message: Message, place: int) -> bool:
    if place >= len(message.words) or "age_after" not in message.cues[place]:
        return False
    return message.words[place].gap.strip() in ("", "-", "+", ".")


def _asked_for(message: Message, place: int) -> bool:
    """ "age 93", "umur: 94", "возраст 91"."""
    for back in (1, 2, 3):
        at = place - back
        if at < 0:
            return False
        if message.cues[at].get("age_before", 0) in range(at + 1, place + 1):
            return message.text[
                message.words[place - 1].end : message.words[place].start
            ].strip() in ("", ":", "-", "=", "~", "(")
        if not message.among("be", at):
            return False
    return False


def _of_a_person(message: Message, place: int) -> bool:
    """ "my grandfather is 94", "mi abuela tiene ya 93": a person, then only small words."""
    at = place - 1
    linked = False
    while at >= 0 and place - at <= 4 and message.words[at + 1].gap in (" ", "'", "  ", " (", ", "):
        if any(
            "kin" in cues and cues["kin"] > at for cues in message.cues[max(0, at - 2) : at + 1]
        ):
            return linked or message.words[place].gap in (" (", ", ", " ")
        if message.words[at].key in _DATIVE or (message.words[at].key in _PRONOUNS and linked):
            return True
        if not message.among("be", at) and not (message.flags[at] and not message.ordinary(at)):
            return False
        linked = True
        at -= 1
    return False


_DATIVE = frozenset(("ей", "ему", "мне", "їй", "йому", "мені", "им", "їм"))
_PRONOUNS = frozenset(
    (
        "he",
        "she",
        "who",
        "ele",
        "ela",
        "lui",
        "lei",
        "elle",
        "er",
        "sie",
        "ella",
        "el",
        "ей",
        "ему",
        "їй",
        "йому",
        "він",
        "вона",
        "она",
        "он",
        "هي",
        "هو",
        "वे",
        "वह",
        "উনি",
        "তিনি",
        "او",
        "dia",
        "beliau",
        "o",
        "ona",
    )
)
