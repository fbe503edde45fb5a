"""What people type, brought to one form, so that "CÔTE D’IVOIRE", "cote d'ivoire" and "Côte d'Ivoire!" are the same.

Decides which differences of writing mean nothing: case, accents, punctuation, emoji, digits of other scripts. It keeps
the marks of scripts in which they make another word (Devanagari, Thai), and it understands nothing.
"""

from __future__ import annotations

import unicodedata

LONGEST = 1000
"""Characters read of one text. What is longer is no short answer and no wish."""

_JOINED = dict.fromkeys("\u00ad\u0640\u200b\u200c\u200d\u2060\ufe0e\ufe0f\u20e3", "")
_SAME = str.maketrans(
    _JOINED
    | {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ħ": "h", "ə": "e"}
    | {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه"}
    | {"ё": "е", "ς": "σ", "&": " & "}
)
_ACCENTS = (
    (0x0300, 0x036F),  # Latin, Greek, Cyrillic
    (0x0591, 0x05C7),  # Hebrew points
    (0x064B, 0x065F),  # Arabic vowels
    (0x0670, 0x0670),
)


def normal(text: str) -> str:
    """The words of a text: casefolded, without accents, apart by single spaces, digits 0-9. May be empty."""
    if text.isascii():
        return " ".join("".join(map(_ascii, text.lower())).split())
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_SAME)
    opened = unicodedata.normalize("NFKD", folded)
    kept = "".join(map(_kept, opened))
    return " ".join(unicodedata.normalize("NFC", kept).translate(_SAME).split())


def tight(text: str) -> str:
    """`normal` without its spaces: "U.S.A." and "south-korea" as people also write them."""
    return normal(text).replace(" ", "")


def ascii_digits(text: str) -> str:
    """The text with the decimal digits of every script as 0-9, nothing else changed."""
    return text if text.isascii() else "".join(map(_digit, text))


def _digit(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def _ascii(character: str) -> str:
    return character if character.isalnum() else " "


def _kept(character: str) -> str:
    code = ord(character)
    if any(first <= code <= last for first, last in _ACCENTS):
        return ""
    match unicodedata.category(character)[0]:
        case "L" | "M":
            return character
        case "N":
            return _digit(character)
        case _:
            return " "
