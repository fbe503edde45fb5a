"""The lexicons as one packaged file, `lexicons.zip`: reading their YAML takes seconds, this a fraction of one.

Decides how they are written and read back. It is made by `python -m dialogs.understanding.safety.frozen` after an edit;
a test and `python -m bot check` refuse one that is older than its sources.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from dialogs.understanding.safety.lexicon import Lexicon, Patterns, Rule
from dialogs.understanding.safety.reading_files import FOLDER, BrokenLexicon, read_lexicon, signs
from dialogs.understanding.safety.signal import Level
from dialogs.understanding.safety.terms import Terms
from dialogs.understanding.safety.which import LANGUAGES

FILE = FOLDER / "lexicons.zip"
SOURCES = "sources"
"""The entry that tells which sources the lexicons were made from."""
REBUILD = "python -m dialogs.understanding.safety.frozen"


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language. Raises BrokenLexicon when the packaged file cannot be read."""
    return _thaw(language, json.loads(_entry(f"{language}.json")))


def authors() -> Mapping[str, tuple[str, str]]:
    """Who wrote and who reviewed each lexicon; both may be empty."""
    return {
        language: (lexicon(language).author, lexicon(language).reviewer) for language in LANGUAGES
    }


def stale() -> bool:
    """Whether the packaged file was made from other sources than the ones beside it."""
    return _entry(SOURCES).decode() != _fingerprint()


def freeze() -> bytes:
    """All lexicons, from their sources, as a ZIP file. Raises BrokenLexicon with every mistake in them."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        _add(archive, SOURCES, _fingerprint())
        for language in LANGUAGES:
            made = json.dumps(_freeze(read_lexicon(language)), separators=(",", ":"))
            _add(archive, f"{language}.json", made)
    return packed.getvalue()


def verify() -> None:
    """See that the packaged file is there and whole; reading it is left for later. Raises BrokenLexicon."""
    for language in LANGUAGES:
        _entry(f"{language}.json")


def _add(archive: ZipFile, name: str, text: str) -> None:
    entry = ZipInfo(name)  # of 1980, so that the same lexicons give the same bytes
    archive.writestr(entry, text, ZIP_DEFLATED, 9)


def _entry(name: str) -> bytes:
    try:
        with ZipFile(FILE) as archive:
            return archive.read(name)
    except (OSError, KeyError, BadZipFile, zlib.error) as error:
        msg = f"{FILE.name} is missing or damaged: run {REBUILD}"
        raise BrokenLexicon(msg) from error


def _fingerprint() -> str:
    names = ("signs", *LANGUAGES)
    digest = hashlib.sha256()
    for name in names:
        digest.update(Path(FOLDER / f"{name}.yaml").read_bytes())
    return digest.hexdigest()


def _freeze(made: Lexicon) -> dict[str, Any]:
    patterns = made.patterns
    return {
        "author": made.author,
        "reviewer": made.reviewer,
        "fold": made.fold,
        "terms": made.terms.written(),
        "ways": [list(patterns.ways.keys()), list(patterns.ways.values())],
        "gaps": [list(patterns.gaps.keys()), list(patterns.gaps.values())],
        "ends": [list(patterns.ends.keys()), list(patterns.ends.values())],
        "guards": made.guards,
        "rules": [
            [rule.sign.name, rule.level.value, rule.parts, rule.firm, rule.ordered, rule.apart]
            for rules in made.rules.values()
            for rule in rules
        ],
    }


def _thaw(language: str, kept: dict[str, Any]) -> Lexicon:
    ways, gaps, ends = (dict(zip(*kept[name], strict=True)) for name in ("ways", "gaps", "ends"))
    thawed = Lexicon(
        language=language,
        author=kept["author"],
        reviewer=kept["reviewer"],
        terms=Terms.read(kept["terms"]),
        fold=tuple((written, meant) for written, meant in kept["fold"]),
        patterns=Patterns(ways, gaps, ends),
        guards=kept["guards"],
    )
    for name, level, parts, firm, ordered, apart in kept["rules"]:
        rule = Rule(signs()[name], Level(level), tuple(parts), firm, ordered, apart)
        thawed.rules.setdefault(rule.parts[0], []).append(rule)
    return thawed


if __name__ == "__main__":
    FILE.write_bytes(freeze())
