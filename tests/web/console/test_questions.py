"""Answering people: what staff see, how an answer goes out, and who has to read it before."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from typing import cast

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.storage.audit import Action
from bot.storage.envelope import open_state
from bot.storage.letters import LONGEST
from bot.storage.questions import Asked, Questions
from bot.storage.staff import Role
from bot.storage.tables import CONVERSATION, QUESTION, TIMER
from bot.storage.timers import due_timers
from bot.web.console.questions import SHOWN_FOR
from tests.support.clock import FakeClock
from tests.support.live import Live, live_program
from tests.support.office import Client, Office, words_of
from tests.support.world_chat import WorldChat

CONVERSATION_ID = "theconversation"
WORDS = "May I bring my sister?"
ANSWER = "Yes, bring her."
DAY = 86_400


def asked(
    office: Office, id_: str = "q1", *, alarmed: bool = False, ago: int = 0, text: str = WORDS,
    locale: str = "en", kind: str = "question",
) -> str:  # fmt: skip
    """A question that waits; its id."""
    at = office.clock.now() - ago
    row = Asked(id_, CONVERSATION_ID, kind, locale, alarmed, 7, at, text)
    with office.engine.begin() as connection:
        Questions(office.engine.dialect, office.vault).write(connection, [row])
    return id_


def timers(office: Office) -> list[tuple[str, str, int]]:
    """The timers that bring answers."""
    with office.engine.connect() as connection:
        found = connection.execute(select(TIMER.c.conversation, TIMER.c.name, TIMER.c.stamp))
        return [tuple(row) for row in found]


def seen(page: str) -> str:
    """What a form says the answer looked like when the page was made."""
    found = re.search(r'name="seen" value="(\w*)"', page)
    assert found, page
    return found[1]


async def answers(client: Client, question: str, answer: str = ANSWER) -> httpx.Response:
    """Open the question, write, look, send."""
    page = (await client.get(f"/questions/{question}")).text
    shown = await client.post(
        f"/questions/{question}/check", {"seen": seen(page), "answer": answer}
    )
    assert shown.status_code == 200, shown.text
    form = {"seen": seen(shown.text), "answer": hidden_answer(shown.text)}
    return await client.post(f"/questions/{question}/send", form)


def hidden_answer(page: str) -> str:
    """What the page that asks once more would send."""
    found = re.search(r'name="answer" value="([^"]*)"', page)
    assert found, page
    return unescape(found[1])


async def test_what_waits_stands_there_the_longest_first(office: Office) -> None:
    asked(office, "new", text="The newer one", ago=60)
    asked(office, "old", text="La pregunta vieja", ago=3 * DAY, locale="es", alarmed=True)
    client = await office.signed_in(Role.REVIEWER)
    page = (await client.get("/questions")).text
    words = words_of(page)
    assert words.index("La pregunta vieja") < words.index("The newer one")
    assert "Spanish asked 3 days ago a safety card was shown" in words
    assert 'dir="auto" lang="es">La pregunta vieja' in page


async def test_worries_and_questions_are_not_mixed_up(office: Office) -> None:
    asked(office, "w1", kind="worry", text="I fear the tube")
    client = await office.signed_in(Role.REVIEWER)
    assert "I fear the tube" not in await client.see("/questions")
    assert (await client.get("/questions/w1")).status_code == 404


async def test_a_viewer_sees_no_question(office: Office) -> None:
    asked(office)
    client = await office.signed_in(Role.VIEWER)
    for path in ("/questions", "/questions/q1"):
        assert (await client.get(path)).status_code == 403


async def test_opening_one_leaves_a_trace(office: Office) -> None:
    asked(office)
    client = await office.signed_in(Role.REVIEWER)
    assert WORDS in await client.see("/questions/q1")
    trace = office.trail()[-1]
    assert (trace.action, trace.subject, trace.detail) == (Action.QUESTION_OPENED, "q1", "")


async def test_an_answer_is_shown_as_it_will_be_sent_and_then_goes_out(office: Office) -> None:
    asked(office)
    client = await office.signed_in(Role.REVIEWER)
    form = {"seen": "", "answer": f"  {ANSWER}\r\n\r\nAnd letters.  "}
    page = await client.post("/questions/q1/check", form)
    assert f"Written by a person: “{ANSWER} And letters.”" in words_of(page.text)
    assert "not medical advice" in words_of(page.text)
    assert timers(office) == []
    sent = await answers(client, "q1", f"{ANSWER}\r\n\r\nAnd letters.")
    assert sent.headers["location"] == "/console/questions?done=sent"
    assert timers(office) == [(CONVERSATION_ID, "answer", 7)]
    assert "The answer is on its way." in await client.see("/questions?done=sent")
    trace = office.trail()[-1]
    assert (trace.action, trace.subject, trace.detail) == (Action.ANSWERED, "q1", "answered")


async def test_an_answer_can_be_changed_before_it_goes(office: Office) -> None:
    asked(office)
    client = await office.signed_in(Role.REVIEWER)
    page = await client.post("/questions/q1", {"answer": "Half a <b>thought</b>"})
    assert "\nHalf a &lt;b&gt;thought&lt;/b&gt;</textarea>" in page.text
    assert timers(office) == []


async def test_the_member_who_answered_is_kept_by_id_and_shown_by_name(office: Office) -> None:
    asked(office)
    client = await office.signed_in(Role.REVIEWER, "Ann Answering")
    await answers(client, "q1")
    with office.engine.connect() as connection:
        kept = connection.scalar(select(QUESTION.c.answered_by))
    assert kept == office.colleague(Role.REVIEWER, "Ann Answering").member.id
    page = await client.see("/questions")
    assert "by Ann Answering" in page
    assert ANSWER in page


async def test_answered_ones_go_from_the_page_after_a_month(office: Office) -> None:
    asked(office)
    client = await office.signed_in(Role.REVIEWER)
    await answers(client, "q1")
    office.clock.advance(SHOWN_FOR - DAY)
    client = await office.signed_in(Role.REVIEWER)
    assert WORDS in await client.see("/questions")
    office.clock.advance(DAY)
    client = await office.signed_in(Role.REVIEWER)
    assert WORDS not in await client.see("/questions")


async def test_where_a_safety_card_was_shown_a_second_person_reads_it(office: Office) -> None:
    asked(office, alarmed=True)
    ann, ben = (
        await office.signed_in(Role.REVIEWER, "Ann"),
        await office.signed_in(Role.LEAD, "Ben"),
    )
    kept = await answers(ann, "q1")
    assert kept.headers["location"] == "/console/questions?done=kept"
    assert office.trail()[-1].detail == "drafted"
    own = (await ann.get("/questions/q1")).text
    assert "Somebody else has to approve it" in own
    refused = await ann.post("/questions/q1/approve", {"seen": seen(own)})
    assert refused.status_code == 422
    assert "Somebody else than the writer" in refused.text
    assert timers(office) == []
    page = (await ben.get("/questions/q1")).text
    assert "The answer of Ann" in words_of(page)
    assert ANSWER in words_of(page)
    done = await ben.post("/questions/q1/approve", {"seen": seen(page)})
    assert done.headers["location"] == "/console/questions?done=sent"
    assert timers(office) == [(CONVERSATION_ID, "answer", 7)]
    assert office.trail()[-1].action == Action.APPROVED


async def test_a_second_reader_may_write_anew_and_then_needs_another(office: Office) -> None:
    asked(office, alarmed=True)
    ann, ben = (
        await office.signed_in(Role.REVIEWER, "Ann"),
        await office.signed_in(Role.LEAD, "Ben"),
    )
    await answers(ann, "q1", "First try.")
    await answers(ben, "q1", "Second try.")
    page = (await ben.get("/questions/q1")).text
    assert (await ben.post("/questions/q1/approve", {"seen": seen(page)})).status_code == 422
    assert timers(office) == []
    done = await ann.post("/questions/q1/approve", {"seen": seen(page)})
    assert done.status_code == 303
    assert len(timers(office)) == 1


async def test_an_approval_is_for_the_answer_that_was_read(office: Office) -> None:
    asked(office, alarmed=True)
    ann, ben = (
        await office.signed_in(Role.REVIEWER, "Ann"),
        await office.signed_in(Role.LEAD, "Ben"),
    )
    await answers(ann, "q1", "First try.")
    read = seen((await ben.get("/questions/q1")).text)
    await answers(ann, "q1", "Something else.")
    refused = await ben.post("/questions/q1/approve", {"seen": read})
    assert refused.status_code == 422
    assert "meanwhile" in refused.text
    assert timers(office) == []


async def test_one_that_was_taken_back_or_answered_meanwhile_is_refused(office: Office) -> None:
    asked(office)
    client = await office.signed_in(Role.REVIEWER)
    await answers(client, "q1")
    again = await client.post("/questions/q1/send", {"seen": "", "answer": "Another."})
    assert again.status_code == 422
    assert "meanwhile" in again.text
    with office.engine.begin() as connection:
        Questions(office.engine.dialect, office.vault).take_back(
            connection, [(CONVERSATION_ID, "question")]
        )
    gone = await client.post("/questions/q1/send", {"seen": "", "answer": "Another."})
    assert gone.status_code == 404
    assert "taken back" in gone.text


@pytest.mark.parametrize("answer", ["", " \r\n ", "\x00", "x" * (LONGEST + 1)])
async def test_an_answer_that_does_not_fit_is_not_sent_and_not_lost(
    office: Office, answer: str
) -> None:
    asked(office)
    client = await office.signed_in(Role.REVIEWER)
    page = await client.post("/questions/q1/check", {"seen": "", "answer": answer})
    assert page.status_code == 422
    assert "An answer has 1 to 1,500 characters." in page.text
    assert answer.strip().strip("\x00") in page.text
    sent = await client.post("/questions/q1/send", {"seen": "", "answer": answer})
    assert sent.status_code == 422
    assert timers(office) == []


async def test_the_counter_counts_characters_as_they_will_be_sent(office: Office) -> None:
    asked(office)
    client = await office.signed_in(Role.REVIEWER)
    counted = await client.post("/questions/q1/count", {"answer": " A🙂\r\nb "})
    assert counted.text.strip() == "4 characters written."
    assert 'hx-target="#length"' in (await client.get("/questions/q1")).text


async def test_nothing_of_question_or_answer_is_in_the_audit(office: Office) -> None:
    asked(office, alarmed=True)
    ann, ben = (
        await office.signed_in(Role.REVIEWER, "Ann"),
        await office.signed_in(Role.LEAD, "Ben"),
    )
    await answers(ann, "q1", "Zyxanswer words")
    page = (await ben.get("/questions/q1")).text
    await ben.post("/questions/q1/approve", {"seen": seen(page)})
    trail = str(office.trail())
    assert Action.APPROVED in trail
    for word in ("Zyxanswer", "sister", CONVERSATION_ID):
        assert word not in trail


async def test_where_nobody_answers_the_page_says_so(office: Office) -> None:
    object.__setattr__(office.parts, "answering", False)
    client = await office.signed_in(Role.REVIEWER)
    assert "nobody is offered to ask" in await client.see("/questions")


@pytest_asyncio.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    async with live_program(tmp_path) as running:
        yield running


def beside(live: Live) -> Office:
    """The console of a running program."""
    backstage = live.program.backstage
    return Office(backstage.engine, cast("FakeClock", live.clock), backstage.vault)


async def test_a_question_of_the_chat_is_answered_here_and_the_answer_arrives_there(
    live: Live,
) -> None:
    chat = WorldChat(live)
    await chat.says("/start person")
    await chat.taps("Write to our staff")
    await chat.says("Could you tell me what I need to bring to my appointment?")
    await chat.taps("Send")
    office = beside(live)
    client = await office.signed_in(Role.REVIEWER)
    page = (await client.get("/questions")).text
    assert "what I need to bring" in page
    (found,) = set(re.findall(r"/questions/(\w+)", page))
    pages = [page]
    for step in ("", "/check"):
        path = f"/questions/{found}{step}"
        form = {"seen": "", "answer": "Bring <your> letters."}
        pages.append((await (client.post(path, form) if step else client.get(path))).text)
    await tells_nothing_of_whom(live, pages)
    await answers(client, found, "Bring <your> letters.")
    await chat.passes(1)
    assert chat.said() == ["An answer is here."]
    await chat.taps("Show")
    assert "Written by a person:" in chat.said()[-1]
    assert "“Bring <your> letters.”" in chat.said()[-1]
    await tells_nothing_of_whom(live, [(await client.get("/questions")).text])
    assert await asyncio.to_thread(
        due_timers, office.engine, office.vault, live.clock.now()
    ) == []  # fmt: skip


async def tells_nothing_of_whom(live: Live, pages: list[str]) -> None:
    """No page holds the id of a conversation, its reference in the log, or the chat."""
    with live.program.backstage.engine.connect() as connection:
        row = connection.execute(select(CONVERSATION)).one()
    state = open_state(live.program.backstage.vault, row.id, row.state)
    assert state.ref
    for page in pages:
        for secret in (row.id, row.chat_hash, state.ref, state.ref[:8], str(state.chat)):
            assert secret not in page
