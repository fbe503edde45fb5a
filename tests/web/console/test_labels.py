"""The managed list of labels."""

from __future__ import annotations

import pytest

from bot.storage import labels
from bot.storage.staff import Role
from tests.support.logged import told
from tests.support.office import Client, Office


async def add(client: Client, name: str) -> int:
    return (await client.post("/labels", {"name": name})).status_code


def listed(office: Office) -> list[tuple[str, bool, int]]:
    with office.engine.connect() as connection:
        return [(each.name, each.retired, each.uses) for each in labels.labels(connection)]


def id_of(office: Office, name: str) -> str:
    with office.engine.connect() as connection:
        return next(each.id for each in labels.labels(connection) if each.name == name)


async def test_labels_are_added_and_listed_by_name(office: Office) -> None:
    client = await office.signed_in(Role.LEAD)
    for name in ("too long", " Kind   answer ", "äußerst"):
        assert await add(client, name) == 303
    assert [name for name, _, _ in listed(office)] == ["Kind answer", "too long", "äußerst"]
    assert "Kind answer" in await client.see("/labels")


@pytest.mark.parametrize("name", ["", "  ", "x" * 41, "kind", "KIND", "a\u202eb", "a\x00b"])
async def test_a_name_that_cannot_be_one_is_refused(office: Office, name: str) -> None:
    client = await office.signed_in(Role.LEAD)
    await add(client, "Kind")
    assert await add(client, name) == 422
    assert len(listed(office)) == 1


async def test_a_label_is_renamed_wherever_it_is(office: Office) -> None:
    client = await office.signed_in(Role.LEAD)
    await add(client, "kind")
    await add(client, "other")
    ref, kind = told(office, "/start"), id_of(office, "kind")
    await client.post(f"/conversations/{ref}/labels", {"label": kind})
    assert (await client.post(f"/labels/{kind}", {"name": "other"})).status_code == 422
    assert (await client.post(f"/labels/{kind}", {"name": "Kind"})).status_code == 303
    assert ("Kind", False, 1) in listed(office)
    assert "Kind ×" in await client.see(f"/conversations/{ref}")


async def test_a_label_is_retired_and_offered_again_and_never_lost(office: Office) -> None:
    client = await office.signed_in(Role.LEAD)
    await add(client, "kind")
    ref, kind = told(office, "/start"), id_of(office, "kind")
    await client.post(f"/conversations/{ref}/labels", {"label": kind})
    await client.post(f"/labels/{kind}/retire")
    assert listed(office) == [("kind", True, 1)]
    await client.post(f"/labels/{kind}/restore")
    assert listed(office) == [("kind", False, 1)]
    found = [trace.detail for trace in office.trail() if trace.action == "label_changed"]
    assert found == ["added kind", "retired kind", "restored kind"]


@pytest.mark.parametrize("way", ["", "/retire", "/restore"])
async def test_a_label_nobody_made_is_not_found(office: Office, way: str) -> None:
    client = await office.signed_in(Role.LEAD)
    assert (await client.post(f"/labels/none{way}", {"name": "x"})).status_code == 404
