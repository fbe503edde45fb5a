"""The example phrases as they are packaged with their vectors: reading the YAML at start would take a second.

Decides what of the table can be read without numpy: the phrases themselves, and what the table was made from. They lie
as text in the same file, `vectors.npz`, which is a ZIP archive.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from dialogs.understanding.intents.intent import Intent
from dialogs.understanding.intents.phrases import Phrase
from dialogs.understanding.text import tight
from dialogs.understanding.words import FOLDER, LISTED

FILE = Path(__file__).parent.parent / "vectors.npz"
PHRASES, SOURCES = "phrases.json", "sources"
REBUILD = "python -m dialogs.understanding.intents.build"


class BrokenTable(ValueError):
    """The packaged table cannot be read. The message names the mend."""


@cache
def phrases() -> tuple[Phrase, ...]:
    """Every example phrase, in the order of the table. Raises BrokenTable."""
    rows = json.loads(_entry(PHRASES))
    return tuple(Phrase(Intent(intent), text, place) for intent, text, place in rows)


@cache
def known() -> Mapping[str, Mapping[str, Phrase]]:
    """Language -> a whole phrase without spaces -> the phrase."""
    found: dict[str, dict[str, Phrase]] = {language: {} for language in LISTED}
    for phrase in phrases():
        found[phrase.language][tight(phrase.text)] = phrase
    return found


def stale() -> bool:
    """Whether the table was made from other sentences than the ones beside it."""
    return _entry(SOURCES).decode() != fingerprint()


def fingerprint() -> str:
    """What the phrases and the corpora of danger are now."""
    digest = hashlib.sha256()
    for path in sources():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def sources() -> list[Path]:
    """The files the table is made from."""
    corpora = Path(__file__).parent.parent.parent / "checks" / "safety"
    return [*(FOLDER / f"{name}.yaml" for name in LISTED), *sorted(corpora.glob("*.txt"))]


def verify() -> None:
    """See that the packaged table is there and whole. Raises BrokenTable."""
    _entry(SOURCES)


def _entry(name: str) -> bytes:
    try:
        with ZipFile(FILE) as archive:
            return archive.read(name)
    except (OSError, KeyError, BadZipFile) as error:
        msg = f"{FILE.name} is missing or damaged: run {REBUILD}"
        raise BrokenTable(msg) from error
