"""One person's chat in a browser of phone width: acts, waits for the answer, takes the picture.

Decides when an answer is complete and how much of it is in the picture. It does not decide what is done (`journeys`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final

from playwright.async_api import Locator, Page, expect

from bot.demo.page import FIRST_USER
from bot.demo.serve import Demo
from dialogs.catalogs import Catalogs
from tests.gallery.journeys import IN_WORDS

_LOG: Final = "#log-1"
WIDTH: Final = 420
HEIGHT: Final = 860
TALLEST: Final = 3_000
_AROUND: Final = 250
_PATIENCE: Final = 20
_LOOK_AGAIN: Final = 50
_DRAWN: Final = 250
_DUE: Final = 3_000
"""What is due comes a moment after the clock was moved, or nothing is due."""
_NEWS_HEIGHT: Final = """([log, first]) => {
  const rows = [...document.querySelectorAll(`${log} article`)].slice(first);
  return rows.length ? rows.at(-1).getBoundingClientRect().bottom - rows[0].getBoundingClientRect().top : 0;
}"""
_TO_THE_END: Final = (
    "(log) => { const box = document.querySelector(log); box.scrollTop = box.scrollHeight; }"
)


class Stuck(Exception):
    """A step that could not be done."""


class Walker:
    """Somebody at the demo whose app speaks one language."""

    def __init__(self, demo: Demo, idle: Callable[[], bool], page: Page, locale: str) -> None:
        self._demo, self._idle, self._page, self._locale = demo, idle, page, locale
        self._seen = 0

    async def arrives(self) -> None:
        """Open the page, with the app set to the language."""
        await self._page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        await self._page.goto(self._demo.address)
        await expect(self._page.locator("#phone-1")).to_be_visible()
        await self._acts("language", code=self._locale)

    async def does(self, step: str, labels: Callable[[str], set[str]]) -> None:
        """Do one step, and wait until all of its answer stands there. Raises Stuck."""
        self._seen = await self._bubbles.count()
        kind, _, rest = step.partition(" ")
        if kind == ">":
            await self._taps(rest, labels(self._words(rest)))
        elif kind == "+":
            await self._acts("pass", hours=int(rest))
            await self._page.wait_for_timeout(_DUE)
        else:
            await self._acts("says", text=self._words(step))
        await self._settled()

    async def pictures(self, file: Path) -> None:
        """Take the picture: the phone, made taller when the answer is."""
        first = max(0, min(self._seen, await self._bubbles.count() - 1))
        news = await self._page.evaluate(_NEWS_HEIGHT, [_LOG, first])
        height = int(min(max(HEIGHT, news + _AROUND), TALLEST))
        await self._page.set_viewport_size({"width": WIDTH, "height": height})
        await self._page.evaluate(_TO_THE_END, _LOG)
        await self._page.wait_for_timeout(_DRAWN)
        await self._page.locator("#phone-1").screenshot(path=file)
        await self._page.set_viewport_size({"width": WIDTH, "height": HEIGHT})

    @property
    def _bubbles(self) -> Locator:
        return self._page.locator(f"{_LOG} article")

    def _words(self, step: str) -> str:
        return IN_WORDS.get(self._locale, {}).get(step, step)

    async def _taps(self, label: str, wanted: set[str]) -> None:
        keys = await self._page.locator(f"{_LOG} .key").all()
        shown = [_plain(await key.inner_text()) for key in keys]
        for key, text in reversed(list(zip(keys, shown, strict=True))):
            if text in wanted:
                await key.dispatch_event("click")
                return
        raise Stuck(f"no button “{label}”; there are {shown[-12:]}")

    async def _acts(self, action: str, **fields: object) -> None:
        act = {"person": 1, "action": action} | fields
        answer = await self._page.request.post(f"{self._demo.address}/demo/act", data=act)
        if not answer.ok:
            raise Stuck(await answer.text())

    async def _settled(self) -> None:
        """Wait until nothing is left to take or to send, and the page shows it all."""
        await self._page.wait_for_timeout(_DRAWN)
        async with asyncio.timeout(_PATIENCE):
            while len(self._demo.world.inbox) or not self._idle():
                await self._page.wait_for_timeout(_LOOK_AGAIN)
        shown = len(self._demo.world.chat(FIRST_USER + 1))
        await expect(self._bubbles).to_have_count(shown)
        await self._page.wait_for_timeout(_DRAWN)


class Labels:
    """What an English label may read like in a locale."""

    def __init__(self, catalogs: Catalogs, locale: str) -> None:
        self._texts = catalogs.texts[locale].single

    def __call__(self, label: str) -> set[str]:
        """The label and its translations, in every context it has."""
        found = {text for (_, msgid), text in self._texts.items() if msgid == label}
        return {_plain(text) for text in found | {label}}


def _plain(label: str) -> str:
    """A label without the mark of a choice."""
    return label.strip().lstrip("✓✅☐☑▫◻ ").strip().casefold()
