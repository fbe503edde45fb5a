"""Dates in what people type: "2027-05-03", "3.5.27", "el 3 de mayo", "tomorrow", "in two weeks", "next Tuesday".

dateparser reads; this decides what it is given and what of its reading is beyond doubt: a day and a month, a named
weekday, or a day told from today. A weekday is the next one to come, also for "next Tuesday" (on a Tuesday: a week
ahead); a date without a year is the next time it comes, today included. What day it is today comes in as a fact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from typing import NamedTuple
from unicodedata import normalize

from babel import Locale, UnknownLocaleError

from dialogs.understanding.date_words import listed, rewritten
from dialogs.understanding.numbers import find_number
from dialogs.understanding.text import ascii_digits

LONGEST = 60
"""Characters of a text in which a date is looked for."""

LANGUAGES = ("en", "es", "fr", "de", "pt", "ru", "uk", "ar", "hi", "zh")
LATIN = ("en", "es", "fr", "de", "pt")
FIRST_YEAR, LAST_YEAR = 1900, 2200
MOST_NUMBERS = 2
"""A day and a year. More are no date, and slow to read."""

WEEK = timedelta(days=7)
DAY_AND_MONTH, WHOLE = {"month", "day"}, {"year", "month", "day"}
"""Parts of a date, as the library names those that were said."""

_FORBIDDEN = re.compile(r"[$€£¥₹₽%@#+]")
"""Signs of money, shares, addresses and phone numbers."""
_TIME = re.compile(
    r"(?:\b(?:at|um|à|às|a las?|в|о) )?(?<!\d)\d{1,2}"
    r"(?::\d{2}(?: ?(?:[ap]\.?m\b\.?|uhr\b|h\b))?| ?(?:[ap]\.?m\b\.?|uhr\b|h\b\d{0,2}))"
)
_HAN_DATE = re.compile(r"(?:(\d{4}) ?年 ?)?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]")
_NUMERIC = re.compile(
    r"(?<![\w.,:/-])(?:\d{4} ?([-/.]) ?\d{1,2} ?\1 ?\d{1,2}|\d{1,2} ?([-/.]) ?\d{1,2} ?\2 ?(?:\d{4}|\d{2})"
    r"|\d{1,2}/\d{1,2}|\d{1,2}\.\d{1,2}(?=\.(?!\S)))(?![\w:/-]|[.,]\d)"
)
_SHORT_YEAR = re.compile(r"^(\d\d?/\d\d?/)(\d\d)$")
_NUMBER = re.compile(r"\d+")
_PUNCTUATION = re.compile(
    r"[\s,.;:!?¡¿ºª()\[\]\"“”«»…/\u2010-\u2015،؛؟。，、！？]+|-(?![^\W\d_])|(?<![^\W\d_])-"
)
_SHORT = re.compile(r"(?<![\w'’ʼ])[a-zà-ÿа-яіїєґ\u0620-\u064a]{1,3}(?![\w'’ʼ])")
"""Words too short to be a weekday's name: "mi" and "do" are abbreviations of one in Spanish and German."""


class Found(NamedTuple):
    """What the library read: the day, which parts of it were said, and how exactly ("week": "in two weeks")."""

    day: date
    parts: frozenset[str]
    period: str


Ask = Callable[..., Found | None]


AHEAD = ("in {}", "dentro de {}", "dans {}", "em {}", "через {}", "بعد {}", "{} में", "{}后")
"""How a span of time becomes a day ahead: where a day is asked for, "3 weeks" are three weeks from now."""
SPAN_WORDS = 2


def find_date(text: str, locale: str | None, today: date) -> date | None:
    """The one date a short text holds, or None. A day that does not exist (31 June) is none. Never raises."""
    if len(text) > LONGEST or _FORBIDDEN.search(text):
        return None
    written = _TIME.sub(" ", ascii_digits(normalize("NFC", text)).lower())
    written = _HAN_DATE.sub(lambda han: f" {'/'.join(filter(None, han.groups()))} ", written)
    numeric = _NUMERIC.search(written)
    if numeric:
        alone = not _NUMBER.search(_NUMERIC.sub("", written, count=1))
        return _in_numbers(numeric[0], locale, today) if alone else None
    said = _PUNCTUATION.sub(" ", written).strip()
    if len(_NUMBER.findall(said)) > MOST_NUMBERS:
        return None
    own = _language(locale)
    ways = [said, *(way.format(said) for way in AHEAD if _is_span(said, locale))]
    found = (_in_words(way, known, own, today) for way in ways for known in _languages(way, own))
    return next(filter(None, found), None)


def _is_span(said: str, locale: str | None) -> bool:
    """Whether it may be a span of time: a number and one word."""
    words = said.split()
    return len(words) == SPAN_WORDS and find_number(words[0], locale) is not None


