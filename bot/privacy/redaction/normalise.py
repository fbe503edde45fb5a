"""One text for all rules, character for character as long as the original.

Digits of every script become ASCII, full-width letters narrow, dashes one dash, invisible and odd
spaces a space. Decides nothing about meaning; a find here is a find at the same place there.
"""

import unicodedata
from functools import cache

_DASHES = "‐‑‒–—―−﹘﹣－⁃➖"
_SPACES = (
    "\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
    "\u202f\u205f\u2060\u2061\u2062\u2063\u2066\u2067\u2068\u2069\u20e3\u3000\u3164\ufe0e\ufe0f\ufeff"
)
_QUOTES = "’‘ʼʻ`´＇′‛"
_SAME = {
    "٫": ".", "٬": ",", "،": ",", "؛": ";", "۔": ".", "।": ".", "｡": ".", "。": ".", "、": ",",
    "：": ":", "︰": ":", "∶": ":", "⁄": "/", "∕": "/", "／": "/", "٪": "%", "·": ".", "•": ".",
    "＿": "_", "〜": "~", "～": "~", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"', "İ": "i",
    "﷼": " ", "º": " ", "ª": " ", "№": "#", "ـ": "_",
}  # fmt: skip
_TATWEEL = "ـ"


@cache
def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in range(0x80, 0x1FBFA):
        digit = unicodedata.digit(chr(code), None)
        if digit is not None:
            table[code] = str(digit)
    for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)):
        table[code] = chr(code - 0xFEE0)
    for code in range(0xFF01, 0xFF0F):
        table[code] = chr(code - 0xFEE0)
    table[0xFF20] = "@"
    table |= {ord(c): "-" for c in _DASHES}
    table |= {ord(c): " " for c in _SPACES}
    table |= {ord(c): "'" for c in _QUOTES}
    table |= {ord(c): same for c, same in _SAME.items() if c != _TATWEEL}
    return table


def normalise(text: str) -> str:
    """As long as `text`, and lower case keeps it so (the dotted capital I is gone)."""
    return text if text.isascii() else text.translate(_table())
