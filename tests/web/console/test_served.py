"""The console as the running program serves it: over real HTTP, beside webhook and health."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import httpx
import pyotp
import pytest
import pytest_asyncio
from sqlalchemy import Engine

from bot.privacy.vault import Vault
from bot.storage import staff
from bot.storage.attempts import MOST
from bot.storage.engine import open_engine
from bot.storage.staff import Role
from bot.web.console import passwords
from tests.support.live import Live, live_program
from tests.support.office import PASSWORD, kept_password, words_of
from tests.support.world_chat import WorldChat

pytestmark = pytest.mark.asyncio(loop_scope="module")
FLOOD = 12


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def live(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Live]:
    """One program for all tests here."""
    async with live_program(tmp_path_factory.mktemp("console"), webhook=True) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def browser(live: Live) -> AsyncIterator[httpx.AsyncClient]:
    """Says where it comes from, as a browser does."""
    address = str(live.settings.console_url)
    said = {"origin": address, "sec-fetch-site": "same-origin"}
    async with httpx.AsyncClient(base_url=address, headers=said, timeout=60) as client:
        yield client


async def test_somebody_signs_in_over_http_and_sees_a_page(
    live: Live, browser: httpx.AsyncClient
) -> None:
    secret = passwords.new_secret()
    engine = open_engine(live.settings.database_url)
    _member(engine, live, "Ana", secret)
    engine.dispose()
    code = pyotp.TOTP(secret).at(live.clock.now())
    answer = await _tries(browser, "Ana", PASSWORD, code)
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/")
    page = (await browser.get("/console/about")).text
    assert "Ana · admin" in words_of(page)
    style = re.search(r'href="(/console/static/[^"]+css)"', page)
    assert style
    assert (await browser.get(style[1])).headers["content-type"].startswith("text/css")


async def test_nothing_is_seen_before_signing_in(browser: httpx.AsyncClient) -> None:
    for path in ("/console/staff", "/console/about"):
        answer = await browser.get(path)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/console/sign-in")


async def test_the_address_without_its_last_stroke_leads_to_the_first_page(
    browser: httpx.AsyncClient,
) -> None:
    answer = await browser.get("/console", headers={"host": "evil.example"})
    assert (answer.status_code, answer.headers["location"]) == (308, "/console/")


async def test_guesses_are_counted_for_the_address_that_our_own_proxy_names(
    browser: httpx.AsyncClient,
) -> None:
    async def statuses(address: str, times: int) -> list[int]:
        said = {"x-forwarded-for": address}
        return [(await _tries(browser, "Ben", "x", "1", **said)).status_code for _ in range(times)]

    assert await statuses("203.0.113.9", MOST + 1) == [401] * MOST + [429]
    assert await statuses("203.0.113.10", 1) == [401]


async def test_a_flood_of_sign_ins_holds_up_neither_health_nor_chat(
    live: Live, browser: httpx.AsyncClient
) -> None:
    flood = [
        asyncio.create_task(_tries(browser, f"Nobody {number}", "x", "1"))
        for number in range(FLOOD)
    ]
    await asyncio.sleep(0)
    assert (await browser.get("/healthz")).status_code == 200
    assert (await browser.get("/readyz")).status_code == 200
    assert not all(each.done() for each in flood)
    chat = WorldChat(live)
    await chat.says("/start")
    assert live.conversation(chat.user) is not None
    assert {answer.status_code for answer in await asyncio.gather(*flood)} == {401}


async def _tries(
    browser: httpx.AsyncClient, name: str, password: str, code: str, **headers: str
) -> httpx.Response:
    form = {"name": name, "password": password, "code": code}
    return await browser.post("/console/sign-in", data=form, headers=headers)


def _member(engine: Engine, live: Live, name: str, secret: str) -> None:
    vault = Vault(live.settings.data_keys, live.settings.lookup_key)
    with engine.begin() as connection:
        made = staff.add(connection, name, Role.ADMIN, "en", live.clock.now())
        staff.invite(connection, vault, made.id, secret, live.clock.now())
        staff.set_up(connection, made.id, kept_password(), 0)
