"""The outbox, emptied into Telegram."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Sequence
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from bot.demo.request import SimRequest
from bot.demo.world import DEMO_TOKEN, World
from bot.demo.world_faults import DOCUMENTED
from bot.storage.outbox import GivenUp, Mark, Parcel, ParcelKind, Postponed, Sent, Unreachable
from bot.storage.priority import Priority
from bot.tasks import Tasks
from bot.telegram.bubbles import LABEL_LIMIT
from bot.telegram.delivery import Delivery
from dialogs.engine.lines import Button, Line, Message
from tests.support.clock import FakeClock
from tests.support.said import PlainRenderer
from tests.support.wire import Answer, Wire, bot_over, refused

ANNA, BEN = 7, 8


@dataclass
class FakeOutbox:
    """Parcels in memory; the first of each conversation is its head."""

    waiting: list[Parcel] = field(default_factory=list)
    not_before: dict[int, int] = field(default_factory=dict)

    def heads(self, now: int, limit: int, busy: Collection[str] = ()) -> list[Parcel]:
        return self._heads(now, limit, busy, urgent=False)

    def alarms(self, now: int, limit: int, busy: Collection[str] = ()) -> list[Parcel]:
        return self._heads(now, limit, busy, urgent=True)

    def _heads(self, now: int, limit: int, busy: Collection[str], *, urgent: bool) -> list[Parcel]:
        heads: dict[str, Parcel] = {}
        for parcel in self.waiting:
            if urgent is (parcel.priority == Priority.SAFETY):
                heads.setdefault(parcel.conversation, parcel)
        due = [
            parcel
            for parcel in heads.values()
            if parcel.conversation not in busy and self.not_before.get(parcel.id, 0) <= now
        ]
        return sorted(due, key=lambda parcel: parcel.priority)[:limit]

    def export(self, conversation: str) -> bytes:
        return f'{{"conversation": "{conversation}"}}'.encode()


class FakeMarks:
    """Writes marks down at once, unless told to fail first."""

    def __init__(self, outbox: FakeOutbox) -> None:
        self.outbox, self.all, self.failures = outbox, list[Mark](), 0
        self._marked = asyncio.Event()

    def mark(self, marks: Sequence[Mark]) -> Future[None]:
        future: Future[None] = Future()
        if self.failures:
            self.failures -= 1
            future.set_exception(OSError("disk full"))
            return future
        for mark in marks:
            self.all.append(mark)
            self._apply(mark)
        future.set_result(None)
        self._marked.set()
        return future

    def _apply(self, mark: Mark) -> None:
        if isinstance(mark, Postponed):
            self.outbox.not_before[mark.id] = mark.until
            self.outbox.waiting = [
                replace(one, tries=one.tries + 1) if one.id == mark.id else one
                for one in self.outbox.waiting
            ]
            return
        dropped = mark.conversation if isinstance(mark, Unreachable) else None
        self.outbox.waiting = [
            one for one in self.outbox.waiting if one.id != mark.id and one.conversation != dropped
        ]

    async def reach(self, count: int) -> list[Mark]:
        async with asyncio.timeout(5):
            while len(self.all) < count:
                self._marked.clear()
                await self._marked.wait()
        return self.all


@dataclass
class Post:
    """A delivery at work, with everything it touches."""

    wire: Wire
    outbox: FakeOutbox
    marks: FakeMarks
    clock: FakeClock
    delivery: Delivery

    def put(self, *parcels: Parcel) -> None:
        self.outbox.waiting.extend(parcels)
        self.delivery.wake()

    async def sent(self, count: int) -> list[Mark]:
        return await self.marks.reach(count)

    async def sent_in_time(self, count: int) -> list[Mark]:
        """Let time pass, a second whenever nothing happens, until so many marks are written."""
        for _ in range(200):
            with suppress(TimeoutError):
                return await asyncio.wait_for(self.marks.reach(count), 0.02)
            self.clock.advance(1)
        raise AssertionError(f"{len(self.marks.all)} marks instead of {count}")


@asynccontextmanager
async def at_work(
    world: World | None = None, clock: FakeClock | None = None
) -> AsyncIterator[Post]:
    clock, wire, outbox = clock or FakeClock(), Wire(), FakeOutbox()
    marks, tasks = FakeMarks(outbox), Tasks(clock)
    bot = Bot(DEMO_TOKEN, request=SimRequest(world)) if world else bot_over(wire)
    delivery = Delivery(bot, outbox, marks, PlainRenderer(), tasks, clock)
    tasks.keep("delivery", delivery.run)
    try:
        yield Post(wire, outbox, marks, clock, delivery)
    finally:
        await tasks.stop(0.0)


def said(text: str, *rows: tuple[Button, ...], key: int = 1) -> Message:
    return Message(key, (Line("test", text),), rows)


def parcel(
    number: int, text: str | Message = "hello", chat: int = ANNA, **fields: object
) -> Parcel:
    given: dict[str, Any] = {
        "id": number,
        "conversation": f"conversation of {chat}",
        "chat": chat,
        "locale": "en",
        "kind": ParcelKind.MESSAGE,
        "message": said(text) if isinstance(text, str) else text,
        "telegram_ids": (),
        "bubble": None,
        "priority": 10,
        "made_at": 0,
        "expires_at": None,
        "tries": 0,
    }
    return Parcel(**{**given, **fields})


async def test_a_message_goes_out_as_html_without_previews_and_is_marked() -> None:
    async with at_work() as post:
        post.put(parcel(1, "<b>Hello</b>"))
        assert await post.sent(1) == [Sent(1, 101, post.clock.now())]
        (sent,) = post.wire.made("sendMessage")
        assert (sent["chat_id"], sent["text"], sent["parse_mode"]) == (ANNA, "<b>Hello</b>", "HTML")
        assert sent["link_preview_options"] == {"is_disabled": True}
        assert "reply_markup" not in sent


async def test_buttons_press_open_links_and_show_ticks() -> None:
    yes = Button(Line("b", "Yes"), press="4:yes", ticked=True)
    read = Button(Line("b", "Read"), url="https://example.org/")
    endless = Button(Line("b", "word " * 40), press="4:long")
    async with at_work() as post:
        post.put(parcel(1, said("Well?", (yes, read), (endless,))))
        await post.sent(1)
        (sent,) = post.wire.made("sendMessage")
        first, second = sent["reply_markup"]["inline_keyboard"]
        assert first == [
            {"text": "✓ Yes", "callback_data": "4:yes"},
            {"text": "Read", "url": "https://example.org/"},
        ]
        assert len(second[0]["text"]) <= LABEL_LIMIT
        assert second[0]["text"].endswith("…")


async def test_a_long_letter_goes_in_pieces_with_the_buttons_below_the_last() -> None:
    text = "\n\n".join(["a" * 3000, "b" * 3000])
    async with at_work() as post:
        post.put(parcel(1, said(text, (Button(Line("b", "Go on"), press="1:go"),))))
        assert await post.sent(1) == [Sent(1, 102, post.clock.now(), also=(101,))]
        first, second = post.wire.made("sendMessage")
        assert (first["text"], second["text"]) == ("a" * 3000, "b" * 3000)
        assert "reply_markup" not in first
        assert second["reply_markup"]


async def test_a_letter_interrupted_in_the_middle_goes_on_where_it_was() -> None:
    text = "\n\n".join(["a" * 3000, "b" * 3000])
    async with at_work() as post:
        post.wire.hold["sendMessage"] = asyncio.Event()
        post.put(parcel(1, text))
        await post.wire.reach("sendMessage", 1)
        agree = post.wire._agree(post.wire.calls[-1])
        post.wire.answers("sendMessage", agree, TimedOut())
        post.wire.hold.pop("sendMessage").set()
        await post.sent(1)
        marks = await post.sent_in_time(2)
        assert [type(mark) for mark in marks] == [Postponed, Sent]
        assert [sent["text"][0] for sent in post.wire.made("sendMessage")] == ["a", "b", "b"]


async def test_a_card_is_edited_in_place() -> None:
    async with at_work() as post:
        post.put(parcel(1, "new words", bubble=55))
        assert await post.sent(1) == [Sent(1, 55, post.clock.now())]
        (edit,) = post.wire.made("editMessageText")
        assert (edit["message_id"], edit["text"]) == (55, "new words")
        assert not post.wire.made("sendMessage")


async def test_an_edit_that_changes_nothing_is_done() -> None:
    words = "Bad Request: message is not modified: specified new message content and reply markup"
    async with at_work() as post:
        post.wire.answers("editMessageText", refused(400, words))
        post.put(parcel(1, bubble=55))
        assert await post.sent(1) == [Sent(1, 55, post.clock.now())]


@pytest.mark.parametrize(
    "words", ["Bad Request: message to edit not found", "Bad Request: message can't be edited"]
)
async def test_a_card_that_is_gone_is_sent_anew(words: str) -> None:
    async with at_work() as post:
        post.wire.answers("editMessageText", refused(400, words))
        post.put(parcel(1, "again", bubble=55))
        assert await post.sent(1) == [Sent(1, 101, post.clock.now())]
        assert post.wire.made("sendMessage")[0]["text"] == "again"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (400, "Bad Request: chat not found"),
    ],
)
async def test_nobody_there_is_marked_and_the_rest_of_their_post_dropped(
    status: int, words: str
) -> None:
    async with at_work() as post:
        post.wire.answers("sendMessage", refused(status, words))
        post.put(parcel(1), parcel(2), parcel(3, chat=BEN))
        marks = await post.sent(2)
        assert Unreachable(f"conversation of {ANNA}", 1) in marks
        assert [sent["chat_id"] for sent in post.wire.made("sendMessage")] == [ANNA, BEN]


async def test_what_telegram_will_never_take_is_given_up_with_a_code(
    caplog: pytest.LogCaptureFixture,
) -> None:
    words = "Bad Request: can't parse entities: unsupported start tag patient-words"
    async with at_work() as post:
        post.wire.answers("sendMessage", refused(400, words))
        post.put(parcel(1, "private words"), parcel(2))
        marks = await post.sent(2)
        assert marks[0] == GivenUp(1, "bad_entities")
        assert isinstance(marks[1], Sent)
    assert "words" not in caplog.text


async def test_a_parcel_that_cannot_be_rendered_does_not_block_its_chat() -> None:
    async with at_work() as post:
        post.put(parcel(1, "needs {something}"), parcel(2))
        marks = await post.sent(2)
        assert marks[0] == GivenUp(1, "unmakeable")
        assert isinstance(marks[1], Sent)


async def test_flood_control_makes_that_chat_wait_and_no_other() -> None:
    async with at_work() as post:
        post.wire.answers("sendMessage", refused(429, "Too Many Requests", retry_after=9))
        post.put(parcel(1))
        assert await post.sent(1) == [Postponed(1, post.clock.now() + 9)]
        post.put(parcel(2, chat=BEN))
        assert isinstance((await post.sent(2))[1], Sent)
        await post.clock.asleep()
        assert len(post.wire.made("sendMessage")) == 2
        before = post.clock.now()
        assert (await post.sent_in_time(3))[2] == Sent(1, 102, post.clock.now())
        assert post.clock.now() >= before + 9


@pytest.mark.parametrize("trouble", [TimedOut(), NetworkError("no route"), refused(502, "bad")])
async def test_an_unknown_outcome_is_tried_again_later_and_later(trouble: Answer) -> None:
    async with at_work() as post:
        post.wire.answers("sendMessage", trouble, trouble, trouble)
        post.put(parcel(1))
        waits = []
        for count in (1, 2, 3):
            mark = (await post.sent_in_time(count))[-1]
            assert isinstance(mark, Postponed)
            waits.append(mark.until - post.clock.now())
        assert waits == [1, 2, 4]
        assert isinstance((await post.sent_in_time(4))[3], Sent)


async def test_a_refused_token_postpones_and_logs_no_token(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with at_work() as post:
        post.wire.answers("sendMessage", refused(401, "Unauthorized"))
        post.put(parcel(1))
        assert isinstance((await post.sent(1))[0], Postponed)
    assert "token_refused" in caplog.text
    assert "a-token-for-tests" not in caplog.text


async def test_a_mark_that_fails_is_written_later_and_nothing_sent_twice() -> None:
    async with at_work() as post:
        post.marks.failures = 2
        post.put(parcel(1))
        started = post.clock.now()
        assert await post.sent_in_time(1) == [Sent(1, 101, started)]
        assert len(post.wire.made("sendMessage")) == 1


async def test_in_one_chat_the_next_starts_only_when_the_one_before_is_marked() -> None:
    async with at_work() as post:
        post.wire.hold["sendMessage"] = asyncio.Event()
        post.put(parcel(1, "first"), parcel(2, "second"), parcel(3, "other", chat=BEN))
        await post.wire.reach("sendMessage", 2)
        await post.clock.asleep()
        assert {sent["text"] for sent in post.wire.made("sendMessage")} == {"first", "other"}
        post.wire.hold["sendMessage"].set()
        await post.sent(3)
        assert post.wire.made("sendMessage")[2]["text"] == "second"


async def test_a_chat_that_started_anew_waits_for_its_old_conversation() -> None:
    async with at_work() as post:
        hold = post.wire.hold["sendMessage"] = asyncio.Event()
        post.put(parcel(1, "old"))
        await post.wire.reach("sendMessage", 1)
        post.put(parcel(2, "farewell", conversation="a fresh one"))
        await post.clock.asleep()
        assert len(post.wire.made("sendMessage")) == 1
        hold.set()
        await post.sent_in_time(2)


async def test_the_most_urgent_goes_first_when_the_pace_is_reached() -> None:
    async with at_work() as post:
        post.put(*(parcel(n, f"reply {n}", chat=n) for n in range(1, 41)))
        await post.sent(30)
        await post.clock.asleep()
        assert len(post.wire.made("sendMessage")) == 30
        post.put(parcel(99, "urgent", chat=99, priority=0))
        await post.clock.asleep()
        await post.sent_in_time(41)
        assert post.wire.made("sendMessage")[30]["text"] == "urgent"


async def test_a_safety_card_waits_for_nothing_of_its_own_chat() -> None:
    async with at_work() as post:
        post.put(*(parcel(n) for n in range(1, 12)))
        await post.sent(5)
        await post.clock.asleep()
        post.put(parcel(99, "urgent", priority=0))
        post.delivery.wake()
        await post.sent(6)
        assert post.wire.made("sendMessage")[5]["text"] == "urgent"


@pytest.mark.parametrize(("minutes", "late"), [(4, False), (6, True)])
async def test_a_late_safety_card_says_what_it_answers(minutes: int, *, late: bool) -> None:
    async with at_work() as post:
        written = post.clock.now() - minutes * 60
        post.put(parcel(1, "call", priority=0, written_at=written))
        await post.sent(1)
        (call,) = post.wire.made("sendMessage")
        assert call["text"].endswith("call")
        assert ("You wrote this at" in call["text"]) is late


async def test_a_number_can_be_copied() -> None:
    async with at_work() as post:
        post.put(parcel(1, said("call", (Button(Line("test", "Copy"), copy="112"),))))
        await post.sent(1)
        (call,) = post.wire.made("sendMessage")
        assert call["reply_markup"]["inline_keyboard"] == [
            [{"text": "Copy", "copy_text": {"text": "112"}}]
        ]


async def test_one_chat_gets_a_small_burst_and_then_one_a_second() -> None:
    async with at_work() as post:
        post.put(*(parcel(n) for n in range(1, 8)))
        await post.sent(5)
        await post.clock.asleep()
        assert len(post.wire.made("sendMessage")) == 5
        started = post.clock.now()
        await post.sent_in_time(7)
        assert post.clock.now() >= started + 2


async def test_a_hundred_messages_at_once_stay_within_telegrams_limits() -> None:
    clock = FakeClock()
    world = World(clock.monotonic)
    world.flood.limits = DOCUMENTED
    for user in range(1, 51):
        world.person(user, "Somebody", "en")
        world.says(user, "/start")
    async with at_work(world, clock) as post:
        post.put(*(parcel(n, chat=1 + n % 50) for n in range(90)))
        post.put(*(parcel(n, chat=1) for n in range(100, 110)))
        marks = await post.sent_in_time(100)
    assert {type(mark) for mark in marks} == {Sent}
    assert [call["status"] for call in world.calls] == [200] * 100
    assert world.violations == []


async def test_bubbles_are_deleted_together() -> None:
    async with at_work() as post:
        post.put(parcel(1, kind=ParcelKind.DELETE, message=None, telegram_ids=(5, 6, 7)))
        assert await post.sent(1) == [Sent(1, None, post.clock.now())]
        (deleted,) = post.wire.made("deleteMessages")
        assert deleted["message_ids"] == [5, 6, 7]


async def test_bubbles_that_cannot_be_deleted_together_are_deleted_one_by_one() -> None:
    async with at_work() as post:
        words = "Bad Request: message can't be deleted"
        post.wire.answers("deleteMessages", refused(400, words))
        post.wire.answers("deleteMessage", refused(400, words))
        post.put(parcel(1, kind=ParcelKind.DELETE, message=None, telegram_ids=(5, 6)))
        assert await post.sent(1) == [Sent(1, None, post.clock.now())]
        assert [each["message_id"] for each in post.wire.made("deleteMessage")] == [5, 6]


async def test_an_export_is_a_document_with_a_name_that_says_nothing() -> None:
    async with at_work() as post:
        post.put(parcel(1, kind=ParcelKind.EXPORT, message=None))
        assert await post.sent(1) == [Sent(1, 101, post.clock.now())]
        (call,) = [one for one in post.wire.calls if one.method == "sendDocument"]
        name, content, _ = call.files["document"]
        assert name == "notes-2023-11-14.json"
        assert b"conversation of 7" in content


async def test_a_later_parcel_is_found_without_being_told() -> None:
    async with at_work() as post:
        post.outbox.not_before[1] = post.clock.now() + 3
        post.put(parcel(1))
        await post.sent_in_time(1)


async def test_nothing_people_wrote_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    async with at_work() as post:
        post.wire.answers("sendMessage", NetworkError("httpx failed at private words"))
        post.put(parcel(1, "private words"))
        await post.sent(1)
    assert "NetworkError" in caplog.text
    assert "private" not in caplog.text
