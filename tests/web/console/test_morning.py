"""A reviewer's whole morning, in a browser, beside a running demo."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyotp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Download, Page, async_playwright, expect

from bot.demo.serve import Demo, demo_settings
from bot.demo.visitor import Visitor
from bot.demo.visitors import PastClock
from bot.i18n import Renderer
from bot.privacy.vault import Vault, new_keys
from bot.storage import staff
from bot.storage.engine import open_engine
from bot.storage.log import Log
from bot.storage.staff import Role
from bot.talk import BookTalk
from bot.web.console import passwords
from tests.support.office import PASSWORD, book, kept_password
from tests.web.screen import ARGUMENTS, CHROMIUM, DESKTOP, IN_A_BROWSER, PHONE, Client

pytestmark = IN_A_BROWSER

AXE = Path(__file__).parents[1] / "vendor/axe.min.js"
HELP = "عندي ألم شديد في صدري ولا أستطيع التنفس"
MISSED = "Plorfina"
QUESTION = "Could you tell me what I need to bring to my appointment?"
ANSWER = "Bring your letters, please."
HOUR = 3_600
INSIDE = {
    "/conversations": "/conversations/",
    "/flows": "/flows/",
    "/directory?kind=telemedicine": "/directory/us-",
}
"""Lists, and how the addresses begin of the pages that they lead to."""


@dataclass
class Morning:
    """A demo, its console, and somebody who may sign in."""

    demo: Demo
    secret: str

    @property
    def console(self) -> str:
        """Its address."""
        return f"{self.demo.address}/console"

    def code(self) -> str:
        """What the app shows now."""
        return pyotp.TOTP(self.secret).at(self.demo.clock.now())


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def morning(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Morning]:
    place = tmp_path_factory.mktemp("morning")
    keys = new_keys()
    settings = demo_settings(place, keys)
    demo = Demo(settings, 0)
    await demo.start()
    engine = open_engine(settings.database_url)
    vault = Vault(settings.data_keys, settings.lookup_key)
    secret, now = passwords.new_secret(), demo.clock.now()
    with engine.begin() as connection:
        lead = staff.add(connection, "Mara", Role.LEAD, "en", now)
        staff.invite(connection, vault, lead.id, secret, now)
        staff.set_up(connection, lead.id, kept_password(), 0)
        log = Log(engine.dialect, vault)
        for visitor in people(now):
            log.write(connection, visitor.plan.entries)
    engine.dispose()
    yield Morning(demo, secret)
    await demo.stop()


def people(now: int) -> Iterator[Visitor]:
    """Somebody in danger, in Arabic; and somebody whose name nothing can know for one."""
    talk, renderer = BookTalk(book()), Renderer(book().catalogs)
    first = Visitor(talk, renderer, PastClock(now - HOUR), 1_001, "ar", secrets.token_hex(12))
    first.types("/start")
    first.types(HELP)
    yield first
    second = Visitor(talk, renderer, PastClock(now - 2 * HOUR), 1_002, "en", secrets.token_hex(12))
    second.types("/start")
    second.taps("Something worries me")
    second.types(f"the trouble is that {MISSED.lower()} keeps telling everybody about it")
    yield second


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def context(morning: Morning) -> AsyncIterator[BrowserContext]:
    async with async_playwright() as playwright:
        browser: Browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS
        )
        context = await browser.new_context(
            viewport=DESKTOP, base_url=morning.demo.address, reduced_motion="reduce"
        )
        yield context
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def page(context: BrowserContext, morning: Morning) -> AsyncIterator[Page]:
    """The console, signed in with password and code."""
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(f"{page.url}: {said.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    await page.goto(f"{morning.console}/queue")
    await page.get_by_label("Name").fill("mara")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_label("Code from your app").fill(morning.code())
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("heading", name="Queue")).to_be_visible()
    yield page
    assert complaints == []


async def test_a_reviewers_morning(page: Page, context: BrowserContext, morning: Morning) -> None:
    await page.goto(f"{morning.console}/labels")
    await page.get_by_label("New label").fill("Unclear")
    await page.get_by_role("button", name="Add").click()
    await _reads_an_arabic_conversation_in_english(page, morning)
    await _marks_a_name_that_was_missed(page)
    await _makes_a_test(page)
    await _answers_a_question_of_the_chat(page, context, morning)
    await _looks_at_the_funnel_and_takes_an_export(page, morning)


async def _reads_an_arabic_conversation_in_english(page: Page, morning: Morning) -> None:
    await page.goto(f"{morning.console}/queue")
    await page.keyboard.press("n")
    await expect(page.locator(".chip.danger").first).to_contain_text("now")
    card = page.locator(".bubble.assistant", has_text="112").last
    await expect(card.locator("> .words")).to_have_attribute("lang", "en")
    original = card.locator(".original .words")
    await expect(original).to_be_hidden()
    await card.get_by_text("as they read it (ar)").click()
    await expect(original).to_be_visible()
    assert await original.evaluate("each => getComputedStyle(each).direction") == "rtl"
    await page.keyboard.press("m")
    await page.keyboard.type("The card came at once.")
    await page.keyboard.press("Escape")
    await page.keyboard.press("l")
    await expect(page.get_by_label("Add a label")).to_be_focused()
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(page.locator("#review form.chip")).to_contain_text("Unclear")
    await page.get_by_role("button", name="Keep the note").click()
    await expect(page.locator("#review article.note")).to_contain_text("The card came at once.")
    for answer in await page.get_by_role("radio", name="yes").all():
        await answer.check()
    await page.get_by_role("heading", name="Review", exact=True).click()
    await page.keyboard.press("Escape")
    await page.keyboard.press("e")


async def _marks_a_name_that_was_missed(page: Page) -> None:
    words = page.locator(".bubble.person .words")
    await expect(words.last).to_contain_text(MISSED.lower())
    await page.evaluate(_SELECT, MISSED.lower())
    field = page.get_by_label("Type exactly what must go")
    await expect(field).to_have_value(MISSED.lower())
    await page.get_by_role("button", name="Cut it out everywhere").click()
    await expect(page.get_by_role("status")).to_contain_text("Cut out in 1 place")
    await expect(words.last).not_to_contain_text(MISSED.lower())


async def _makes_a_test(page: Page) -> None:
    async with page.expect_download() as coming:
        await page.get_by_role("button", name="Make a test of this").click()
    told = await _text(await coming.value)
    assert "Patient taps: Something worries me" in told
    assert MISSED.lower() not in told


async def _answers_a_question_of_the_chat(
    page: Page, context: BrowserContext, morning: Morning
) -> None:
    chat = Client(await context.new_page())
    await chat.page.goto(morning.demo.address)
    await chat.page.get_by_role("button", name="START").click()
    await expect(chat.button("Something worries me")).to_be_visible()
    await chat.says("/person")
    await chat.button("Write to our staff").click()
    await expect(chat.bubbles.last).to_contain_text("What would you like to ask?")
    await chat.says(QUESTION)
    await chat.page.locator("#log-1").get_by_role("button", name="Send", exact=True).click()
    await expect(chat.bubbles.last).to_contain_text("Your question is with our staff")
    await page.goto(f"{morning.console}/questions")
    await page.locator('main a[href*="/questions/"]').first.click()
    assert await _faults(page, page.url) == []
    await page.get_by_label("Answer").fill(ANSWER)
    await page.get_by_role("button", name="See what will be sent").click()
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_role("heading", name="Questions")).to_be_visible()
    await chat.button("Show").click()
    await expect(chat.bubbles.last).to_contain_text("Written by a person")
    await expect(chat.bubbles.last).to_contain_text(ANSWER)
    await chat.page.close()


async def _looks_at_the_funnel_and_takes_an_export(page: Page, morning: Morning) -> None:
    await page.goto(f"{morning.console}/funnel")
    await expect(page.locator("svg").first).to_be_visible()
    await page.goto(f"{morning.console}/exports")
    async with page.expect_download() as coming:
        await page.get_by_role("button", name="Export the table").click()
    written = await _text(await coming.value)
    assert written.count("\n") == 3
    assert "Unclear" in written


async def _text(download: Download) -> str:
    path = await download.path()
    return await asyncio.to_thread(path.read_text, "utf-8")


async def test_every_page_is_accessible_on_every_screen(page: Page, morning: Morning) -> None:
    await page.goto(f"{morning.console}/")
    found = await page.locator("nav.pages a").evaluate_all("all => all.map(each => each.href)")
    for listed, inside in INSIDE.items():
        await page.goto(f"{morning.console}{listed}")
        link = page.locator(f"main a[href*='{inside}']").first
        found += [f"{morning.demo.address}{await link.get_attribute('href')}"]
    found += [f"{morning.console}/conversations?q=trouble"]
    faults = [fault for address in found for fault in await _faults(page, address)]
    assert faults == []


async def _faults(page: Page, address: str) -> list[str]:
    """What a checker finds in light and dark, and whether a phone's screen is too narrow for the page."""
    await page.goto(address)
    faults = []
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        await page.evaluate(AXE.read_text("utf-8"))
        found = await page.evaluate("axe.run()")
        faults += [
            f"{scheme} {address}: {each['id']}: {each['nodes'][0]['html'][:200]}"
            for each in found["violations"]
        ]
    await page.set_viewport_size(PHONE)
    width = await page.evaluate("document.documentElement.scrollWidth")
    if width > PHONE["width"]:
        faults.append(f"{address} is {width} wide on a phone")
    await page.set_viewport_size(DESKTOP)
    return faults


_SELECT = """word => {
  const words = [...document.querySelectorAll(".bubble.person .words")].pop();
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const start = node.data.indexOf(word);
    if (start < 0) continue;
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, start + word.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    words.dispatchEvent(new MouseEvent("mouseup", {bubbles: true}));
  }
}"""
