"""The door without sockets: python-telegram-bot's request object, answered by a World in the same process.

Decides how the library's request becomes a call and its answer bytes. It keeps no connection, so timeouts other than a
lost answer do not occur.
"""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import unquote

import orjson
from telegram._utils.types import ODVInput
from telegram.error import TimedOut
from telegram.request import BaseRequest, RequestData

from bot.demo.poll import answer_call
from bot.demo.world import World
from bot.demo.world_refusals import LostAnswer, unauthorized

_ADDRESS: Final = re.compile(r".*?/(?P<file>file/)?bot(?P<token>[^/]+)/(?P<rest>[^?]*)")
_READ_TIMEOUT: Final = 5.0


class SimRequest(BaseRequest):
    """Give it to `telegram.Bot` as `request` and `get_updates_request`."""

    __slots__ = ("_world",)

    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def read_timeout(self) -> float | None:
        """Seconds the library adds to a poll's own timeout."""
        return _READ_TIMEOUT

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - the Bot API does not tell GET from POST
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Answer a request of the library. Raises TimedOut when the answer gets lost."""
        found = _ADDRESS.match(unquote(url))
        if found is None or found["token"] != self._world.token:
            return _encoded(401, unauthorized().answer)
        if found["file"]:
            return self._download(found["rest"])
        params = request_data.parameters if request_data else {}
        try:
            status, answer = await answer_call(
                self._world, found["rest"], params, _files(request_data)
            )
        except LostAnswer as lost:
            raise TimedOut("the answer got lost") from lost
        return _encoded(status, answer)

    def _download(self, path: str) -> tuple[int, bytes]:
        kept = self._world.files.by_path(path)
        if kept is None:
            return _encoded(404, {"ok": False, "error_code": 404, "description": "Not Found"})
        return 200, kept.content


def _encoded(status: int, answer: dict[str, Any]) -> tuple[int, bytes]:
    return status, orjson.dumps(answer)


def _files(request_data: RequestData | None) -> dict[str, tuple[str, bytes]]:
    if request_data is None or not request_data.contains_files:
        return {}
    files: dict[str, tuple[str, bytes]] = {}
    for name, (file_name, content, _kind) in request_data.multipart_data.items():
        files[name] = (file_name, content if isinstance(content, bytes) else content.read())
    return files
