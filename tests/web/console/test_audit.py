"""What staff did, as admins read it."""

from __future__ import annotations

import re

import pytest

from bot.storage import audit as traces
from bot.storage.audit import Action, leave_trace
from bot.storage.staff import Role
from bot.storage.staff_tables import STAFF
from bot.web.console.audit import PAGE
from tests.support.office import Office


async def test_it_tells_who_did_what_and_when(office: Office) -> None:
    client = await office.signed_in()
    page = await client.see("/audit")
    assert "UTC Admin signed in" in page


async def test_paging_has_no_gap_and_no_repeat_while_rows_arrive(office: Office) -> None:
    client = await office.signed_in()
    _leave(office, 2 * PAGE + 7)
    found, path = list[str](), "/audit?action=exported"
    while path:
        html = (await client.get(path)).text
        found += re.findall(r"row-\d+", html)
        _leave(office, 3, "late")
        older = re.search(r'rel="next" href="/console([^"]+)"', html)
        path = older[1].replace("&amp;", "&") if older else ""
    assert found == [f"row-{number}" for number in reversed(range(2 * PAGE + 7))]


async def test_rows_are_chosen_by_action_and_member(office: Office) -> None:
    client = await office.signed_in()
    await office.signed_in(Role.LEAD)
    lead = office.colleague(Role.LEAD).member.id
    with office.engine.begin() as connection:
        leave_trace(connection, office.clock.now(), lead, Action.EXPORTED, "", "by the lead")
        leave_trace(connection, office.clock.now(), "", Action.EXPORTED, "", "by nobody")
    for query, seen, unseen in (
        ("action=exported", "by the lead", "UTC Lead signed in"),
        (f"member={lead}", "UTC Lead signed in", "by nobody"),
        ("member=-", "by nobody", "by the lead"),
        (f"member={lead}&action=exported", "by the lead", "UTC Lead signed in"),
        ("member=&action=&before=", "by nobody", "no such words"),
    ):
        page = await client.see(f"/audit?{query}")
        assert seen in page, query
        assert unseen not in page, query


@pytest.mark.parametrize(
    "query", ["action=x", "member=%27", "before=1", "before=x.y", "before=1." + "9" * 30]
)
async def test_rubbish_is_refused(office: Office, query: str) -> None:
    client = await office.signed_in()
    assert (await client.get(f"/audit?{query}")).status_code == 422


async def test_a_name_cannot_pretend_to_be_a_row(office: Office) -> None:
    client = await office.signed_in()
    name = "Eve\n2026-01-01 \u202eAdmin <b>exported</b>\x1b[2J"
    who = office.colleague(Role.VIEWER).member.id
    with office.engine.begin() as connection:
        connection.execute(STAFF.update().where(STAFF.c.id == who).values(name=name))
        leave_trace(connection, office.clock.now(), who, Action.SIGNED_IN)
    html = (await client.get("/audit")).text
    assert "Eve\N{REPLACEMENT CHARACTER}2026" in html
    assert "&lt;b&gt;" in html
    assert not {"\u202e", "\x1b"} & set(html)


async def test_a_conversation_is_named_by_its_beginning_and_linked(office: Office) -> None:
    client = await office.signed_in()
    with office.engine.begin() as connection:
        leave_trace(connection, 1, "", Action.OPENED, "0123456789abcdef01234567")
    html = (await client.get("/audit")).text
    assert 'href="/console/conversations/0123456789abcdef01234567">01234567</a>' in html


def test_rows_are_only_ever_added() -> None:
    changing = [name for name in vars(traces) if name in {"update", "delete"}]
    assert changing == []


def _leave(office: Office, count: int, word: str = "row") -> None:
    with office.engine.begin() as connection:
        for number in range(count):
            at = office.clock.now() + number // 10
            leave_trace(connection, at, "", Action.EXPORTED, "", f"{word}-{number}")
