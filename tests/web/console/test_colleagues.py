"""Staff: adding people, giving links and roles, and never being without an admin."""

from __future__ import annotations

import re

import pyotp
import pytest

from bot.storage import staff
from bot.storage.audit import Action
from bot.storage.staff import Role, Standing
from tests.support.office import PASSWORD, Office

NEW = {"name": "Ana Example", "role": "reviewer", "locale": "es"}


async def test_somebody_added_sets_up_and_signs_in(office: Office) -> None:
    admin = await office.signed_in()
    page = (await admin.post("/staff", NEW)).text
    client, path = office.client(), _link(page)
    secret = re.findall(r"<code>([A-Z2-7]{32})</code>", (await client.get(path)).text)[0]

    def code() -> str:
        return pyotp.TOTP(secret).at(office.clock.now())

    form = {"password": PASSWORD, "again": PASSWORD, "code": code()}
    assert (await client.post(path, form)).status_code == 303
    office.clock.advance(60)
    await client.post("/sign-in", {"name": "ana example", "password": PASSWORD, "code": code()})
    assert "Role: reviewer" in await client.see("/account")
    assert "Ana Example" in await admin.see("/staff")


async def test_a_link_is_an_address_that_is_shown_once(office: Office) -> None:
    admin = await office.signed_in()
    page = (await admin.post("/staff", NEW)).text
    token = _link(page).removeprefix("/set-up/")
    assert f"https://console.example/console/set-up/{token}" in page
    assert token not in (await admin.get("/staff")).text
    assert token not in str(office.trail())
    with office.engine.connect() as connection:
        assert token not in str(connection.exec_driver_sql("SELECT * FROM staff").all())


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": " "}, {"name": "a\u202eb"}, {"name": "a\nb\0"}, {"name": "x" * 65},
     {"name": "ADMIN"}, {"role": "owner"}, {"locale": "xx"}],
)  # fmt: skip
async def test_nobody_is_added_with_something_wrong(office: Office, wrong: dict[str, str]) -> None:
    admin = await office.signed_in()
    assert (await admin.post("/staff", NEW | wrong)).status_code == 422
    with office.engine.connect() as connection:
        assert len(staff.members(connection)) == 1


async def test_a_role_holds_from_the_next_request_on(office: Office) -> None:
    admin, other = await office.signed_in(), await office.signed_in(Role.VIEWER)
    assert (await other.get("/staff")).status_code == 403
    await admin.post(f"/staff/{_id(office, Role.VIEWER)}/role", {"role": "admin"})
    assert (await other.get("/staff")).status_code == 200
    await admin.post(f"/staff/{_id(office, Role.VIEWER)}/role", {"role": "viewer"})
    assert (await other.get("/staff")).status_code == 403


async def test_a_disabled_member_is_out_at_once_and_back_by_a_new_link(office: Office) -> None:
    admin, other = await office.signed_in(), await office.signed_in(Role.VIEWER)
    who = office.colleague(Role.VIEWER)
    await admin.post(f"/staff/{who.member.id}/disable")
    assert (await other.get("/account")).status_code == 303
    assert (await other.sign_in(who)).status_code == 401
    assert "Enable" in await admin.see("/staff")
    path = _link((await admin.post(f"/staff/{who.member.id}/link")).text)
    assert (await other.sign_in(who)).status_code == 401
    assert (await other.get(path)).status_code == 200
    assert _standing(office, Role.VIEWER) is Standing.INVITED


async def test_a_link_to_a_disabled_member_is_dead(office: Office) -> None:
    admin = await office.signed_in()
    path = _link((await admin.post("/staff", NEW)).text)
    with office.engine.connect() as connection:
        new = staff.named(connection, NEW["name"])
    assert new
    await admin.post(f"/staff/{new.id}/disable")
    assert (await office.client().get(path)).status_code == 404


@pytest.mark.parametrize("deed", ["disable", "role", "link"])
async def test_the_last_admin_stays(office: Office, deed: str) -> None:
    admin = await office.signed_in()
    office.colleague(Role.LEAD)
    answer = await admin.post(f"/staff/{_id(office)}/{deed}", {"role": "lead"})
    assert answer.status_code == 422
    assert "last admin" in answer.text
    assert (await admin.get("/staff")).status_code == 200


async def test_an_admin_who_has_not_set_up_does_not_count(office: Office) -> None:
    admin = await office.signed_in()
    await admin.post("/staff", NEW | {"role": "admin"})
    assert (await admin.post(f"/staff/{_id(office)}/disable")).status_code == 422


async def test_with_another_admin_one_may_go(office: Office) -> None:
    admin = await office.signed_in()
    office.colleague(Role.ADMIN, "Second")
    assert (await admin.post(f"/staff/{_id(office)}/role", {"role": "viewer"})).status_code == 303
    assert (await admin.get("/staff")).status_code == 403


async def test_everything_done_to_staff_leaves_a_trace(office: Office) -> None:
    admin = await office.signed_in()
    who = office.colleague(Role.VIEWER).member.id
    await admin.post("/staff", NEW)
    await admin.post(f"/staff/{who}/role", {"role": "lead"})
    for deed in ("link", "disable", "link"):
        await admin.post(f"/staff/{who}/{deed}")
    done = [(trace.action, trace.detail) for trace in office.trail() if trace.name == "Admin"][1:]
    assert done == [
        (Action.STAFF_ADDED, "reviewer"),
        (Action.ROLE_CHANGED, "viewer -> lead"),
        (Action.STAFF_LINKED, ""),
        (Action.STAFF_DISABLED, ""),
        (Action.STAFF_ENABLED, ""),
    ]


async def test_what_is_refused_is_not_done(office: Office) -> None:
    admin = await office.signed_in()
    assert (await admin.post("/staff/nobody/disable")).status_code == 404
    await admin.post(f"/staff/{_id(office)}/disable")
    assert [trace.action for trace in office.trail()] == [Action.SIGNED_IN]


async def test_the_last_use_is_shown(office: Office) -> None:
    admin = await office.signed_in()
    office.colleague(Role.LEAD)
    assert "never" in await admin.see("/staff")
    await office.signed_in(Role.LEAD)
    assert "never" not in await admin.see("/staff")


def _link(page: str) -> str:
    found = re.search(r"/console(/set-up/[\w-]+)", page)
    assert found, page
    return found[1]


def _id(office: Office, role: Role = Role.ADMIN) -> str:
    return office.colleague(role).member.id


def _standing(office: Office, role: Role) -> Standing:
    with office.engine.connect() as connection:
        who = staff.member(connection, _id(office, role))
    assert who
    return who.standing
