"""Whether the example phrases can be used, and their table is up to date.

Decides which phrases are refused: one that is nearly the same as a phrase of another intent, which is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.mistakes import Mistake
from dialogs.understanding.intents import frozen
from dialogs.understanding.intents.intent import Intent
from dialogs.understanding.intents.phrases import Phrase, PhraseMistakes, read_phrases
from dialogs.understanding.sentences.nearness import too_near
from dialogs.understanding.sentences.table import load


def phrase_mistakes() -> Iterator[Mistake]:
    """Everything that is wrong with the phrases, or with their table."""
    try:
        read_phrases()
    except PhraseMistakes as broken:
        yield from broken.mistakes
        return
    if frozen.stale():
        what = "the table is older than its sentences"
        yield Mistake(frozen.FILE.name, 1, what, f"run {frozen.REBUILD}")
        return
    phrases = frozen.phrases()
    for one, other in too_near(load()):
        yield _refused(phrases[one], phrases[other])


def counted() -> str:
    """How many phrases there are, for the report."""
    phrases = frozen.phrases()
    languages = len({phrase.language for phrase in phrases})
    return f"{len(phrases)} example phrases of {len(Intent)} intents in {languages} languages"


def _refused(phrase: Phrase, other: Phrase) -> Mistake:
    file, _, line = phrase.place.partition(":")
    what = f"{phrase.text!r} of {phrase.intent} is nearer to {other.intent}: {other.text!r} at {other.place}"
    return Mistake(file, int(line), what, "write it otherwise, or remove one of them")
