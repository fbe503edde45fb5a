"""The demo's page on a screen: which browser shows it, how large, and what a person there can do.

It does not start anything; the fixtures do.
"""

from __future__ import annotations

import os
import shutil
from base64 import b64decode
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, ViewportSize, expect

from bot.demo.page import FIRST_USER

DEBIANS = Path("/usr/bin/chromium")
CHROMIUM = str(DEBIANS) if DEBIANS.exists() else shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
USER = FIRST_USER + 1
DOTS = {"inline_keyboard": [[{"text": "Back", "callback_data": "b"}, {"text": "⋯", "callback_data": "d"}]]}  # fmt: skip
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
"""A PNG of one dot."""
TALL = "\n".join(f"Line {number}" for number in range(1, 81))
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 860}

IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(
        CHROMIUM is None and os.environ.get("BROWSER_TESTS") != "required",
        reason="Chromium is missing (/usr/bin/chromium): nothing here was tried in a browser",
    ),
]


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
        return self.page.locator("#log-1 article")

    def button(self, name: str) -> Locator:
        """The newest button or link of that name."""
        return self.page.get_by_role("button", name=name, exact=True).last

    @property
    def box(self) -> Locator:
        """Where one writes."""
        return self.page.locator("#text-1")

    async def starts(self) -> None:
        """Press Start, and wait for the welcome."""
        await self.page.get_by_role("button", name="START").click()
        await expect(self.bubbles.last).to_contain_text("Welcome")

    async def says(self, text: str) -> None:
        """Type and send."""
        box = self.page.get_by_role("combobox", name="Message")
        await box.fill(text)
        await box.press("Enter")
