"""Plans and signs on their way: from a turn through database and outbox to the bytes that Telegram gets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from telegram import Bot
from telegram.error import TimedOut

from bot.demo.request import SimRequest
from bot.demo.world import DEMO_TOKEN, World
from bot.i18n import Renderer
from bot.storage.outbox import GivenUp, ParcelKind, Sent
from bot.storage.tables import OUTBOX
from bot.tasks import Tasks
from bot.telegram.delivery import Delivery
from tests.bot.test_delivery import at_work, parcel
from tests.support.clock import FakeClock
from tests.support.database import House, open_house
from tests.support.sample_plan import sample_catalogs, sample_plan, sample_sign
from tests.support.wire import refused

ANNA = 7
PNG = b"\x89PNG\r\n\x1a\n"


def plan_parcel() -> Any:  # noqa: ANN401 - a parcel
    return parcel(1, kind=ParcelKind.PLAN, message=None, plan=sample_plan())


async def test_a_plan_is_a_document_with_a_name_that_says_nothing() -> None:
    async with at_work() as post:
        post.put(plan_parcel())
        assert await post.sent(1) == [Sent(1, 101, post.clock.now())]
        *_, call = post.wire.calls
        name, content, _ = call.files["document"]
        assert (call.method, name) == ("sendDocument", "notes-2023-11-14.pdf")
        assert content.startswith(b"%PDF-")
        assert call.params == {"chat_id": ANNA, "disable_content_type_detection": True}


async def test_a_sign_is_a_picture_and_nothing_else() -> None:
    async with at_work() as post:
        post.put(parcel(1, kind=ParcelKind.SIGN, message=None, sign=sample_sign()))
        assert await post.sent(1) == [Sent(1, 101, post.clock.now())]
        *_, call = post.wire.calls
        name, content, _ = call.files["photo"]
        assert (call.method, name, call.params) == ("sendPhoto", "notes.png", {"chat_id": ANNA})
        assert content.startswith(PNG)


async def test_telegram_shows_that_a_file_is_on_its_way_before_it_comes() -> None:
    async with at_work() as post:
        post.put(plan_parcel())
        await post.sent(1)
        assert [call.method for call in post.wire.calls] == ["sendChatAction", "sendDocument"]
        assert post.wire.calls[0].params["action"] == "upload_document"


@pytest.mark.parametrize(
    "trouble", [TimedOut(), refused(429, "Too Many Requests", retry_after=9), refused(400, "Bad")]
)
async def test_a_plan_comes_even_when_that_cannot_be_shown(trouble: Any) -> None:  # noqa: ANN401
    async with at_work() as post:
        post.wire.answers("sendChatAction", trouble)
        post.put(plan_parcel())
        assert await post.sent(1) == [Sent(1, 101, post.clock.now())]


async def test_a_plan_that_cannot_be_made_blocks_nobody() -> None:
    async with at_work() as post:
        post.put(parcel(1, kind=ParcelKind.PLAN, message=None), parcel(2))
        marks = await post.sent(2)
        assert marks[0] == GivenUp(1, "unmakeable")
        assert isinstance(marks[1], Sent)


@asynccontextmanager
async def the_way(place: Path) -> AsyncIterator[tuple[House, World]]:
    """Turns, database, delivery and a world with Anna in it."""
    clock = FakeClock()
    world = World(clock.monotonic)
    world.person(ANNA, "Anna", "es")
    world.says(ANNA, "/start")
    tasks = Tasks(clock)
    with open_house(place) as house:
        bot = Bot(DEMO_TOKEN, request=SimRequest(world))
        renderer = Renderer(sample_catalogs())
        delivery = Delivery(bot, house.outbox, house.turns, renderer, tasks, house.clock)
        tasks.keep("delivery", delivery.run)
        try:
            yield house, world
        finally:
            await tasks.stop(0.0)


async def until(house: House, world: World, holds: Callable[[], object]) -> None:
    """Let time pass, a second whenever nothing happens in the world, until something is so."""
    happened = asyncio.Event()
    unsubscribe = world.subscribe(lambda _: happened.set())
    try:
        async with asyncio.timeout(10):
            while not holds():
                with suppress(TimeoutError):
                    await asyncio.wait_for(happened.wait(), 0.02)
                happened.clear()
                house.clock.advance(1)
    finally:
        unsubscribe()


def said(world: World) -> list[dict[str, Any]]:
    """What the assistant sent to Anna and was not deleted."""
    return [one for one in world.chat(ANNA) if one["from_bot"]]


async def test_the_bytes_of_a_plan_arrive_after_the_words(tmp_path: Path) -> None:
    async with the_way(tmp_path) as (house, world):
        await asyncio.to_thread(house.take, house.tap(ANNA, "plan beside es"))
        await until(house, world, lambda: len(said(world)) == 2)
        words, file = said(world)
        assert words["text"] == "plan beside es"
        assert file["document"]["file_name"].endswith(".pdf")
        kept = world.files.by_id(file["document"]["file_id"])
        assert kept is not None
        text = PdfReader(BytesIO(kept.content)).pages[0].extract_text()
        assert "Primeros pasos" in text
        assert "First steps" in text
        assert world.violations == []


async def test_forgetting_takes_the_file_out_of_the_chat(tmp_path: Path) -> None:
    async with the_way(tmp_path) as (house, world):
        await asyncio.to_thread(house.take, house.tap(ANNA, "plan"))
        await until(house, world, lambda: len(said(world)) == 2)
        await asyncio.to_thread(house.take, house.tap(ANNA, "forget"))
        await until(house, world, lambda: not house.rows(OUTBOX))
        assert [one["text"] for one in said(world)] == ["forget"]
