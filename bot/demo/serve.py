"""The demo, running: the real program, a Telegram in memory, and the page, on one port of this machine.

Decides where the demo keeps its data and keys, and the order of starting and stopping. What the page shows is decided
in `page`, what the program does in `bot.run`.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
import socket
import tempfile
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Final

import typer
from sqlalchemy import Engine
from starlette.routing import Mount

from bot import logs
from bot.clock import Clock, SystemClock
from bot.demo.behind import Behind
from bot.demo.clock import DemoClock
from bot.demo.console import DOOR, DemoConsole
from bot.demo.door import telegram_door
from bot.demo.inspect import Inspect
from bot.demo.page import Page
from bot.demo.request import SimRequest
from bot.demo.sender import WebhookSender, post_on_loopback
from bot.demo.stories import Stories
from bot.demo.visitors import Visitors
from bot.demo.world import DEMO_TOKEN, World
from bot.demo.world_faults import Faults
from bot.demo.world_inbox import Inbox
from bot.i18n import Renderer
from bot.privacy.vault import Vault, new_keys
from bot.run import Program
from bot.settings import Mode, Settings, SettingsError, read_settings
from bot.storage.engine import open_engine
from bot.tasks import Tasks
from bot.web.console.parts import PREFIX
from bot.web.server import WebServer
from dialogs.book import load_book

HOST: Final = "127.0.0.1"
_KEYS_FILE: Final = "keys.env"
_DATABASE: Final = "demo.sqlite3"
_PEOPLED: Final = "peopled"
"""The mark of a kept demo whose made-up people have come."""
_GRACE: Final = 3.0
_ANYWHERE: Final = 1_000_000_000


def run_demo(port: int, open_browser: bool, data_dir: Path | None) -> None:
    """Run until Ctrl-C. Without `data_dir` nothing is left behind. Raises SettingsError when it cannot start."""
    logs.set_up(logging.WARNING)
    _check_free(port)
    with _place(data_dir) as (place, keys):
        settings = demo_settings(place, keys)
        fresh = not (place / _PEOPLED).exists()
        asyncio.run(_run_until_stopped(settings, port, open_browser=open_browser, fresh=fresh))
        (place / _PEOPLED).touch()


def demo_settings(place: Path, keys: tuple[str, str]) -> Settings:
    """The program's settings in the demo: nothing comes from the environment."""
    data_key, lookup_key = keys
    return read_settings(
        _env_file=None,
        database_url=f"sqlite:///{place / _DATABASE}",
        telegram_bot_token=DEMO_TOKEN,
        telegram_api_base_url=f"http://{HOST}",
        telegram_mode=Mode.POLLING,
        webhook_url=None,
        webhook_secret=None,
        port=None,
        bot_data_keys=data_key,
        bot_lookup_key=lookup_key,
        bot_ref_codes="",
        bot_keep_days=90,
        bot_answering=True,
    )


