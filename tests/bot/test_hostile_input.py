"""What nobody should send and somebody will: a clear outcome, nothing lost, nothing a person wrote in the log."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from sqlalchemy import func, select

from bot import logs
from bot.backstage import Backstage
from bot.demo.world import DEMO_TOKEN
from bot.settings import read_settings
from bot.storage.outbox import Parcel
from bot.storage.tables import OUTBOX, SEEN, Status
from bot.telegram.inbound import Update, parse_update
from bot.turns_plan import Taken
from tests.support.live import DATA_KEY, LOOKUP_KEY, Live, live_program
from tests.support.odd_updates import SECRET, odd_updates
from tests.support.quick_clock import QuickClock
from tests.support.world_chat import WorldChat

ANN = 501
TAPS = 10_000
PEOPLE = 200


class Ear(logging.Handler):
    """Everything that was logged, as it would be written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logs.OneLine())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def ear() -> Iterator[Ear]:
    """Listens to every logger as the running program has them."""
    logs.silence()
    ear, root = Ear(), logging.getLogger()
    before = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    yield ear
    root.removeHandler(ear)
    root.setLevel(before)


class Room:
    """Everything behind the door, without Telegram."""

    def __init__(self, place: Path) -> None:
        settings = read_settings(
            _env_file=None,
            database_url=f"sqlite:///{place / 'room.sqlite3'}",
            telegram_bot_token=DEMO_TOKEN,
            bot_data_keys=DATA_KEY,
            bot_lookup_key=LOOKUP_KEY,
        )
        self.clock = QuickClock()
        self.backstage = Backstage(settings, self.clock, lambda: None, lambda _: None)
        self.numbers = count(1)

    def takes(self, *raw: dict[str, Any] | bytes) -> list[Taken]:
        """What became of these updates."""
        updates = [parse_update(one) for one in raw]
        known = [one for one in updates if isinstance(one, Update)]
        future: Future[list[Taken]] = self.backstage.intake.receive(known)
        return future.result(timeout=30)

    def text(self, text: str) -> bytes:
        """A text of Ann's, as Telegram writes it: everything beyond ASCII escaped."""
        return json.dumps(self._update({"message": self._message(text)})).encode()

    def tap(self, press: str) -> dict[str, Any]:
        """A button Ann presses."""
        query = {"id": "1", "from": _ann(), "message": self._message(""), "data": press}
        return self._update({"callback_query": query})

    def turns(self) -> int:
        """How many inputs of Ann's were taken."""
        return len(self._column(SEEN.c.id))

    def waiting(self) -> int:
        """How many messages wait."""
        with self.backstage.engine.connect() as connection:
            pending = select(func.count()).where(OUTBOX.c.status == Status.PENDING)
            return connection.scalar(pending) or 0

    def heads(self) -> list[Parcel]:
        """The next message of everybody."""
        return self.backstage.outbox.heads(self.clock.now(), 10, ())

    def _column(self, column: Any) -> list[Any]:  # noqa: ANN401 - any column
        with self.backstage.engine.connect() as connection:
            return list(connection.scalars(select(column)))

    def _update(self, content: dict[str, Any]) -> dict[str, Any]:
        return {"update_id": next(self.numbers), **content}

    def _message(self, text: str) -> dict[str, Any]:
        chat = {"id": ANN, "type": "private"}
        return {"message_id": 1, "date": 0, "chat": chat, "from": _ann(), "text": text}


def _ann() -> dict[str, Any]:
    return {"id": ANN, "is_bot": False, "first_name": SECRET, "language_code": "en"}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """One room for many examples."""
    room = Room(tmp_path_factory.mktemp("shared"))
    room.backstage.start()
    yield room
    room.backstage.stop()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A room of one's own."""
    room = Room(tmp_path)
    room.backstage.start()
    yield room
    room.backstage.stop()


