"""Long polling: getUpdates that waits until something happens.

Decides how long a poll waits and that a newer poll ends an older one, as the real server does. What is handed out and
confirmed is the world's to decide.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from bot.demo.world import World
from bot.demo.world_people import Json
from bot.demo.world_refusals import OTHER_POLLER, WEBHOOK_TOOK_OVER, conflict

_LONGEST: Final = 50


async def answer_call(
    world: World, method: str, params: Mapping[str, Any], files: Mapping[str, tuple[str, bytes]]
) -> tuple[int, Json]:
    """Carry out any call; getUpdates waits for up to its `timeout` seconds. Raises LostAnswer."""
    if method.lower() == "getupdates":
        return await _long_poll(world, params)
    return world.call(method, params, files)


async def _long_poll(world: World, params: Mapping[str, Any]) -> tuple[int, Json]:
    world.poller += 1
    mine = world.poller
    world.wake()
    loop = asyncio.get_running_loop()
    news = asyncio.Event()
    stop = world.on_news(lambda: loop.call_soon_threadsafe(news.set))
    try:
        status, answer = world.call("getUpdates", params)
        if status != 200 or answer["result"]:
            return status, answer
        deadline = loop.time() + min(max(int(params.get("timeout") or 0), 0), _LONGEST)
        while await _happened(news, deadline):
            if world.poller != mine:
                return 409, conflict(OTHER_POLLER).answer
            if world.webhook.url:
                return 409, conflict(WEBHOOK_TOOK_OVER).answer
            if world.inbox.ready:
                return world.call("getUpdates", params)
        return status, answer
    finally:
        stop()


async def _happened(news: asyncio.Event, deadline: float) -> bool:
    """Whether something happened before the deadline, a moment of the running loop's clock."""
    try:
        async with asyncio.timeout_at(deadline):
            await news.wait()
    except TimeoutError:
        return False
    news.clear()
    return True
