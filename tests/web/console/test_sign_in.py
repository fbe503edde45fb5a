"""Getting in, and being put out."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from bot.storage import staff, staff_sessions
from bot.storage.attempts import MOST, WINDOW
from bot.storage.audit import Action
from bot.storage.staff import LINK_LASTS, Role
from bot.web.console import passwords
from tests.support.office import PASSWORD, Office


async def test_a_fresh_database_has_no_staff(office: Office) -> None:
    with office.engine.connect() as connection:
        assert staff.members(connection) == []


async def test_name_password_and_code_let_in(office: Office) -> None:
    client = await office.signed_in()
    assert "Admin" in await client.see("/account")


async def test_the_cookie_is_bound_to_this_host_and_hidden_from_scripts(office: Office) -> None:
    answer = await office.client().sign_in(office.colleague())
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-console=")
    for word in ("Secure", "HttpOnly", "SameSite=strict", "Path=/"):
        assert word in cookie
    assert "Domain" not in cookie


async def test_the_database_holds_no_token(office: Office) -> None:
    client = await office.signed_in()
    token = client.http.cookies["__Host-console"]
    with office.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM staff_session").all()
    assert token not in str(rows)


@pytest.mark.parametrize(
    "wrong",
    [{"name": "Nobody"}, {"password": "wrong wrong wrong"}, {"code": "000000"}, {"code": "x"}],
)
async def test_every_failure_looks_the_same(office: Office, wrong: dict[str, str]) -> None:
    client = office.client()
    answer = await client.sign_in(office.colleague(), **wrong)
    assert answer.status_code == 401
    assert "That did not work." in answer.text
    assert not client.http.cookies


async def test_a_code_is_taken_once(office: Office) -> None:
    who = office.colleague()
    code = office.code(who)
    first = await office.client().post(
        "/sign-in", {"name": "admin", "password": PASSWORD, "code": code}
    )
    again = await office.client().post(
        "/sign-in", {"name": "admin", "password": PASSWORD, "code": code}
    )
    assert (first.status_code, again.status_code) == (303, 401)


async def test_guessing_is_stopped_and_locks_out_nobody_else(office: Office) -> None:
    victim, other = office.colleague(), office.colleague(Role.VIEWER)
    client = office.client()
    for _ in range(MOST):
        await client.post("/sign-in", {"name": "admin", "password": "x", "code": "1"})
    assert (await client.sign_in(victim)).status_code == 429
    assert (await office.client().sign_in(other)).status_code == 303
    office.clock.advance(WINDOW + 1)
    assert (await client.sign_in(victim)).status_code == 303


async def test_guessing_from_elsewhere_does_not_lock_the_victim_out(office: Office) -> None:
    victim, attacker = office.colleague(), office.client()
    attacker.http._transport.client = ("203.0.113.9", 1)  # type: ignore[attr-defined]
    for _ in range(MOST + 1):
        await attacker.post("/sign-in", {"name": "admin", "password": "x", "code": "1"})
    assert (await attacker.sign_in(victim)).status_code == 429
    assert (await office.client().sign_in(victim)).status_code == 303


async def test_a_session_ends_when_it_is_not_used(office: Office) -> None:
    client = await office.signed_in()
    office.clock.advance(staff_sessions.IDLE - 1)
    assert (await client.get("/account")).status_code == 200
    office.clock.advance(staff_sessions.IDLE - 1)
    assert (await client.get("/account")).status_code == 200
    office.clock.advance(staff_sessions.IDLE + 1)
    assert (await client.get("/account")).status_code == 303


async def test_a_session_ends_in_the_end(office: Office) -> None:
    client = await office.signed_in()
    for _ in range(staff_sessions.LONGEST // staff_sessions.IDLE + 2):
        office.clock.advance(staff_sessions.IDLE - 60)
        answer = await client.get("/account")
    assert answer.status_code == 303


async def test_signing_in_gives_a_new_session_and_ends_the_old_one(office: Office) -> None:
    client = await office.signed_in()
    before = client.http.cookies["__Host-console"]
    await client.sign_in(office.colleague())
    assert client.http.cookies["__Host-console"] != before
    stale = office.client()
    stale.http.cookies.set("__Host-console", before, domain="console.example")
    assert (await stale.get("/account")).status_code == 303


async def test_signing_out_ends_the_session_on_the_server(office: Office) -> None:
    client = await office.signed_in()
    token = client.http.cookies["__Host-console"]
    answer = await client.post("/sign-out")
    assert "cache" in answer.headers["clear-site-data"]
    client.http.cookies.set("__Host-console", token, domain="console.example")
    assert (await client.get("/account")).status_code == 303


async def test_a_disabled_member_is_out_at_once(office: Office) -> None:
    client = await office.signed_in(Role.VIEWER)
    with office.engine.begin() as connection:
        staff.disable(connection, office.colleague(Role.VIEWER).member.id)
    assert (await client.get("/account")).status_code == 303
    assert (await office.client().sign_in(office.colleague(Role.VIEWER))).status_code == 401


async def test_one_sees_and_ends_ones_own_sessions(office: Office) -> None:
    first, second = await office.signed_in(), await office.signed_in()
    page = (await first.get("/account")).text
    found = re.search(r"/account/sessions/(\w+)/end", page)
    assert found
    await first.post(f"/account/sessions/{found[1]}/end")
    assert (await second.get("/account")).status_code == 303
    assert (await first.get("/account")).status_code == 200


async def test_nobody_ends_another_ones_session(office: Office) -> None:
    admin, viewer = await office.signed_in(), await office.signed_in(Role.VIEWER)
    with office.engine.connect() as connection:
        theirs = staff_sessions.sessions(
            connection, office.colleague().member.id, office.clock.now()
        )
    answer = await viewer.post(f"/account/sessions/{theirs[0].public_id}/end")
    assert answer.status_code == 404
    assert (await admin.get("/account")).status_code == 200


async def test_another_password_ends_all_other_sessions(office: Office) -> None:
    first, second = await office.signed_in(), await office.signed_in()
    new = "river candle moss eleven"
    done = await first.post("/account/password", {"old": PASSWORD, "new": new, "again": new})
    assert "was changed" in done.text
    assert (await second.get("/account")).status_code == 303
    assert (await first.get("/account")).status_code == 200
    assert (await second.sign_in(office.colleague(), password=new)).status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("wrong", "river candle moss eleven", "river candle moss eleven"),
        (PASSWORD, "river candle moss eleven", "another one entirely"),
        (PASSWORD, "short", "short"),
        (PASSWORD, "password1234", "password1234"),
    ],
)
async def test_a_password_is_not_changed_by_mistake(
    office: Office, old: str, new: str, again: str
) -> None:
    client = await office.signed_in()
    answer = await client.post("/account/password", {"old": old, "new": new, "again": again})
    assert answer.status_code == 422
    assert (await client.sign_in(office.colleague())).status_code == 303


@pytest.mark.parametrize(
    ("password", "good"),
    [
        ("qwertyuiop12", False),
        ("iloveyou1234", False),
        ("passwordpassword", False),
        ("elevenchars", False),
        ("Maria Example", False),
        ("stone otter lamp seven", True),
        ("пароль из четырёх слов", True),
        ("x9#Lk2vQ81pz", True),
        ("long enough " * 10, True),
        ("a" * 257, False),
    ],
)
def test_what_a_password_may_be(password: str, good: bool) -> None:
    assert (passwords.fault(password, "Maria Example") == "") is good


async def test_a_set_up_link_works_once(office: Office) -> None:
    _, token, secret = _invited(office)
    client = office.client()
    assert secret in (await client.get(f"/set-up/{token}")).text
    step = passwords.code_step(secret, _code(office, secret), office.clock.now())
    assert step
    given = {"password": PASSWORD, "again": PASSWORD, "code": _code(office, secret)}
    assert (await client.post(f"/set-up/{token}", given)).status_code == 303
    assert (await client.get(f"/set-up/{token}")).status_code == 404
    assert (await client.post(f"/set-up/{token}", given)).status_code == 404


async def test_a_set_up_link_ends_after_a_day(office: Office) -> None:
    _, token, _ = _invited(office)
    office.clock.advance(LINK_LASTS + 1)
    assert (await office.client().get(f"/set-up/{token}")).status_code == 404


async def test_setting_up_needs_the_apps_code_and_a_good_password(office: Office) -> None:
    _, token, secret = _invited(office)
    client, code = office.client(), _code(office, secret)
    for password, again, given in (
        (PASSWORD, PASSWORD, "000000"),
        ("short", "short", code),
        (PASSWORD, "different one here", code),
    ):
        form = {"password": password, "again": again, "code": given}
        assert (await client.post(f"/set-up/{token}", form)).status_code == 422


async def test_nobody_waits_while_a_password_is_made_slow_to_guess(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token, secret = _invited(office)
    made = passwords.hashed

    def hashed(password: str) -> str:
        with office.engine.begin():  # what the chat writes meanwhile
            return made(password)

    monkeypatch.setattr(passwords, "hashed", hashed)
    given = {"password": PASSWORD, "again": PASSWORD, "code": _code(office, secret)}
    assert (await office.client().post(f"/set-up/{token}", given)).status_code == 303


async def test_guesses_of_one_household_count_together(office: Office) -> None:
    client = office.client()
    for number in range(MOST):
        client.http._transport.client = (f"2001:db8::{number}", 1)  # type: ignore[attr-defined]
        await client.post("/sign-in", {"name": "admin", "password": "x", "code": "1"})
    assert (await client.sign_in(office.colleague())).status_code == 429


async def test_a_new_link_ends_the_old_password_and_sessions(office: Office) -> None:
    client = await office.signed_in(Role.VIEWER)
    who = office.colleague(Role.VIEWER)
    with office.engine.begin() as connection:
        staff.invite(connection, office.vault, who.member.id, "A" * 32, office.clock.now())
    assert (await client.get("/account")).status_code == 303
    assert (await client.sign_in(who)).status_code == 401


async def test_sign_ins_leave_a_trace(office: Office) -> None:
    client = await office.signed_in()
    await client.sign_in(office.colleague(), code="1")
    await client.post("/sign-out")
    counted = Counter(trace.action for trace in office.trail())
    assert counted[Action.SIGNED_IN] == counted[Action.SIGN_IN_REFUSED] == 1
    assert counted[Action.SIGNED_OUT] == 1


async def test_what_was_typed_as_a_name_is_not_kept(office: Office) -> None:
    await office.client().sign_in(office.colleague(), name="my-password-by-mistake")
    assert "mistake" not in str(office.trail())


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/console//evil.example", "/\\evil", "/webhook",
     "javascript:alert(1)", "/console/\nx"],
)  # fmt: skip
async def test_signing_in_leads_to_our_own_pages_only(office: Office, elsewhere: str) -> None:
    answer = await office.client().sign_in(office.colleague(), next=elsewhere)
    assert answer.headers["location"] == "/console/"


async def test_signing_in_leads_to_where_one_wanted_to_go(office: Office) -> None:
    client = office.client()
    asked = await client.get("/account?x=1")
    assert asked.headers["location"] == "/console/sign-in?next=%2Fconsole%2Faccount%3Fx%3D1"
    answer = await client.sign_in(office.colleague(), next="/console/account?x=1")
    assert answer.headers["location"] == "/console/account?x=1"


def _invited(office: Office) -> tuple[str, str, str]:
    secret = passwords.new_secret()
    with office.engine.begin() as connection:
        who = staff.add(connection, "New", Role.VIEWER, "en", office.clock.now())
        token = staff.invite(connection, office.vault, who.id, secret, office.clock.now())
    return who.id, token, secret


def _code(office: Office, secret: str) -> str:
    import pyotp

    return pyotp.TOTP(secret).at(office.clock.now())
