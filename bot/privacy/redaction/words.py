"""A message as words, numbers and runs of unspaced script.

Decides where a word begins and ends in every script (Python's own word class cuts Devanagari names
into pieces and glues Chinese to digits) and the key under which lists and cues know a word.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc\u09be-\u09cd"
    "\u09d7\u09e2\u09e3\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57"
    "\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
UNSPACED = "\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTER = rf"[^\W\d_{UNSPACED}]"
_WORD = re.compile(
    rf"(?P<word>{_LETTER}(?:{_LETTER}|[{_MARKS}]|(?<=[\u0400-\u052f])'(?=[\u0400-\u052f]))*+)"
    rf"|(?P<number>[0-9]++)|(?P<run>[{UNSPACED}]++)"
)
LONGEST = 40


class Word(NamedTuple):
    """One piece of the text. `key` is how lists know it; `gap` is what stands before it."""

    start: int
    end: int
    key: str
    kind: str
    capital: bool
    gap: str


@cache
def _folds() -> dict[int, str | None]:
    folds: dict[int, str | None] = {}
    for code in (
        *range(0xC0, 0x250),
        *range(0x1E00, 0x1F00),
        0x451,
        0x45D,
        0x622,
        0x623,
        0x625,
        0x624,
        0x626,
    ):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        folds[code] = base
    folds |= {ord(c): to for c, to in {
        "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "s", "æ": "a", "œ": "o", "ð": "d", "þ": "t", "ħ": "h", "ə": "e",
        "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۃ": "ه",
        "ٱ": "ا", "ں": "ن", "ؤ": "و", "ئ": "ي", "ґ": "г", "ў": "у",
    }.items()}  # fmt: skip
    dropped = "'ـ\u093c\u09bc\u0654\u0655\u0670\u200c\u200d"
    folds |= dict.fromkeys(map(ord, dropped))
    folds |= dict.fromkeys((*range(0x300, 0x370), *range(0x64B, 0x656), *range(0x610, 0x61B)))
    folds |= {0x958 + i: c for i, c in enumerate("कखगजडढफय")} | {0x9DC: "ড", 0x9DD: "ঢ", 0x9DF: "য"}
    return folds


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """Lower case without accents, harakat and apostrophes: how lists and cues are spelled."""
    lowered = word.lower()
    return lowered if lowered.isascii() and "'" not in lowered else lowered.translate(_folds())


def words_of(text: str) -> list[Word]:
    """Every word, number and unspaced run of a normalised text, in order."""
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        start = match.start()
        piece = match.group()
        kind = match.lastgroup or "word"
        key = fold(piece[:LONGEST]) if kind == "word" else piece[:LONGEST]
        words.append(Word(start, match.end(), key, kind, piece[0].isupper(), text[end:start]))
        end = match.end()
    return words
