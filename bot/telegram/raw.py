"""getUpdates as plain JSON.

Decides how updates are fetched: through the library's request object, but past its parser, which costs more than a
whole turn and logs what people wrote when it fails. It keeps no offset.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Bot
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest, RequestData

# The library has no public way to make one; the lock file pins the version, and a test would notice.
from telegram.request._requestparameter import RequestParameter

from bot.telegram.inbound import (
    ALLOWED,
    MalformedUpdate,
    Shape,
    Update,
    parse_json,
    parse_update,
)

READ_MARGIN = 10.0
"""Seconds more than Telegram holds the call, until the connection counts as dead."""


class _Parameters(Shape):
    """What Telegram adds to some refusals."""

    retry_after: int = 0


class _Refused(Shape):
    """An unsuccessful answer; the description is not read."""

    parameters: _Parameters = _Parameters()


@dataclass(frozen=True, slots=True)
class UpdateSource:
    """Where updates come from. `hold` is how long Telegram may wait for one, at most 50 seconds."""

    bot: Bot
    request: BaseRequest
    hold: int = 50
    limit: int = 100

    async def fetch(self, offset: int | None) -> Sequence[Update | MalformedUpdate]:
        """The updates from `offset` on, and by this the earlier ones are acknowledged. Raises TelegramError."""
        given = {
            "offset": offset,
            "limit": self.limit,
            "timeout": self.hold,
            "allowed_updates": ALLOWED,
        }
        status, payload = await self.request.do_request(
            f"{self.bot.base_url}/getUpdates",
            "POST",
            RequestData([RequestParameter.from_input(*one) for one in given.items()]),
            read_timeout=self.hold + READ_MARGIN,
        )
        answer = parse_json(payload)
        result = answer.get("result") if isinstance(answer, dict) else None
        if status != 200 or not isinstance(result, list):
            raise _error(status, answer)
        return [parse_update(one if isinstance(one, dict) else {}) for one in result]


def _error(status: int, answer: object) -> TelegramError:
    match status:
        case 409:
            return Conflict("conflict")
        case 401 | 404:
            return InvalidToken("refused")
        case 429:
            told = _Refused.model_validate(answer) if isinstance(answer, dict) else _Refused()
            return RetryAfter(max(1, told.parameters.retry_after))
        case _:
            return NetworkError("no updates")
