"""The library's request without a network: records every call, and answers as a test says."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

from telegram import Bot
from telegram.request import BaseRequest, RequestData

TOKEN = "1000000001:a-token-for-tests-only"
Answer = tuple[int, dict[str, Any]] | Exception


@dataclass
class Call:
    """One call, as it went out. `params` are decoded from JSON."""

    method: str
    params: dict[str, Any]
    files: dict[str, Any] = field(default_factory=dict)


class Wire(BaseRequest):
    """Answers what was put in with `answers`, in order, and otherwise agrees; getUpdates waits for an answer."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.hold: dict[str, asyncio.Event] = {}
        """Methods whose answer waits until the event is set."""
        self._answers: dict[str, deque[Answer]] = defaultdict(deque)
        self._called = asyncio.Event()
        self._put = asyncio.Event()
        self._next_id = 100

    def answers(self, method: str, *answers: Answer) -> None:
        """What the next calls of `method` get."""
        self._answers[method].extend(answers)
        self._put.set()

    def made(self, method: str) -> list[dict[str, Any]]:
        """The parameters of the calls of `method`."""
        return [call.params for call in self.calls if call.method == method]

    async def reach(self, method: str, count: int) -> list[dict[str, Any]]:
        """Wait until `method` was called `count` times."""
        async with asyncio.timeout(5):
            while len(self.made(method)) < count:
                self._called.clear()
                await self._called.wait()
        return self.made(method)

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_: object,
        **__: object,
    ) -> tuple[int, bytes]:
        assert method == "POST"
        name = url.rpartition("/")[2]
        call = Call(name, dict(request_data.parameters) if request_data else {})
        if request_data:
            call.files = dict(request_data.multipart_data)
        self.calls.append(call)
        self._called.set()
        if name in self.hold:
            await self.hold[name].wait()
        while name == "getUpdates" and not self._answers[name]:
            self._put.clear()
            await self._put.wait()
        answer = self._answers[name].popleft() if self._answers[name] else self._agree(call)
        if isinstance(answer, Exception):
            raise answer
        return answer[0], json.dumps(answer[1]).encode()

    def _agree(self, call: Call) -> Answer:
        match call.method:
            case "sendMessage" | "sendDocument" | "sendPhoto":
                self._next_id += 1
                return ok(message(self._next_id, call.params["chat_id"]))
            case "editMessageText":
                return ok(message(call.params["message_id"], call.params["chat_id"]))
            case "getMe":
                return ok({"id": 1, "is_bot": True, "first_name": "x", "username": "x_bot"})
            case "getMyCommands":
                return ok([])
            case _:
                return ok(True)


def message(message_id: int, chat: int) -> dict[str, Any]:
    return {"message_id": message_id, "date": 0, "chat": {"id": chat, "type": "private"}}


def ok(result: object) -> Answer:
    return 200, {"ok": True, "result": result}


def refused(status: int, description: str, **parameters: object) -> Answer:
    answer = {"ok": False, "error_code": status, "description": description}
    return status, answer | ({"parameters": parameters} if parameters else {})


def bot_over(wire: Wire) -> Bot:
    return Bot(TOKEN, request=wire, get_updates_request=wire)
