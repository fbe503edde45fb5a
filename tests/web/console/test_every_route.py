"""What holds for each route of the console, also for one that is added tomorrow."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from fastapi import APIRouter

from bot.storage.staff import Role
from bot.web.console.app import ROUTERS, bare_app
from bot.web.console.headers import ALWAYS, POLICY
from bot.web.console.permission import Permission, may
from bot.web.console.work import CanRead
from tests.support.office import Client, Office
from tests.support.routes import Way, ways

FORM = "application/x-www-form-urlencoded"
FROM_US = {"sec-fetch-site": "same-origin"}
OPEN = {
    "GET /static/{hash_}/{name}", "GET /sign-in", "POST /sign-in",
    "GET /sign-on", "GET /sign-on/back", "GET /set-up/{token}", "POST /set-up/{token}",
}  # fmt: skip
"""All that is answered before signing in."""


async def ask(client: Client, way: Way) -> int:
    """The status of the answer."""
    if way.method == "GET":
        return (await client.get(way.path)).status_code
    return (await client.post(way.path)).status_code


def test_few_routes_are_open(office: Office) -> None:
    assert {str(way) for way in ways(office.app) if way.permission is None} == OPEN


def test_a_route_without_a_permission_is_found(office: Office) -> None:
    careless = APIRouter()

    @careless.get("/careless")
    def careless_page() -> str:
        return "secrets"

    with pytest.raises(AssertionError, match="careless"):
        ways(bare_app(office.parts, [careless]))


def test_every_router_is_served(office: Office) -> None:
    assert sum(len(router.routes) for router in ROUTERS) == len(office.app.routes)


async def test_nobody_sees_anything_before_signing_in(office: Office) -> None:
    client = office.client()
    for way in ways(office.app):
        if way.permission is not None:
            answer = await (client.get(way.path) if way.method == "GET" else client.post(way.path))
            assert answer.status_code == 303, way
            assert answer.headers["location"].startswith("/console/sign-in"), way
            assert answer.text == "", way


@pytest.mark.parametrize("role", list(Role))
async def test_each_role_gets_exactly_what_it_may(office: Office, role: Role) -> None:
    client = await office.signed_in(role)
    for way in ways(office.app):
        if way.permission is None or way.route == "/sign-out":
            continue
        status = await ask(client, way)
        assert status < 500, (way, status)
        assert (status == 403) is not may(role, way.permission), (way, status)


async def test_a_refusal_leaves_a_trace(office: Office) -> None:
    client = await office.signed_in(Role.VIEWER)
    barred = [way for way in ways(office.app) if way.permission is Permission.ADMIN]
    for way in barred:
        await ask(client, way)
    refused = [trace for trace in office.trail() if trace.action == "refused"]
    assert [trace.subject for trace in refused] == [way.route for way in barred]


async def test_every_answer_carries_the_headers(office: Office) -> None:
    clients = [office.client(), await office.signed_in(Role.ADMIN)]
    for client in clients:
        for way in [*ways(office.app), Way("GET", "/no-such-page", None)]:
            if way.route == "/sign-out":
                continue
            answer = await (client.get(way.path) if way.method == "GET" else client.post(way.path))
            for name, value in ALWAYS.items():
                assert answer.headers[name] == value, (way, name)
            assert answer.headers["strict-transport-security"].startswith("max-age=31536000; incl")
            assert answer.headers["cache-control"] == "no-store", way


def test_the_policy_allows_nothing_inline() -> None:
    assert POLICY.startswith("default-src 'none'")
    assert "unsafe" not in POLICY
    assert "*" not in POLICY


SITES = ("same-origin", "same-site", "cross-site", "none", None)
ORIGINS = ("ours", "https://evil.example", "null", None)


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("origin", ORIGINS)
async def test_only_our_own_pages_change_something(
    office: Office, site: str | None, origin: str | None
) -> None:
    client = await office.signed_in()
    token = await client.form_token()
    said = office.parts.origin if origin == "ours" else origin
    headers = {"sec-fetch-site": site, "origin": said}
    answer = await client.http.post(
        "/console/account/language",
        data={"locale": "es", "form_token": token},
        headers={name: value for name, value in headers.items() if value is not None},
    )
    fine = site in {"same-origin", None} and origin in {"ours", None} and (site or origin)
    assert answer.status_code == (303 if fine else 403)


@pytest.mark.parametrize("token", ["", "0" * 64, "other"])
async def test_a_form_without_this_sessions_token_changes_nothing(
    office: Office, token: str
) -> None:
    client = await office.signed_in()
    if token == "other":
        token = await (await office.signed_in(Role.VIEWER)).form_token()
    for way in ways(office.app):
        if way.method == "POST" and way.permission is not None:
            answer = await client.post(way.path, {}, token=token)
            assert answer.status_code == 403, way


async def test_a_form_that_is_too_large_is_refused(office: Office) -> None:
    client = await office.signed_in()
    answer = await client.post("/account/language", {"locale": "x" * 2_000_000})
    assert answer.status_code == 413


async def test_a_form_that_does_not_say_its_length_is_counted(office: Office) -> None:
    client = await office.signed_in()

    async def pieces() -> AsyncIterator[bytes]:
        yield b"locale="
        for _ in range(20):
            yield b"x" * 100_000

    headers = FROM_US | {"origin": office.parts.origin, "content-type": FORM}
    answer = await client.http.post("/console/account/language", content=pieces(), headers=headers)
    assert answer.status_code == 413
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("length", ["x", "-1", "\u00b2", "9" * 30, "1e3"])
async def test_a_length_that_is_none_is_refused(office: Office, length: str) -> None:
    client = await office.signed_in()
    headers = [
        ("origin", office.parts.origin), ("sec-fetch-site", "same-origin"), ("content-type", FORM),
        ("content-length", length),
    ]  # fmt: skip
    answer = await client.http.post(
        "/console/account/language",
        content=b"",
        headers=[(name.encode(), value.encode("latin-1")) for name, value in headers],
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "kind",
    ["application/json", "multipart/form-data; boundary=x", "application/xml", "text/plain",
     "application/x-www-form-urlencoded; charset=utf-7"],
)  # fmt: skip
async def test_only_forms_are_read(office: Office, kind: str) -> None:
    client = await office.signed_in()
    headers = FROM_US | {"origin": office.parts.origin, "content-type": kind}
    answer = await client.http.post("/console/sign-out", content=b"{}", headers=headers)
    assert answer.status_code == 415


async def test_a_token_of_strange_signs_is_refused_like_any_other(office: Office) -> None:
    client = await office.signed_in()
    answer = await client.post("/account/language", {"locale": "es"}, token="\u00e9\0")
    assert answer.status_code == 403
    said = FROM_US | {"origin": office.parts.origin, "x-form-token": "\u00e9"}
    headers = [(name.encode(), value.encode("latin-1")) for name, value in said.items()]
    answer = await client.http.post("/console/sign-out", headers=headers)
    assert answer.status_code == 403


async def test_a_stroke_too_many_leads_nowhere(office: Office) -> None:
    client = await office.signed_in()
    answer = await client.get("/account/", host="evil.example")
    assert answer.status_code == 404


async def test_what_cannot_be_read_is_not_repeated(office: Office) -> None:
    client = await office.signed_in()
    answer = await client.post("/account/language", {"locale": "<script>alert(1)</script>" * 9})
    assert answer.status_code == 422
    assert "alert" not in answer.text


async def test_an_unforeseen_error_tells_nothing(office: Office) -> None:
    broken = APIRouter()

    @broken.get("/broken")
    def page(work: CanRead) -> str:
        raise ZeroDivisionError(f"secret of {work.member.name}")

    office.app = bare_app(office.parts, [broken])
    client = await office.signed_in()
    answer = await client.get("/broken")
    assert answer.status_code == 500
    assert answer.text.startswith("Something went wrong.")
    assert "secret" not in answer.text


async def test_pages_keep_nothing_in_the_browser(office: Office) -> None:
    page = (await (await office.signed_in()).get("/account")).text
    assert '"historyCacheSize": 0' in page
    assert '"allowEval": false' in page
    assert '"allowScriptTags": false' in page
    script = await _script(office)
    for word in ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "eval("):
        assert word not in script


async def _script(office: Office) -> str:
    assets = office.app.state.assets
    address = assets.address("console.js").removeprefix("/console")
    answer = await office.client().get(address)
    assert "immutable" in answer.headers["cache-control"]
    return answer.text
