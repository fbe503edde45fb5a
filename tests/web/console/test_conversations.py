"""The list of conversations: filters, paging, what a page says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.storage import visits
from bot.storage.review_tables import LABEL
from bot.storage.staff import Role
from bot.storage.visits import Key
from bot.storage.wanted import Wanted
from tests.support.database import database
from tests.support.listed import Shelf
from tests.support.logged import told
from tests.support.office import NOW, Client, Office

DAY, HOUR = 86_400, 3_600
MIDNIGHT = NOW - NOW % DAY
TODAY = "2026-11-18"


async def refs_at(client: Client, path: str) -> list[str]:
    """The references a page lists, in its order."""
    answer = await client.get(path)
    assert answer.status_code == 200, (path, answer.text[:2000])
    return re.findall(r'href="/console/conversations/(\w+)"', answer.text)


class Case(NamedTuple):
    """A filter, what fits it, and what does not."""

    query: str
    fits: dict[str, Any]
    fits_not: dict[str, Any]


CASES = [
    Case("from=" + TODAY, {"last_at": MIDNIGHT}, {"last_at": MIDNIGHT - 1}),
    Case("to=" + TODAY, {"last_at": MIDNIGHT + DAY - 1}, {"last_at": MIDNIGHT + DAY}),
    Case("within=1d", {"last_at": NOW - DAY + HOUR}, {"last_at": NOW - DAY - HOUR}),
    Case("language=es", {"locale": "es"}, {"locale": "en"}),
    Case("switched=yes", {"switched": True}, {"switched": False}),
    Case("flow=options", {"shown": "options.results"}, {"shown": "menu.menu"}),
    Case("state=options.results", {"shown": "options.results"}, {"shown": "options.nothing"}),
    Case("outcome=prepared", {"outcome": "prepared"}, {"outcome": "read"}),
    Case("turns_min=4", {"turns": 4}, {"turns": 3}),
    Case("turns_max=4", {"turns": 4}, {"turns": 5}),
    Case("misses=2", {"misses": 2}, {"misses": 1}),
    Case("danger=any", {"signal": "cardiac.now"}, {"signal": ""}),
    Case("danger=cardiac", {"signal": "cardiac.check"}, {"signal": "selfharm.now"}),
    Case("text=yes", {"texts": 1}, {"texts": 0}),
    Case("label=odd", {"label": True}, {"label": False}),
    Case("status=new", {}, {"status": "in_review"}),
    Case("status=follow_up", {"status": "follow_up"}, {"status": "reviewed"}),
    Case("status=unread", {"status": "in_review"}, {"status": "reviewed"}),
    Case("status=unread", {}, {"status": "follow_up"}),
    Case("reviewer=mine", {"claimed": "me"}, {"claimed": "other"}),
    Case("reviewer=mine", {"judged": "me"}, {"judged": "other"}),
    Case("reviewer=other", {"claimed": "other"}, {"claimed": "me"}),
    Case("reviewer=other", {"claimed": "other"}, {"lapsed": "other"}),
    Case("reviewer=unassigned", {}, {"claimed": "other"}),
    Case("reviewer=unassigned", {"lapsed": "other"}, {"judged": "me"}),
]
COLUMNS = {"last_at", "locale", "switched", "outcome", "turns", "misses", "signal", "texts"}


def put(shelf: Shelf, ref: str, what: dict[str, Any], who: Callable[[str], str]) -> None:
    """A conversation that is as a case says."""
    shelf.visit(ref, **{name: value for name, value in what.items() if name in COLUMNS})
    if "shown" in what:
        shelf.shown(ref, what["shown"])
    if "claimed" in what or "lapsed" in what:
        by = who(what.get("claimed") or what["lapsed"])
        shelf.reviewed(ref, "in_review", by, NOW + DAY if "claimed" in what else NOW - 1)
    elif "status" in what:
        shelf.reviewed(ref, what["status"])
    if "judged" in what:
        shelf.judged(ref, who(what["judged"]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.query)
async def test_a_filter_leaves_what_fits(office: Office, case: Case) -> None:
    client, ids = await people(office)
    with office.engine.begin() as connection:
        shelf = Shelf(connection)
        put(shelf, "yes", case.fits, ids.__getitem__)
        put(shelf, "no", case.fits_not, ids.__getitem__)
        shelf.label("odd", "odd one", *(["yes"] if case.fits.get("label") else []))
    query = case.query.replace("other", ids["other"])
    assert await refs_at(client, f"/conversations?{query}") == ["yes"]


async def test_filters_combine(office: Office) -> None:
    client, ids = await people(office)
    alike = {
        "locale": "es", "signal": "time.soon", "turns": 9, "misses": 3, "texts": 1,
        "outcome": "danger", "switched": True,
    }  # fmt: skip
    with office.engine.begin() as connection:
        shelf = Shelf(connection)
        for ref in ("both", "other_state", "unlabelled", "read"):
            put(shelf, ref, alike, ids.__getitem__)
            shelf.shown(ref, "menu.menu" if ref == "other_state" else "barriers.decided_not")
        put(shelf, "english", alike | {"locale": "en"}, ids.__getitem__)
        shelf.label("odd", "odd one", "both", "other_state", "read", "english")
        shelf.reviewed("read", "reviewed")
    every = (
        f"from={TODAY}&to={TODAY}&within=7d&language=es&switched=yes&flow=barriers&outcome=danger"
        "&turns_min=9&turns_max=9&misses=3&danger=time&text=yes&label=odd&status=new"
        "&reviewer=unassigned"
    )
    assert await refs_at(client, f"/conversations?{every}") == ["both"]


async def test_two_days_make_a_span(office: Office) -> None:
    client = await office.signed_in()
    with office.engine.begin() as connection:
        for days in range(4):
            Shelf(connection).visit(f"d{days}", last_at=NOW - days * DAY)
    assert await refs_at(client, "/conversations?from=2026-11-16&to=2026-11-17") == ["d1", "d2"]


RUBBISH = [
    "from=yesterday", "to=2026-13-01", "from=2026-11-18&to=2026-11-17", "within=2d",
    "language=xx", "switched=maybe", "flow=nowhere", "state=menu", "state=menu.nowhere",
    "outcome=cured", "turns_min=-1", "turns_min=1e3", "turns_max=99999", "turns_max=%D9%A3",
    "turns_min=5&turns_max=4", "misses=many", "danger=mild", "text=no", "label=none",
    "status=done", "reviewer=nobody", "before=1", "before=x.y", "before=1.a-b", "after=.",
    "after=9999999999999.a", "q=%20", "q=%00", "q=%CC%81", "language=%00", "label=%00",
]  # fmt: skip


@pytest.mark.parametrize("query", RUBBISH)
async def test_a_filter_that_cannot_be_is_refused_with_a_sentence(
    office: Office, query: str
) -> None:
    client = await office.signed_in()
    answer = await client.get(f"/conversations?{query}")
    assert answer.status_code == 422
    assert "cannot be read" not in answer.text, "the sentence names the mend"


@pytest.mark.parametrize("query", ["nonsense=1", "label=" + "x" * 200])
async def test_what_no_form_of_ours_sends_is_refused(office: Office, query: str) -> None:
    client = await office.signed_in()
    assert (await client.get(f"/conversations?{query}")).status_code == 422


async def test_empty_fields_are_no_filters_and_leave_the_address(office: Office) -> None:
    client = await office.signed_in()
    answer = await client.get("/conversations?q=&from=&language=es&label=&turns_min=")
    assert answer.headers["location"] == "/console/conversations?language=es"


async def test_a_row_tells_what_is_known(office: Office) -> None:
    client, ids = await people(office)
    with office.engine.begin() as connection:
        shelf = Shelf(connection)
        shelf.visit(
            "abcdefgh12345678", locale="es", switched=True, turns=12, misses=4, texts=7,
            signal="other_emergency.now", outcome="options",
        )  # fmt: skip
        shelf.reviewed("abcdefgh12345678", "in_review", ids["other"], NOW + DAY)
        shelf.label("l", "<b>angry", "abcdefgh12345678")
    page = await client.see("/conversations")
    for word in ("abcdefgh Spanish switched 12 7 4 other emergency: now options", "<b>angry",
                 "in review Colleague", "1 conversation."):  # fmt: skip
        assert word in page
    assert "abcdefgh12345678" not in page


async def test_a_walk_through_the_chat_stands_in_the_list(office: Office) -> None:
    ref = told(office, "/start", "what does it cost", at=NOW - HOUR)
    client = await office.signed_in(Role.VIEWER)
    assert await refs_at(client, "/conversations?flow=menu&within=1d") == [ref]


async def test_more_than_ten_thousand_are_not_counted(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visits, "COUNTED", visits.PAGE + 1)
    monkeypatch.setattr("bot.web.console.conversations.COUNTED", visits.PAGE + 1)
    client = await office.signed_in()
    with office.engine.begin() as connection:
        for _ in range(visits.PAGE + 1):
            Shelf(connection).visit()
    assert "51 conversations." in await client.see("/conversations")
    with office.engine.begin() as connection:
        Shelf(connection).visit()
    assert "more than 51 conversations." in await client.see("/conversations")


async def test_pages_follow_each_other_and_lead_back(office: Office) -> None:
    client = await office.signed_in()
    with office.engine.begin() as connection:
        for number in range(120):
            Shelf(connection).visit(f"v{number:03}", last_at=NOW - number, locale="es")
    first = await client.get("/conversations?language=es")
    older = re.search(r'rel="next" href="/console([^"]*)"', first.text)
    assert older
    assert 'rel="prev"' not in first.text
    second = await client.get(older[1].replace("&amp;", "&"))
    assert "v050" in second.text
    assert "v049" not in second.text
    newer = re.search(r'rel="prev" href="/console([^"]*)"', second.text)
    assert newer
    assert await refs_at(client, newer[1].replace("&amp;", "&")) == [f"v{n:03}" for n in range(50)]


async def people(office: Office) -> tuple[Client, dict[str, str]]:
    """Somebody who is signed in, and the ids of "me" and "other"."""
    client = await office.signed_in(Role.REVIEWER, "Me")
    other = office.colleague(Role.REVIEWER, "Colleague").member.id
    return client, {"me": office.colleague(Role.REVIEWER, "Me").member.id, "other": other}


async def test_reviewers_can_choose_several_and_label_them(office: Office) -> None:
    reviewer, viewer = await office.signed_in(Role.REVIEWER), await office.signed_in(Role.VIEWER)
    with office.engine.begin() as connection:
        shelf = Shelf(connection)
        shelf.visit("abcdefgh1234", locale="es")
        shelf.label("l1", "Angry doctor")
        shelf.label("l2", "Old one")
        connection.execute(LABEL.update().where(LABEL.c.id == "l2").values(retired=True))
    path = "/conversations?language=es&before=1999999999.zz"
    page = (await reviewer.get(path)).text
    form = page[page.index('action="/console/conversations/label"') :]
    assert 'name="ref" value="abcdefgh1234" aria-label="Choose abcdefgh"' in form
    assert '<option value="l1">Angry doctor</option>' in form
    assert "Old one" not in form
    assert f'name="back" value="/console{path.replace("&", "&amp;")}"' in form
    assert "/conversations/label" not in (await viewer.get(path)).text
    chosen = {"ref": "abcdefgh1234", "label": "l1", "back": f"/console{path}"}
    answer = await reviewer.post("/conversations/label", chosen)
    assert answer.headers["location"] == f"/console{path}"
    assert await refs_at(reviewer, "/conversations?label=l1") == ["abcdefgh1234"]


ARRIVING = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 999)), unique=True, max_size=24)


@settings(max_examples=60, deadline=None)
@given(ARRIVING, ARRIVING, st.integers(1, 5))
def test_paging_has_no_gap_and_no_repeat_while_others_arrive(
    there: list[tuple[int, int]], arriving: list[tuple[int, int]], size: int
) -> None:
    """Those that arrive are the newest, in ties too; each page is read after another one came."""
    with TemporaryDirectory() as directory:
        engine = database(Path(directory))
        with engine.begin() as connection:
            shelf, seen, before = Shelf(connection), list[str](), None
            for at, number in there:
                shelf.visit(f"a{at}{number:03}", last_at=at)
            coming = iter(arriving)
            while True:
                page = visits.page(connection, Wanted(), NOW, before=before, size=size)
                seen += [visit.ref for visit in page.visits]
                before = page.older
                if before is None:
                    break
                for at, number in coming:
                    shelf.visit(f"b{at}{number:03}", last_at=4 + at)
                    break
            expected = sorted(((at, f"a{at}{number:03}") for at, number in there), reverse=True)
            assert [ref for ref in seen if ref.startswith("a")] == [ref for _, ref in expected]
            assert len(set(seen)) == len(seen)
        engine.dispose()


@settings(max_examples=60, deadline=None)
@given(ARRIVING, st.integers(1, 5))
def test_newer_pages_show_the_same_as_older_ones(there: list[tuple[int, int]], size: int) -> None:
    with TemporaryDirectory() as directory:
        engine = database(Path(directory))
        with engine.begin() as connection:
            for at, number in there:
                Shelf(connection).visit(f"a{at}{number:03}", last_at=at)
            newest = visits.page(connection, Wanted(), NOW, size=size)
            page, down = newest, [newest]
            while page.older:
                page = visits.page(connection, Wanted(), NOW, before=page.older, size=size)
                down.append(page)
            for above in down[-2::-1]:
                assert page.newer is not None
                page = visits.page(connection, Wanted(), NOW, after=page.newer, size=size)
                assert page.visits == above.visits
        engine.dispose()


def test_a_page_that_nothing_is_left_of_leads_back(office: Office) -> None:
    with office.engine.connect() as connection:
        page = visits.page(connection, Wanted(), NOW, before=Key(5, "a"))
    assert page == visits.Page([], newer=Key(5, "a"))
