"""What is sealed in a conversation's row: the state, its chat, and the reference the log knows it
by.

Decides that JSON. The link from a chat to its log exists only here.
"""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from bot.privacy.vault import Vault
from dialogs.engine.conversation import Conversation, from_json, to_json


@dataclass(frozen=True, slots=True)
class State:
    """A conversation with what belongs to it but must not be seen by the engine."""

    chat: int
    ref: str
    conversation: Conversation


def seal_state(vault: Vault, row: str, state: State) -> bytes:
    """The state of conversation `row`, sealed."""
    plain = {"chat": state.chat, "ref": state.ref, "is": to_json(state.conversation)}
    return vault.seal("conversation", row, orjson.dumps(plain))


def open_state(vault: Vault, row: str, sealed: bytes) -> State:
    """The state of conversation `row`.

    Raises UnopenableError, or ValueError when a newer program wrote it.
    """
    plain = orjson.loads(vault.open("conversation", row, sealed))
    return State(plain["chat"], plain["ref"], from_json(plain["is"]))
