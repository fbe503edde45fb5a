"""Text -> Reading: what somebody typed, as far as it is understood before the conversation sees it.

Decides the requests that are obeyed anywhere, signs of danger, and the language. What answers the open question is
decided later, in `answers`, because only the conversation knows the question.
"""

from __future__ import annotations

from pydantic import SecretStr

from dialogs.understanding.dates import warm as warm_dates
from dialogs.understanding.deaths import tells_of_a_death
from dialogs.understanding.language import Tongue, language, tongue
from dialogs.understanding.language import warm as warm_language
from dialogs.understanding.reading import Reading
from dialogs.understanding.safety import LANGUAGES, Level, Signal, lexicon, readers, signals
from dialogs.understanding.safety.frozen import verify
from dialogs.understanding.words import find_wish

DIED = "died"
"""The wish of a message that tells of a death."""

__all__ = ["Reading", "danger", "language", "read", "safety", "verify", "warm"]


def read(text: SecretStr, locale: str | None, before: str = "") -> Reading:
    """The reading of one text, from somebody who chats in `locale` (None: not known). Never raises, for any text.

    `before` is what the same person sent in the last minute: a danger may be spread over several messages. Two of them
    together never raise a mere question, because words that met by chance would too often.
    """
    words = text.get_secret_value()
    spoken = tongue(words)
    found, alarming = danger(words, locale, spoken), text
    if before and not any(signal.urgent for signal in found):
        alarming = SecretStr(f"{before}, {words}")
        joined = danger(alarming.get_secret_value(), locale)
        found = [*(signal for signal in joined if signal.level is Level.NOW), *found]
    return Reading(text, _wish(words, locale), tuple(found), alarming, spoken)


def _wish(words: str, locale: str | None) -> str | None:
    """A request that any state obeys; that somebody has died is met like one."""
    wish = find_wish(words, locale)
    return DIED if wish is None and tells_of_a_death(words) else wish


def danger(text: str, locale: str | None, spoken: Tongue | None = None) -> list[Signal]:
    """Every sign of danger in a text, the gravest first. `spoken`: its language, where it is known already."""
    languages, forgiving = readers(text, locale, spoken or tongue(text))
    return signals(text, forgiving, languages)


def safety(text: str, locale: str | None = None) -> Signal | None:
    """The gravest sign of danger in a text, at a level that asks for a card or a question; None without one."""
    return next((signal for signal in danger(text, locale) if signal.urgent), None)


def warm() -> None:
    """Load what reading and answers need, a second or two, so that the first person does not wait for it."""
    warm_language()
    warm_dates()
    for name in LANGUAGES:
        lexicon(name)