def test_any_update_is_taken_and_nothing_of_it_is_logged(shared: Room, ear: Ear) -> None:
    @given(update=odd_updates())
    def taken(update: dict[str, Any]) -> None:
        ear.lines.clear()
        (taken,) = shared.takes(update)
        assert not taken.failed
        assert not [line for line in ear.lines if SECRET in line or DEMO_TOKEN in line]

    taken()


@pytest.mark.parametrize(
    "text",
    [
        SECRET * 90_000,  # a megabyte
        f"{SECRET}\0\0\0",
        f"{SECRET} \ud800 \udfff\ud83d",
        f"\u202e{SECRET}\u2066\u2067\u200f",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 1000,
        "\u0301" * 4096,
        "<b>&lt;{name}%s{0}{{" + SECRET,
        "/start " + SECRET * 100,
        "/" * 4096,
        "\n" * 4096,
        "9" * 4096,
        "\u0661\u0662/" * 2000,
    ],
    ids=lambda text: ascii(text[:24]),
)
@pytest.mark.parametrize("place", ["menu", "options"])
def test_any_text_gets_an_answer(room: Room, ear: Ear, text: str, place: str) -> None:
    room.takes(room.text(f"/start {place}"))
    (taken,) = room.takes(room.text(text))
    assert taken.fresh
    assert not taken.failed
    assert room.waiting() >= 1
    assert not [line for line in ear.lines if SECRET in line or "WARNING" in line]


@pytest.mark.parametrize(
    "press", ["", ":", "1:", "1:<", "1:<nonsense", "-1:back", "9" * 64, "\0", "\u202e", "1:country:x", "<back"]
)  # fmt: skip
def test_any_button_data_does_no_harm(room: Room, press: str) -> None:
    room.takes(room.text("/start options"))
    (taken,) = room.takes(room.tap(press))
    assert not taken.failed
    assert room.waiting() >= 1


def test_ten_thousand_taps_on_one_button_end_in_a_few_messages(room: Room) -> None:
    room.takes(room.text("/start"))
    (parcel,) = room.heads()
    assert parcel.message is not None
    press = parcel.message.rows[0][0].press
    assert press is not None
    taps = [room.tap(press) for _ in range(TAPS)]
    futures = [
        room.backstage.intake.receive(
            [one for one in map(parse_update, taps[start : start + 100]) if isinstance(one, Update)]
        )
        for start in range(0, TAPS, 100)
    ]
    taken = [one for future in futures for one in future.result(timeout=60)]
    assert all(one.fresh and not one.failed for one in taken)
    assert room.turns() == TAPS + 1
    assert room.waiting() <= 5


def test_the_open_question_in_another_language_is_not_taken_for_the_same(room: Room) -> None:
    room.takes(room.text("/start options"))
    room.takes(room.tap("1:of_last_week"))
    room.takes(room.tap("1:of_last_week"))
    assert room.waiting() == 3  # the welcome, the question, and it once more
    room.takes(room.text("/language es"), room.text("/language en"))
    assert room.waiting() == 5


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    async with live_program(tmp_path) as running:
        yield running


async def test_two_hundred_people_typing_two_answers_at_once_are_all_right(
    live: Live, ear: Ear
) -> None:
    chats = [WorldChat(live) for _ in range(PEOPLE)]
    for chat in chats:
        live.world.says(chat.user, "/start options")
    for chat in chats:
        live.world.says(chat.user, "USA")
        live.world.says(chat.user, "Texas")
    await live.until(lambda: not len(live.world.inbox))  # all acknowledged, and so all committed
    right = [chat for chat in chats if chat.answers() == {"country": "US", "region": "US-TX"}]
    assert len(right) == PEOPLE
    words = "Texas", "USA", "Person", live.world.token
    assert not [line for line in ear.lines if any(word in line for word in words)]


async def test_a_megabyte_over_http_gets_an_answer(live: Live) -> None:
    chat = WorldChat(live)
    await chat.says("/start options")
    await chat.says("x" * 1_000_000)
    assert "I could not understand that" in chat.said()[-1]
