"""Making `vectors.npz`: `python -m dialogs.understanding.intents.build`.

Decides what the table is made of: the example phrases, and the corpora of danger for safety's second net. Vectors of
sentences that were in the old table are taken from there, so that a new phrase costs milliseconds; `--afresh` does not.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dialogs.checks.danger import OTHER_SIGNS, corpus
from dialogs.understanding.intents.frozen import FILE, PHRASES, SOURCES, fingerprint
from dialogs.understanding.intents.intent import Intent
from dialogs.understanding.intents.phrases import Phrase, read_phrases
from dialogs.understanding.safety import LANGUAGES
from dialogs.understanding.sentences import making
from dialogs.understanding.sentences.table import CALM

KINDS = {"selfharm_other": "selfharm", "refusal": "selfharm"}
"""What the corpora tell apart that is one kind of danger."""
AFRESH = "--afresh"


class Example(NamedTuple):
    """One sentence for safety's second net: the kind of danger in it, or `CALM`."""

    label: str
    text: str


def examples() -> list[Example]:
    """What the second net learns danger from, beside the phrases, in all of which nobody is in danger."""
    found = []
    for language in LANGUAGES:
        fire, quiet = corpus(language)
        found += [
            Example(KINDS.get(line.about, line.about), line.text)
            for line in fire
            if line.about not in OTHER_SIGNS
        ]
        found += [Example(CALM, line.text) for line in fire if line.about in OTHER_SIGNS]
        found += [Example(CALM, line.text) for line in quiet]
    return found


def ordered(phrases: list[Phrase]) -> list[Phrase]:
    """The phrases as the table holds them: by intent, so that each intent is one slice."""
    place = {intent: index for index, intent in enumerate(Intent)}
    return sorted(phrases, key=lambda phrase: place[phrase.intent])


def build(*, afresh: bool = False) -> None:
    """Write the table. Raises PhraseMistakes, and ImportError without the sentence model."""
    phrases, dangers = ordered(read_phrases()), examples()
    known: Mapping[str, making.Row] = {} if afresh or not FILE.exists() else making.known_rows(FILE)
    arrays = making.table(
        [(phrase.text, phrase.intent.value, _tongue(phrase)) for phrase in phrases],
        [(example.text, example.label) for example in dangers],
        [intent.value for intent in Intent],
        known,
    )
    rows = [[phrase.intent.value, phrase.text, phrase.place] for phrase in phrases]
    arrays[PHRASES] = json.dumps(rows, ensure_ascii=False).encode()
    arrays[SOURCES] = fingerprint().encode()
    with ZipFile(FILE, "w") as archive:
        for name, content in sorted(arrays.items()):
            archive.writestr(
                ZipInfo(name), content, ZIP_DEFLATED, 9
            )  # of 1980: same input, same bytes


def _tongue(phrase: Phrase) -> str:
    """The language, and apart from it the same language in Latin letters."""
    latin = phrase.text.isascii() and phrase.language in {"ru", "uk", "ar", "hi", "zh"}
    return f"{phrase.language}-Latn" if latin else phrase.language


if __name__ == "__main__":
    build(afresh=AFRESH in sys.argv)
