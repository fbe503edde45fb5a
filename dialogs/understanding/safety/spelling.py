"""A text as the lexicons read it: words in one spelling, and where clauses and sentences end.

Decides which differences of writing mean nothing here, typos aside. Han characters stand alone, because nobody puts
spaces between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

CLAUSE, SENTENCE = 1, 4
"""What a comma, and a full stop or a new line, add to the distance between two words."""

_UNSEEN = dict.fromkeys(
    [0x00AD, 0x0640, *range(0x200B, 0x2010), 0x2060, 0xFEFF, *range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400)]
)  # fmt: skip
_SAME = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ё": "е", "’": "'", "ʼ": "'", "`": "'", "´": "'"}
    | {"‘": "'", "ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ٱ": "ا", "ँ": "ं", "़": ""}
)  # fmt: skip
_ELIDED = re.compile(r"\b(qu|[jdlnsmct])'(?=[^\W\d_]{2})")
_JOINED = re.compile(r"(?<=\w)'(?=\w)")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
MOST_SIGNS = 100
"""Emoji that are read of one text."""
LONG = 600
"""Characters above which a text is worth looking through for the same words again and again."""
_AGAIN = re.compile(r"(.{1,40}?)\1{7,}", re.DOTALL)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(
    rf"(?P<han>[{_HAN}])|(?P<word>(?:(?![{_HAN}])[\w\u0300-\u036f\u0900-\u0963\u0966-\u097f])+)"
    r"|(?P<sentence>(?<!\d)\.|\.(?!\d)|[!?\u2026\u3002\uff01\uff1f\u061f\u0964\n])|(?P<clause>(?<!\d),|,(?!\d)|[;:\u060c\u061b\uff0c\u3001\uff1b()\-\u2013\u2014/\"«»])"
    r"|(?P<sign>[\u2600-\u27bf\U0001f170-\U0001f251\U0001f300-\U0001faff])"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text. `at` is each word's place on a ruler on which a comma and a full stop take room too.

    `clause` and `sentence` number the clause and sentence a word stands in.
    """

    words: Sequence[str]
    at: Sequence[int]
    clause: Sequence[int]
    sentence: Sequence[int]

    def __len__(self) -> int:
        return len(self.words)


def plain(text: str) -> str:
    """A text in the spelling all lexicons share, its punctuation kept. What is said eight times in a row is said four
    times: more changes no meaning, and costs time.
    """
    if len(text) > LONG:
        text = _AGAIN.sub(r"\1\1\1\1", text)
    text = unicodedata.normalize("NFKC", text).casefold().translate(_UNSEEN).translate(_SAME)
    if not text.isascii():
        text = "".join(map(_bare, unicodedata.normalize("NFD", text)))
        text = unicodedata.normalize("NFC", text).translate(_SAME)
    text = _JOINED.sub("", _ELIDED.sub(r"\1 ", text)) if "'" in text else text
    return _STRETCHED.sub(r"\1", text)


def folded(plain_text: str, fold: Sequence[tuple[str, str]]) -> str:
    """A `plain` text in the spelling of one language, which writes several ways what is one word to it."""
    for written, meant in fold:
        plain_text = plain_text.replace(written, meant)
    return plain_text


def words_of(plain_text: str) -> Words:
    """The words of a `plain` text."""
    words: list[str] = []
    at: list[int] = []
    clauses: list[int] = []
    sentences: list[int] = []
    place = clause = sentence = signs = 0
    for found in _WORD.finditer(plain_text):
        kind, word = found.lastgroup, found.group()
        if kind == "sentence":
            place, clause, sentence = place + SENTENCE, clause + 1, sentence + 1
        elif kind == "clause":
            place, clause = place + CLAUSE, clause + 1
        elif kind == "sign" and signs >= MOST_SIGNS:
            continue
        else:
            signs += kind == "sign"
            words.append(word)
            at.append(place)
            clauses.append(clause)
            sentences.append(sentence)
            place += 1
    return Words(words, at, clauses, sentences)


def _bare(character: str) -> str:
    code = ord(character)
    mark = 0x0300 <= code <= 0x036F or 0x064B <= code <= 0x065F or code in (0x0670, 0x093C)
    return "" if mark else character
