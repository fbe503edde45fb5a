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
from tests.web.nothing_behind import NothingBehind
from tests.web.screen import ARGUMENTS, CHROMIUM, DESKTOP, Client


@pytest.fixture
def world() -> World:
    clock = SystemClock()
    return World(clock=clock.now)


@pytest.fixture
def behind() -> NothingBehind:
    return NothingBehind()


@pytest_asyncio.fixture(loop_scope="module")
async def address(world: World, behind: NothingBehind) -> AsyncIterator[str]:
    EchoBot(world)
    page = DemoPage(world, behind)
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
    await expect(client.page.locator("#wide-1")).to_be_visible()
    yield client
    assert client.complaints == []
    await context.close()
