"""The languages whose text may be kept, with the figures they were admitted on.

Decides by the language of the conversation; that the words are of that language is checked as well,
because a wrong locale must not let an unmeasured language in.
"""

from functools import cache
from pathlib import Path

import yaml

from bot.privacy.redaction.frozen import frozen
from bot.privacy.redaction.normalise import normalise
from bot.privacy.redaction.tongues import BIT, tongue_of
from bot.privacy.redaction.words import words_of

PATH = Path(__file__).with_name("admitted.yaml")
# Of the words that any language knows, this share must be known to the one that was admitted.
LEAST_KNOWN = 0.5
_FEW = 3


@cache
def figures() -> dict[str, dict[str, float]]:
    """By language: recall of names and places, clean messages, and how many names and places."""
    with PATH.open(encoding="utf-8") as file:
        content = yaml.load(file, Loader=yaml.BaseLoader)  # noqa: S506 - builds strings only
    return {
        language: {key: float(value) for key, value in row.items()}
        for language, row in (content or {}).items()
    }


def admitted(text: str, locale: str | None) -> bool:
    """Whether the language of the conversation is admitted and the text may be in it."""
    language = tongue_of(locale)
    if language is None or language not in figures():
        return False
    look_up = frozen().lexicon.flags
    every = sum(BIT.values())
    known = [
        flag
        for word in words_of(normalise(text))
        if word.kind == "word" and (flag := look_up(word.key) & every)
    ]
    own = BIT[language]
    return len(known) < _FEW or sum(1 for flag in known if flag & own) >= LEAST_KNOWN * len(known)
