"""Text -> Reading: what somebody typed, as far as it is understood before the conversation sees it.

Decides the requests that are obeyed anywhere, what a text is about, signs of danger, and the language. What answers the
open question is decided later, in `answers`, because only the conversation knows the question.
"""

from __future__ import annotations

from pydantic import SecretStr

from dialogs.understanding.dates import warm as warm_dates
from dialogs.understanding.deaths import tells_of_a_death
from dialogs.understanding.intents import LONGEST, NOWHERE, frozen, listed, near
from dialogs.understanding.language import Tongue, language, tongue
from dialogs.understanding.language import warm as warm_language
from dialogs.understanding.reading import Reading
from dialogs.understanding.safety import LANGUAGES, Level, Signal, lexicon, readers, signals
from dialogs.understanding.safety.frozen import verify
from dialogs.understanding.safety.second_net import resembles
from dialogs.understanding.sentences import Meaning, installed, meaning
from dialogs.understanding.sentences import warm as warm_sentences
from dialogs.understanding.words import find_wish

DIED = "died"
"""The wish of a message that tells of a death."""

__all__ = [
    "Reading",
    "by_meaning",
    "danger",
    "intent",
    "language",
    "read",
    "safety",
    "verify",
    "warm",
]


def read(
    text: SecretStr, locale: str | None, before: str = "", *, hurried: bool = False
) -> Reading:
    """The reading of one text, from somebody who chats in `locale` (None: not known). Never raises, for any text.

    `before` is what the same person sent in the last minute: a danger may be spread over several messages. Two of them
    together never raise a mere question, because words that met by chance would too often. In a `hurried` reading,
    while many wait, the sentence model is left out; lexicons and lists never are.
    """
    words = text.get_secret_value()
    spoken = tongue(words)
    wish = _wish(words, locale)
    command = words.lstrip().startswith("/")
    route = NOWHERE if command else listed(words, wish, locale)
    meant = None if hurried or (route and route.sure) else _meaning(words)
    found, alarming = danger(words, locale, spoken, meant), text
    if before and not any(signal.level is Level.NOW for signal in found):
        alarming = SecretStr(f"{before}, {words}")
        joined = danger(alarming.get_secret_value(), locale)
        found = [*(signal for signal in joined if signal.level is Level.NOW), *found]
    return Reading(
        text, wish, near(meant) if route is None else route, tuple(found), alarming, spoken
    )


def intent(text: str, locale: str | None = None) -> str | tuple[str, list[str]] | None:
    """The intent of a text for whoever holds no conversation: its name, ("ask", the ones to offer), or None."""
    route = listed(text, find_wish(text, locale), locale) or near(_meaning(text))
    if route.sure and route.first:
        return route.first.value
    return ("ask", [each.value for each in route.intents]) if route.intents else None


def by_meaning() -> bool:
    """Whether the sentence model is there, or only lists and patterns."""
    return installed()


def _meaning(words: str) -> Meaning | None:
    """What the sentence model makes of the beginning of a text; None without a model, and for a text without words."""
    return meaning(words[:LONGEST]) if words.strip() else None


def _wish(words: str, locale: str | None) -> str | None:
    """A request that any state obeys; that somebody has died is met like one."""
    wish = find_wish(words, locale)
    return DIED if wish is None and tells_of_a_death(words) else wish


def danger(
    text: str, locale: str | None, spoken: Tongue | None = None, meant: Meaning | None = None
) -> list[Signal]:
    """Every sign of danger in a text, the gravest first. `spoken`: its language, where it is known already.

    Where the lexicons see nothing that is urgent, what it means (`meant`) may still ask a question.
    """
    languages, forgiving = readers(text, locale, spoken or tongue(text))
    found = signals(text, forgiving, languages)
    if meant is None or any(signal.level is not Level.NOTE for signal in found):
        return found
    return [*resembles(meant, locale), *found]


def safety(text: str, locale: str | None = None) -> Signal | None:
    """The gravest sign of danger in a text, at a level that asks for a card or a question; None without one."""
    known = listed(text, find_wish(text, locale), locale)
    found = danger(text, locale, meant=None if known else _meaning(text))
    return next((signal for signal in found if signal.urgent), None)


def warm() -> None:
    """Load what reading and answers need, a second or two, so that the first person does not wait for it."""
    warm_language()
    warm_dates()
    for name in LANGUAGES:
        lexicon(name)
    frozen.known()
    find_wish("x", None)
    warm_sentences()
