"""Texts that staff assigned to an intent, as lines for a phrase file.

Decides which can become example phrases, and writes them just as `dialogs/understanding/phrases` has them, so that an
author copies them over. A text with something cut out is none: nobody else writes a placeholder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

import yaml

from bot.privacy.redaction.spans import PLACEHOLDERS
from dialogs.understanding.intents.intent import Intent
from dialogs.understanding.intents.phrases import LONGEST
from dialogs.understanding.text import tight

_UNBROKEN: Final = 10_000
"""Characters of a line; YAML may break none of ours."""


class Fault(StrEnum):
    """Why a text is left out, as it is told in the file."""

    REDACTED = "left out, because something was cut out of them"
    UNFIT = f"left out, because they have no words or more than {LONGEST} characters"
    TWICE = "left out, because the same words stand in this file once"


class PhraseFile(NamedTuple):
    """A file, and how many phrases it holds."""

    text: str
    phrases: int


def phrase_file(language: str, assigned: Iterable[tuple[str, str]]) -> PhraseFile:
    """The file of a language, by its English name; `assigned` are intents and texts, the ones that count most first."""
    by_intent: dict[str, list[str]] = {intent.value: [] for intent in Intent}
    faults: Counter[Fault] = Counter()
    seen: set[str] = set()
    for intent, text in assigned:
        phrase = " ".join(text.split())
        fault = _fault(phrase, seen)
        if fault is not None:
            faults[fault] += 1
        elif intent in by_intent:
            seen.add(tight(phrase))
            by_intent[intent].append(phrase)
    head = [f"# Example phrases by intent. {language}. What people wrote, as staff assigned it."]
    head += [f"# {faults[fault]} {fault}." for fault in Fault if faults[fault]]
    blocks = [_block(intent, phrases) for intent, phrases in by_intent.items() if phrases]
    return PhraseFile("\n\n".join(["\n".join(head), *blocks]) + "\n", len(seen))


def _fault(phrase: str, seen: set[str]) -> Fault | None:
    bare = tight(phrase)
    if any(placeholder in phrase for placeholder in PLACEHOLDERS.values()):
        return Fault.REDACTED
    if not bare or len(phrase) > LONGEST:
        return Fault.UNFIT
    return Fault.TWICE if bare in seen else None


def _block(intent: str, phrases: list[str]) -> str:
    return "\n".join([f"{_scalar(intent)}:", *(f"  - {_scalar(phrase)}" for phrase in phrases)])


def _scalar(text: str) -> str:
    """In double quotes where YAML would read something else."""
    plain = _written(text, None)
    return plain if plain == text else _written(text, '"')


def _written(text: str, style: str | None) -> str:
    listed: str = yaml.safe_dump([text], allow_unicode=True, width=_UNBROKEN, default_style=style)
    return listed.removeprefix("- ").rstrip("\n")
