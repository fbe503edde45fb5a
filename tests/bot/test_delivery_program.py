"""The whole program against the emulated Telegram: polling, turns, delivery, profile, and both ways in."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Any

import httpx
import pytest

from bot.clock import SystemClock
from bot.demo.request import SimRequest
from bot.demo.world import DEMO_TOKEN, World
from bot.privacy.vault import new_keys
from bot.run import Program
from bot.settings import Mode, Settings, SettingsError, read_settings
from bot.telegram.profile_texts import COMMANDS
from bot.web.webhook import SECRET_HEADER

ANNA, BEN = 7_000_001, 7_000_002
KEYS = new_keys()
ROOT = Path(__file__).parents[2]


@pytest.fixture
def world() -> World:
    world = World(SystemClock().now)
    world.person(ANNA, "Anna", "en")
    world.person(BEN, "Ben", "es")
    return world


def settings(place: Path, **given: Any) -> Settings:  # noqa: ANN401 - any setting
    usual: dict[str, Any] = {
        "_env_file": None,
        "database_url": f"sqlite:///{place}/kept.sqlite3",
        "telegram_bot_token": DEMO_TOKEN,
        "telegram_api_base_url": "http://127.0.0.1",
        "telegram_mode": Mode.POLLING,
        "webhook_url": None,
        "webhook_secret": None,
        "port": None,
        "bot_data_keys": KEYS[0],
        "bot_lookup_key": KEYS[1],
    }
    return read_settings(**(usual | given))


@asynccontextmanager
async def running(world: World, place: Path, **given: object) -> AsyncIterator[Program]:
    program = Program(settings(place, **given), SimRequest(world), SimRequest(world))
    await program.start()
    try:
        yield program
    finally:
        await program.stop()


async def until(world: World, holds: Callable[[], object]) -> None:
    """Wait until something is so; it is looked at again whenever anything happens in the world."""
    happened = asyncio.Event()
    unsubscribe = world.subscribe(lambda _: happened.set())
    try:
        async with asyncio.timeout(10):
            while not holds():
                await happened.wait()
                happened.clear()
    finally:
        unsubscribe()


def bubbles(world: World, user: int) -> list[dict[str, Any]]:
    """What the assistant said."""
    return [one for one in world.chat(user) if one["from"]["is_bot"]]


async def test_a_person_is_answered_and_telegram_was_called_by_the_book(
    world: World, tmp_path: Path
) -> None:
    async with running(world, tmp_path):
        world.says(ANNA, "/start")
        await until(world, lambda: bubbles(world, ANNA))
        newest = bubbles(world, ANNA)[-1]
        button = newest["reply_markup"]["inline_keyboard"][0][0]
        before = len(world.calls)
        world.taps(ANNA, newest["message_id"], button["callback_data"])
        await until(world, lambda: _answered(world, before))
    assert world.violations == []


def _answered(world: World, before: int) -> bool:
    methods = [call["method"] for call in list(world.calls)[before:]]
    return "answerCallbackQuery" in methods and bool(
        {"sendMessage", "editMessageText"} & {*methods}
    )


async def test_two_people_are_answered_in_their_languages(world: World, tmp_path: Path) -> None:
    async with running(world, tmp_path):
        world.says(ANNA, "/start")
        world.says(BEN, "/start")
        await until(world, lambda: bubbles(world, ANNA) and bubbles(world, BEN))
        assert bubbles(world, ANNA)[0]["text"] != bubbles(world, BEN)[0]["text"]


async def test_the_profile_is_published_once_per_language(world: World, tmp_path: Path) -> None:
    def shown(language: str) -> list[str]:
        return [each["command"] for each in world.profile.commands(None, language)]

    def changes() -> list[str]:
        return [call["method"] for call in world.calls if call["method"].startswith("setMy")]

    async with running(world, tmp_path):
        await until(world, lambda: world.profile.descriptions.get("es"))
    assert shown("") == shown("es") == [name for name, _ in COMMANDS]
    made = changes()
    async with running(world, tmp_path):
        await until(
            world, lambda: [one["method"] for one in world.calls].count("getMyDescription") == 4
        )
    assert changes() == made
    assert world.violations == []


async def test_what_came_while_it_was_down_is_answered_after_the_start(
    world: World, tmp_path: Path
) -> None:
    world.says(ANNA, "/start")
    async with running(world, tmp_path):
        await until(world, lambda: bubbles(world, ANNA))


async def test_a_restart_repeats_nothing(world: World, tmp_path: Path) -> None:
    async with running(world, tmp_path):
        world.says(ANNA, "/start")
        await until(world, lambda: bubbles(world, ANNA))
    said = len(bubbles(world, ANNA))
    async with running(world, tmp_path):
        world.says(BEN, "/start")
        await until(world, lambda: bubbles(world, BEN))
    assert len(bubbles(world, ANNA)) == said


async def test_blocking_and_coming_back(world: World, tmp_path: Path) -> None:
    async with running(world, tmp_path):
        world.says(ANNA, "/start")
        await until(world, lambda: bubbles(world, ANNA))
        world.blocks(ANNA)
        world.unblocks(ANNA)
        said = len(bubbles(world, ANNA))
        world.says(ANNA, "/menu")
        await until(world, lambda: len(bubbles(world, ANNA)) > said)


async def test_an_export_arrives_as_a_document(world: World, tmp_path: Path) -> None:
    async with running(world, tmp_path):
        world.says(ANNA, "/start")
        await until(world, lambda: bubbles(world, ANNA))
        world.says(ANNA, "/export")
        await until(world, lambda: any("document" in one for one in bubbles(world, ANNA)))
        assert world.violations == []


@pytest.mark.parametrize("fault", ["429", "502", "lost answer"])
async def test_a_fault_of_telegrams_loses_nothing(world: World, tmp_path: Path, fault: str) -> None:
    async with running(world, tmp_path):
        await until(world, lambda: world.profile.descriptions.get("es"))
        world.says(ANNA, "/start")
        await until(world, lambda: bubbles(world, ANNA))
        said = len(bubbles(world, ANNA))
        match fault:
            case "429":
                world.faults.next_429(1)
            case "502":
                world.faults.next_5xx(1)
            case _:
                world.faults.lose_answer(1)
        world.says(ANNA, "/menu")
        await until(world, lambda: len(bubbles(world, ANNA)) > said)


async def test_a_webhook_is_registered_and_its_updates_answered(
    world: World, tmp_path: Path
) -> None:
    given = {
        "telegram_mode": Mode.WEBHOOK,
        "webhook_url": "https://bot.example/deep/hook",
        "webhook_secret": "s3cret",
        "port": 0,
    }
    async with running(world, tmp_path, **given) as program:
        await until(world, lambda: world.webhook.url)
        assert (world.webhook.url, world.webhook.secret) == (given["webhook_url"], "s3cret")
        assert program.web is not None
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{program.web.port}") as telegram:
            update = world.says(ANNA, "/start")
            for secret, status in (("wrong", 403), ("s3cret", 200)):
                headers = {SECRET_HEADER: secret}
                answer = await telegram.post("/deep/hook", json=update, headers=headers)
                assert answer.status_code == status
            assert (await telegram.get("/healthz")).status_code == 200
            assert (await telegram.get("/readyz")).json() == {"database": True}
        await until(world, lambda: bubbles(world, ANNA))


async def test_a_port_that_is_taken_is_one_clear_line_and_nothing_keeps_running(
    world: World, tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("0.0.0.0", 0))  # noqa: S104 - where the program listens
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"^PORT {port} is taken"):
            async with running(world, tmp_path, port=port):
                pass


async def test_a_refused_token_is_one_clear_line_without_the_token(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    token = "1000000002:another-token"
    with pytest.raises(SettingsError, match=r"^TELEGRAM_BOT_TOKEN is wrong") as error:
        async with running(world, tmp_path, telegram_bot_token=token):
            pass
    assert token not in str(error.value) + caplog.text


async def test_while_telegram_is_down_it_starts_and_then_catches_up(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    world.faults.next_5xx(1)
    world.says(ANNA, "/start")
    async with running(world, tmp_path):
        await until(world, lambda: bubbles(world, ANNA))
    assert "telegram_unreachable why=NetworkError" in caplog.text


def test_it_ends_well_when_the_host_says_so(tmp_path: Path) -> None:
    """The real command, with nobody at the other end."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}"
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TELEGRAM_BOT_TOKEN": DEMO_TOKEN,
            "TELEGRAM_API_BASE_URL": nobody,
            "BOT_DATA_KEYS": KEYS[0],
            "BOT_LOOKUP_KEY": KEYS[1],
        }
        with subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=tmp_path,
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        ) as program:
            assert program.stderr is not None
            lines = _up_to(program.stderr, "bot.program started")
            program.send_signal(signal.SIGTERM)
            rest = program.stderr.read()
            assert program.wait(20) == 0
    assert "bot.program stopped" in rest
    assert DEMO_TOKEN not in "".join(lines) + rest
    assert (tmp_path / "data" / "second-opinion.sqlite3").exists()


def _up_to(stream: IO[str], word: str) -> list[str]:
    """The lines of the stream up to the one that says `word`."""
    lines = []
    for line in stream:
        lines.append(line)
        if word in line:
            break
    return lines
