"""The first page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.storage import staff_sessions
from bot.storage.log_tables import TURN
from bot.storage.record_checks import note_check
from bot.storage.review_tables import ASSIGNED
from bot.storage.staff import Role
from bot.storage.tables import QUESTION, TALLY
from tests.support.listed import Shelf
from tests.support.office import NOW, Client, Office
from tests.web.console.test_conversations import refs_at

HOUR, DAY = 3_600, 86_400
MIDNIGHT = NOW - NOW % DAY


async def tasks(client: Client) -> dict[str, int]:
    """The numbers of the page, by the list they lead to."""
    page = (await client.get("/")).text
    found = re.findall(r'href="/console(/[^"]*)"><strong>([\d,]+)</strong>', page)
    return {path.replace("&amp;", "&"): int(number) for path, number in found}


async def figures(client: Client) -> list[str]:
    """The figures of the week, as they are shown."""
    return re.findall(r'id="figure-\d+"[^>]*>([^<]*)<', (await client.get("/")).text)


async def test_an_empty_house_has_nothing_to_do(office: Office) -> None:
    client = await office.signed_in()
    assert set((await tasks(client)).values()) == {0}
    assert await figures(client) == ["under 5", "under 5", "–"]


async def test_danger_waits_until_somebody_has_read_it(office: Office) -> None:
    client = await office.signed_in(Role.VIEWER)
    with office.engine.begin() as connection:
        shelf = Shelf(connection)
        for ref, at in (("new", NOW - HOUR), ("begun", NOW - HOUR), ("read", NOW - HOUR),
                        ("followed", NOW - HOUR), ("old", NOW - 2 * DAY)):  # fmt: skip
            shelf.visit(ref, last_at=at, signal="selfharm.now")
        shelf.visit("safe", last_at=NOW - HOUR)
        for ref, status in (
            ("begun", "in_review"),
            ("read", "reviewed"),
            ("followed", "follow_up"),
        ):
            shelf.reviewed(ref, status)
    found = await tasks(client)
    fresh, in_all = [path for path in found if "danger" in path]
    assert (found[fresh], found[in_all]) == (2, 3)
    assert set(await refs_at(client, fresh)) == {"new", "begun"}
    assert set(await refs_at(client, in_all)) == {"new", "begun", "old"}


async def test_questions_and_drafts_wait_with_the_age_of_the_oldest(office: Office) -> None:
    client = await office.signed_in(Role.REVIEWER)
    for number, (kind, state, hours) in enumerate(
        [("question", "open", 3), ("question", "open", 7), ("question", "drafted", 30),
         ("question", "answered", 90), ("worry", "open", 99)]
    ):  # fmt: skip
        ask(office, number, kind, state, NOW - hours * HOUR)
    page = await client.see("/")
    assert "2 questions nobody has answered the oldest 7 h ago" in page
    assert "1 answers to approve the oldest 30 h ago" in page
    assert "99" not in page


async def test_who_may_not_answer_sees_numbers_but_no_way_to_them(office: Office) -> None:
    client = await office.signed_in(Role.VIEWER)
    ask(office, 1, "question", "open", NOW)
    assert "1 questions nobody has answered" in await client.see("/")
    assert "/questions" not in await tasks(client)


async def test_texts_wait_until_they_are_assigned(office: Office) -> None:
    client = await office.signed_in(Role.VIEWER)
    with office.engine.begin() as connection:
        shelf = Shelf(connection)
        ref = shelf.visit()
        shelf.says(ref, "one", "two", "three", repair="1")
        shelf.says(ref, "understood")
        shelf.says(ref, "long ago", repair="1", at=NOW - 8 * DAY)
        shelf.says(ref, "", repair="2", text=None)
        first = connection.scalar(select(TURN.c.id).order_by(TURN.c.id).limit(1))
        row = {"turn": first, "ref": ref, "intent": "", "at": NOW, "staff": "x"}
        connection.execute(insert(ASSIGNED).values(row))
    assert (await tasks(client))["/not-understood"] == 2


async def test_a_reported_record_waits_until_it_is_checked(office: Office) -> None:
    client = await office.signed_in(Role.VIEWER)
    for record, day in (("a", MIDNIGHT - DAY), ("a", MIDNIGHT), ("b", MIDNIGHT - DAY)):
        count(office, "reported", day, 1, detail=record)
    assert (await tasks(client))["/directory?state=reported"] == 2
    with office.engine.begin() as connection:
        note_check(connection, "b", "", "x", NOW)
    assert (await tasks(client))["/directory?state=reported"] == 1


async def test_the_week_in_figures(office: Office) -> None:
    client = await office.signed_in(Role.VIEWER)
    with office.engine.begin() as connection:
        for hours in (1, 2, 3, 4, 5, 8 * 24):
            Shelf(connection).visit(last_at=NOW - hours * HOUR)
    for days, turns, missed in ((0, 900, 50), (6, 100, 50), (7, 7_000, 7_000)):
        count(office, "turn", MIDNIGHT - days * DAY, turns)
        count(office, "missed", MIDNIGHT - days * DAY, missed, place="menu.main")
    assert await figures(client) == ["5", "1,000", "10 %"]


@pytest.mark.parametrize("number", [1, 4])
async def test_small_figures_are_hidden_and_lists_of_work_are_exact(
    office: Office, number: int
) -> None:
    client = await office.signed_in(Role.VIEWER)
    with office.engine.begin() as connection:
        for _ in range(number):
            Shelf(connection).visit(signal="time.soon")
    count(office, "turn", MIDNIGHT, 100)
    count(office, "missed", MIDNIGHT, number)
    logged, turns, missed = await figures(client)
    assert (logged, turns) == ("under 5", "100")
    assert missed == "0–4 %"
    assert (await tasks(client))["/conversations?danger=any&status=unread"] == number


async def test_the_page_asks_again_by_itself_which_keeps_no_session_alive(office: Office) -> None:
    client = await office.signed_in()
    page = (await client.get("/")).text
    assert 'hx-trigger="every 15s"' in page
    assert """hx-headers='{"x-by-itself": "yes"}'""" in page
    for _ in range(staff_sessions.IDLE // 60 + 1):
        office.clock.advance(60)
        answer = await client.get("/", **{"x-by-itself": "yes", "hx-request": "true"})
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/console/sign-in"


def ask(office: Office, number: int, kind: str, state: str, at: int) -> None:
    """A question, or a worry, of somebody."""
    row: dict[str, Any] = {
        "id": f"q{number}", "conversation": "c", "kind": kind, "locale": "en", "state": state,
        "alarmed": False, "stamp": number, "asked_at": at, "text": b"x",
    }  # fmt: skip
    with office.engine.begin() as connection:
        connection.execute(insert(QUESTION).values(row))


def count(
    office: Office, kind: str, day: int, number: int, place: str = "", detail: str = ""
) -> None:
    """A daily counter."""
    row = {"day": day, "kind": kind, "place": place, "detail": detail, "count": number}
    with office.engine.begin() as connection:
        connection.execute(insert(TALLY).values(row))