def warm() -> None:
    """Load the library and its languages, so that the first date does not wait for them."""
    for language in LANGUAGES:
        _ask("1", language, date(FIRST_YEAR, 1, 1))


def _in_numbers(written: str, locale: str | None, today: date) -> date | None:
    """The language tells the order of day and month, except between points: "3.5.27"; "27" is 2027."""
    order = "MDY" if _month_first(locale) and "." not in written else "DMY"
    slashed = _SHORT_YEAR.sub(r"\g<1>20\2", "/".join(_NUMBER.findall(written)))
    return _settled(_ask(slashed, "en", today, PARSERS=["absolute-time"], DATE_ORDER=order), today)


def _in_words(said: str, language: str, own: str, today: date) -> date | None:
    """A date in one language. Only in their own are unknown words around it passed over: "out 5" is Portuguese too."""
    plain = rewritten(said, language)
    if listed("spoils").search(plain):
        return None
    ask = partial(_ask, language=language, today=today, IGNORE_SURROUNDING_TEXT=language == own)
    found = _relative(plain, ask, today)
    if found:
        return found
    return _named(plain, ask, today) if _NUMBER.search(plain) else _weekday(plain, ask, today)


def _relative(said: str, ask: Ask, today: date) -> date | None:
    """ "tomorrow", "in 3 weeks", "2 weeks ago"; not "2 weeks", of which forward and back are two readings."""
    found = ask(said, PARSERS=["relative-time"])
    numbers = _NUMBER.findall(said)
    if not found or "month" not in found.parts or len(numbers) > 1:
        return None
    if found != ask(said, PARSERS=["relative-time"], PREFER_DATES_FROM="past"):
        return None
    if found.period == "day":
        return found.day
    if not listed("next").search(said):
        return found.day if found.day != today else None
    return _of_next_month(found, numbers, today)


def _of_next_month(found: Found, numbers: list[str], today: date) -> date | None:
    """ "next month on the 3rd"; neither "next month" nor "in the next 2 months"."""
    first = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
    if found.period != "month" or found.day.replace(day=1) != first or not numbers:
        return None
    day = first + timedelta(days=int(numbers[0][:3]) - 1)
    return day if day.month == first.month and day >= first else None


def _named(said: str, ask: Ask, today: date) -> date | None:
    """ "3 May 2027", "May 3rd", "el lunes 3 de mayo": every number is the day or the year of what was read."""
    found = ask(said, PARSERS=["absolute-time"])
    day = _settled(found, today)
    if found is None or day is None:
        return None
    numbers = [day.day, day.year] if "year" in found.parts else [day.day]
    return day if sorted(map(int, _NUMBER.findall(said))) == sorted(numbers) else None


def _weekday(said: str, ask: Ask, today: date) -> date | None:
    found = ask(_SHORT.sub("", said), PARSERS=["absolute-time"])
    coming = found is not None and found.parts == WHOLE and today <= found.day <= today + WEEK
    return found.day if found and coming else None


def _settled(found: Found | None, today: date) -> date | None:
    """The day when day and month were said; without a year the library finds the next one, but never today."""
    if found is None or not found.parts >= DAY_AND_MONTH:
        return None
    is_today = (found.day.month, found.day.day) == (today.month, today.day)
    return today if is_today and "year" not in found.parts else found.day


def _ask(said: str, language: str, today: date, **settings: object) -> Found | None:
    """What dateparser reads. A reading with a time of day is none: an hour, or a word taken for a time zone."""
    from dateparser.date import DateDataParser

    base = {"RELATIVE_BASE": datetime.combine(today, time()), "TIMEZONE": "UTC"}
    chosen = base | {"PREFER_DATES_FROM": "future"} | settings
    read = DateDataParser(languages=[language], settings=chosen).get_date_data(said)
    if read.date_obj is None or "time" in read.parts or read.date_obj.time() != time():
        return None
    day = read.date_obj.date()
    parts = frozenset(read.parts)
    return Found(day, parts, read.period) if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _language(locale: str | None) -> str:
    return (locale or "en").replace("-", "_").partition("_")[0]


def _languages(said: str, own: str) -> Iterator[str]:
    """The languages to try, the person's first; of another only when it could be written so."""
    tried = LATIN if said.isascii() else LANGUAGES
    return (name for name in sorted(tried, key=lambda name: name != own))


@lru_cache(maxsize=64)
def _month_first(locale: str | None) -> bool:
    try:
        known = Locale.parse((locale or "en").replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        known = Locale("en")
    pattern = str(known.date_formats["short"])
    return pattern.find("M") < pattern.find("d")