class Demo:
    """Everything of one demo. `address` is known once it has started."""

    def __init__(self, settings: Settings, port: int, *, peopled: bool = False) -> None:
        """`peopled`: made-up conversations of the last days fill the console."""
        self._settings, self._port, self._peopled = settings, port, peopled
        self._book = load_book()
        self._renderer = Renderer(self._book.catalogs)
        self.clock = DemoClock()
        self.world = FreshWorld(self.clock)
        self._program: Program | None = None
        self._turning = asyncio.Lock()
        self._closing = AsyncExitStack()
        self.address = ""

    async def start(self) -> None:
        """Start the program, then the page. Raises SettingsError."""
        await self._start_program()
        self._closing.push_async_callback(self._stop_program)
        engine = open_engine(self._settings.database_url)
        self._closing.callback(engine.dispose)
        vault = Vault(self._settings.data_keys, self._settings.lookup_key)
        inspect = Inspect(self.world, engine, vault, self.clock)
        stories = Stories(self.world, inspect.idle, inspect.remembered)
        page = Page(self.world, Behind(inspect, stories, self.clock, self.restart))
        sender = WebhookSender(self.world, post_on_loopback)
        await self._closing.enter_async_context(sender.running())
        tasks = Tasks(SystemClock())
        self._closing.push_async_callback(tasks.stop, _GRACE)
        console = DemoConsole(engine, vault, self._book, self._renderer, self.clock)
        routes = (console.route, Mount("/", telegram_door(self.world)))
        web = WebServer(page.app(*routes), HOST, self._port, tasks)
        await web.start()
        self._closing.push_async_callback(web.stop)
        self._closing.callback(page.close)
        self.address = console.address = f"http://{HOST}:{web.port}"
        if self._peopled:
            self._let_visitors_come(tasks, engine, vault)

    @property
    def console(self) -> str:
        """Where one click lets in."""
        return f"{self.address}{PREFIX}{DOOR}"

    async def stop(self) -> None:
        """Stop the page, then the program."""
        await self._closing.aclose()

    async def restart(self) -> None:
        """Stop the program and start it again on the same database."""
        async with self._turning:
            await self._stop_program()
            await self._start_program()

    def _let_visitors_come(self, tasks: Tasks, engine: Engine, vault: Vault) -> None:
        """In a thread of their own, so that nobody waits for them; they stop when the demo does."""
        visitors, over = Visitors(engine, vault, self._book, self._renderer), threading.Event()
        now = self.clock.now()

        async def come() -> None:
            await asyncio.to_thread(visitors.come, now, over.is_set)

        tasks.errand("visitors", come)
        self._closing.callback(over.set)

    async def _start_program(self) -> None:
        requests = SimRequest(self.world), SimRequest(self.world)
        self._program = Program(self._settings, *requests, self.clock, self._book)
        await self._program.start()

    async def _stop_program(self) -> None:
        if self._program is not None:
            await self._program.stop()
            self._program = None


class FreshWorld(World):
    """A World whose ids begin anywhere, as Telegram's do after a quiet week.

    A kept database remembers ids of an earlier demo: used again, they would look like repeated updates and old bubbles.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock=clock.now, stopwatch=clock.monotonic)
        self._next_message = secrets.randbelow(_ANYWHERE) + 1
        self.inbox = Inbox(self.clock, secrets.randbelow(_ANYWHERE) + 1)
        self.faults = Faults(self.inbox, self.wake)


async def _run_until_stopped(
    settings: Settings, port: int, *, open_browser: bool, fresh: bool
) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        _on_signal(number, stopping)
    demo = Demo(settings, port, peopled=fresh)
    try:
        await demo.start()
        typer.echo(f"Chat with the assistant at {demo.address} (Ctrl-C stops it)")
        typer.echo(f"See what staff see of it at {demo.console}")
        if open_browser:
            await asyncio.to_thread(webbrowser.open, demo.address)
        await stopping.wait()
    finally:
        await demo.stop()


def _on_signal(number: signal.Signals, stopping: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    try:
        loop.add_signal_handler(number, stopping.set)
    except NotImplementedError:  # on Windows
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopping.set))


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            raise SettingsError(
                f"Port {port} cannot be used: choose another one with --port."
            ) from None


@contextmanager
def _place(data_dir: Path | None) -> Iterator[tuple[Path, tuple[str, str]]]:
    """Where the data is, and the keys it is sealed with: for this run only, or kept beside it."""
    if data_dir is None:
        with tempfile.TemporaryDirectory(prefix="second-opinion-demo-") as made:
            yield Path(made), new_keys()
    else:
        place = data_dir.resolve()
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        yield place, _kept_keys(place / _KEYS_FILE)


def _kept_keys(file: Path) -> tuple[str, str]:
    """The keys of a kept demo, made when there are none yet; readable by this user only."""
    if not file.exists():
        data_key, lookup_key = new_keys()
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(f"BOT_DATA_KEYS={data_key}\nBOT_LOOKUP_KEY={lookup_key}\n")
    lines = dict(line.split("=", 1) for line in file.read_text("utf-8").splitlines() if "=" in line)
    try:
        return lines["BOT_DATA_KEYS"], lines["BOT_LOOKUP_KEY"]
    except KeyError as missing:
        raise SettingsError(
            f"{file} has no {missing.args[0]}: delete the directory to begin anew."
        ) from None
