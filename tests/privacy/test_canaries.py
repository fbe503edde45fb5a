"""Nothing a person wrote reaches a disk: canaries go through every state and every way to fail, and are looked for.

Whatever is kept later is de-identified text, and only with consent; a canary in it would be found here too.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from bot import logs
from bot.backstage import Backstage
from bot.demo.world import DEMO_TOKEN
from bot.settings import read_settings
from bot.storage.conversations import Conversations
from bot.storage.envelope import State, open_state, seal_state
from bot.storage.log import Entry, Log
from bot.storage.log_tables import Act
from bot.storage.questions import Asked, Questions
from bot.storage.tables import CONVERSATION
from bot.telegram.inbound import Update, parse_update
from bot.turns_plan import Taken
from dialogs.book import load_book
from dialogs.engine.conversation import Alarm, Answer, AnswerKind, Conversation, Frame, Place
from dialogs.engine.lines import Kept, Line, Message
from tests.support.canaries import CANARIES, forms, found_in, opened, sentences, written
from tests.support.desk import Desk
from tests.support.live import DATA_KEY, LOOKUP_KEY
from tests.support.quick_clock import QuickClock

ANN = 900


class Aviary:
    """A program without Telegram, in a folder of its own, with everything it logs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        settings = read_settings(
            _env_file=None,
            database_url=f"sqlite:///{folder / 'birds.sqlite3'}",
            telegram_bot_token=DEMO_TOKEN,
            bot_data_keys=DATA_KEY,
            bot_lookup_key=LOOKUP_KEY,
            bot_answering=True,
        )
        clock = QuickClock()
        self.backstage = Backstage(settings, clock, lambda: None, lambda _: None)
        self.desk = Desk(self.backstage.engine, self.backstage.vault, clock)
        self._numbers = count(1)

    def hears(self, chat: int, words: str, **content: object) -> list[Taken]:
        """Somebody writes, or sends something with these words in it."""
        message = {
            "message_id": next(self._numbers), "date": 1_795_000_000, "chat": {"id": chat, "type": "private"},
            "from": {"id": chat, "is_bot": False, "first_name": CANARIES["name"], "language_code": "en"},
        }  # fmt: skip
        message |= content or {"text": words}
        return self.takes({"update_id": next(self._numbers), "message": message})

    def presses(self, chat: int, choice: str) -> list[Taken]:
        """Somebody presses a button of what is open."""
        with self.backstage.engine.connect() as connection:
            mine = CONVERSATION.c.chat_hash == self.backstage.vault.lookup(chat)
            row = connection.execute(select(CONVERSATION).where(mine)).one()
        frame = open_state(self.backstage.vault, row.id, row.state).conversation.frames[-1]
        query = {
            "id": "q", "data": f"{frame.asked}:{choice}", "from": {"id": chat, "is_bot": False, "first_name": "A"},
            "message": {"message_id": 1, "date": 0, "chat": {"id": chat, "type": "private"}},
        }  # fmt: skip
        return self.takes({"update_id": next(self._numbers), "callback_query": query})

    def takes(self, update: dict[str, Any]) -> list[Taken]:
        """What became of an update."""
        parsed = parse_update(json.dumps(update).encode())
        assert isinstance(parsed, Update)
        return self.backstage.intake.receive([parsed]).result(timeout=30)

    def stands(self, chat: int, place: Place, *, logged: bool = False) -> None:
        """Put somebody into a state, as if they had come there; `logged`: they let staff read along."""
        vault, key = self.backstage.vault, f"conversation{chat}"
        stack = (Frame(Place("menu", "main"), 1, 1), Frame(place, 1, 1))
        yes = Answer(AnswerKind.CHOICE, "yes", "consent_review.ask")
        answers = {"may_staff_read": yes} if logged else {}
        conversation = Conversation("en", stack, answers, alarm=Alarm("en"))
        state = seal_state(vault, key, State(chat, f"ref{chat}", conversation))
        with self.backstage.engine.begin() as connection:
            rows = Conversations(connection.dialect)
            rows.claim(connection, [(key, vault.lookup(chat), 0)])
            rows.save(connection, [("en", state, 0, False, key)])

    def everything(self) -> bytes:
        """Every byte on disk, and everything sealed in it, opened, with everybody's export."""
        with self.backstage.engine.connect() as connection:
            names = list(connection.scalars(select(CONVERSATION.c.id)))
            plain = opened(connection, self.backstage.vault)
        exports = [self.backstage.outbox.export(name) for name in names]
        return b"\0".join([written(self.folder), plain, *exports])


