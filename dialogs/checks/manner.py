"""Rules R6, R8, R9 and R11: words we do not use, what we do not tell people to do, and hard words without a meaning.

Decides where a rule of `wording_rules.yaml` is broken. The rules stand there; this module knows no word.
"""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.book import Book
from dialogs.catalogs import SOURCE
from dialogs.checks.prose import plain
from dialogs.checks.rules import Wording, rules, stands_in
from dialogs.checks.texts import Written, message, messages, written
from dialogs.evidence import FILE
from dialogs.mistakes import Mistake


def manner_mistakes(book: Book) -> Iterator[Mistake]:
    """Every text of the flows, in every shipped language, that breaks a rule of manner."""
    for locale in book.catalogs.shipped:
        for text in written(book, locale):
            for what, mend in refused(text.words, locale, text):
                yield text.mistake(what, mend)
    for text in messages(book):
        yield from _unexplained(book, text)
    for each in book.evidence.values():
        for what, mend in refused(each.says, SOURCE):
            yield Mistake(FILE.name, each.line, f"{each.id} says: {what}", mend)


def refused(words: str, locale: str, text: Written | None = None) -> Iterator[tuple[str, str]]:
    """The words of a text that a rule refuses, each with what to write."""
    bare = plain(words)
    for rule in rules().wording:
        if text and stands_in(text.place, rule.except_in):
            continue
        found = _broken(rule, bare, locale)
        if found:
            yield f"{rule.rule} refuses {found!r}", f"write {rule.use}"


def _broken(rule: Wording, words: str, locale: str) -> str | None:
    never, unless = rule.never.get(locale), rule.unless.get(locale)
    found = never.search(words) if never else None
    if found is None or (unless and unless.search(words)):
        return None
    return found[0]


def _unexplained(book: Book, text: Written) -> Iterator[Mistake]:
    """Hard words that neither this text nor the first card of its flow explains."""
    flow = book.flows[text.place.flow]
    near = plain(text.words), plain(message(book, flow.states[flow.start]))
    for term in rules().terms:
        if term.words.search(near[0]) and not any(map(term.means.search, near)):
            what = (
                f"R6: {term.term!r} is not explained, neither here nor on {flow.name}.{flow.start}"
            )
            yield text.mistake(
                what, "add its meaning, as in “a referral (a letter to another doctor)”"
            )
