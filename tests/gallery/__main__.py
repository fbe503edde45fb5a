"""`python -m tests.gallery`: walk all journeys in the demo, one page of pictures per locale.

Ends with 1 when a step could not be done, so a changed label is noticed; the page then says where.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.async_api import Browser, async_playwright
from sqlalchemy import Engine, select

from bot import logs
from bot.demo.serve import Demo, demo_settings
from bot.privacy.vault import new_keys
from bot.storage.engine import open_engine
from bot.storage.tables import OUTBOX, pending
from dialogs.book import load_book
from tests.gallery.journeys import JOURNEYS, Journey
from tests.gallery.sheet import Chapter, Shot, sheet
from tests.gallery.walk import Labels, Stuck, Walker
from tests.web.screen import ARGUMENTS, CHROMIUM

OUT = Path("gallery")


def main() -> int:
    """Read the command line, and make the pages."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("--locale", action="append", help="may be repeated; en and es without it")
    parser.add_argument("--out", type=Path, default=OUT, help="the directory to write into")
    asked = parser.parse_args()
    logs.set_up(logging.WARNING)
    return asyncio.run(make(asked.locale or ["en", "es"], asked.out))


async def make(locales: list[str], out: Path) -> int:
    """Write every page; 1 when something was stuck."""
    stuck = 0
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for locale in locales:
            chapters = await gallery(browser, locale, out / locale)
            stuck += sum(bool(shot.stuck) for chapter in chapters for shot in chapter.shots)
            print(written(out / locale, locale, chapters))
        await browser.close()
    return 1 if stuck else 0


def written(place: Path, locale: str, chapters: list[Chapter]) -> Path:
    """The page, written beside its pictures."""
    page = place / "index.html"
    page.write_text(sheet(locale, chapters), encoding="utf-8")
    return page


async def gallery(browser: Browser, locale: str, place: Path) -> list[Chapter]:
    """Walk all journeys in one locale."""
    labels = Labels(load_book().catalogs, locale)
    chapters = []
    for number, journey in enumerate(JOURNEYS, 1):
        shots = await alone(browser, journey, number, locale, place, labels)
        chapters.append(Chapter(journey.title, tuple(shots)))
    return chapters


async def alone(
    browser: Browser, journey: Journey, number: int, locale: str, place: Path, labels: Labels
) -> list[Shot]:
    """Walk one journey in a demo of its own: the clock it moves is nobody else's."""
    with tempfile.TemporaryDirectory() as data:
        settings = demo_settings(Path(data), new_keys())
        demo, engine = Demo(settings, 0), open_engine(settings.database_url)
        await demo.start()
        context = await browser.new_context(color_scheme="light", reduced_motion="reduce")
        try:
            walker = Walker(demo, idle(engine), await context.new_page(), locale)
            return await walked(walker, journey, number, place, labels)
        finally:
            await context.close()
            await demo.stop()
            engine.dispose()


async def walked(
    walker: Walker, journey: Journey, number: int, place: Path, labels: Labels
) -> list[Shot]:
    """The pictures of one journey, up to where it is stuck."""
    shots: list[Shot] = []
    step = "opens the chat"
    try:
        await walker.arrives()
        for step in journey.before:
            await walker.does(step, labels)
        for step in journey.steps:
            await walker.does(step, labels)
            file = f"{number:02}-{len(shots) + 1:02}.png"
            await walker.pictures(place / file)
            shots.append(Shot(step, file))
    except (Stuck, TimeoutError) as error:
        print(f"{journey.title}, {step}: {str(error) or 'no answer'}", file=sys.stderr)
        shots.append(Shot(step, stuck=str(error) or "no answer"))
    return shots


def idle(engine: Engine) -> Callable[[], bool]:
    """Whether the program has nothing left to send."""
    waiting = select(OUTBOX.c.id).where(pending(OUTBOX.c)).limit(1)

    def quiet() -> bool:
        with engine.connect() as connection:
            return connection.execute(waiting).first() is None

    return quiet


if __name__ == "__main__":
    raise SystemExit(main())
