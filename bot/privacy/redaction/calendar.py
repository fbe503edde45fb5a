"""Dates with month names, short dates after a word that asks for one, and dates of birth.

Decides that a year alone and a month of a year stay: only what names a day is a date here.
"""

import re
from collections.abc import Iterator

from bot.privacy.redaction.message import Message
from bot.privacy.redaction.spans import Label, Span
from bot.privacy.redaction.structured.measurements import unit_follows

_YEAR = re.compile(r"(?:1[2-9]|2[0-5])[0-9]{2}")
_SHORT = re.compile(r"(?<![0-9.,/])([0-9]{1,2})\s?[/.\-]\s?([0-9]{1,2})\.?(?![0-9/])(?![.,][0-9])")
_BIRTH = re.compile(
    r"[\s:=\-.,()#/'\"是为は]{0,5}(?:(?:is|was|on|el|le|am|il|em|es|est|ist|é|è|to|о|на|"
    r"在|هو|في|है|ہے|হলো)\s){0,2}([0-9](?:[0-9]|[ ./\-](?=[0-9])){3,12})"
)
_VIETNAMESE = re.compile(
    r"(?:ng[àa]y|m[ùu]ng|h[ôo]m)\s[0-9]{1,2}\s(?:th[áa]ng|"
    r"/)\s?[0-9]{1,2}(?:\s(?:n[ăa]m\s)?[0-9]{4})?|"
    r"[0-9]{1,2}\sth[áa]ng\s[0-9]{1,2}\sn[ăa]m\s[0-9]{4}",
    re.IGNORECASE,
)
_ORDINALS = frozenset(
    (
        "st",
        "nd",
        "rd",
        "th",
        "er",
        "o",
        "º",
        "го",
        "е",
        "ое",
        "ого",
        "ого",
        "й",
        "ega",
        "ste",
        "ten",
        "go",
        "ام",
        "م",
        "ই",
        "শে",
        "লা",
        "রা",
        "ঠা",
    )
)
_YEAR_LETTERS = frozenset(("г", "р", "года", "року", "год", "рік", "roku", "r", "yil"))
_GAPS = frozenset(
    ("", " ", ". ", ".", ", ", "-", " - ", "/", "'", " de ", ",", "  ", "º ", "ª", " '")
)


def calendar_dates(message: Message) -> Iterator[Span]:
    for place, cues in enumerate(message.cues):
        if "month" in cues:
            yield from _named(message, place, cues["month"])
        if "date_on" in cues:
            yield from _short(message, cues["date_on"])
        if "dob" in cues:
            yield from _birth(message, cues["dob"])
    yield from (Span(*match.span(), Label.DATE) for match in _VIETNAMESE.finditer(message.text))
    for cue in message.by_character("dob"):
        at = message.text.find(cue)
        while at >= 0:
            yield from _birth_at(message, at + len(cue))
            at = message.text.find(cue, at + len(cue))


def _day(message: Message, place: int) -> bool:
    if not 0 <= place < len(message.words):
        return False
    word = message.words[place]
    return word.kind == "number" and len(word.key) <= 2 and 1 <= int(word.key) <= 31


def _year(message: Message, place: int) -> bool:
    if place >= len(message.words) or message.words[place].gap not in _GAPS:
        return False
    word = message.words[place]
    return word.kind == "number" and _YEAR.fullmatch(word.key) is not None


def _named(message: Message, place: int, end: int) -> Iterator[Span]:
    words = message.words
    start = _day_before(message, place)
    stop = end
    if start == place and _day(message, end) and words[end].gap in (" ", ". ", "-", "", "."):
        decimal = message.text[words[end].end : words[end].end + 2]
        if not unit_follows(message.text, words[end].end) and not re.match(r"[.,/][0-9]", decimal):
            stop = end + 1
            if stop < len(words) and words[stop].key in _ORDINALS and words[stop].gap in ("", " "):
                stop += 1
    if start == place and stop == end:
        return
    if stop < len(words) and message.among("day_link", stop) and _year(message, stop + 1):
        stop += 1
    if _year(message, stop) or (
        stop < len(words)
        and words[stop].kind == "number"
        and len(words[stop].key) == 2
        and words[stop].gap in ("-", " '", "/", ".", "'")
    ):
        stop += 1
    if stop < len(words) and words[stop].key in _YEAR_LETTERS and words[stop].gap in (" ", ""):
        stop += _year(message, stop - 1)
    start = _weekday_before(message, start)
    yield Span(words[start].start, words[stop - 1].end, Label.DATE)


def _weekday_before(message: Message, place: int) -> int:
    """ "Monday, 4 March", "the 17th of July"."""
    if place == 0 or message.words[place].gap not in (" ", ", ", ",", ". "):
        return place
    before = place - 1
    return (
        before if "weekday" in message.cues[before] or message.words[before].key == "the" else place
    )


def _day_before(message: Message, place: int) -> int:
    """ "12 May", "12th of May", "12 de mayo", "12. Mai"."""
    words = message.words
    at = place - 1
    for _ in range(2):
        if (
            at >= 0
            and words[at].kind == "word"
            and words[at + 1].gap in (" ", "")
            and (words[at].key in _ORDINALS or message.among("day_link", at))
        ):
            at -= 1
    if (
        _day(message, at)
        and words[at + 1].gap in ("", " ", ". ", ".", "-", "/", "º ", "  ", "ª ", " . ")
        and (words[place].gap in _GAPS)
    ):
        before = message.text[max(0, words[at].start - 1) : words[at].start]
        return at if before not in (".", ",", "/") or place - at > 1 or before == "," else place
    return place


def _short(message: Message, place: int) -> Iterator[Span]:
    """ "on 12/8", "am 12.08.": figures that are a day only because a word says so."""
    if (
        place >= len(message.words)
        or message.words[place].kind != "number"
        or message.words[place].gap not in (" ", ": ", ":", "-", "")
    ):
        return
    match = _SHORT.match(message.text, message.words[place].start)
    if match is None:
        return
    first, second = int(match[1]), int(match[2])
    if (
        1 <= first <= 31
        and 1 <= second <= 31
        and min(first, second) <= 12
        and not unit_follows(message.text, match.end())
    ):
        yield Span(*match.span(), Label.DATE)


def _birth(message: Message, place: int) -> Iterator[Span]:
    yield from _birth_at(message, message.words[place - 1].end)


def _birth_at(message: Message, at: int) -> Iterator[Span]:
    match = _BIRTH.match(message.text, at)
    if (
        match is None
        or _YEAR.fullmatch(match[1].strip())
        or unit_follows(message.text, match.end(1))
    ):
        return
    if sum(map(str.isdigit, match[1])) >= 3:
        yield Span(*match.span(1), Label.DATE)
