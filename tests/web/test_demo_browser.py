"""The demo's page in a real browser: what a person sees, hears through a screen reader, and can do without a mouse."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright, expect

from bot.clock import SystemClock
from bot.demo.page import Page as DemoPage
from bot.demo.world import World
from bot.tasks import Tasks
from bot.web.server import WebServer
from tests.web.demo_echo import EchoBot

DEBIANS = Path("/usr/bin/chromium")
CHROMIUM = str(DEBIANS) if DEBIANS.exists() else shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
NOTHING_SEEN: dict[str, object] = {
    "conversation": None, "turn": None, "wire": [], "violations": [], "door": "/bot/getMe",
}  # fmt: skip
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 860}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(
        CHROMIUM is None,
        reason="Chromium is missing (/usr/bin/chromium): nothing here was tried in a browser",
    ),
]


@pytest.fixture
def world() -> World:
    clock = SystemClock()
    return World(clock=clock.now)


@pytest_asyncio.fixture(loop_scope="module")
async def address(world: World) -> AsyncIterator[str]:
    EchoBot(world)

    async def restart() -> None:
        """There is no program here."""

    page = DemoPage(world, restart=restart, look=lambda _user: NOTHING_SEEN)
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


class Client:
    """A Telegram app on screen. Anything the browser complains about fails the test."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    @property
    def bubbles(self) -> Locator:
        """All messages, oldest first."""
        return self.page.locator("#log article")

    def button(self, name: str) -> Locator:
        """The newest button or link of that name."""
        return self.page.get_by_role("button", name=name, exact=True).last

    async def starts(self) -> None:
        """Press Start, and wait for the welcome."""
        await self.page.get_by_role("button", name="START").click()
        await expect(self.bubbles.last).to_contain_text("Welcome")

    async def says(self, text: str) -> None:
        """Type and send."""
        box = self.page.get_by_role("combobox", name="Message")
        await box.fill(text)
        await box.press("Enter")


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


async def test_a_chat_from_start_to_an_edit_in_place(client: Client) -> None:
    page = client.page
    await expect(page.get_by_text("I repeat what you say.")).to_be_visible()
    await expect(page.get_by_text("Nothing you write leaves it.")).to_be_visible()
    await expect(page.locator("#compose")).to_be_hidden()
    await client.starts()
    await expect(page.locator("#opening")).to_be_hidden()
    await expect(client.bubbles.last.locator("b")).to_have_text("Welcome")
    link = page.get_by_role("link", name="Read more")
    assert await link.get_attribute("href") == "https://example.org/more"
    await client.says("<img src=x onerror=alert(1)>\nsecond & third")
    await expect(client.bubbles).to_have_count(4)
    await expect(client.bubbles.last).to_contain_text("<img src=x onerror=alert(1)>")
    assert await page.locator("#log img").count() == 0
    await client.button("Benefits").click()
    await expect(client.bubbles.last).to_contain_text("Benefits, in place")
    await expect(client.bubbles).to_have_count(4)
    await expect(client.bubbles.last).not_to_contain_text("edited")


async def test_answers_to_a_press_are_a_toast_or_an_alert(client: Client) -> None:
    await client.starts()
    await client.button("Tell me").click()
    await expect(client.page.get_by_role("status")).to_contain_text("A word in passing")
    await client.button("Warn me").click()
    dialog = client.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Please read this")
    await client.page.keyboard.press("Enter")
    await expect(dialog).to_be_hidden()
    await expect(client.page.locator(".waiting")).to_have_count(0)


async def test_everything_works_without_a_mouse(client: Client) -> None:
    page, keys = client.page, client.page.keyboard
    await expect(page.get_by_role("button", name="START")).to_be_focused()
    await keys.press("Enter")
    await expect(client.bubbles).to_have_count(2)
    box = page.get_by_role("combobox", name="Message")
    await expect(box).to_be_focused()
    await keys.type("/pr")
    await expect(page.get_by_role("option", name="/privacy")).to_be_visible()
    await expect(box).to_have_attribute("aria-activedescendant", "command-0")
    await keys.press("Enter")
    await expect(client.bubbles.last).to_contain_text("You said: /privacy")
    await keys.type("hullo")
    await keys.press("Enter")
    await expect(client.bubbles.last).to_contain_text("You said: hullo")
    await keys.press("ArrowUp")
    await expect(box).to_have_value("hullo")
    await box.fill("hello")
    await keys.press("Enter")
    await expect(client.bubbles.nth(4)).to_contain_text("hello")
    await expect(client.bubbles.nth(4)).to_contain_text("edited")
    await client.button("Benefits").focus()
    await keys.press("Enter")
    await expect(client.bubbles.last).to_contain_text("Benefits, in place")
    await expect(client.button("Benefits")).to_be_focused()


