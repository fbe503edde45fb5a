"""Keys and selections, in a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page, async_playwright, expect
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.clock import SystemClock
from bot.storage import labels
from bot.storage.staff import Role
from bot.tasks import Tasks
from bot.web.console.app import guarded
from bot.web.console.parts import PREFIX
from bot.web.server import WebServer
from tests.support.logged import told
from tests.support.office import Office
from tests.support.office import office as make_office
from tests.web.screen import ARGUMENTS, CHROMIUM, DESKTOP, IN_A_BROWSER

pytestmark = IN_A_BROWSER


class Desk:
    """A reviewer's browser, and the office behind it."""

    def __init__(self, office: Office, page: Page) -> None:
        self.office, self.page = office, page
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    async def open(self, path: str) -> None:
        await self.page.goto(f"{self.office.address}{PREFIX}{path}")

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)


@pytest_asyncio.fixture(loop_scope="module")
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    tasks, outside = Tasks(SystemClock()), Starlette()
    server = WebServer(outside, "127.0.0.1", 0, tasks)
    await server.start()
    office = make_office(tmp_path, f"http://127.0.0.1:{server.port}")
    outside.router.routes.append(Mount(PREFIX, guarded(office.app, office.parts)))
    client = await office.signed_in(Role.REVIEWER)
    cookie = client.http.cookies["console"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = await browser.new_context(viewport=DESKTOP)
        await context.add_cookies([{"name": "console", "value": cookie, "url": office.address}])
        desk = Desk(office, await context.new_page())
        yield desk
        await browser.close()
    await server.stop()
    await tasks.stop(1)
    office.engine.dispose()
    assert desk.complaints == []


async def test_the_queue_is_worked_through_by_keys(desk: Desk) -> None:
    first, second = (told(desk.office, "/start", at=desk.office.clock.now() + n) for n in (1, 2))
    await desk.open("/queue")
    await desk.press("n")
    await desk.page.wait_for_url(f"**/conversations/{first}")
    await desk.press("e")
    await desk.page.wait_for_url(f"**/conversations/{second}")
    await desk.press("e")
    await desk.page.wait_for_url("**/queue")


async def test_keys_move_and_open(desk: Desk) -> None:
    refs = [told(desk.office, "/start", at=desk.office.clock.now() + n) for n in range(3)]
    await desk.open("/queue")
    await desk.press("j", "j", "j", "j", "k", "o")
    await desk.page.wait_for_url(f"**/conversations/{refs[1]}")
    await desk.press("j")
    await expect(desk.page.locator(".turn").first).to_be_focused()


async def test_keys_enter_fields_and_are_letters_there(desk: Desk) -> None:
    ref = told(desk.office, "/start")
    with desk.office.engine.begin() as connection:
        labels.add(connection, "kind", 1)
    await desk.open(f"/conversations/{ref}")
    await desk.press("m", "j", "n", "?")
    note = desk.page.locator("#write-note")
    await expect(note).to_have_value("jn?")
    await desk.press("Escape", "l")
    await expect(desk.page.locator("#add-label")).to_be_focused()
    await expect(note).not_to_be_focused()


async def test_the_keys_are_listed(desk: Desk) -> None:
    await desk.open(f"/conversations/{told(desk.office, '/start')}")
    await desk.press("?")
    await expect(desk.page.get_by_role("dialog")).to_contain_text("take the next in the queue")
    await desk.press("n", "Escape")
    await expect(desk.page.get_by_role("dialog")).to_be_hidden()


async def test_a_note_is_kept_without_leaving_the_page(desk: Desk) -> None:
    await desk.open(f"/conversations/{told(desk.office, '/start')}")
    await desk.press("m")
    await desk.page.keyboard.type("A thought")
    await desk.page.get_by_role("button", name="Keep the note").click()
    await expect(desk.page.locator("article.note")).to_contain_text("A thought")
    opened = [trace for trace in desk.office.trail() if trace.action == "opened"]
    assert len(opened) == 1


async def test_selected_words_are_cut_out(desk: Desk) -> None:
    ref = told(desk.office, "/start", "I am worried because travelling takes so long")
    await desk.open(f"/conversations/{ref}")
    words = desk.page.locator(".person .words")
    await words.dblclick(position={"x": 50, "y": 10})
    field = desk.page.locator("[data-missed] [name=words]")
    await expect(field).to_be_visible()
    await expect(field).to_have_value("worried")
    await field.fill("Travelling")
    await desk.page.get_by_role("button", name="Cut it out everywhere").click()
    await expect(desk.page.get_by_role("status")).to_contain_text("Cut out in 1 place")
    await expect(words).to_have_text("I am worried because [removed] takes so long")


async def test_one_switch_opens_all_originals(desk: Desk) -> None:
    await desk.open(f"/conversations/{told(desk.office, '/start', client='es')}")
    original = desk.page.get_by_text("¿Qué le ayudaría ahora?")
    await expect(original).to_be_hidden()
    await desk.page.get_by_role("switch").check()
    await expect(original).to_be_visible()
