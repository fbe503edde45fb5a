"""Saved views."""

from __future__ import annotations

import re

import pytest

from bot.storage import saved_views
from bot.storage.audit import Action
from bot.storage.staff import Role, set_role
from tests.support.office import Client, Office

QUERY = "language=es&danger=any"


async def save(
    client: Client, name: str = "Spanish, danger", query: str = QUERY, **other: str
) -> int:
    """The status of the answer."""
    answer = await client.post("/views", {"name": name, "query": query} | other)
    return answer.status_code


async def ids(client: Client) -> list[str]:
    """The views this member may change."""
    return re.findall(r"/views/(\w+)/delete", (await client.get("/views")).text)


async def test_filters_are_saved_and_opened_again(office: Office) -> None:
    client = await office.signed_in(Role.VIEWER)
    answer = await client.post("/views", {"name": "  My   Spanish ", "query": QUERY})
    assert answer.headers["location"] == f"/console/conversations?{QUERY}"
    page = (await client.get(f"/conversations?{QUERY}")).text
    assert re.search(r'href="[^"]*language=es&amp;danger=any" aria-current="true">My Spanish', page)
    assert "My Spanish" in await client.see("/views")


async def test_what_was_searched_for_is_not_saved(office: Office) -> None:
    client = await office.signed_in()
    await save(client, query="q=Quokkaberg&language=es&before=5.a")
    with office.engine.connect() as connection:
        (view,) = saved_views.views_for(connection, office.colleague().member.id)
    assert view.query == "language=es"


async def test_nobody_sees_the_views_of_another(office: Office) -> None:
    mine, other = await office.signed_in(Role.LEAD), await office.signed_in(Role.ADMIN)
    await save(mine, "Secret view")
    (view,) = await ids(mine)
    for path in ("/views", "/conversations"):
        assert "Secret view" not in await other.see(path)
    assert (await other.post(f"/views/{view}/delete")).status_code == 404
    assert (await other.post(f"/views/{view}/name", {"name": "Stolen"})).status_code == 404
    assert "Secret view" in await mine.see("/views")


async def test_a_shared_view_is_seen_by_all_and_changed_by_leads(office: Office) -> None:
    lead, viewer = await office.signed_in(Role.LEAD), await office.signed_in(Role.VIEWER)
    await save(lead, "For all", shared="yes")
    assert "For all shared" in await viewer.see("/conversations")
    assert await ids(viewer) == []
    (view,) = await ids(lead)
    assert (await viewer.post(f"/views/{view}/delete")).status_code == 404
    assert (await viewer.post(f"/views/{view}/name", {"name": "x"})).status_code == 404
    admin = await office.signed_in(Role.ADMIN)
    assert (await admin.post(f"/views/{view}/name", {"name": "Renamed"})).status_code == 303
    assert "Renamed" in await viewer.see("/views")
    assert (await admin.post(f"/views/{view}/delete")).status_code == 303
    assert "Renamed" not in await viewer.see("/views")


async def test_who_leads_no_longer_changes_no_shared_view(office: Office) -> None:
    lead = await office.signed_in(Role.LEAD)
    await save(lead, "For all", shared="yes")
    (view,) = await ids(lead)
    with office.engine.begin() as connection:
        set_role(connection, office.colleague(Role.LEAD).member.id, Role.VIEWER)
    assert (await lead.post(f"/views/{view}/delete")).status_code == 404


async def test_only_leads_share(office: Office) -> None:
    client = await office.signed_in(Role.REVIEWER)
    assert await save(client, shared="yes") == 403
    assert "For everybody" not in (await client.get(f"/conversations?{QUERY}")).text


async def test_one_renames_and_deletes_ones_own(office: Office) -> None:
    client = await office.signed_in(Role.VIEWER)
    await save(client)
    (view,) = await ids(client)
    assert (await client.post(f"/views/{view}/name", {"name": "Other"})).status_code == 303
    assert "Other" in await client.see("/views")
    assert (await client.post(f"/views/{view}/delete")).status_code == 303
    assert await ids(client) == []
    assert (await client.post(f"/views/{view}/delete")).status_code == 404


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x00b", "a\u202eb"])
async def test_a_view_needs_a_name(office: Office, name: str) -> None:
    client = await office.signed_in()
    assert await save(client, name) == 422
    await save(client)
    (view,) = await ids(client)
    assert (await client.post(f"/views/{view}/name", {"name": name})).status_code == 422


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=only+words",
        "nonsense=1",
        "language=xx",
        "label=gone",
        "%00",
        "language=%00",
        "=",
        "a" * 999,
    ],
)
async def test_only_filters_that_work_are_saved(office: Office, query: str) -> None:
    client = await office.signed_in()
    assert await save(client, query=query) == 422
    assert await ids(client) == []


async def test_one_has_fifty_at_most(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert saved_views.MOST == 50
    monkeypatch.setattr(saved_views, "MOST", 2)
    client, other = await office.signed_in(Role.LEAD), await office.signed_in(Role.VIEWER)
    statuses = [await save(client), await save(client, shared="yes"), await save(client)]
    assert statuses == [303, 303, 422]
    assert await save(other) == 303


async def test_what_happens_to_views_leaves_a_trace_without_their_names(office: Office) -> None:
    client = await office.signed_in(Role.LEAD)
    await save(client, "Quokkaberg", shared="yes")
    (view,) = await ids(client)
    await client.post(f"/views/{view}/name", {"name": "Zyxwina"})
    await client.post(f"/views/{view}/delete")
    traces = [each for each in office.trail() if each.action == Action.VIEW_SAVED]
    assert [each.detail for each in traces] == ["shared", "renamed", "deleted"]
    assert {each.subject for each in traces} == {view}
    assert "Quokkaberg" not in str(traces)
    assert "Zyxwina" not in str(traces)
