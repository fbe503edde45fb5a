"""Everything kept about one conversation, for the person it belongs to.

Decides what an export holds: all rows that name the conversation or its log reference, opened, but no
safety card: somebody else may read the file. It sends nothing.
"""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, select

from bot.privacy.vault import Vault
from bot.storage.envelope import open_state
from bot.storage.log_tables import EVENT, TURN
from bot.storage.priority import Priority
from bot.storage.questions import Standing, open_answer, open_text
from bot.storage.tables import CONVERSATION, OUTBOX, QUESTION, TIMER
from bot.storage.transcripts import text_of
from dialogs.engine.conversation import SAFETY, to_json
from dialogs.engine.result import EventKind

_MESSAGE_COLUMNS = ("made_at", "sent_at", "status", "locale", "telegram_id")
_TURN_COLUMNS = (
    "at", "act", "locale", "before", "place", "choice", "intent", "repair", "waited",
)  # fmt: skip
_SAID = ("message", "plan", "beside", "sign")


def export(connection: Connection, vault: Vault, conversation: str) -> bytes:
    """Indented JSON; an empty object when nothing is kept."""
    return orjson.dumps(
        _everything(connection, vault, conversation),
        option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
    )


def _everything(connection: Connection, vault: Vault, conversation: str) -> dict[str, Any]:
    found = connection.execute(
        select(CONVERSATION).where(CONVERSATION.c.id == conversation)
    ).first()
    if found is None:
        return {}
    state = open_state(vault, conversation, found.state)
    timers = select(TIMER.c.name, TIMER.c.due).where(TIMER.c.conversation == conversation)
    return {
        "chat": state.chat,
        "language": found.locale,
        "last_used": found.updated_at,
        "conversation": to_json(state.conversation.for_a_file()),
        "timers": [row._asdict() for row in connection.execute(timers)],
        "messages": _messages(connection, vault, conversation),
        "words_to_staff": _questions(connection, vault, conversation),
        "turns_staff_may_read": _turns(connection, vault, state.ref),
        "steps_staff_may_read": _steps(connection, state.ref),
    }


def _turns(connection: Connection, vault: Vault, ref: str) -> list[dict[str, Any]]:
    """The log, but for turns with danger in them."""
    row = TURN.c
    calm = (row.signal == "", *(_elsewhere(place) for place in (row.before, row.place)))
    found = connection.execute(select(TURN).where(row.ref == ref, *calm).order_by(row.id))
    return [
        {name: getattr(each, name) for name in _TURN_COLUMNS} | {"text": text_of(vault, each)}
        for each in found
    ]


def _steps(connection: Connection, ref: str) -> list[dict[str, Any]]:
    """What was counted of it, but for danger."""
    row = EVENT.c
    calm = (row.kind != EventKind.SIGNAL.value, _elsewhere(row.place))
    found = select(row.at, row.kind, row.place, row.detail).where(row.ref == ref, *calm)
    return [each._asdict() for each in connection.execute(found.order_by(row.id))]


def _elsewhere(place: ColumnElement[str]) -> ColumnElement[bool]:
    """Not at a safety card."""
    return place.not_like(f"{SAFETY}.%")


def _questions(connection: Connection, vault: Vault, conversation: str) -> list[dict[str, Any]]:
    """What staff may read, and their answers; an answer that nobody sent yet is not the person's."""
    row = QUESTION.c
    found = connection.execute(
        select(QUESTION).where(row.conversation == conversation).order_by(row.asked_at)
    )
    return [
        {
            "kind": each.kind,
            "asked_at": each.asked_at,
            "text": open_text(vault, each.id, each.text),
            "answered_at": each.answered_at,
            "answer": _sent_answer(vault, each),
        }
        for each in found
    ]


def _sent_answer(vault: Vault, row: Any) -> str | None:  # noqa: ANN401 - a row of `question`
    sent = row.state == Standing.ANSWERED and row.answer is not None
    return open_answer(vault, row.id, row.answer) if sent else None


def _messages(connection: Connection, vault: Vault, conversation: str) -> list[dict[str, Any]]:
    rows = connection.execute(
        select(OUTBOX).where(OUTBOX.c.conversation == conversation).order_by(OUTBOX.c.id)
    )
    messages = []
    for row in rows:
        message = {name: getattr(row, name) for name in _MESSAGE_COLUMNS}
        if row.payload and row.priority != Priority.SAFETY:
            payload = orjson.loads(vault.open("outbox", str(row.id), row.payload))
            message |= {name: payload[name] for name in _SAID if name in payload}
        messages.append(message)
    return messages
