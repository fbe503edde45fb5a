"""Whether every sentence is fit to be translated, and every translation fit to be shown.

Decides which locale must be translated how far, and gathers what is wrong as mistakes with file and line. What is wrong
with the words themselves, `wording` knows. It mends nothing: `python -m dialogs.checks.extract` and translators do.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from dialogs.catalogs import (
    DOMAIN,
    FULL,
    SAFETY_ONLY,
    SOURCE,
    BrokenCatalog,
    read,
    sentences,
    translations,
)
from dialogs.checks.extract import (
    CHECKOUT,
    COMMAND,
    LOCALES,
    TEMPLATE,
    for_locale,
    po_text,
    template,
)
from dialogs.checks.wording import (
    Complaint,
    pair_complaints,
    term_complaints,
    text_complaints,
)
from dialogs.markup import parse
from dialogs.mistakes import Mistake

SAME = "same"
"""A translator's comment that begins so says: these words are meant to be the same."""

REFRESH = f"run {COMMAND}"


def translation_mistakes(root: Path = CHECKOUT) -> list[Mistake]:
    """Everything wrong with the texts of the checkout at `root`, in order. Raises FlowMistakes and its like."""
    english = template(root)
    found = [*_english_mistakes(english), *_template_mistakes(root, english)]
    folders = {path.parts[-3] for path in (root / LOCALES).glob(f"*/{DOMAIN.as_posix()}")}
    for locale in sorted(folders.union(FULL, SAFETY_ONLY) - {SOURCE}):
        found.extend(_locale_mistakes(root, locale, english))
    return sorted(found)


def _english_mistakes(english: Catalog) -> Iterator[Mistake]:
    for message in _messages(english):
        file, line = message.locations[0]
        context = message.context or ""
        for sentence in sentences(message):
            complaints = [*text_complaints(sentence, context)]
            complaints += term_complaints(sentence, sentence, context, SOURCE)
            for what, mend in complaints:
                yield Mistake(file, line, f"{context}: {what}", mend)


def _template_mistakes(root: Path, english: Catalog) -> Iterator[Mistake]:
    path = root / TEMPLATE
    present = path.read_text(encoding="utf-8") if path.exists() else ""
    if present != po_text(english):
        yield Mistake(TEMPLATE.as_posix(), 1, "the template is not up to date", REFRESH)


def _locale_mistakes(root: Path, locale: str, english: Catalog) -> Iterator[Mistake]:
    file = (LOCALES / locale / DOMAIN).as_posix()
    if locale not in FULL + SAFETY_ONLY:
        yield Mistake(file, 1, f"{locale} has no tier", "add it to FULL in dialogs/catalogs.py")
    if not (root / file).exists():
        yield Mistake(file, 1, "the file is missing", REFRESH)
        return
    try:
        catalog = read(root / file)
    except BrokenCatalog as broken:
        yield Mistake(file, 1, str(broken), "mend the file by hand")
        return
    ours, theirs = _keys(for_locale(english, locale)), _keys(catalog)
    if ours != theirs:
        what = f"{len(ours - theirs)} sentences are missing, {len(theirs - ours)} no longer exist"
        yield Mistake(file, 1, what, REFRESH)
    for message in _messages(catalog):
        if _key(message) in ours:
            for what, mend in _message_complaints(message, locale):
                yield Mistake(file, message.lineno or 1, f"{message.context}: {what}", mend)


def _message_complaints(message: Message, locale: str) -> Iterator[Complaint]:
    context, english, forms = message.context or "", sentences(message), translations(message)
    if message.fuzzy:
        yield "the translation is marked fuzzy", "review it and remove the mark"
        return
    if not all(forms):
        if any(forms):
            yield "a plural form is missing", "translate every form"
        else:
            yield "the sentence is not translated", "translate it"
        return
    if set(forms) <= set(english) and _has_words(english) and not _meant_same(message):
        yield "the translation is the English", f"translate it, or write the comment `# {SAME}`"
    yield from pair_complaints(english, forms, locale)
    for form in dict.fromkeys(forms):
        yield from text_complaints(form, context)
        yield from term_complaints(" ".join(english), form, context, locale)


def _meant_same(message: Message) -> bool:
    return any(comment.split()[:1] == [SAME] for comment in message.user_comments)


def _has_words(english: tuple[str, ...]) -> bool:
    """Whether there is anything to translate: symbols, digits and parameters alone are the same everywhere."""
    return any(
        char.isalpha()
        for sentence in english
        for piece in parse(sentence).pieces
        if isinstance(piece, str)
        for char in piece
    )


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _keys(catalog: Catalog) -> set[tuple[str | None, tuple[str, ...]]]:
    return {_key(message) for message in _messages(catalog)}


def _key(message: Message) -> tuple[str | None, tuple[str, ...]]:
    return message.context, sentences(message)