async def test_the_log_is_announced_and_every_control_has_a_name(client: Client) -> None:
    page = client.page
    await client.starts()
    log = page.get_by_role("log")
    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(client.bubbles.last).to_contain_text("Assistant:")
    unnamed = await page.evaluate(
        """() => [...document.querySelectorAll("button, select, textarea, a")]
            .filter((e) => !(e.textContent.trim() || e.getAttribute("aria-label") || e.labels?.length))
            .map((e) => e.outerHTML)"""
    )
    assert unnamed == []


async def test_rubbish_blocking_and_clearing(client: Client) -> None:
    page = client.page
    await client.starts()
    await page.get_by_role("button", name="Send something").click()
    await page.get_by_role("menuitem", name="Voice message").click()
    await expect(client.bubbles.last).to_contain_text("You said: something I cannot read")
    await page.get_by_role("button", name="More", exact=True).click()
    await page.get_by_role("menuitem", name="Block bot").click()
    await expect(page.get_by_role("button", name="UNBLOCK BOT")).to_be_visible()
    await page.get_by_role("button", name="UNBLOCK BOT").click()
    await expect(page.locator("#compose")).to_be_visible()
    await client.says("/export")
    await expect(page.get_by_role("link", name="Save mine.json")).to_be_visible()
    await page.get_by_role("button", name="More", exact=True).click()
    await page.get_by_role("menuitem", name="Clear chat").click()
    await expect(client.bubbles).to_have_count(0)
    await expect(page.get_by_role("button", name="START")).to_be_visible()


async def test_the_chat_is_still_there_after_a_reload(client: Client) -> None:
    await client.starts()
    await client.says("remember me")
    await expect(client.bubbles).to_have_count(4)
    await client.page.reload()
    await expect(client.bubbles).to_have_count(4)
    await expect(client.bubbles.last).to_contain_text("remember me")


async def test_the_app_speaks_the_language_of_its_person(client: Client) -> None:
    page = client.page
    language = page.get_by_label("Language of the Telegram app")
    await language.select_option("es")
    await expect(page.get_by_role("heading", name="Eco")).to_be_visible()
    await page.get_by_role("button", name="INICIAR").click()
    await language.select_option("ar")
    await expect(page.locator("#phone")).to_have_attribute("dir", "rtl")
    await page.locator("#text").fill("مرحبا 123")
    await page.keyboard.press("Enter")
    await expect(client.bubbles).to_have_count(4)
    paragraph = client.bubbles.nth(2).locator("p")
    assert await paragraph.evaluate("(e) => getComputedStyle(e).direction") == "rtl"


async def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Browser, address: str) -> None:
    context = await browser.new_context(viewport=PHONE, color_scheme="dark", has_touch=True)
    client = Client(await context.new_page())
    await client.page.goto(address)
    await client.starts()
    await client.says("https://example.org/" + "very-long-word" * 20)
    await expect(client.bubbles).to_have_count(4)
    assert await client.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert await client.page.evaluate("document.documentElement.dataset.theme") == "dark"
    await client.page.get_by_role("button", name="Inspect", exact=True).click()
    panel = client.page.get_by_role("complementary", name="Inspect")
    await expect(panel).to_be_visible()
    await client.page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()
    assert client.complaints == []
    await context.close()


async def test_light_and_dark_keep_their_contrast(client: Client) -> None:
    await client.starts()
    await client.says("hello")
    await expect(client.bubbles).to_have_count(4)
    for _ in ("light", "dark"):
        assert await client.page.evaluate(_FAINT) == []
        await client.page.get_by_role("button", name="Dark mode").click()


_FAINT = """() => {
  const channel = (c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const parse = (text) => {
    const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const light = ({ r, g, b }) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const mixed = (top, under, k) => top[k] * top.a + under[k] * (1 - top.a);
  const over = (top, under) =>
    ({ a: 1, r: mixed(top, under, "r"), g: mixed(top, under, "g"), b: mixed(top, under, "b") });
  const behind = (element) => {
    if (!element) return { r: 255, g: 255, b: 255, a: 1 };
    const own = parse(getComputedStyle(element).backgroundColor);
    return own.a === 1 ? own : over(own, behind(element.parentElement));
  };
  const texts = "h1, .who p, .promise span, .bubble p, .bubble time, .key, .note, .menu-button";
  const seen = [...document.querySelectorAll(texts)];
  return seen.filter((e) => e.getClientRects().length).map((e) => {
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
    return [e.className || e.tagName, ((a + 0.05) / (b + 0.05)).toFixed(2)];
  }).filter(([, ratio]) => ratio < 4.5);
}"""