@pytest.fixture
def aviary(tmp_path: Path) -> Iterator[Aviary]:
    aviary = Aviary(tmp_path)
    aviary.backstage.start()
    yield aviary
    aviary.backstage.stop()


@pytest.fixture
def log() -> Iterator[list[str]]:
    """Everything that is logged, at every level, as it would be written."""
    lines: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    logs.silence()
    ear, root = Ear(logging.DEBUG), logging.getLogger()
    ear.setFormatter(logs.OneLine())
    before = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(ear)
    root.setLevel(before)


def searched(aviary: Aviary, log: list[str]) -> list[str]:
    """The canaries found anywhere."""
    return found_in(aviary.everything() + "\n".join(log).encode())


@pytest.mark.parametrize("encoding", range(9))
def test_the_search_finds_a_planted_canary(aviary: Aviary, log: list[str], encoding: int) -> None:
    planted = list(forms(CANARIES["Arabic name"]))[encoding]
    (aviary.folder / "report.txt").write_bytes(b"error in turn: " + planted + b" ...")
    assert searched(aviary, log) == [CANARIES["Arabic name"]]


def test_the_search_opens_what_is_sealed(aviary: Aviary, log: list[str]) -> None:
    aviary.hears(ANN, "/start")
    vault = aviary.backstage.vault
    with aviary.backstage.engine.begin() as connection:
        row = connection.scalars(select(CONVERSATION.c.id)).one()
        sealed = vault.seal("conversation", row, json.dumps(CANARIES["phone"]).encode())
        connection.execute(CONVERSATION.update().values(state=sealed))
    with aviary.backstage.engine.connect() as connection:
        assert found_in(opened(connection, vault)) == [CANARIES["phone"]]
    assert not log or not found_in("\n".join(log).encode())


def test_every_state_takes_words_and_keeps_none(aviary: Aviary, log: list[str]) -> None:
    places = [state.place for state in load_book().states() if state.waits]
    for chat, place in enumerate(places, ANN):
        aviary.stands(chat, place)
        for words in sentences():
            assert not aviary.hears(chat, words)[0].failed
    assert searched(aviary, log) == []


def test_what_staff_may_read_holds_no_name_in_any_state(aviary: Aviary, log: list[str]) -> None:
    plain, canaries = (
        "Could you tell me what I need to bring to my appointment?",
        cycle(sentences()),
    )
    places = [state.place for state in load_book().states() if state.waits]
    for chat, place in enumerate(places, ANN):
        aviary.stands(chat, place, logged=True)
        for words in (plain, next(canaries)):
            assert not aviary.hears(chat, words)[0].failed
    assert b"Could you tell me" in aviary.everything(), "the log is opened and searched"
    assert searched(aviary, log) == []
    assert plain.encode() not in written(aviary.folder)


def test_a_turn_in_the_log_is_searched_too(aviary: Aviary, log: list[str]) -> None:
    shown = Message(1, (Line("c", "{text}", {"text": Kept(CANARIES["phone"])}),))
    entry = Entry("r", 1, 0, Act.TYPED, "en", "", "", text=CANARIES["e-mail"], shown=(shown,))
    with aviary.backstage.engine.begin() as connection:
        Log(connection.dialect, aviary.backstage.vault).write(connection, [entry])
    assert searched(aviary, log) == [CANARIES["phone"], CANARIES["e-mail"]]


def test_words_to_staff_are_kept_without_what_tells_who_wrote_them(
    aviary: Aviary, log: list[str]
) -> None:
    """From typing to the answer that was read: only de-identified words, in every place that holds them."""
    plain = "Could you tell me what I need to bring to my appointment?"
    for chat, words in enumerate([plain, *sentences()], ANN):
        aviary.stands(chat, Place("person", "question"))
        aviary.hears(chat, words)
        aviary.presses(chat, "send")
    letters = aviary.desk.waiting()
    assert plain in [letter.text for letter in letters]
    for letter in letters:
        aviary.desk.answer(letter, "Bring your letters.", "Ann")
    aviary.backstage.upkeep.fire()
    assert b"Could you tell me" in aviary.everything(), "what is sealed is opened and searched"
    assert b"Bring your letters." in aviary.everything()
    assert searched(aviary, log) == []
    assert plain.encode() not in written(aviary.folder)


