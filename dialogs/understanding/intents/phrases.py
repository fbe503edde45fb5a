"""Example phrases by intent, one file a language: `phrases/xx.yaml`.

Decides how the files are read and which are refused: an unknown or missing intent, too few phrases, one phrase for two
intents. Whether a phrase is too near to another intent is found in `nearness`, which needs the sentence model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dialogs.engine.strict_yaml import Twig, grow
from dialogs.mistakes import Mistake
from dialogs.understanding.intents.intent import Intent
from dialogs.understanding.text import tight
from dialogs.understanding.words import FOLDER, LISTED

FEWEST = 8
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Phrase:
    """One example. `place` is where it stands, as "en.yaml:12"."""

    intent: Intent
    text: str
    place: str

    @property
    def language(self) -> str:
        """The language of its file."""
        return self.place.partition(".")[0]


class PhraseMistakes(ValueError):
    """The phrases cannot be used. `mistakes` holds all of them."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(map(str, mistakes)))


def read_phrases(folder: Path = FOLDER) -> list[Phrase]:
    """Every phrase of every language, in the order written. Raises PhraseMistakes."""
    mistakes: list[Mistake] = []
    found: list[Phrase] = []
    for language in LISTED:
        file = f"{language}.yaml"
        written = (folder / file).read_text(encoding="utf-8")
        found += _read(file, grow(written, file, mistakes), mistakes)
    if mistakes:
        raise PhraseMistakes(mistakes)
    return found


def _read(file: str, root: Twig, mistakes: list[Mistake]) -> Iterator[Phrase]:
    seen: dict[str, Phrase] = {}
    known = {intent.value for intent in Intent}
    for name, twig in root.fields.items():
        if name not in known:
            mend = "the intents are listed in intents/intent.py"
            mistakes.append(Mistake(file, twig.key_line, f"{name!r} is no intent", mend))
            continue
        if len(twig.items) < FEWEST:
            what = f"{name} has {len(twig.items)} phrases"
            mistakes.append(Mistake(file, twig.key_line, what, f"write at least {FEWEST}"))
        for item in twig.items:
            phrase = Phrase(Intent(name), item.text or "", f"{file}:{item.line}")
            if _sound(phrase, item, file, seen, mistakes):
                yield phrase
    mistakes += [
        Mistake(file, 1, f"{name} has no phrases", f"write at least {FEWEST}")
        for name in sorted(known - root.fields.keys())
    ]


def _sound(
    phrase: Phrase, item: Twig, file: str, seen: dict[str, Phrase], mistakes: list[Mistake]
) -> bool:
    """Whether a phrase can be used: a text of its own, not too long."""
    bare = tight(phrase.text)
    if not bare or len(phrase.text) > LONGEST:
        mend = f"write a text of up to {LONGEST} characters"
        mistakes.append(Mistake(file, item.line, "a phrase without words, or too long", mend))
        return False
    first = seen.setdefault(bare, phrase)
    if first is not phrase:
        what = f"{phrase.text!r} stands twice, also as {first.intent} at {first.place}"
        mistakes.append(Mistake(file, item.line, what, "keep one"))
        return False
    return True
