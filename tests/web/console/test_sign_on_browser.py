"""Single sign-on in a real browser, which alone knows what cookies it sends after coming from another site."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest_asyncio
from playwright.async_api import Browser
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.clock import SystemClock
from bot.storage import staff
from bot.storage.staff import Role
from bot.tasks import Tasks
from bot.web.app import web_app
from bot.web.console.app import console_app
from bot.web.console.parts import SIGN_ON_BACK
from bot.web.console.single_sign_on import Provider
from bot.web.health import Health
from bot.web.server import WebServer
from tests.support.live import free_port
from tests.support.office import Office, office
from tests.support.provider import CLIENT, ISSUER, SECRET, FakeProvider
from tests.web.screen import IN_A_BROWSER

pytestmark = IN_A_BROWSER
HERE, ELSEWHERE = "127.0.0.1", "localhost"
"""Two sites to a browser."""


@pytest_asyncio.fixture(loop_scope="module")
async def served(tmp_path: Path) -> AsyncIterator[Office]:
    """A console here, whose provider asks people elsewhere."""
    port, tasks = free_port(), Tasks(SystemClock())
    made = office(tmp_path, f"http://{HERE}:{port}")
    fake = FakeProvider(made.clock)

    async def ask(request: Request) -> Response:
        code = fake.agrees(str(request.url))
        given = urlencode({"code": code, "state": fake.asked["state"]})
        return RedirectResponse(f"{fake.asked['redirect_uri']}?{given}")

    door = WebServer(Starlette(routes=[Route("/authorize", ask)]), HERE, 0, tasks)
    await door.start()
    fake.discovered = {"authorization_endpoint": f"http://{ELSEWHERE}:{door.port}/authorize"}
    back = f"{made.address}{SIGN_ON_BACK}"
    transport = httpx.MockTransport(fake.handle)
    provider = Provider(ISSUER, CLIENT, SECRET, back, made.clock, transport)
    app = console_app(replace(made.parts, sign_on=provider))
    server = WebServer(web_app(Health({}), None, app), HERE, port, tasks)
    await server.start()
    yield made
    await server.stop()
    await door.stop()
    await tasks.stop(1)
    made.engine.dispose()


async def test_coming_back_from_another_site_one_is_signed_in(
    served: Office, browser: Browser
) -> None:
    who = served.colleague(Role.REVIEWER).member
    with served.engine.begin() as connection:
        staff.set_subject(connection, who.id, f"{ISSUER}|person-1")
    page = await browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    await page.goto(f"{served.address}/console/sign-in?next=/console/about")
    await page.get_by_role("link", name="Sign in with single sign-on").click()
    await page.wait_for_url("**/console/about")
    assert "Reviewer · reviewer" in await page.inner_text("header")
    cookies = {each["name"]: each["sameSite"] for each in await page.context.cookies()}
    assert cookies == {"console": "Strict"}
    assert complaints == []
    await page.close()
