"""Pictures in a browser, under the console's policy: seen in light and dark, reachable, and no wider than a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, Page, Route

from bot.web.pictures.bars import Bar, bar_chart
from bot.web.pictures.graph import flow_graph
from bot.web.pictures.trend import Day, trend
from dialogs.book import load_book
from tests.web.screen import IN_A_BROWSER, PHONE

pytestmark = IN_A_BROWSER

Scheme = Literal["light", "dark"]

HERE = "http://pictures.test"
STATIC = Path(__file__).parents[2] / "bot/web/static"
AXE = Path(__file__).parent / "vendor/axe.min.js"
POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:"


def _parts() -> Iterator[str]:
    book = load_book()
    traffic = {(book.start("menu"), book.start("barriers")): 42}
    graph = flow_graph(book, "menu", traffic, lambda to: f"/flows/{to.flow}#{to.state}")
    yield str(bar_chart("Funnel", "How far.", [Bar("A", 50, "100 %", "/a"), Bar("B", None)]))
    yield str(trend("Visits", "By day.", [Day(date(2026, 9, 1), 9), Day(date(2026, 9, 2), None)]))
    yield f'<div class="picture-scroll">{graph.picture}</div>'


def _document() -> str:
    return (
        '<!doctype html><html lang="en"><head><title>Pictures</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="/vendor/pico.min.css"><link rel="stylesheet" href="/pictures.css">'
        f'</head><body><main class="container"><h1>Pictures</h1>{"".join(_parts())}</main></body></html>'
    )


async def _answer(route: Route) -> None:
    path = route.request.url.removeprefix(HERE)
    if path == "/":
        headers = {"Content-Security-Policy": POLICY}
        await route.fulfill(body=_document(), content_type="text/html", headers=headers)
    else:
        await route.fulfill(path=STATIC / path.lstrip("/"), content_type="text/css")


async def _opened(browser: Browser, scheme: Scheme, complaints: list[str]) -> Page:
    context = await browser.new_context(viewport=PHONE, color_scheme=scheme)
    page = await context.new_page()
    page.on("console", lambda said: complaints.append(said.text))
    await page.route("**/*", _answer)
    await page.goto(HERE)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_pictures_are_accessible_under_the_policy(browser: Browser, scheme: Scheme) -> None:
    complaints: list[str] = []
    page = await _opened(browser, scheme, complaints)
    assert complaints == []
    await page.evaluate(AXE.read_text("utf-8"))
    found = await page.evaluate("axe.run()")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    await page.context.close()


async def test_a_graph_keeps_its_size_and_scrolls_inside_the_page(browser: Browser) -> None:
    page = await _opened(browser, "light", [])
    wide = await page.evaluate("document.documentElement.scrollWidth")
    graph = await page.locator(".graph").bounding_box()
    chart = await page.locator(".chart-bars").bounding_box()
    assert wide == PHONE["width"]
    assert graph is not None
    assert chart is not None
    assert graph["width"] > PHONE["width"] > chart["width"]
    await page.context.close()
