"""The lexicons as one packaged file, `lexicons.bin`: reading their YAML takes seconds, this a fraction of one.

Decides how they are written and read back. It is made by `python -m dialogs.understanding.safety.frozen` after an edit;
a test and `python -m bot check` refuse one that is older than its sources.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from dialogs.understanding.safety.lexicon import Lexicon, Patterns, Rule
from dialogs.understanding.safety.reading_files import FOLDER, BrokenLexicon, read_lexicon, signs
from dialogs.understanding.safety.signal import Level
from dialogs.understanding.safety.terms import Terms
from dialogs.understanding.safety.which import LANGUAGES

FILE = FOLDER / "lexicons.bin"
DIGEST = 32
"""Bytes of SHA-256 in front of the packed lexicons."""
REBUILD = "python -m dialogs.understanding.safety.frozen"


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language. Raises BrokenLexicon when the packaged file cannot be read."""
    return _thaw(language, _stored()["lexicons"][language])


def authors() -> Mapping[str, tuple[str, str]]:
    """Who wrote and who reviewed each lexicon; both may be empty."""
    return {
        language: (lexicon(language).author, lexicon(language).reviewer) for language in LANGUAGES
    }


def stale() -> bool:
    """Whether the packaged file was made from other sources than the ones beside it."""
    return bool(_stored()["sources"] != _fingerprint())


def freeze() -> bytes:
    """All lexicons, from their sources. Raises BrokenLexicon with every mistake in them."""
    made = {language: _freeze(read_lexicon(language)) for language in LANGUAGES}
    text = json.dumps({"sources": _fingerprint(), "lexicons": made}, separators=(",", ":"))
    packed = zlib.compress(text.encode(), 9)
    return hashlib.sha256(packed).digest() + packed


def verify() -> None:
    """See that the packaged file is there and whole; reading it is left for later. Raises BrokenLexicon."""
    _packed()


@cache
def _stored() -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(zlib.decompress(_packed()))
    return stored


def _packed() -> bytes:
    content = FILE.read_bytes() if FILE.exists() else b""
    digest, packed = content[:DIGEST], content[DIGEST:]
    if hashlib.sha256(packed).digest() != digest:
        msg = f"{FILE.name} is missing or damaged: run {REBUILD}"
        raise BrokenLexicon(msg)
    return packed


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
