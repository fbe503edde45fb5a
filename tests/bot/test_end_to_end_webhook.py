"""The whole program behind a webhook, with its secret."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from bot.demo.sender import SECRET_HEADER
from tests.support.live import SECRET, Live, live_program
from tests.support.world_chat import WorldChat

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def live(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Live]:
    """One program for all tests here; updates are pushed to it."""
    async with live_program(tmp_path_factory.mktemp("webhook"), webhook=True) as running:
        yield running


@pytest.fixture
def chat(live: Live) -> WorldChat:
    """A person of one's own."""
    return WorldChat(live)


async def test_a_conversation_by_webhook(live: Live, chat: WorldChat) -> None:
    await chat.says("/start options")
    await chat.says("USA")
    await chat.says("Texas")
    await chat.taps("Remember")
    assert chat.answers() == {"country": "US", "region": "US-TX", "may_remember": "yes"}
    assert live.world.webhook.secret == SECRET
    assert not live.made("getUpdates")


async def test_pushes_that_come_twice_are_taken_once(live: Live, chat: WorldChat) -> None:
    live.world.faults.duplicate_updates = True
    try:
        await chat.says("/start options")
        await chat.says("USA")
    finally:
        live.world.faults.duplicate_updates = False
    conversation = live.conversation(chat.user)
    assert conversation is not None
    assert conversation.turns == 2


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "\u00e9"])
async def test_without_the_secret_nothing_is_taken(
    live: Live, chat: WorldChat, secret: str | None
) -> None:
    given = None if secret is None else secret.encode()
    assert await _pushed(live, _start(chat.user, 900_000_001), given) == 403
    assert live.conversation(chat.user) is None


async def test_with_the_secret_it_is_taken_before_it_is_answered(
    live: Live, chat: WorldChat
) -> None:
    live.world.says(chat.user, "/start")
    await live.settled()
    sent = _start(chat.user, 900_000_002)
    assert await _pushed(live, sent, SECRET.encode()) == 200
    conversation = live.conversation(chat.user)
    assert conversation is not None
    assert conversation.turns == 2
    await live.settled()


async def _pushed(live: Live, update: dict[str, Any], secret: bytes | None) -> int:
    headers = [] if secret is None else [(SECRET_HEADER.encode(), secret)]
    async with httpx.AsyncClient() as client:
        answer = await client.post(live.world.webhook.url, json=update, headers=headers)
        return answer.status_code


def _start(user: int, number: int) -> dict[str, Any]:
    person = {"id": user, "is_bot": False, "first_name": "A"}
    chat = {"id": user, "type": "private"}
    message = {"message_id": 1, "date": 0, "chat": chat, "from": person, "text": "/start"}
    return {"update_id": number, "message": message}
