"""Text -> Reading: what somebody typed, as far as it is understood before the conversation sees it.

Decides the requests that are obeyed anywhere. What answers the open question is decided later, in `answers`, because
only the conversation knows the question.
"""

from __future__ import annotations

from pydantic import SecretStr

from dialogs.understanding.reading import Reading
from dialogs.understanding.words import find_wish

__all__ = ["Reading", "read"]


def read(text: SecretStr, locale: str | None) -> Reading:
    """The reading of one text, from somebody who chats in `locale` (None: not known). Never raises, for any text."""
    return Reading(text, wish=find_wish(text.get_secret_value(), locale))
