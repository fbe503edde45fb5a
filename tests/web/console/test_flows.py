"""The flows with the traffic of everybody, and what of it is never told."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.records import Records
from bot.web.console import flows
from bot.web.console.small_numbers import rounded
from dialogs.checks.following import follow
from dialogs.engine.conversation import Place
from tests.support.office import Client, Office, book, words_of

DAY = 86_400
Moves = Mapping[tuple[str, str], int]


def moved(office: Office, moves: Moves, days_ago: int = 0) -> None:
    """Count moves as the turns do."""
    counts = {("moved", one, other): count for (one, other), count in moves.items()}
    with office.engine.begin() as connection:
        now = office.clock.now() - days_ago * DAY
        Records(office.engine.dialect).tally(connection, counts, now)


async def table(client: Client, path: str, name: str) -> dict[tuple[str, str], str]:
    """A table of the page: from, to -> number."""
    page = (await client.get(path)).text
    part = page.split(f"<summary>{name}</summary>")[1].split("</details>")[0]
    rows = [re.findall(r"<td.*?</td>", row, re.DOTALL) for row in part.split("<tr>")[2:]]
    cells = [[words_of(cell) for cell in row] for row in rows]
    return {(row[0], row[1]): row[-1] for row in cells}


WAYS, JUMPS = "Ways of this flow", "Jumps"


async def test_moves_stand_on_the_ways_they_took(office: Office) -> None:
    moved(office, {("prepare.standing", "prepare.date"): 23, ("plan.pages", "plan.file"): 99})
    ways = await table(await office.signed_in(), "/flows/prepare", WAYS)
    assert ways["prepare.standing", "prepare.date"] == "20"
    assert ways["prepare.date", "prepare.date_right"] == "under 5"
    assert not any(source.startswith("plan.") for source, _ in ways)


async def test_a_move_over_cards_that_pass_stands_on_each_way(office: Office) -> None:
    moved(office, {("menu.main", "prepare.standing"): 12})
    ways = await table(await office.signed_in(), "/flows/prepare", WAYS)
    assert ways["prepare.intro", "prepare.standing"] == "10"


async def test_jumps_are_listed_apart(office: Office) -> None:
    moved(office, {("prepare.date", "language.choose"): 12, ("prepare.date", "help.card"): 4})
    client = await office.signed_in()
    jumps = await table(client, "/flows/prepare", JUMPS)
    assert jumps == {("prepare.date", "language.choose"): "10"}
    assert not await table(client, "/flows/plan", JUMPS)


async def test_jumps_are_listed_by_what_is_shown(office: Office) -> None:
    """Listed by the true numbers, what looks equal would tell which is more."""
    targets = ("help.card", "about.card", "language.choose")
    for counts, order in (((6, 8, 12), (2, 1, 0)), ((8, 6, 12), (2, 1, 0))):
        moved(office, {("prepare.date", to): n for to, n in zip(targets, counts, strict=True)})
        jumps = await table(await office.signed_in(), "/flows/prepare?days=1", JUMPS)
        assert [target for _, target in jumps] == [targets[number] for number in order]
        office.clock.advance(DAY)


async def test_days_are_added_up(office: Office) -> None:
    for days_ago in (0, 3, 20):
        moved(office, {("prepare.standing", "prepare.date"): 7}, days_ago)
    client = await office.signed_in()
    numbers = [
        (await table(client, f"/flows/prepare?days={days}", WAYS))["prepare.standing", "prepare.date"]
        for days in (1, 7, 30)
    ]  # fmt: skip
    assert numbers == ["5", "10", "20"]


async def test_sums_of_hidden_numbers_stay_hidden(office: Office) -> None:
    """Two moves of four over the same way: eight would tell that there were more than one kind."""
    moved(
        office, {("menu.main", "prepare.standing"): 4, ("barriers.onward", "prepare.standing"): 4}
    )
    client = await office.signed_in()
    ways = await table(client, "/flows/prepare", WAYS)
    assert ways["prepare.intro", "prepare.standing"] == "under 5"
    between = await table(client, "/flows", "Ways between flows")
    assert between["menu", "prepare"] == "under 5"


async def test_a_way_nobody_went_looks_like_one_that_four_went(office: Office) -> None:
    client = await office.signed_in()
    paths = ("/flows", "/flows/prepare")
    before = [(await client.get(path)).text for path in paths]
    moved(office, {("prepare.standing", "prepare.date"): 4, ("prepare.date", "help.card"): 3})
    assert [(await client.get(path)).text for path in paths] == before


@given(
    st.dictionaries(
        st.sampled_from(
            [
                ("menu.main", "prepare.standing"), ("barriers.onward", "prepare.standing"),
                ("prepare.standing", "prepare.date"), ("prepare.date", "prepare.ready"),
                ("prepare.date", "place.country"), ("place.country", "prepare.ready"),
                ("prepare.ready", "plan.pages"), ("prepare.ready", "menu.main"),
            ]
        ),
        st.integers(0, 30),
    )
)  # fmt: skip
def test_what_is_drawn_is_made_of_rounded_parts(counts: dict[tuple[str, str], int]) -> None:
    """Whatever lies on a way is a sum of multiples of five: no difference of two is a number under five."""
    told = {
        (_place(one), _place(other)): shown
        for (one, other), count in counts.items()
        if (shown := rounded(count))
    }
    followed = follow(book(), told)
    for count in (*followed.along.values(), *followed.beside.values()):
        assert count % 5 == 0
        assert count >= 5


async def test_the_overview_counts_ways_between_flows(office: Office) -> None:
    moved(office, {("menu.main", "prepare.standing"): 31, ("prepare.standing", "prepare.date"): 50})
    client = await office.signed_in()
    assert (await table(client, "/flows", "Ways between flows"))["menu", "prepare"] == "30"
    page = await client.see("/flows")
    assert "everybody" in page
    for flow in book().flows:
        assert f"funnel of {flow}" in page


async def test_every_flow_has_a_page(office: Office) -> None:
    client = await office.signed_in()
    for name, flow in book().flows.items():
        page = (await client.get(f"/flows/{name}")).text
        for state in flow.states.values():
            if state.waits:
                assert f'id="{state.place.state}"' in page
                assert f'href="/console/conversations?state={state.place}"' in page
        assert "style=" not in page
        assert "<script>" not in page


async def test_texts_stand_in_the_readers_language_with_the_english_beside(office: Office) -> None:
    client = await office.signed_in()
    english = "What would help you now?"
    assert english in await client.see("/flows/menu")
    await client.post("/account/language", {"locale": "es"})
    page = (await client.get("/flows/menu")).text
    state = book().flows["menu"].states["main"]
    assert state.body is not None
    spanish = book().catalogs.text("es", state.body.context, state.body.msgid)
    assert f'<p class="said" lang="es" dir="auto">{spanish}</p>' in page
    assert f'<p class="said muted" lang="en" dir="ltr">{english}</p>' in page


async def test_what_is_filled_in_later_stands_in_braces(office: Office) -> None:
    client = await office.signed_in()
    assert "I understood {date}. Is that right?" in await client.see("/flows/prepare")


def test_tags_are_left_out() -> None:
    assert flows._plain('<b>Now</b> call <a href="https://x.example">{number}</a> &lt;3') == (
        "Now call {number} <3"
    )


@pytest.mark.parametrize("path", ["/flows/nothing", "/flows/..%00", "/flows/%ED%A0%80"])
async def test_a_flow_that_is_not_there(office: Office, path: str) -> None:
    client = await office.signed_in()
    assert (await client.get(path)).status_code in {404, 422}


@pytest.mark.parametrize("days", ["", "2", "-1", "9" * 30])
async def test_other_days_are_refused(office: Office, days: str) -> None:
    client = await office.signed_in()
    for path in ("/flows", "/flows/menu"):
        assert (await client.get(f"{path}?days={days}")).status_code == 422


def _place(written: str) -> Place:
    flow, _, state = written.partition(".")
    return Place(flow, state)
