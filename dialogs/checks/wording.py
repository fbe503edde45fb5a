"""What may be wrong with the words of one text, and between a sentence and its translation.

Decides markup, placeholders, numbers, lengths and forbidden terms. It knows neither files nor which locales there are:
`translations` does, and turns what is found here into mistakes with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml
from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol

from dialogs.catalogs import SOURCE
from dialogs.markup import parse

TEXT_LIMIT = 4096
"""Characters of one message that Telegram shows, tags not counted."""

NOTICE_LIMIT = 200
"""Characters of the answer to a pressed button."""

LABEL_LIMIT = 64
"""Characters of a button, ours: clients cut off longer ones."""

SLOT_LENGTH = 30
"""Characters a parameter is taken to need."""

NOT_LABELS = {"again", "why", "name"}
"""The fields of a state that are texts although they stand where a choice could."""

OURS = {"sheet", "engine", "directory", "rights", "profile", "evidence"}
"""First parts of contexts that are no flow's name."""

CHOICE_PARTS = 3
"""`flow.state.choice`."""

TERMS = Path(__file__).parent / "terms.yaml"

_SLOT = re.compile(r"\{[a-z][a-z0-9_]*\}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPING_SPACE = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")

Complaint = tuple[str, str]
"""What is wrong, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words that a text may not hold, by locale, when its English holds `when`."""

    never: Mapping[str, list[str]]
    use: Mapping[str, str]
    when: str = ""
    unless: str = ""

    def concerns(self, english: str, context: str) -> bool:
        """Whether the term has a say in the text of this sentence, given in small letters."""
        if not self.when:
            return not context.startswith("directory.")
        return self.when in english and not (self.unless and self.unless in english)


@cache
def terms() -> tuple[Term, ...]:
    """The packaged list."""
    return tuple(Term(**entry) for entry in yaml.safe_load(TERMS.read_text(encoding="utf-8")))


def is_label(context: str) -> bool:
    """Whether the text of this context stands on a button: a shared one, or a choice of a state."""
    parts = context.split(".")
    if parts[0] == "button":
        return True
    return parts[0] not in OURS and len(parts) == CHOICE_PARTS and parts[-1] not in NOT_LABELS


def text_complaints(text: str, context: str) -> Iterator[Complaint]:
    """What is wrong with one text by itself: markup, placeholders, length."""
    markup = parse(text)
    for mistake in markup.mistakes:
        yield mistake, 'only <b>, <i>, <a href="https://…">, {name}, and {{ }} for braces, in pairs'
    limit, what = TEXT_LIMIT, "a message"
    if is_label(context):
        limit, what = LABEL_LIMIT, "a button"
        if markup.tags:
            yield "a button cannot hold tags", "remove them"
    elif context.endswith("_notice"):
        limit, what = NOTICE_LIMIT, "a notice"
    length = shown_length(text)
    if length > limit:
        yield f"{length} characters are too long for {what}", f"shorten it to {limit}"


def shown_length(text: str) -> int:
    """The characters people see, in UTF-16 units as Telegram counts; a parameter counts SLOT_LENGTH."""
    words = _SLOT.sub("_" * SLOT_LENGTH, parse(text).words)
    return len(words.encode("utf-16-le")) // 2


def pair_complaints(
    english: tuple[str, ...], forms: tuple[str, ...], locale: str
) -> Iterator[Complaint]:
    """What a translation has that its sentence has not, or the other way round. `english` may hold a plural."""
    yield from _slot_complaints(english, forms)
    for form in forms:
        wanted = [parse(sentence).tags for sentence in english]
        if parse(form).tags not in wanted:
            yield "the tags differ from the English", f"use exactly {_tags(english[-1])}"
        if not any(numbers(form, locale) & numbers(sentence) for sentence in english):
            yield (
                "the numbers differ from the English",
                "write every number of the sentence in digits",
            )


def _slot_complaints(english: tuple[str, ...], forms: tuple[str, ...]) -> Iterator[Complaint]:
    allowed = frozenset[str]().union(*(parse(sentence).slots for sentence in english))
    needed = frozenset[str].intersection(*(parse(sentence).slots for sentence in english))
    for form in forms:
        slots = parse(form).slots
        for name in sorted(slots - allowed):
            yield f"{{{name}}} is no parameter of the English", f"use {_names(allowed)}"
        for name in sorted(needed - slots - {"count"}):
            yield f"{{{name}}} is missing", "put it where the sentence needs it"


def term_complaints(english: str, text: str, context: str, locale: str) -> Iterator[Complaint]:
    """Words that mean something else to patients."""
    words = _SLOT.sub("", parse(text).words).lower()
    for term in terms():
        for word in term.never.get(locale, ()):
            if word in words and term.concerns(english.lower(), context):
                yield f"{word!r} must not stand here", f"write {term.use[locale]}"


def numbers(text: str, locale: str = SOURCE) -> set[tuple[Decimal, ...]]:
    """The numbers of a text, sorted, in each way they can be read: a space may group digits or part two numbers."""
    decimal, group = _symbols(locale)
    words = _SLOT.sub(" ", parse(text).words)
    readings = (words, _GROUPING_SPACE.sub("", words))
    return {
        tuple(
            sorted(n for token in _NUMBER.findall(reading) for n in _values(token, decimal, group))
        )
        for reading in readings
    }


def _values(token: str, decimal: str, group: str) -> list[Decimal]:
    """What "1.234,5" says where that is how numbers are written; a date or a version says several numbers."""
    whole = rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+|\d+"
    if re.fullmatch(rf"(?:{whole})(?:{re.escape(decimal)}\d+)?", token):
        return [Decimal(token.replace(group, "").replace(decimal, "."))]
    parts = re.split(r"[.,]", token)
    return [Decimal(".".join(parts))] if len(parts) == 2 else [Decimal(part) for part in parts]


@cache
def _symbols(locale: str) -> tuple[str, str]:
    try:
        known = Locale.parse(locale)
    except UnknownLocaleError:
        known = Locale.parse(SOURCE)
    return get_decimal_symbol(known), get_group_symbol(known)


def _names(slots: Iterable[str]) -> str:
    return " ".join(f"{{{name}}}" for name in sorted(slots)) or "no placeholder"


def _tags(sentence: str) -> str:
    shown = (
        f'<a href="{tag.href}">' if tag.href else f"<{tag.name}>" for tag in parse(sentence).tags
    )
    return " ".join(shown) or "no tags"
