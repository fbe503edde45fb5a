"""Dates in what people type: "2027-05-03", "3.5.27", "3 de mayo", "tomorrow", "in two weeks".

Decides the order of day and month by the language where only that can tell, and the year of a date without one: the
next time it comes. What day it is today comes in as a fact.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from babel import Locale, UnknownLocaleError

from dialogs.understanding.numbers import find_number
from dialogs.understanding.text import ascii_digits, normal
from dialogs.understanding.words import LISTED, Words, spoken

LONGEST = 60
"""Characters of a text in which a date is looked for."""

FIRST_YEAR, LAST_YEAR = 1900, 2200
CENTURY = 2000
MONTHS = 12
MOST_AHEAD = 1000
"""Days, weeks or months ahead that are still a date."""

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})(?:\s*[-/.]\s*(\d{4}|\d{2}))?\.?")
_PART = re.compile(r"\d+|[^\W\d]+")


def find_date(text: str, locale: str | None, today: date) -> date | None:
    """The date a short text holds, or None. A day that does not exist (31 June) is none."""
    if len(text) > LONGEST:
        return None
    written = ascii_digits(text).strip()
    year_first = _YEAR_FIRST.search(written)
    if year_first:
        return _real(*(int(part) for part in year_first.groups()))
    year_last = _YEAR_LAST.search(written)
    if year_last:
        return _by_order(year_last, locale, today)
    said = normal(text)
    for known in spoken(locale):
        found = _relative(known.polite.strip(said), known, locale, today)
        if found:
            return found
    return _named(said, locale, today)


def _by_order(found: re.Match[str], locale: str | None, today: date) -> date | None:
    first, second, year = int(found[1]), int(found[2]), found[3]
    month_first = _month_first(locale) and "." not in found[0]
    day, month = (second, first) if month_first else (first, second)
    if month > MONTHS >= day:
        day, month = month, day
    if year is None:
        return _next(day, month, today)
    return _real(int(year) + (CENTURY if len(year) == len("27") else 0), month, day)


def _relative(said: str, known: Words, locale: str | None, today: date) -> date | None:
    """ "today", "tomorrow", "in 3 weeks"."""
    lists = known.lists
    if said in lists["today"]:
        return today
    if said in lists["tomorrow"]:
        return today + timedelta(days=1)
    after = next((said.removeprefix(f"{w} ") for w in lists["in"] if said.startswith(f"{w} ")), "")
    count = find_number(after, locale)
    if count is None or count != int(count) or not 0 <= count <= MOST_AHEAD:
        return None
    unit = after.rpartition(" ")[2]
    for name, days in (("day", 1), ("week", 7)):
        if unit in lists[name]:
            return today + timedelta(days=days * int(count))
    return _months_ahead(today, int(count)) if unit in lists["month"] else None


def _months_ahead(today: date, count: int) -> date | None:
    """The same day `count` months on; the last of the month where there is no such day."""
    years, month = divmod(today.month - 1 + count, MONTHS)
    days = (today.day, 30, 29, 28)
    found = (_real(today.year + years, month + 1, min(day, today.day)) for day in days)
    return next((day for day in found if day), None)


def _named(said: str, locale: str | None, today: date) -> date | None:
    """ "3 May 2027", "May 3rd", "3 de mayo": one month by name, a day, perhaps a year."""
    months: list[int] = []
    numbers: list[str] = []
    named = _months(locale)
    for part in _PART.findall(said):
        if part.isdecimal():
            numbers.append(part)
        elif part in named:
            months.append(named[part])
        elif part not in _between(locale):
            return None
    if len(months) != 1 or not 1 <= len(numbers) <= 2:
        return None
    years = [number for number in numbers if len(number) == len("2027")]
    days = [number for number in numbers if len(number) <= len("31")]
    if len(days) != 1:
        return None
    day = int(days[0])
    return _real(int(years[0]), months[0], day) if years else _next(day, months[0], today)


def _next(day: int, month: int, today: date) -> date | None:
    """The next time that day comes, today included; for 29 February that may take years."""
    years = range(today.year, today.year + 9)
    found = (_real(year, month, day) for year in years)
    return next((candidate for candidate in found if candidate and candidate >= today), None)


def _real(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:  # there is no such day
        return None


def _locales(locale: str | None) -> list[Locale]:
    found = []
    for name in dict.fromkeys([locale or "en", *LISTED]):
        try:
            found.append(Locale.parse(name.replace("-", "_")))
        except (ValueError, UnknownLocaleError):
            continue
    return found


@cache
def _months(locale: str | None) -> Mapping[str, int]:
    """Month names, whole and short, as `normal` writes them; the person's language overrules the others."""
    named: dict[str, int] = {}
    for known in reversed(_locales(locale)):
        for form in ("format", "stand-alone"):
            for width in ("abbreviated", "wide"):
                months = known.months[form][width]
                named |= {normal(name): int(number) for number, name in months.items()}
    return named


@cache
def _between(locale: str | None) -> frozenset[str]:
    return frozenset(word for known in spoken(locale) for word in known.lists["of"])


@cache
def _month_first(locale: str | None) -> bool:
    pattern = str(_locales(locale)[0].date_formats["short"])
    return pattern.find("M") < pattern.find("d")
