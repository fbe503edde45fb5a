"""The real program beside a Telegram in memory, with real HTTP between them.

Decides how a test starts, watches and stops all of it. Nothing of the program is replaced but its clock, and where a
test says so its book: updates come by polling or webhook over loopback, and are kept in a SQLite file.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot.demo.door import telegram_door
from bot.demo.sender import WebhookSender, post_on_loopback
from bot.demo.world import DEMO_TOKEN, World
from bot.privacy.vault import Vault
from bot.run import Program
from bot.settings import Mode, Settings, read_settings
from bot.storage.engine import open_engine, reading
from bot.storage.envelope import open_state
from bot.storage.questions import Standing
from bot.storage.tables import CONVERSATION, OUTBOX, QUESTION, Status
from bot.tasks import Tasks
from bot.web.server import WebServer
from dialogs.book import Book
from dialogs.engine.conversation import Conversation
from dialogs.engine.said import Staff
from tests.support.desk import Desk
from tests.support.quick_clock import QuickClock

HOST = "127.0.0.1"
DATA_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
LOOKUP_KEY = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8="
SECRET = "the-secret-of-the-webhook"
REF = "CLINIC"
PATIENCE = 20
MINUTE = 60
FIRST_PERSON = 7_000_001


class Live:
    """One program, one Telegram. Read `world.violations` at the end."""

    def __init__(self, place: Path, *, webhook: bool = False, book: Book | None = None) -> None:
        self.place, self._book = place, book
        self.clock = QuickClock()
        self.world = World(self.clock)
        self.spinning: set[str] = set()
        """Pressed buttons that are not answered yet."""
        self._mode = Mode.WEBHOOK if webhook else Mode.POLLING
        self._people = count(FIRST_PERSON)
        self._news = asyncio.Event()
        self._closing = AsyncExitStack()
        self._program: Program | None = None

    @property
    def program(self) -> Program:
        """The program as it runs now."""
        assert self._program is not None
        return self._program

    async def start(self) -> None:
        """Open Telegram's door, then start the program."""
        tasks = Tasks(self.clock)
        self._closing.push_async_callback(tasks.stop, 5.0)
        door = WebServer(telegram_door(self.world), HOST, 0, tasks)
        await door.start()
        self._closing.push_async_callback(door.stop)
        sender = WebhookSender(self.world, post_on_loopback, self.clock.sleep)
        await self._closing.enter_async_context(sender.running())
        self.address = f"http://{HOST}:{door.port}"
        self.settings = self._settings()
        self._engine = open_engine(self.settings.database_url)
        self._closing.callback(self._engine.dispose)
        self._vault = Vault(self.settings.data_keys, self.settings.lookup_key)
        self.clock.on_rest = self._news.set
        self._closing.callback(self.world.subscribe(self._hear))
        await self.start_program()

    async def stop(self) -> None:
        """Stop the program, then the door."""
        await self.stop_program()
        self.end_polls()
        await self._closing.aclose()

    def end_polls(self) -> None:
        """Tell polls of programs that are gone that they are no longer the newest."""
        self.world.poller += 1
        self.world.wake()

    async def start_program(self) -> None:
        """Start the program, on the database that is there."""
        self._program = Program(self.settings, clock=self.clock, book=self._book)
        await self._program.start()

    async def stop_program(self) -> None:
        """Stop the program in an orderly way."""
        if self._program is not None:
            await self._program.stop()
            self._program = None

    def newcomer(self, language: str | None = "en") -> int:
        """Somebody who has not written yet; their id."""
        user = next(self._people)
        self.world.person(user, f"Person {user}", language)
        return user

    def presses(self, user: int, message_id: int, data: str) -> dict[str, Any]:
        """Somebody presses a button; `settled` waits for its answer too."""
        update = self.world.taps(user, message_id, data)
        self.spinning.add(update["callback_query"]["id"])
        return update

    async def settled(self) -> None:
        """Wait until everything that happened is taken, acknowledged, answered and sent."""
        await self.until(self._quiet)

    async def postponed(self, times: int = 1) -> None:
        """Wait until a parcel was put off so many times, then let the time pass until it is tried again."""
        await self.until(lambda: self._tries() >= times)
        self.clock.advance(MINUTE)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; it is looked at whenever something happened."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not holds():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            left = f"{len(self.world.inbox)} updates, {self.pending()} parcels, {len(self.spinning)} presses"
            raise AssertionError(f"{left} are left") from None

    async def passes(self, seconds: int) -> None:
        """Let time go by; timers that are due come in."""
        self.clock.advance(seconds)
        await asyncio.to_thread(self.program.backstage.upkeep.fire)
        await self.settled()

    def staffed(self, *, active: bool) -> None:
        """Let there be people who answer, or none."""
        self.program.backstage.answering._staff = Staff(active)

    async def staff_answers(self, chat: int, text: str) -> None:
        """Two people at the desk answer what somebody asked; one that was taken back is no longer there."""
        desk = Desk(self._engine, self._vault, self.clock)
        for name in await asyncio.to_thread(self._questions_of, chat):
            if desk.answer(desk.question(name), text, "ann") is Standing.DRAFTED:
                desk.approve(desk.question(name), "ben")
        await self.passes(0)

    def _questions_of(self, chat: int) -> list[str]:
        mine = CONVERSATION.c.chat_hash == self._vault.lookup(chat)
        asked = select(QUESTION.c.id).join(
            CONVERSATION, CONVERSATION.c.id == QUESTION.c.conversation
        )
        with reading(self._engine).connect() as connection:
            waits = QUESTION.c.state == Standing.OPEN
            return list(connection.scalars(asked.where(mine, waits, QUESTION.c.kind == "question")))

    def pending(self) -> int:
        """How many parcels wait."""
        with reading(self._engine).connect() as connection:
            waiting = select(func.count()).where(OUTBOX.c.status == Status.PENDING)
            return connection.scalar(waiting) or 0

    def _tries(self) -> int:
        with reading(self._engine).connect() as connection:
            tries = select(func.max(OUTBOX.c.tries)).where(OUTBOX.c.status == Status.PENDING)
            return connection.scalar(tries) or 0

    def conversation(self, chat: int) -> Conversation | None:
        """The conversation as it is stored, opened with the keys."""
        with reading(self._engine).connect() as connection:
            mine = CONVERSATION.c.chat_hash == self._vault.lookup(chat)
            row = connection.execute(select(CONVERSATION).where(mine)).first()
        return open_state(self._vault, row.id, row.state).conversation if row else None

    def made(self, method: str, chat: int | None = None) -> list[dict[str, Any]]:
        """The recorded calls of a method, to one chat or to all."""
        calls = self.world.calls if chat is None else self.calls_to(chat)
        return [call for call in calls if call["method"] == method]

    def calls_to(self, chat: int) -> list[dict[str, Any]]:
        """All recorded calls to a chat."""
        return [
            call for call in self.world.calls if str(call["params"].get("chat_id")) == str(chat)
        ]

    def _quiet(self) -> bool:
        return not len(self.world.inbox) and not self.spinning and not self.pending()

    def _hear(self, event: dict[str, Any]) -> None:
        call = event["call"] if event["type"] == "call" else {}
        if call.get("method") == "answerCallbackQuery" and call["status"] == 200:
            self.spinning.discard(call["params"]["callback_query_id"])
        self._news.set()

    def _settings(self) -> Settings:
        port = free_port() if self._mode is Mode.WEBHOOK else None
        return read_settings(
            _env_file=None,
            console_url=f"http://{HOST}:{port}" if port else None,
            database_url=f"sqlite:///{self.place / 'live.sqlite3'}",
            telegram_bot_token=DEMO_TOKEN,
            telegram_api_base_url=self.address,
            telegram_mode=self._mode,
            webhook_url=f"http://{HOST}:{port}/updates" if port else None,
            webhook_secret=SECRET if port else None,
            port=port,
            bot_data_keys=DATA_KEY,
            bot_lookup_key=LOOKUP_KEY,
            bot_ref_codes=REF,
            bot_keep_days=90,
            bot_answering=True,
        )


@asynccontextmanager
async def live_program(
    place: Path, *, webhook: bool = False, book: Book | None = None
) -> AsyncIterator[Live]:
    """A running program; at the end every call it made must have satisfied the Bot API's documentation."""
    live = Live(place, webhook=webhook, book=book)
    try:
        await live.start()
        yield live
        assert live.world.violations == []
    finally:
        await live.stop()


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
