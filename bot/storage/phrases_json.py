"""Messages as the log keeps them: sentences by the hash of their English text.

Decides that hash and that JSON. Our sentences are the same for everybody and stand once, unsealed, in the table
`phrase`; what a message says about a person, its parameters and kept text, is in the JSON, which is sealed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from bot.storage.lines_json import LinesJson
from dialogs.engine.lines import Line, Message

HASH_BYTES = 12
_LOST = "(a sentence that is no longer known)"
UNKNOWN = Line("log.unknown", _LOST)
"""Stands for a hash that nobody wrote down."""


class Phrase(NamedTuple):
    """A sentence, as the table `phrase` has it."""

    hash: str
    context: str
    msgid: str
    plural: str | None


@lru_cache(maxsize=8_192)
def phrase_of(context: str, msgid: str, plural: str | None) -> Phrase:
    """The phrase of a line, with its hash."""
    parts = orjson.dumps([context, msgid, plural])
    return Phrase(
        hashlib.blake2b(parts, digest_size=HASH_BYTES).hexdigest(), context, msgid, plural
    )


def shown_out(messages: Sequence[Message]) -> tuple[bytes, dict[str, Phrase]]:
    """Messages as JSON, and the phrases in them by hash. Raises TypeError for what is no parameter."""
    writer = _Writer()
    return orjson.dumps([writer.message_out(each) for each in messages]), writer.phrases


def shown_in(stored: bytes, phrases: Mapping[str, Phrase]) -> tuple[Message, ...]:
    """The messages that `shown_out` wrote; `UNKNOWN` stands for what is not in `phrases`."""
    reader = _Reader(phrases)
    return tuple(reader.message_in(each) for each in orjson.loads(stored))


def hashes_in(stored: bytes) -> set[str]:
    """The phrases that `shown_in` needs."""
    reader = _Reader({})
    for each in orjson.loads(stored):
        reader.message_in(each)
    return reader.unknown


def with_kept(stored: bytes, change: Callable[[str], str]) -> bytes:
    """What `shown_out` wrote, with every kept text in it changed."""
    return orjson.dumps(_changed(orjson.loads(stored), change))


def _changed(stored: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Only a kept text is a text alone under "k": the key of a message is a number."""
    match stored:
        case {"k": str() as text, **rest} if not rest:
            return {"k": change(text)}
        case dict():
            return {name: _changed(value, change) for name, value in stored.items()}
        case list():
            return [_changed(each, change) for each in stored]
        case _:
            return stored


class _PhrasesJson(LinesJson):
    """As in the outbox, and with what columns of its own hold there: language and urgency."""

    def message_out(self, message: Message) -> dict[str, Any]:
        """A message."""
        out = super().message_out(message)
        if message.locale is not None:
            out["o"] = message.locale
        if message.urgent:
            out["u"] = 1
        return out

    def message_in(self, stored: dict[str, Any]) -> Message:
        """A message."""
        message = super().message_in(stored)
        return message._replace(locale=stored.get("o"), urgent="u" in stored)


class _Writer(_PhrasesJson):
    def __init__(self) -> None:
        self.phrases: dict[str, Phrase] = {}

    def line_out(self, line: Line) -> list[Any]:
        """A line as a list: hash, then parameters and count where there are any."""
        phrase = phrase_of(line.context, line.msgid, line.plural)
        self.phrases[phrase.hash] = phrase
        if line.count is not None:
            return [phrase.hash, self.params_out(line), line.count]
        return [phrase.hash, self.params_out(line)] if line.params else [phrase.hash]


class _Reader(_PhrasesJson):
    def __init__(self, phrases: Mapping[str, Phrase]) -> None:
        self._phrases = phrases
        self.unknown: set[str] = set()

    def line_in(self, stored: list[Any]) -> Line:
        """A line."""
        name, *rest = stored
        params = self.params_in(rest[0]) if rest else {}
        phrase = self._phrases.get(name)
        if phrase is None:
            self.unknown.add(name)
            return UNKNOWN
        _, context, msgid, plural = phrase
        return Line(context, msgid, params, plural, rest[1] if len(rest) > 1 else None)