def test_a_worry_is_searched_too(aviary: Aviary, log: list[str]) -> None:
    questions = Questions(aviary.backstage.engine.dialect, aviary.backstage.vault)
    worry = Asked("w", "c", "worry", "en", False, 1, 0, CANARIES["phone"])
    with aviary.backstage.engine.begin() as connection:
        questions.write(connection, [worry])
    assert searched(aviary, log) == [CANARIES["phone"]]


def test_captions_edits_commands_and_contacts_keep_nothing(aviary: Aviary, log: list[str]) -> None:
    for words in sentences():
        aviary.hears(ANN, "", photo=[{}], caption=words)
        aviary.hears(ANN, f"/start {words}")
        aviary.hears(ANN, f"/{words}")
        aviary.hears(ANN, "", contact={"phone_number": words, "first_name": words})
        aviary.hears(ANN, "", document={"file_name": words})
        message = {
            "message_id": 5,
            "date": 1,
            "chat": {"id": ANN, "type": "private"},
            "text": words,
        }
        aviary.takes({"update_id": 10**6 + len(words), "edited_message": message})
        query = {
            "id": "q",
            "from": {"id": ANN, "is_bot": False, "first_name": words},
            "data": words,
        }
        aviary.takes({"update_id": 2 * 10**6 + len(words), "callback_query": query})
    assert searched(aviary, log) == []


def test_danger_keeps_nothing_either(aviary: Aviary, log: list[str]) -> None:
    for chat, words in enumerate(sentences(), ANN):
        aviary.hears(chat, f"{words}. I cannot breathe and my chest hurts")
        aviary.hears(chat, f"{words}. I want to kill myself")
        aviary.hears(chat, f"{words}. my husband beats me")
    assert searched(aviary, log) == []


def test_a_turn_that_raises_keeps_nothing(
    aviary: Aviary, log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def raises(_: object, __: object, said: Any, ___: object) -> None:  # noqa: ANN401
        raise ValueError(said.reading.text.get_secret_value())

    monkeypatch.setattr("bot.talk.BookTalk.take", raises)
    for words in sentences():
        assert aviary.hears(ANN, words)[0].failed
    assert searched(aviary, log) == []
    assert any("ValueError" in line for line in log)


def test_reading_and_redacting_that_raise_keep_nothing(
    aviary: Aviary, log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = aviary.backstage.intake._reader

    def raises(words: Any, *_: object, **__: object) -> None:  # noqa: ANN401
        raise ValueError(words.get_secret_value() if hasattr(words, "get_secret_value") else words)

    monkeypatch.setattr(reader, "_read", raises)
    for words in sentences():
        aviary.hears(ANN, words)
    monkeypatch.undo()
    monkeypatch.setattr("bot.privacy.redaction.kept.redact", raises)
    for words in sentences():
        aviary.hears(ANN, words)
    assert searched(aviary, log) == []


def test_a_failing_database_keeps_nothing(aviary: Aviary, log: list[str]) -> None:
    aviary.hears(ANN, "/start")
    with aviary.backstage.engine.begin() as connection:
        connection.execute(text("ALTER TABLE tally RENAME TO away"))
    for words in sentences():
        with pytest.raises(sqlite3.OperationalError):
            aviary.hears(ANN, words)
    assert searched(aviary, log) == []


def test_malformed_updates_keep_nothing(aviary: Aviary, log: list[str]) -> None:
    for number, words in enumerate(sentences(), 1):
        for odd in (
            {"text": [words]},
            {"chat": words},
            {"from": words},
            {"entities": words, "text": words},
        ):
            message = {"message_id": 1, "date": 0, "chat": {"id": ANN, "type": "private"}} | odd
            parsed = parse_update(json.dumps({"update_id": number, "message": message}).encode())
            assert not isinstance(parsed, Update) or aviary.backstage.intake.receive(
                [parsed]
            ).result(30)
        assert words not in repr(parse_update(json.dumps({"message": {"text": words}}).encode()))
    assert searched(aviary, log) == []


def test_what_may_be_kept_is_de_identified(aviary: Aviary) -> None:
    keep = aviary.backstage.intake._reader._keep
    kept = [keep(words, "en", names=(), entities=()) or "" for words in sentences()]
    assert any(kept)
    assert found_in("\n".join(kept).encode(), set(CANARIES.values())) == []
