"""The program under test, as a process of its own that can be killed.

Decides its environment: nothing but what is given here reaches it. What it logs goes into a file.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from pathlib import Path

from bot.demo.world import DEMO_TOKEN
from bot.settings import Settings, read_settings

ROOT = Path(__file__).parents[2]
RUN = "bot"
RUN_HASTILY = "tests.kill.hasty_run"
DATA_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
LOOKUP_KEY = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8="


class Child:
    """`python -m <module> run`, again and again on the same database."""

    def __init__(self, place: Path, address: str, module: str) -> None:
        self._module, self._log = module, place / "log.txt"
        self._given = {
            "TELEGRAM_BOT_TOKEN": DEMO_TOKEN,
            "TELEGRAM_API_BASE_URL": address,
            "TELEGRAM_MODE": "polling",
            "DATABASE_URL": f"sqlite:///{place / 'kill.sqlite3'}",
            "BOT_DATA_KEYS": DATA_KEY,
            "BOT_LOOKUP_KEY": LOOKUP_KEY,
        }
        self._process: Process | None = None

    @property
    def settings(self) -> Settings:
        """The settings it runs with."""
        given = {name.lower(): value for name, value in self._given.items()}
        return read_settings(_env_file=None, **given)

    @property
    def log(self) -> str:
        """Everything it logged, over all its lives."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    async def start(self) -> None:
        """Start it; returns at once."""
        needed = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", self._module, "run",
                cwd=ROOT, env=needed | self._given, stdout=log, stderr=log,
            )  # fmt: skip

    async def kill(self) -> bool:
        """`kill -9`. Whether it had lived until then."""
        return await self._end(signal.SIGKILL) == -signal.SIGKILL

    async def stop(self) -> bool:
        """Stop it in an orderly way. Whether it ended well; it is killed when it never ends."""
        try:
            async with asyncio.timeout(30):
                return await self._end(signal.SIGTERM) == 0
        except TimeoutError:
            await self.kill()
            return False

    async def _end(self, number: signal.Signals) -> int:
        process = self._process
        if process is None:
            raise RuntimeError("it was never started")
        if process.returncode is None:
            process.send_signal(number)
        return await process.wait()
