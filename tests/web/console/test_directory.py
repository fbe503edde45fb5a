"""The directory's pages: what is due, what was reported, checks and alerts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.storage.record_alerts import withheld
from bot.storage.record_checks import note_check
from bot.storage.staff import Role
from bot.storage.tables import TALLY
from bot.web.console.directory_care import FRESH, Due, cared, to_mend
from dialogs.directory.entries import Sort, entries
from dialogs.directory.record import Record
from tests.support.office import Office, book, words_of

ROUTE = "de-116117-zweitmeinung-27b"
NAME = "Gesetzliches Zweitmeinungsverfahren"
DAY = 86_400
BARRED = ("emergency.DE", "crisis.us-988", "finder.iasp", "right.DE", "in-tele-manas")


def report(office: Office, times: int = 3, record: str = ROUTE) -> None:
    """People called a record wrong today."""
    today = office.clock.now() - office.clock.now() % DAY
    row = {"day": today, "kind": "reported", "place": "options", "detail": record, "count": times}
    with office.engine.begin() as connection:
        connection.execute(TALLY.insert(), row)


def withheld_now(office: Office) -> frozenset[str]:
    """What people are not shown."""
    with office.engine.connect() as connection:
        return withheld(connection)


def trail(office: Office, action: str) -> list[tuple[str, str]]:
    """Subject and detail of what was done."""
    return [(each.subject, each.detail) for each in office.trail() if each.action == action]


async def test_everything_the_assistant_knows_has_a_page(office: Office) -> None:
    client = await office.signed_in(Role.VIEWER)
    for sort in Sort:
        entry = next(each for each in entries(book().directory).values() if each.sort is sort)
        page = await client.see(f"/directory/{entry.id}")
        assert entry.name in page
        assert all(" ".join(value.split()) in page for _, value in entry.raw())


async def test_a_record_is_shown_as_people_see_it_in_the_readers_language(office: Office) -> None:
    client = await office.signed_in()
    english = await client.see(f"/directory/{ROUTE}")
    await client.post("/account/language", {"locale": "es"})
    spanish = await client.see(f"/directory/{ROUTE}")
    chosen = await client.see(f"/directory/{ROUTE}?in=en")

    assert "Why you see it: it serves your country (Germany)" in english
    assert "(Alemania)" in spanish
    assert "Why you see it" not in spanish
    assert "Why you see it" in chosen


async def test_what_a_record_says_cannot_become_markup(office: Office) -> None:
    page = (await (await office.signed_in()).get("/directory/crisis.us-988")).text
    assert "988 Suicide &amp; Crisis Lifeline" in page
    assert "<b>988</b>" in page


async def test_the_list_says_how_many_are_due(office: Office) -> None:
    page = await (await office.signed_in(Role.VIEWER)).see("/directory")
    count = len(entries(book().directory))
    assert f"{count} due for a check 0 reported 0 withheld" in page
    assert f"{count} records, page 1 of" in page


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("sort=emergency&country=DE", {"emergency.DE"}),
        ("sort=crisis&country=US&text=988", {"crisis.us-988"}),
        ("sort=service&text=ZWEITMEINUNGSVERFAHREN+spine", {ROUTE}),
        ("state=reported", {ROUTE}),
        ("state=withheld", set()),
        ("sort=right&country=GB", {"right.GB"}),
        ("country=XX", set()),
    ],
)
async def test_filters_alone_and_together(office: Office, query: str, fits: set[str]) -> None:
    report(office)
    page = (await (await office.signed_in()).get(f"/directory?{query}")).text
    assert set(re.findall(r'href="/console/directory/([\w.-]+)">', page)) - {"to-mend"} == fits


@pytest.mark.parametrize(
    "query", ["sort=x", "state=x", "page=0", "page=9999999", "text=" + "x" * 101, "country=DEU"]
)
async def test_rubbish_in_the_address_is_refused(office: Office, query: str) -> None:
    answer = await (await office.signed_in()).get(f"/directory?{query}")
    assert answer.status_code == 422


async def test_the_pages_hold_every_record_once(office: Office) -> None:
    client = await office.signed_in()
    seen: list[str] = []
    for page in range(1, 13):
        html = (await client.get(f"/directory?page={page}")).text
        seen += re.findall(r'<tr data-item>\s*<td><a href="/console/directory/([\w.-]+)"', html)
    assert sorted(set(seen)) == sorted(entries(book().directory))


async def test_what_was_reported_stands_first_until_somebody_looked(office: Office) -> None:
    report(office)
    client = await office.signed_in(Role.LEAD)
    before = await client.see("/directory")
    assert f"Standing {NAME}" in before
    assert "called this wrong" in await client.see(f"/directory/{ROUTE}")

    answer = await client.post(f"/directory/{ROUTE}/check", {"changed": ""})
    assert answer.headers["location"] == f"/console/directory/{ROUTE}"
    page = await client.see(f"/directory/{ROUTE}")
    assert "called this wrong" not in page
    assert "Lead: nothing was different" in page
    assert "0 reported" in await client.see("/directory")
    assert trail(office, "verified") == [(ROUTE, "same")]


def test_a_check_lasts_half_a_year(office: Office) -> None:
    one = {ROUTE: entries(book().directory)[ROUTE]}
    now = office.clock.now()
    with office.engine.begin() as connection:
        never = cared(connection, one, now)[0].due
        note_check(connection, ROUTE, "", "m1", now)
        fresh, old = (cared(connection, one, now + FRESH + late)[0].due for late in (0, 1))
    assert (never, fresh, old) == (Due.NEVER, None, Due.OLD)


async def test_what_changed_is_kept_for_authors_and_not_in_the_trail(office: Office) -> None:
    client = await office.signed_in(Role.LEAD)
    await client.post(f"/directory/{ROUTE}/check", {"changed": "Now <b>also</b>\r\nby\x00 phone"})
    await client.post("/directory/emergency.DE/check", {"changed": "It is 113 now"})
    answer = await client.get("/directory/to-mend")
    day = datetime.fromtimestamp(office.clock.now(), UTC)

    assert "&lt;b&gt;also&lt;/b&gt;" in (await client.get(f"/directory/{ROUTE}")).text
    assert re.search(rf"services.yaml:\d+  {ROUTE}  {NAME}", answer.text)
    assert f"seen on {day:%Y-%m-%d} by Lead\n    Now <b>also</b>\n    by phone\n" in answer.text
    assert "emergency.yaml  emergency.DE  Germany\n" in answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="directory-to-mend-{day:%Y%m%d-%H%M}.txt"'
    )
    assert trail(office, "verified") == [(ROUTE, "changed"), ("emergency.DE", "changed")]
    assert trail(office, "exported") == [("directory.to_mend", "2")]


async def test_a_later_check_that_finds_nothing_different_settles_a_note(office: Office) -> None:
    client = await office.signed_in(Role.LEAD)
    for changed in ("It is 113 now", "", "No, 114"):
        office.clock.advance(60)
        await client.post("/directory/emergency.DE/check", {"changed": changed})
    listed = (await client.get("/directory/to-mend")).text

    assert "No, 114" in listed
    assert "113" not in listed


@pytest.mark.parametrize(("verified", "listed"), [("2026-11-17", True), ("2026-11-18", False)])
def test_a_file_that_was_verified_since_settles_a_note(
    office: Office, verified: str, *, listed: bool
) -> None:
    entry = entries(book().directory)[ROUTE]
    assert isinstance(entry.holds, Record)
    mended = replace(entry, holds=replace(entry.holds, last_verified=verified))
    with office.engine.begin() as connection:
        note_check(connection, ROUTE, "Another price", "m1", office.clock.now())
        assert bool(list(to_mend(connection, {ROUTE: mended}))) is listed


async def test_nothing_to_mend_says_so(office: Office) -> None:
    assert (await (await office.signed_in()).get("/directory/to-mend")).text == "Nothing to mend.\n"


def test_no_record_is_called_like_a_page() -> None:
    assert "to-mend" not in entries(book().directory)


async def test_an_alert_keeps_a_record_from_people_until_it_is_lifted(office: Office) -> None:
    client = await office.signed_in(Role.LEAD)
    await client.post(f"/directory/{ROUTE}/alert", {"reason": "Its page is gone"})
    page = await client.see(f"/directory/{ROUTE}")
    assert withheld_now(office) == {ROUTE}
    assert "withheld from people" in page
    assert "Lead: Its page is gone stands" in page
    assert f"Standing {NAME}" in await client.see("/directory?state=withheld")

    await client.post(f"/directory/{ROUTE}/lift")
    assert withheld_now(office) == frozenset()
    assert "lifted" in await client.see(f"/directory/{ROUTE}")
    assert trail(office, "alerted") == [(ROUTE, "raised"), (ROUTE, "lifted")]


@pytest.mark.parametrize("record", BARRED)
async def test_a_number_of_a_safety_card_cannot_be_withheld(office: Office, record: str) -> None:
    client = await office.signed_in(Role.LEAD)
    answer = await client.post(f"/directory/{record}/alert", {"reason": "wrong"})

    assert answer.status_code == 422
    assert "Mend the file instead" in words_of(answer.text)
    assert "Keep it from people" not in await client.see(f"/directory/{record}")
    assert withheld_now(office) == frozenset()
    assert trail(office, "alerted") == []


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        (f"/directory/{ROUTE}/alert", {"reason": "  \x00 "}, 422),
        (f"/directory/{ROUTE}/alert", {"reason": "x" * 501}, 422),
        (f"/directory/{ROUTE}/check", {"changed": "x" * 501}, 422),
        (f"/directory/{ROUTE}/lift", {}, 422),
        ("/directory/nowhere/alert", {"reason": "x"}, 404),
        ("/directory/nowhere/check", {}, 404),
        ("/directory/nowhere/lift", {}, 404),
    ],
)
async def test_what_cannot_be_done_is_refused(
    office: Office, path: str, form: dict[str, str], status: int
) -> None:
    answer = await (await office.signed_in(Role.LEAD)).post(path, form)
    assert answer.status_code == status
    assert trail(office, "alerted") == trail(office, "verified") == []


async def test_withholding_twice_is_refused(office: Office) -> None:
    client = await office.signed_in(Role.LEAD)
    answers = [await client.post(f"/directory/{ROUTE}/alert", {"reason": "x"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 422]


async def test_a_viewer_reads_and_changes_nothing(office: Office) -> None:
    client = await office.signed_in(Role.VIEWER)
    page = (await client.get(f"/directory/{ROUTE}")).text
    assert "Leads note checks" in page
    assert f"/directory/{ROUTE}/" not in page


async def test_a_record_that_people_never_see_says_so(office: Office) -> None:
    client = await office.signed_in()
    assert "People are not shown this one." in await client.see("/directory/finder.befrienders")
    assert "never shown to people" in await client.see("/directory/finder.befrienders")
    assert "never shown to people" not in await client.see("/directory/finder.findahelpline")
