"""The table of Bot API methods the emulated server carries out.

Decides which methods exist here and how one is registered: `@method("sendMessage")` on a function of the world, the
checked values and the files. Everything not in the table is refused loudly, never answered with a made-up success.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.demo.spec import Files
from bot.demo.world_people import Json

if TYPE_CHECKING:
    from bot.demo.world_state import WorldState

Handler = Callable[["WorldState", Json, Files], Any]

METHODS: dict[str, Handler] = {}


def method(name: str) -> Callable[[Handler], Handler]:
    """Register the function that carries out the Bot API method `name`."""

    def register(handler: Handler) -> Handler:
        METHODS[name] = handler
        return handler

    return register
