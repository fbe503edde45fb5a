"""Text -> Route: which intent a text has, by lists first and by the sentence model where they are silent.

Decides when an intent is sure enough to act on, and which are near enough to be offered. It knows no state: what
answers the open question is found in `answers`, and what is done with an intent is decided by the engine.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import DamerauLevenshtein

from dialogs.understanding.intents import frozen
from dialogs.understanding.intents.intent import Intent
from dialogs.understanding.intents.phrases import Phrase
from dialogs.understanding.intents.route import NOWHERE, Found, Route
from dialogs.understanding.sentences import Meaning
from dialogs.understanding.text import ascii_digits, normal, tight
from dialogs.understanding.words import LISTED

SURE, SUREST, AHEAD = 0.45, 0.55, 0.1
"""Scores from which the first intent may be acted on, and how far it must be ahead of the second."""
POSSIBLE = 0.35
"""The score that the best intent needs before any is offered."""
OFFERED = 3
LONGEST = 1000
"""Characters that are read for intents; more change nothing."""

SHORT_WORDS, SHORTEST, ONE_EDIT = 3, 5, 1
"""A typing error is forgiven in messages of so few words and at least so many letters."""

FORGIVEN = {
    Intent.START, Intent.HELP, Intent.MENU, Intent.BACK, Intent.SKIP, Intent.RESTART, Intent.REPEAT, Intent.MORE,
    Intent.HUMAN, Intent.LANGUAGE, Intent.GREET, Intent.THANKS, Intent.BYE, Intent.YES, Intent.NO, Intent.DONT_KNOW,
}  # fmt: skip
"""Intents that a misspelt short phrase may have. What deletes or ends is not among them."""

WISHED = {
    "back": Intent.BACK, "skip": Intent.SKIP, "dont_know": Intent.DONT_KNOW, "menu": Intent.MENU,
    "help": Intent.HELP, "stop": Intent.STOP, "person": Intent.HUMAN, "privacy": Intent.PRIVACY,
    "delete": Intent.DELETE_DATA, "export": Intent.SHOW_SUMMARY, "about": Intent.WHO_ARE_YOU, "yes": Intent.YES,
    "no": Intent.NO, "remind": Intent.REMIND, "no_reminders": Intent.REMIND, "why": Intent.MORE,
    "restart": Intent.RESTART, "language": Intent.LANGUAGE,
}  # fmt: skip
"""The intents that listed requests are, for whoever asks only for the intent."""

_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d+)?")


def listed(text: str, wish: str | None, locale: str | None) -> Route | None:
    """The route of a text that is, as a whole, something we know; None for any other."""
    if wish is not None:
        intent = WISHED.get(wish.partition(":")[0])
        return _certain(intent, Found.LISTED) if intent else None
    if len(text) > LONGEST:
        return None
    phrase = _known(text, locale) or _misspelt(text, locale)
    if phrase is not None:
        return _certain(phrase.intent, Found.LISTED, phrase.place)
    if _NUMBER.fullmatch(ascii_digits(text).strip()):
        return _certain(Intent.NUMBER, Found.ANSWER)
    return _certain(Intent.COUNTRY, Found.ANSWER) if _is_country(text) else None


def _is_country(text: str) -> bool:
    from dialogs.directory.countries import (
        is_country,  # late: the directory reads its names with our lists
    )

    return is_country(text)


def near(meaning: Meaning | None) -> Route:
    """The route of any other text, by what it means; nowhere without a meaning."""
    if meaning is None:
        return NOWHERE
    best, second = meaning.intents[:2]
    intents = [(Intent(each.label), each.score) for each in meaning.intents]
    known = [(intent, score) for intent, score in intents if intent is not Intent.OOS]
    unknown = Intent(best.label) is Intent.OOS
    offered = tuple(intent for intent, _ in known[:OFFERED]) if known[0][1] >= POSSIBLE else ()
    ahead = best.score - second.score >= AHEAD and not unknown
    if unknown and best.score >= SURE:
        return NOWHERE
    return Route(
        offered,
        sure=ahead and best.score >= SURE,
        surest=ahead and best.score >= SUREST,
        phrase=frozen.phrases()[best.nearest].place,
    )


def _certain(intent: Intent, found: Found, place: str = "") -> Route:
    if intent is Intent.OOS:
        return Route(found=found, phrase=place)
    return Route((intent,), sure=True, surest=True, found=found, phrase=place)


def _languages(locale: str | None) -> list[str]:
    """The person's own language first, then English, then all others, because people mix."""
    own = (locale or "").replace("-", "_").partition("_")[0]
    return sorted(LISTED, key=lambda name: (name != own, name != "en"))


def _known(text: str, locale: str | None) -> Phrase | None:
    """The example phrase that the whole text is, in the nearest language that has it."""
    said = tight(text)
    known = frozen.known()
    return next((known[name][said] for name in _languages(locale) if said in known[name]), None)


def _misspelt(text: str, locale: str | None) -> Phrase | None:
    """A short phrase of the person's own language or English with one typing error."""
    said = normal(text)
    if len(said.split()) > SHORT_WORDS or len(said) < SHORTEST:
        return None
    bare = said.replace(" ", "")
    for name in _languages(locale)[:2]:
        for known, phrase in frozen.known()[name].items():
            if phrase.intent in FORGIVEN and _close(bare, known):
                return phrase
    return None


def _close(said: str, known: str) -> bool:
    if abs(len(said) - len(known)) > ONE_EDIT or len(known) < SHORTEST:
        return False
    return DamerauLevenshtein.distance(said, known, score_cutoff=ONE_EDIT) <= ONE_EDIT
