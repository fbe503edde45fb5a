"""A text taken apart as people read it: headings, bullets, paragraphs, sentences, words.

Decides where a sentence ends and what counts as a word. It knows the signs of Latin scripts, and judges nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.markup import parse

BULLET = "• "

_END = re.compile(r"(?<=[.!?…])[”’\")\]]*\s+(?=[“‘\"(¿¡]*[A-ZÁÉÍÓÚÑ0-9])")
_WORD = re.compile(r"\w+(?:[’'.,/-]\w+)*")
_HEADING = re.compile(r"^<b>[^<]*[.?!:]</b>\s*")


@dataclass(frozen=True, slots=True)
class Prose:
    """One text in plain words. `headings` are bold words with an end of their own at the start of a paragraph."""

    paragraphs: tuple[str, ...]
    bullets: tuple[str, ...]
    headings: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of paragraphs and bullets; headings are none."""
        return tuple(one for part in (*self.paragraphs, *self.bullets) for one in sentences(part))


def take_apart(text: str) -> Prose:
    """The parts of a text as it is written in a flow file."""
    paragraphs, bullets, headings = [], [], []
    for line in filter(None, text.split("\n")):
        heading = _HEADING.match(line)
        if heading:
            headings.append(plain(heading[0]).strip())
        words = plain(line[heading.end() :] if heading else line)
        if words.startswith(BULLET):
            bullets.append(words.removeprefix(BULLET))
        elif words:
            paragraphs.append(words)
    return Prose(tuple(paragraphs), tuple(bullets), tuple(headings))


def plain(text: str) -> str:
    """The words of a text without tags and addresses."""
    return parse(text).words


def sentences(paragraph: str) -> list[str]:
    """The sentences of one paragraph or bullet."""
    return [one for one in _END.split(paragraph.strip()) if one]


def words(sentence: str) -> list[str]:
    """The words and numbers of a sentence."""
    return _WORD.findall(sentence)
