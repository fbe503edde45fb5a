"""What an unsuccessful Bot API call means for us.

Decides, from the library's error and Telegram's own words, which of a few kinds it is and a code for the log. The words
themselves go no further. It does not decide what is done about it: `delivery` and `polling` do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)


class Kind(StrEnum):
    """What follows from a refusal."""

    SAME = "same"  # the message already says this: as good as done
    GONE = "gone"  # the message to edit is no longer there: send a new one
    LATE = "late"  # the pressed button waits no more: nothing to do
    UNREACHABLE = "unreachable"  # this chat cannot be written to
    FLOOD = "flood"  # wait, then again
    TOKEN = "token"  # noqa: S105 - our token is refused; nothing works until it is changed
    CONFLICT = "conflict"  # somebody else asks for our updates
    UNKNOWN = "unknown"  # network or server trouble: it may or may not have been done
    WRONG = "wrong"  # Telegram will never accept this


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal: its kind, a code for the log, and for FLOOD the seconds to wait."""

    kind: Kind
    code: str
    wait: float = 0.0


_WORDS: tuple[tuple[str, Kind, str], ...] = (
    ("message is not modified", Kind.SAME, "not_modified"),
    ("message to edit not found", Kind.GONE, "edit_not_found"),
    ("message can't be edited", Kind.GONE, "edit_impossible"),
    ("message_id_invalid", Kind.GONE, "edit_not_found"),
    ("query is too old", Kind.LATE, "query_too_old"),
    ("query id is invalid", Kind.LATE, "query_too_old"),
    ("chat not found", Kind.UNREACHABLE, "chat_not_found"),
    ("user not found", Kind.UNREACHABLE, "user_not_found"),
    ("peer_id_invalid", Kind.UNREACHABLE, "peer_invalid"),
    ("not enough rights to send", Kind.UNREACHABLE, "no_rights"),
    ("have no rights to send", Kind.UNREACHABLE, "no_rights"),
    ("chat_write_forbidden", Kind.UNREACHABLE, "no_rights"),
    ("message to delete not found", Kind.SAME, "delete_not_found"),
    ("message can't be deleted", Kind.WRONG, "delete_impossible"),
    ("message identifier is not specified", Kind.WRONG, "no_message_id"),
    ("button_data_invalid", Kind.WRONG, "button_data_invalid"),
    ("button_url_invalid", Kind.WRONG, "button_url_invalid"),
    ("can't parse entities", Kind.WRONG, "bad_entities"),
    ("message is too long", Kind.WRONG, "too_long"),
    ("text is empty", Kind.WRONG, "text_empty"),
    ("reply markup", Kind.WRONG, "reply_markup"),
)


def refusal(error: TelegramError) -> Refusal:
    """What `error` means."""
    match error:
        case RetryAfter():
            return Refusal(Kind.FLOOD, "flood", _seconds(error.retry_after))
        case Forbidden():
            return Refusal(Kind.UNREACHABLE, "forbidden")
        case InvalidToken():
            return Refusal(Kind.TOKEN, "token_refused")
        case Conflict():
            return Refusal(Kind.CONFLICT, "conflict")
        case ChatMigrated():
            return Refusal(Kind.UNREACHABLE, "chat_migrated")
        case BadRequest():
            return _by_words(error.message.lower())
        case _:
            return Refusal(Kind.UNKNOWN, type(error).__name__)


def _by_words(words: str) -> Refusal:
    for part, kind, code in _WORDS:
        if part in words:
            return Refusal(kind, code)
    return Refusal(Kind.WRONG, "bad_request")


def _seconds(wait: int | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
