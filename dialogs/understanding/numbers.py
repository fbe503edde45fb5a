"""Numbers in what people type: digits of every script, thousands and decimals, small numbers in words.

Decides what "1.500" and "1,5" mean without asking where somebody is from: three digits after a single separator are
thousands, anything else is a decimal part.
"""

from __future__ import annotations

import re
from decimal import Decimal

from dialogs.understanding.text import ascii_digits, normal
from dialogs.understanding.words import spoken

LONGEST = 40
"""Characters of a text in which a number is looked for."""

MOST_DIGITS = 15
MOST_WORDS = 2
GROUP = 3
"""Digits between two separators of thousands."""

_NUMBER = re.compile(r"(?<![\w.,])([-−]?)(\d+(?:[.,٫٬'’ \u00a0\u202f]\d+)*)(?!\w*\d)")
_SEPARATORS = re.compile(r"[.,٫٬'’ \u00a0\u202f]")
_SPACES = " '’\u00a0\u202f٬"


def find_number(text: str, locale: str | None) -> Decimal | None:
    """The one number a short text holds ("about 12 days", "1.234,5", "١٢", "two"), or None."""
    if len(text) > LONGEST:
        return None
    found = _NUMBER.findall(ascii_digits(text))
    if len(found) == 1:
        return _value(*found[0])
    return None if found else _in_words(text, locale)


def _value(sign: str, written: str) -> Decimal | None:
    parts, marks = _SEPARATORS.split(written), _SEPARATORS.findall(written)
    if sum(map(len, parts)) > MOST_DIGITS:
        return None
    if marks and len(set(marks)) == 1 and _grouped(parts):
        parts, marks = ["".join(parts)], []
    number = _joined(parts, marks)
    return -number if sign and number is not None else number


def _joined(parts: list[str], marks: list[str]) -> Decimal | None:
    if not marks:
        return Decimal(parts[0])
    whole, last = parts[:-1], marks[-1]
    if last in _SPACES or last in marks[:-1] or len(set(marks[:-1])) > 1:
        return None
    if len(whole) > 1 and not _grouped(whole):
        return None
    return Decimal(f"{''.join(whole)}.{parts[-1]}")


def _grouped(parts: list[str]) -> bool:
    head, *rest = parts
    return 1 <= len(head) <= GROUP and head != "0" and all(len(part) == GROUP for part in rest)


def _in_words(text: str, locale: str | None) -> Decimal | None:
    """ "two", "two weeks"."""
    said = normal(text).split()
    if not 1 <= len(said) <= MOST_WORDS:
        return None
    for known in spoken(locale):
        if said[0] in known.lists["numbers"]:
            return Decimal(known.lists["numbers"].index(said[0]) + 1)
    return None
