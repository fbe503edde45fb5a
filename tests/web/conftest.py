"""The demo's page with a tiny bot behind it, and a browser in front."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from bot.clock import SystemClock
from bot.demo.page import Page as DemoPage
from bot.demo.world import World
from bot.tasks import Tasks
from bot.web.server import WebServer
from tests.web.demo_echo import EchoBot
from tests.web.screen import ARGUMENTS, CHROMIUM, DESKTOP, Client

NOTHING_SEEN: dict[str, object] = {
    "conversation": None, "turn": None, "wire": [], "violations": [], "door": "/bot/getMe",
}  # fmt: skip


@pytest.fixture
def world() -> World:
    clock = SystemClock()
    return World(clock=clock.now)


@pytest.fixture
def kept() -> set[int]:
    """Whom the program remembers."""
    return set()


@pytest_asyncio.fixture(loop_scope="module")
async def address(world: World, kept: set[int]) -> AsyncIterator[str]:
    EchoBot(world)

    async def restart() -> None:
        """There is no program here."""

    page = DemoPage(
        world,
        restart=restart,
        look=lambda _user: NOTHING_SEEN,
        remembered=kept.__contains__,
    )
    tasks = Tasks(SystemClock())
    server = WebServer(page.app(), "127.0.0.1", 0, tasks)
    await server.start()
    yield f"http://127.0.0.1:{server.port}"
    page.close()
    await server.stop()
    await tasks.stop(1)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def client(browser: Browser, address: str) -> AsyncIterator[Client]:
    context = await browser.new_context(
        viewport=DESKTOP, color_scheme="light", reduced_motion="reduce"
    )
    client = Client(await context.new_page())
    await client.page.goto(address)
    await expect(client.page.locator("#wide")).to_be_visible()
    yield client
    assert client.complaints == []
    await context.close()
