"""What the Bot API says when it says no, in its own words.

Decides the status and wording of every refusal of the emulated server; not when one is due. The words follow the public
source of Telegram's Bot API server, because clients (ours too) tell refusals apart by them.

    Refusal            the call is answered with ok: false
    └── SpecRefusal    ... and it broke what the documentation promises: recorded as a violation
    LostAnswer         the work is done, the client never hears of it
"""

from __future__ import annotations

from typing import Any, Final

NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD: Final = "query is too old and response timeout expired or query ID is invalid"
WEBHOOK_ACTIVE: Final = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
OTHER_POLLER: Final = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_TOOK_OVER: Final = "terminated by setWebhook request"

_PREFIX: Final = {
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    500: "Internal Server Error",
}

# A required parameter that is absent or empty, by name.
_ABSENT: Final = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "callback_query_id": QUERY_TOO_OLD,
    "document": "there is no document in the request",
    "photo": "there is no photo in the request",
    "file_id": "invalid file_id",
    "action": "wrong parameter action in request",
}

# A value outside its documented limits, by the method or type it belongs to.
_OUTSIDE: Final = {
    ("InlineKeyboardButton", "callback_data"): "BUTTON_DATA_INVALID",
    ("answerCallbackQuery", "text"): "MESSAGE_TOO_LONG",
    ("BotCommand", "command"): "BOT_COMMAND_INVALID",
    ("BotCommand", "description"): "BOT_COMMAND_DESCRIPTION_INVALID",
    ("setMyCommands", "commands"): "BOT_COMMANDS_TOO_MUCH",
    ("setWebhook", "secret_token"): "secret token contains unallowed characters",
}


class Refusal(Exception):
    """The server refuses a call; `answer` is the JSON it sends with `status`."""

    def __init__(self, status: int, words: str = "", retry_after: int | None = None) -> None:
        super().__init__(words)
        self.status = status
        prefix = _PREFIX.get(status, "")
        self.description = f"{prefix}: {words}" if prefix and words else words or prefix
        self.retry_after = retry_after

    @property
    def answer(self) -> dict[str, Any]:
        """The Bot API's JSON for this refusal."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.status,
            "description": self.description,
        }
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


class SpecRefusal(Refusal):
    """A refusal that the documentation announced: the caller should have known."""


class LostAnswer(Exception):
    """The call was carried out, and its answer got lost on the way back."""


def bad_request(words: str) -> Refusal:
    """400 with `words`."""
    return Refusal(400, words)


def spec_refusal(words: str) -> SpecRefusal:
    """400 with `words`, and a violation."""
    return SpecRefusal(400, words)


def absent(name: str) -> SpecRefusal:
    """A required parameter is absent or empty."""
    return spec_refusal(_ABSENT.get(name, f'parameter "{name}" is required'))


def ill_typed(name: str, expected: str) -> SpecRefusal:
    """A value has another type than documented."""
    return spec_refusal(f'field "{name}" must be of type {expected}')


def outside(owner: str, name: str) -> SpecRefusal:
    """A value breaks its documented limits."""
    if name == "language_code":
        return spec_refusal("invalid language code specified")
    return spec_refusal(_OUTSIDE.get((owner, name), f'field "{name}" is outside its limits'))


def too_many_requests(retry_after: int) -> Refusal:
    """429: wait `retry_after` seconds."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after)


def conflict(words: str) -> Refusal:
    """409: somebody else takes the updates."""
    return Refusal(409, words)


def unauthorized() -> Refusal:
    """401: that token belongs to nobody."""
    return Refusal(401, "Unauthorized")
