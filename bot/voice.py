"""How a locale writes values: numbers, dates, names of countries and languages, and lists.

Decides nothing about sentences. Babel formats, small caches remember, because Babel takes microseconds where a turn
counts them; a locale that Babel does not know is written as its language is, or as English is.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.memo import Memo
from dialogs.catalogs import SOURCE
from dialogs.directory.us_states import FILE as US_STATES
from dialogs.engine.lines import Code, CodeKind
from dialogs.understanding.lists import read_lists

DIGITS = 15
"""Longer numbers are written as powers of ten: nobody reads them, and somebody may type them."""

GROUPED = 10_000
"""Smaller numbers stand without a separator: a lone one could be read as a decimal sign in another country."""


class Voice:
    """One locale's way of writing values. Everything it returns is plain text, not yet escaped."""

    def __init__(self, locale: str) -> None:
        self.locale = _known(locale)
        self.right_to_left = self.locale.text_direction == "rtl"
        self.number = Memo(self._number).__getitem__
        self.day = Memo(self._day).__getitem__
        self.country = Memo(self._country).__getitem__
        self.language = Memo(self._language).__getitem__
        self.series = Memo(self._series).__getitem__

    def _series(self, items: tuple[str, ...]) -> str:
        """A list in words: "a, b and c"."""
        if len(items) > 1 and self.locale.language == "es" and _sounds_like_i(items[-1]):
            return f"{', '.join(items[:-1])} e {items[-1]}"
        return format_list(items, locale=self.locale)

    def _number(self, value: int | Decimal) -> str:
        number = Decimal(value) if value else Decimal(0)
        if not number.is_finite() or abs(number.adjusted()) > DIGITS:
            return f"{number:.6E}"
        grouped = abs(number) >= GROUPED
        return format_decimal(
            number, locale=self.locale, decimal_quantization=False, group_separator=grouped
        )

    def _day(self, day: date) -> str:
        return format_date(day, format="long", locale=self.locale)

    def moment(self, moment: datetime) -> str:
        """A day and time of day, in UTC and saying so."""
        return f"{format_datetime(moment, 'short', locale=self.locale)} UTC"

    def name(self, code: Code) -> str:
        """What a code names, or the code where nobody has a name for it."""
        match code.kind:
            case CodeKind.COUNTRY:
                return self.country(code.value)
            case CodeKind.REGION:
                return _regions().get(code.value, code.value)
            case CodeKind.LANGUAGE:
                return self.language(code.value)

    def _country(self, code: str) -> str:
        return str(self.locale.territories.get(code.upper(), code))

    def _language(self, code: str) -> str:
        try:
            language = Locale.parse(code.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            return code
        return language.get_display_name(self.locale) or code


@cache
def _regions() -> Mapping[str, str]:
    """The names of the US states, in English everywhere: CLDR's names of regions do not come with Babel."""
    return {code: names[0] for code, names in read_lists(US_STATES).items()}


def _known(locale: str) -> Locale:
    """The nearest locale that Babel knows."""
    for name in (locale, locale.partition("_")[0], SOURCE):
        with suppress(UnknownLocaleError, ValueError):
            return Locale.parse(name)
    raise UnknownLocaleError(SOURCE)


def _sounds_like_i(word: str) -> bool:
    """Before such a word Spanish says "e" for "y"; not before "hie", where the i is no vowel."""
    start = word.lstrip('\u2068¿¡«"').lower()
    return start.startswith(("i", "í", "hi", "hí")) and not start.startswith(("hie", "ie"))
