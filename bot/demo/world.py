"""A small Telegram in memory: people on one side, the Bot API on the other.

Decides how a call is carried out: faults, the documentation, the method, the record of it. Pure: no I/O, no tasks, time
comes from the injected clock. It is not a server; `request` and `door` are the two ways in.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson

from bot.demo import (
    world_delivery,
    world_documents,
    world_messages,
    world_pictures,
    world_settings,
)
from bot.demo.spec import Files, bot_api
from bot.demo.world_acts import Acts
from bot.demo.world_methods import METHODS
from bot.demo.world_people import Json
from bot.demo.world_refusals import LostAnswer, Refusal, SpecRefusal

__all__ = ["DEMO_TOKEN", "World"]

DEMO_TOKEN: Final = "1000000001:DEMO-token-for-tests-only"  # noqa: S105 - opens nothing
_USERNAME: Final = "second_opinion_demo_bot"
_REMEMBERED: Final = 2_000
_ROOMS: Final = (world_delivery, world_documents, world_messages, world_pictures, world_settings)
"""Importing them fills the table of methods."""


class World(Acts):
    """The whole of it. `calls` are the last Bot API calls, `violations` what broke the documentation."""

    def __init__(
        self,
        clock: Callable[[], float],
        token: str = DEMO_TOKEN,
        username: str = _USERNAME,
        stopwatch: Callable[[], float] | None = None,
    ) -> None:
        super().__init__(clock, token, username)
        self.calls: deque[Json] = deque(maxlen=_REMEMBERED)
        self.violations: list[str] = []
        self._stopwatch = stopwatch

    def call(
        self, method: str, params: Mapping[str, Any], files: Files | None = None
    ) -> tuple[int, Json]:
        """Carry out a Bot API call: HTTP status and JSON. Raises LostAnswer when that fault is on."""
        started = self._stopwatch() if self._stopwatch else None
        name = bot_api().names.get(method.lower(), method)
        noted = len(self.violations)
        try:
            result = self._carry_out(name, params, files or {})
        except Refusal as refusal:
            if isinstance(refusal, SpecRefusal):
                self._violates(f"{name}: {refusal.description}")
            status, answer = refusal.status, refusal.answer
        else:
            status, answer = 200, {"ok": True, "result": result}
        verdict = "; ".join(self.violations[noted:])
        record: Json = {
            "method": name,
            "params": _shown(params, files, odd=bool(verdict)),
            "status": status,
            "answer": answer,
            "at": self.clock(),
            "verdict": verdict or "ok",
        }
        if self._stopwatch and started is not None:
            record["ms"] = round(1000 * (self._stopwatch() - started), 3)
        self.calls.append(record)
        self.publish("call", call=record)
        if status == 200 and self.faults.loses(name):
            raise LostAnswer(name)
        return status, answer

    def updates(
        self, offset: int | None = None, limit: int = 100, allowed: list[str] | None = None
    ) -> list[Json]:
        """What getUpdates would hand out now; confirms everything below `offset`."""
        if allowed is not None:
            self.inbox.allow(allowed)
        return self.inbox.take(offset or 0, limit)

    def chat(self, chat_id: int) -> list[Json]:
        """The messages that stand in a chat, oldest first: Message objects plus `from_bot`, `edited`,
        `html` (safe to show) and `keyboard` (a reply keyboard)."""
        chat = self.chats.get(chat_id)
        return [bubble.view for bubble in chat.bubbles.values()] if chat else []

    def person_view(self, user_id: int) -> Json:
        """Somebody, and how the bot presents itself to them."""
        person = self.known_person(user_id)
        return {
            **person.json,
            "blocked": person.blocked,
            "started": self.chats[user_id].open,
            "bot": {**self.bot, **self.profile.seen_by(user_id, person.language_code)},
        }

    def _carry_out(self, name: str, params: Mapping[str, Any], files: Files) -> object:
        handler = METHODS.get(name)
        if handler is None:
            raise SpecRefusal(404, "method not found")
        self.faults.strike(name)
        call = bot_api().check(name, params, files)
        for violation in call.violations:
            self._violates(violation)
        return handler(self, call.values, files)

    def _violates(self, words: str) -> None:
        if len(self.violations) < _REMEMBERED:
            self.violations.append(words)


def _shown(params: Mapping[str, Any], files: Files | None, *, odd: bool) -> Json:
    """The parameters for the record; what came with an `odd` call may be no JSON at all."""
    shown = dict(params)
    for name, (file_name, content) in (files or {}).items():
        shown[name] = f"{file_name} ({len(content)} bytes)"
    if odd:
        try:
            orjson.dumps(shown)
        except (
            TypeError
        ):  # too deep, too large a number, a lone surrogate: orjson names them all so
            return {"unshowable": ", ".join(map(ascii, shown))}
    return shown
