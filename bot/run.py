"""The running program: its parts, wired, started and stopped in the right order.

Decides who is given what, and the order of stopping: take nothing new, finish what is under way, then close. It decides
nothing about any update.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING

from starlette.types import ASGIApp

from bot.arrival import Arrival
from bot.backstage import Backstage, settle_memory
from bot.clock import Clock, SystemClock, Timekeeper
from bot.logs import Journal
from bot.settings import Mode, Settings, SettingsError
from bot.storage.engine import open_engine
from bot.talk import BookTalk
from bot.tasks import Tasks
from bot.telegram.answers import Answers
from bot.telegram.connection import Connection, Request
from bot.telegram.delivery import Delivery
from bot.telegram.polling import Polling
from bot.telegram.profile import profiles, publish
from bot.telegram.reception import Reception
from bot.telegram.registration import register
from bot.telegram.siren import Siren
from bot.web.app import web_app
from bot.web.health import Health
from bot.web.server import WebServer
from bot.web.webhook import Webhook
from dialogs.book import Book

if TYPE_CHECKING:
    from bot.web.console.single_sign_on import Provider

GRACE = 15.0
NO_EXTRA = "OIDC_ISSUER needs Authlib: pip install 'authlib>=1.9,<2'."
DEFAULT_PORT = 8080
EVERYWHERE = "0.0.0.0"  # noqa: S104 - hosts that run programs route to it from outside

_journal = Journal("program")


class Program:
    """One bot, running. Tests and the demo give it other requests, another clock, another book."""

    def __init__(
        self,
        settings: Settings,
        request: Request | None = None,
        updates_request: Request | None = None,
        clock: Timekeeper | None = None,
        book: Book | None = None,
    ) -> None:
        self.settings, self._book = settings, book
        self.clock = clock or SystemClock()
        self.tasks = Tasks(self.clock)
        self.connection = Connection(settings, request, updates_request)
        self.web: WebServer | None = None
        self._closing = AsyncExitStack()

    async def start(self) -> None:
        """Start everything, or nothing. Raises SettingsError when a setting turns out to be wrong."""
        try:
            await self._open()
        except BaseException:
            await self.stop()
            raise
        _journal.note("started", mode=self.settings.telegram_mode.value)

    async def stop(self) -> None:
        """Take nothing new, finish what is under way, close: the other way round than it was started."""
        await self._closing.aclose()
        _journal.note("stopped")

    async def _open(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.backstage = await asyncio.to_thread(
            Backstage, self.settings, self.clock, self._committed, self._alarmed, self._book
        )
        bot, renderer = self.connection.bot, self.backstage.renderer
        self.reception = Reception(self.backstage.intake, Answers(bot, renderer, self.tasks))
        self.delivery = Delivery(
            bot, self.backstage.outbox, self.backstage.turns, renderer, self.tasks, self.clock
        )
        self.siren = Siren(bot, BookTalk(self.backstage.book), renderer, self.tasks, self.clock)
        self._closing.push_async_callback(self.connection.close)
        await self.connection.open()
        self._closing.push_async_callback(asyncio.to_thread, self.backstage.stop)
        await asyncio.to_thread(self.backstage.start)
        self._closing.push_async_callback(self.tasks.stop, GRACE)
        self.tasks.keep("delivery", self.delivery.run)
        self.tasks.keep("introduction", self._introduce)
        await self._receive_updates()

    def _committed(self) -> None:
        """In the writer thread: there may be something to send."""
        self._loop.call_soon_threadsafe(self.delivery.wake)

    def _alarmed(self, arrivals: Sequence[Arrival]) -> None:
        """In the writer thread: danger that could not be written down must be answered all the same."""
        self._loop.call_soon_threadsafe(self.siren.sound, arrivals)

    async def _introduce(self) -> None:
        """Learn our own name, and show people the profile; fails while Telegram cannot be reached."""
        bot = self.connection.bot
        await bot.initialize()
        self.backstage.intake.named(bot.username)
        shipped = self.backstage.book.catalogs.shipped
        await publish(bot, profiles(shipped, self.backstage.renderer))

    async def _receive_updates(self) -> None:
        settings, receive = self.settings, self.reception.receive
        webhook = None
        if settings.webhook_secret and settings.telegram_mode is Mode.WEBHOOK:
            webhook = Webhook(settings.webhook_path, settings.webhook_secret, receive)
        if webhook or settings.console_url or settings.port is not None:
            await self._listen(webhook)
        if settings.webhook_secret and settings.webhook_url and webhook:
            self.tasks.keep(
                "registration",
                partial(
                    register, self.connection.bot, settings.webhook_url, settings.webhook_secret
                ),
            )
        else:
            polling = Polling(self.connection.updates, receive, self.clock)
            self.tasks.keep("polling", polling.run)

    async def _listen(self, webhook: Webhook | None) -> None:
        health = Health({"database": self.backstage.check_database})
        app = web_app(health, webhook, self._console())
        port = DEFAULT_PORT if self.settings.port is None else self.settings.port
        self.web = WebServer(app, EVERYWHERE, port, self.tasks)
        await self.web.start()
        self._closing.push_async_callback(self.web.stop)

    def _console(self) -> ASGIApp | None:
        """The console, with its own way to the database: however many pages are asked for, no message waits."""
        address = self.settings.console_url
        if address is None:
            return None
        from bot.web.console.app import console_app
        from bot.web.console.parts import Parts

        backstage, settings = self.backstage, self.settings
        engine = open_engine(settings.database_url)
        self._closing.callback(engine.dispose)
        parts = Parts(
            engine,
            backstage.vault,
            backstage.book,
            backstage.renderer,
            self.clock,
            address,
            settings.bot_keep_days,
            answering=settings.bot_answering,
            sign_on=provider_of(settings, address, self.clock),
        )
        return console_app(parts)


def provider_of(settings: Settings, address: str, clock: Clock) -> Provider | None:
    """The single sign-on provider, where one is set. Raises SettingsError."""
    if not (settings.oidc_issuer and settings.oidc_client_id and settings.oidc_client_secret):
        return None
    from bot.web.console.parts import SIGN_ON_BACK

    try:
        from bot.web.console.single_sign_on import Provider
    except ModuleNotFoundError:
        raise SettingsError(NO_EXTRA) from None
    secret = settings.oidc_client_secret.get_secret_value()
    back = f"{address}{SIGN_ON_BACK}"
    return Provider(settings.oidc_issuer, settings.oidc_client_id, secret, back, clock)


async def run_until_stopped(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT. Raises SettingsError."""
    stopping = asyncio.Event()
    _on_signals(stopping)
    program = Program(settings)
    await program.start()
    settle_memory()
    try:
        await stopping.wait()
    finally:
        await program.stop()


def _on_signals(stopping: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, stopping.set)
        except NotImplementedError:  # on Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopping.set))
