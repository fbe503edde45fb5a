"""What Inspect shows of a chat: where the conversation stands, its answers, the last turn and the wire.

Decides what is shown and in which words. It opens the conversation with the demo's own keys, which is why it belongs
to the demo and to nothing else; it changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

import orjson
from sqlalchemy import Engine, select

from bot.clock import Clock
from bot.demo.witness import Act, Counts, Seen, Witness
from bot.demo.world import World
from bot.demo.world_html import parse_html
from bot.privacy.vault import Vault
from bot.storage.engine import reading
from bot.storage.envelope import open_state
from bot.storage.tables import CONVERSATION, OUTBOX, TALLY, pending
from dialogs.engine.conversation import Answer, Conversation

Json = dict[str, Any]

_CALLBACK: Final = "callback_query"
_SAYING: Final = frozenset({"text", "document"})
_WORDS: Final = {
    "message": "wrote",
    "edited_message": "edited",
    _CALLBACK: "pressed a button",
    "my_chat_member": "blocked or came back",
}


class Inspect:
    """Looks into the demo's database and at its wire. Use it in the World's thread."""

    def __init__(self, world: World, engine: Engine, vault: Vault, clock: Clock) -> None:
        """Look over the shoulder of the program that writes to this database."""
        self._world, self._engine, self._vault = world, reading(engine), vault
        self._witness = Witness(world, self._counts, clock)

    def look(self, user: int) -> Json:
        """Everything about the chat with `user`. Raises ValueError when its row cannot be opened."""
        conversation = self._conversation(user)
        act = self._witness.last_act(user)
        return {
            "conversation": _standing(conversation) if conversation else None,
            "turn": self._turn(act) if act else None,
            "wire": [_on_the_wire(seen) for seen in reversed(self._witness.wire)],
            "violations": self._world.violations[-3:],
            "door": f"/bot{self._world.token}/getMe",
        }

    def remembered(self, user: int) -> bool:
        """Whether a conversation with `user` is kept."""
        row = CONVERSATION.c
        query = select(row.state).where(row.chat_hash == self._vault.lookup(user))
        with self._engine.connect() as connection:
            return bool(connection.execute(query).scalar())

    def idle(self) -> bool:
        """Whether the program has nothing left to send."""
        query = select(OUTBOX.c.id).where(pending(OUTBOX.c)).limit(1)
        with self._engine.connect() as connection:
            return connection.execute(query).first() is None

    def _conversation(self, user: int) -> Conversation | None:
        row = CONVERSATION.c
        query = select(row.id, row.state).where(row.chat_hash == self._vault.lookup(user))
        with self._engine.connect() as connection:
            found = connection.execute(query).first()
        if found is None or not found.state:
            return None
        return open_state(self._vault, found.id, found.state).conversation

    def _turn(self, act: Act) -> Json:
        facts = {"person": _WORDS.get(act.kind, act.kind)}
        if act.calls:
            facts["first call after"] = f"{1000 * act.answered_after:.0f} ms"
            facts["calls"] = str(len(act.calls))
        return {
            "facts": facts,
            "events": [" ".join(filter(None, event)) for event in self._since(act.counts)],
            "messages": [_said(call) for call in act.calls if _SAYING.intersection(call["params"])],
        }

    def _since(self, before: Counts) -> list[tuple[str, str, str]]:
        """What the program counted since then, of everybody: only counters are kept without consent."""
        return [event for event, count in self._counts().items() if count > before.get(event, 0)]

    def _counts(self) -> Counts:
        row = TALLY.c
        query = select(row.kind, row.place, row.detail, row.count).order_by(row.day)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        counts: Counts = {}
        for kind, place, detail, count in rows:
            counts[kind, place, detail] = counts.get((kind, place, detail), 0) + count
        return counts


def _standing(conversation: Conversation) -> Json:
    top = conversation.top
    facts: dict[str, object] = {
        "language": conversation.locale or "not known",
        "turns": conversation.turns,
        "not understood": conversation.misses,
    }
    if top is not None:
        facts["asked in turn"] = top.asked
        if top.picked:
            facts["picked"] = ", ".join(top.picked)
    facts |= {"steps back": len(conversation.trail), "flows": conversation.revision[:8] or "none"}
    return {
        "stack": [str(frame.place) for frame in conversation.frames],
        "facts": facts,
        "answers": _answers(conversation.answers),
    }


def _answers(answers: Mapping[str, Answer]) -> list[Json]:
    return [
        {
            "key": key,
            "value": _value(answer.value),
            "kind": answer.kind.value,
            "where": answer.where,
        }
        for key, answer in answers.items()
    ]


def _value(value: str | tuple[str, ...] | Decimal | date) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _said(call: Json) -> Json:
    """A message as the program sent it: how, its paragraphs and its buttons."""
    params = call["params"]
    text = params.get("text") or params.get("caption") or params.get("document", "")
    if params.get("parse_mode") == "HTML":
        text, _ = parse_html(text)
    return {"how": call["method"], "text": text, "buttons": _labels(params.get("reply_markup"))}


def _labels(markup: Json | str | None) -> list[str]:
    read: Json = orjson.loads(markup) if isinstance(markup, str) else markup or {}
    rows = read.get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def _on_the_wire(seen: Seen) -> Json:
    if seen.call is not None:
        call = seen.call
        return {
            "key": seen.number,
            "way": "call",
            "what": call["method"],
            "status": call["status"],
            "ms": round(call["ms"], 2) if "ms" in call else None,
            "verdict": call["verdict"],
            "body": {name: _unfolded(value) for name, value in call["params"].items()},
            "answer": call["answer"],
        }
    update = seen.update or {}
    kind = next(name for name in update if name != "update_id")
    return {"key": seen.number, "way": "update", "what": kind, "body": update}


def _unfolded(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """JSON that travelled as text, as JSON again."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            return value
    return value
