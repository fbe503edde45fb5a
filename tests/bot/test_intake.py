"""What an update means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

import pytest
from pydantic import SecretStr

from bot.arrival import Arrival, Elsewhere, Gone, Source
from bot.intake import Intake
from bot.telegram.inbound import Update, parse_update
from bot.turns import StoppedError
from bot.turns_batch import Ignored, Input
from bot.turns_plan import Taken
from dialogs.engine.said import Command, Returned, Said, Sent, Tap, Typed, Unreadable
from dialogs.understanding.reading import Reading
from tests.support.clock import FakeClock

PERSON = {"id": 5, "is_bot": False, "first_name": "P", "language_code": "es-MX"}
PRIVATE, GROUP = {"id": 5, "type": "private"}, {"id": -7, "type": "supergroup"}


class Door:
    """Notes what it is handed, and answers only when told."""

    def __init__(self) -> None:
        self.inputs: list[Input] = []
        self.fail: Exception | None = None

    def take(self, inputs: Sequence[Input], future: Future[list[Taken]]) -> None:
        """Take inputs."""
        self.inputs += inputs
        if self.fail:
            future.set_exception(self.fail)
        else:
            future.set_result([Taken(each.id) for each in inputs])


def read(
    text: SecretStr, locale: str | None, before: str = "", *, hurried: bool = False
) -> Reading:
    """Understands nothing, but notes the locale and what was written before."""
    return Reading(text, wish="hurried" if hurried else locale, alarming=SecretStr(before))


def understood(text: str, before: str = "") -> Reading:
    """What `read` makes of a text."""
    return Reading(SecretStr(text), wish="es", alarming=SecretStr(before))


def meaning(number: int = 1, *, username: str | None = "our_bot", **fields: object) -> Input:
    """What an update with these fields means."""
    update = parse_update({"update_id": number, **fields})
    assert isinstance(update, Update)
    door = Door()
    intake = Intake(door, FakeClock(), read, warm=lambda: None)
    if username:
        intake.named(username)
    intake.start()
    try:
        intake.receive([update]).result(timeout=10)
    finally:
        intake.stop()
    return door.inputs[0]


def said(chat: dict[str, Any] = PRIVATE, **content: object) -> Said | Elsewhere | Gone | None:
    """What a message with this content says; None when it is ignored."""
    message = {"message_id": 3, "chat": chat, "from": PERSON, "date": 1, **content}
    found = meaning(message=message)
    return found.said if isinstance(found, Arrival) else None


def test_a_text_is_read_with_the_locale_of_the_client() -> None:
    found = meaning(message={"message_id": 3, "chat": PRIVATE, "from": PERSON, "text": "hola"})
    assert found == Arrival(
        Source.TELEGRAM, 1, 5, Typed(understood("hola")), "es", client="es", message=3
    )


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/start", Command("start")),
        ("/start clinic_7-a", Command("start", "clinic_7-a")),
        ("/start two words", Command("start")),
        ("/start " + "x" * 65, Command("start")),
        ("/language es", Command("language", "es")),
        ("/LANGUAGE  es ", Command("language", "es")),
        ("/language español", Command("language")),
        ("/help@our_bot", Command("help")),
        ("/delete now\nplease", Command("delete")),
    ],
)
def test_a_command_is_a_known_name_and_a_safe_word(text: str, command: Command) -> None:
    assert said(text=text) == command


@pytest.mark.parametrize("text", ["/unknown", "start", " /start", "/", "/start@other_bot", "//"])
def test_anything_else_that_looks_like_a_command_is_text(text: str) -> None:
    assert isinstance(said(text=text), Typed)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ({"voice": {}}, Unreadable.VOICE),
        ({"photo": [], "caption": "my scan"}, Unreadable.PHOTO),
        ({"document": {}}, Unreadable.DOCUMENT),
        ({"location": {}}, Unreadable.LOCATION),
        ({"sticker": {}}, Unreadable.STICKER),
        ({"poll": {}}, Unreadable.OTHER),
    ],
)
def test_what_is_not_text_is_named_by_its_kind(content: dict[str, Any], what: Unreadable) -> None:
    sent = said(**content)
    assert isinstance(sent, Sent)
    assert sent.what is what


def test_what_is_written_under_a_picture_is_read_too() -> None:
    assert said(photo=[], caption="my scan") == Sent(Unreadable.PHOTO, understood("my scan"))


def test_an_edited_text_is_a_text_again() -> None:
    message = {"message_id": 3, "chat": PRIVATE, "from": PERSON, "text": "/start"}
    found = meaning(edited_message=message)
    assert isinstance(found, Arrival)
    assert isinstance(found.said, Typed)
    assert found.said.edited


def test_a_pressed_button_keeps_the_query_to_answer() -> None:
    query = {
        "id": "q9",
        "from": PERSON,
        "data": "3:yes",
        "message": {"message_id": 2, "chat": PRIVATE},
    }
    assert meaning(callback_query=query) == Arrival(
        Source.TELEGRAM, 1, 5, Tap("3:yes"), "es", callback="q9", client="es"
    )


@pytest.mark.parametrize(
    ("old", "new", "what"), [("member", "kicked", Gone()), ("kicked", "member", Returned())]
)
def test_blocking_and_coming_back_are_noticed(old: str, new: str, what: object) -> None:
    change = {"chat": PRIVATE, "from": PERSON}
    change |= {"old_chat_member": {"status": old}, "new_chat_member": {"status": new}}
    found = meaning(my_chat_member=change)
    assert isinstance(found, Arrival)
    assert found.said == what


def test_in_a_group_only_a_call_by_name_is_answered() -> None:
    assert said(GROUP, text="/start@our_bot") == Elsewhere()
    assert said(GROUP, text="/whatever@OUR_bot") == Elsewhere()
    assert said(GROUP, text="/start") is None
    assert said(GROUP, text="hello") is None
    assert said(GROUP, photo=[]) is None


def test_being_added_to_a_group_is_answered_and_being_removed_is_not() -> None:
    into = {"chat": GROUP, "from": PERSON}
    into |= {"old_chat_member": {"status": "left"}, "new_chat_member": {"status": "member"}}
    out = into | {
        "old_chat_member": {"status": "member"}, "new_chat_member": {"status": "left"},
    }  # fmt: skip
    assert meaning(my_chat_member=into) == Arrival(Source.TELEGRAM, 1, -7, Elsewhere(), "es")
    assert meaning(my_chat_member=out) == Ignored(Source.TELEGRAM, 1)


def test_a_button_in_a_group_and_an_update_of_no_known_kind_are_ignored() -> None:
    query = {"id": "q9", "from": PERSON, "data": "x", "message": {"message_id": 2, "chat": GROUP}}
    assert meaning(callback_query=query) == Ignored(Source.TELEGRAM, 1)
    assert meaning(poll={"id": "1"}) == Ignored(Source.TELEGRAM, 1)
    assert said(new_chat_title="x") is None


@pytest.mark.parametrize(
    ("language", "locale"),
    [("es", "es"), ("ES-419", "es"), ("en-GB", "en"), ("de", None), ("", None), (None, None)],
)
def test_a_client_language_becomes_one_of_ours_or_none(
    language: str | None, locale: str | None
) -> None:
    person = PERSON | {"language_code": language}
    found = meaning(message={"message_id": 3, "chat": PRIVATE, "from": person, "text": "x"})
    assert isinstance(found, Arrival)
    assert found.locale == locale


def test_a_failing_database_is_the_failure_of_whoever_waits() -> None:
    door = Door()
    door.fail = OSError("disk")
    intake = Intake(door, FakeClock(), read, warm=lambda: None)
    intake.start()
    with pytest.raises(OSError, match="disk"):
        intake.receive([Update(update_id=1)]).result(timeout=10)
    intake.stop()


def test_updates_received_before_the_end_are_handed_on_and_later_ones_refused() -> None:
    door = Door()
    intake = Intake(door, FakeClock(), read, warm=lambda: None)
    future = intake.receive([Update(update_id=1)])
    intake.start()
    intake.stop()
    assert future.result(timeout=10) == [Taken(1)]
    with pytest.raises(StoppedError):
        intake.receive([Update(update_id=2)])


def texts(count: int) -> list[Update]:
    """So many messages of one person."""
    made = []
    for number in range(1, count + 1):
        message = {"message_id": number, "chat": PRIVATE, "from": PERSON, "date": 1, "text": "x"}
        update = parse_update({"update_id": number, "message": message})
        assert isinstance(update, Update)
        made.append(update)
    return made


def test_over_fifty_waiting_are_read_in_a_hurry_until_fewer_wait() -> None:
    door = Door()
    intake = Intake(door, FakeClock(), read, warm=lambda: None)
    intake.receive(texts(52))
    intake.start()
    intake.stop()
    wishes = [
        each.reading.wish for each in door.inputs if isinstance(each, Arrival) and each.reading
    ]
    assert wishes == ["hurried"] * 2 + ["es"] * 50


def test_a_start_without_the_sentence_model_says_so(caplog: pytest.LogCaptureFixture) -> None:
    for there in (True, False):
        intake = Intake(
            Door(), FakeClock(), read, warm=lambda: None, by_meaning=partial(bool, there)
        )
        intake.start()
        intake.stop()
        assert ("no_sentence_model" in caplog.text) is not there


def test_the_log_names_the_nearest_phrase_and_never_the_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    door = Door()
    intake = Intake(door, FakeClock(), warm=lambda: None)
    message = {"message_id": 3, "chat": PRIVATE, "from": PERSON, "date": 1}
    update = parse_update(
        {"update_id": 1, "message": message | {"text": "roughly what would all that set me back"}}
    )
    assert isinstance(update, Update)
    intake.receive([update])
    intake.start()
    intake.stop()
    (line,) = [record.getMessage() for record in caplog.records if "routed" in record.getMessage()]
    assert re.search(r"phrase=[a-z]{2}\.yaml:\d+ intent=\w+ sure=", line)
    assert "roughly" not in caplog.text
