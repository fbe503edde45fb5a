"""Numbers written out in words, digit by digit.

Decides that five number words in a row are somebody's number, and three after a word that asks for one.
"""

from collections.abc import Iterator

from bot.privacy.redaction.message import Message
from bot.privacy.redaction.spans import Label, Span

_ENOUGH = 5
_AFTER_CUE = 3
_GAPS = frozenset((" ", "-", ", ", ",", ". ", "  ", "."))


def spoken_numbers(message: Message) -> Iterator[Span]:
    place = 0
    while place < len(message.words):
        end = place
        words = 0
        digits = 0
        while end < len(message.words) and (end == place or message.words[end].gap in _GAPS):
            if message.among("numbers", end) and message.words[end].kind == "word":
                words += 1
            elif message.words[end].kind == "number":
                digits += len(message.words[end].key)
            elif not (message.among("number_link", end) and end > place):
                break
            end += 1
        while (
            end > place
            and message.among("number_link", end - 1)
            and not message.among("numbers", end - 1)
        ):
            end -= 1
        if words and _identifies(message, place, words, digits):
            yield Span(message.words[place].start, message.words[end - 1].end, Label.PHONE)
        place = max(end, place + 1)


def _identifies(message: Message, place: int, words: int, digits: int) -> bool:
    if (
        words >= _ENOUGH
        or (words >= 2 and words + digits >= _ENOUGH + 2)
        or (words and digits >= _ENOUGH + 1)
    ):
        return True
    if words + digits < _AFTER_CUE:
        return False
    for back in range(max(0, place - 4), place):
        for kind in ("id", "phone"):
            end = message.cues[back].get(kind, 0)
            if end and all(message.among("link", at) for at in range(end, place)):
                return True
    return False
