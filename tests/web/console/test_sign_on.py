"""Single sign-on: whom the provider's word lets in, and whom not."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.run import provider_of
from bot.settings import Settings, SettingsError, read_settings
from bot.storage import staff
from bot.storage.attempts import MOST
from bot.storage.audit import Action
from bot.storage.staff import Role
from bot.web.console.app import bare_app
from bot.web.console.parts import SIGN_ON_BACK
from bot.web.console.sign_on import LASTS
from bot.web.console.single_sign_on import Provider, riddle
from tests.support.live import DATA_KEY, LOOKUP_KEY
from tests.support.office import ADDRESS, Client, Office
from tests.support.provider import CLIENT, ISSUER, SECRET, FakeProvider

COOKIE = "__Host-sign-on"


@pytest.fixture
def provider(office: Office) -> FakeProvider:
    """A provider that this office uses."""
    fake = FakeProvider(office.clock)
    transport = httpx.MockTransport(fake.handle)
    back = f"{ADDRESS}{SIGN_ON_BACK}"
    real = Provider(ISSUER, CLIENT, SECRET, back, office.clock, transport)
    office.parts = replace(office.parts, sign_on=real)
    office.app = bare_app(office.parts)
    return fake


async def goes(client: Client, provider: FakeProvider, start: str = "/sign-on") -> httpx.Response:
    """Go to the provider and come back."""
    asked = await client.get(start)
    assert asked.status_code == 303, asked.text
    code = provider.agrees(asked.headers["location"])
    return await client.get(f"/sign-on/back?code={code}&state={provider.asked['state']}")


async def tied(office: Office, provider: FakeProvider, role: Role = Role.REVIEWER) -> Client:
    """A browser of somebody who has tied their account."""
    client = await office.signed_in(role)
    assert (await goes(client, provider, "/account/sign-on")).status_code == 200
    return client


async def test_a_member_ties_their_account_and_signs_in_with_it(
    office: Office, provider: FakeProvider
) -> None:
    await tied(office, provider)
    client = office.client()
    assert "Sign in with single sign-on" in await client.see("/sign-in")
    page = await goes(client, provider, "/sign-on?next=/console/about")
    assert page.status_code == 200
    assert 'content="0; url=/console/about"' in page.text
    assert "SameSite=strict" in page.headers["set-cookie"]
    assert "Reviewer · reviewer" in await client.see("/about")
    assert COOKIE not in client.http.cookies


async def test_the_question_is_ours_alone(office: Office, provider: FakeProvider) -> None:
    first, second = [await office.client().get("/sign-on") for _ in range(2)]
    provider.agrees(first.headers["location"])
    asked = provider.asked
    assert asked["response_type"] == "code"
    assert asked["scope"] == "openid"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "https://console.example/console/sign-on/back"
    provider.agrees(second.headers["location"])
    for name in ("state", "nonce", "code_challenge"):
        assert asked[name] != provider.asked[name]
    cookie = first.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    for word in ("Secure", "HttpOnly", "SameSite=lax", f"Max-Age={LASTS}"):
        assert word in cookie
    assert asked["nonce"] not in cookie


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
async def test_both_kinds_of_keys_are_known(
    office: Office, provider: FakeProvider, algorithm: str
) -> None:
    provider.algorithm = algorithm
    await tied(office, provider)


@pytest.mark.parametrize(
    "bent",
    [
        {"nonce": "another"}, {"nonce": None}, {"aud": "another"}, {"aud": None},
        {"aud": [CLIENT, "another"]}, {"azp": "another"}, {"iss": "https://evil.example"}, {"iss": None},
        {"exp": 1}, {"exp": None}, {"iat": 4_000_000_000}, {"sub": None}, {"sub": "x" * 256}, {"exp": "soon"},
        {"nbf": 4_000_000_000},
    ],
)  # fmt: skip
async def test_a_token_that_is_not_for_us_now_lets_nobody_in(
    office: Office, provider: FakeProvider, bent: dict[str, Any]
) -> None:
    await tied(office, provider)
    provider.bent = bent
    await _is_refused(office, provider)


@pytest.mark.parametrize("algorithm", ["none", "HS256", "PS256"])
async def test_other_signatures_let_nobody_in(
    office: Office, provider: FakeProvider, algorithm: str
) -> None:
    await tied(office, provider)
    provider.algorithm = algorithm
    await _is_refused(office, provider)


async def test_another_ones_key_lets_nobody_in(office: Office, provider: FakeProvider) -> None:
    await tied(office, provider)
    provider.signed_by = 1
    await _is_refused(office, provider)


async def test_an_account_nobody_tied_lets_nobody_in_and_makes_nobody(
    office: Office, provider: FakeProvider
) -> None:
    await tied(office, provider)
    provider.sub = "person-2"
    assert "not tied to anybody of staff" in (await _is_refused(office, provider)).text
    with office.engine.connect() as connection:
        assert len(staff.members(connection)) == 1


@pytest.mark.parametrize("state", ["", "wrong", "%00%C3%A9"])
async def test_an_answer_to_another_question_is_refused(
    office: Office, provider: FakeProvider, state: str
) -> None:
    await tied(office, provider)
    provider.calls.clear()
    client = office.client()
    code = provider.agrees((await client.get("/sign-on")).headers["location"])
    answer = await client.get(f"/sign-on/back?code={code}&state={state}")
    assert answer.status_code == 403
    assert provider.calls == []


async def test_another_browser_cannot_use_the_answer(
    office: Office, provider: FakeProvider
) -> None:
    await tied(office, provider)
    code = provider.agrees((await office.client().get("/sign-on")).headers["location"])
    stranger = office.client()
    path = f"/sign-on/back?code={code}&state={provider.asked['state']}"
    assert (await stranger.get(path)).status_code == 403
    stranger.http.cookies.set(COOKIE, "bm9uc2Vuc2U=", domain="console.example")
    assert (await stranger.get(path)).status_code == 403


async def test_the_way_there_and_back_takes_ten_minutes_at_most(
    office: Office, provider: FakeProvider
) -> None:
    await tied(office, provider)
    client = office.client()
    code = provider.agrees((await client.get("/sign-on")).headers["location"])
    office.clock.advance(LASTS + 1)
    path = f"/sign-on/back?code={code}&state={provider.asked['state']}"
    assert (await client.get(path)).status_code == 403


async def test_tying_needs_the_session_it_began_in(office: Office, provider: FakeProvider) -> None:
    client = await office.signed_in(Role.REVIEWER)
    code = provider.agrees((await client.get("/account/sign-on")).headers["location"])
    await client.post("/sign-out")
    path = f"/sign-on/back?code={code}&state={provider.asked['state']}"
    assert (await client.get(path)).status_code == 403
    assert (await office.client().get("/account/sign-on")).status_code == 303


async def test_an_account_is_tied_to_one_member(office: Office, provider: FakeProvider) -> None:
    await tied(office, provider)
    other = await office.signed_in(Role.VIEWER)
    answer = await goes(other, provider, "/account/sign-on")
    assert answer.status_code == 403
    assert "another member" in answer.text


@pytest.mark.parametrize("deed", ["untie", "disable", "link"])
async def test_an_account_that_is_untied_lets_in_no_longer(
    office: Office, provider: FakeProvider, deed: str
) -> None:
    client, who = await tied(office, provider), office.colleague(Role.REVIEWER).member
    if deed == "untie":
        assert "is tied" in await client.see("/account")
        await client.post("/account/sign-on/untie")
        assert "Tie my account" in await client.see("/account")
    else:
        await (await office.signed_in()).post(f"/staff/{who.id}/{deed}")
    await _is_refused(office, provider)


async def test_it_leaves_a_trace_without_the_account(
    office: Office, provider: FakeProvider
) -> None:
    client = await tied(office, provider)
    await goes(office.client(), provider)
    await client.post("/account/sign-on/untie")
    await goes(office.client(), provider)
    trail = office.trail()
    assert [(trace.action, trace.detail) for trace in trail][1:] == [
        (Action.SIGN_ON_TIED, ""),
        (Action.SIGNED_IN, "single sign-on"),
        (Action.SIGN_ON_UNTIED, ""),
        (Action.SIGN_IN_REFUSED, "single sign-on"),
    ]
    assert "person-1" not in str(trail)


async def test_asking_again_and_again_is_stopped(office: Office, provider: FakeProvider) -> None:
    client = office.client()
    for _ in range(MOST):
        await goes(client, provider)
    before = len(provider.calls)
    assert "Too many tries" in (await goes(client, provider)).text
    assert len(provider.calls) == before


@pytest.mark.parametrize("path", ["/tenant/.well-known/openid-configuration", "/token", "/keys"])
async def test_a_provider_that_fails_is_a_sentence(
    office: Office, provider: FakeProvider, path: str
) -> None:
    provider.broken = path
    client = office.client()
    asked = await client.get("/sign-on")
    if asked.status_code == 303:
        code = provider.agrees(asked.headers["location"])
        asked = await client.get(f"/sign-on/back?code={code}&state={provider.asked['state']}")
    assert asked.status_code in {403, 422}
    assert "did not work" in asked.text


@pytest.mark.parametrize(
    "discovered",
    [{"issuer": "https://evil.example"}, {"authorization_endpoint": "http://id.example/a"}],
)
async def test_a_provider_that_is_another_is_not_asked(
    office: Office, provider: FakeProvider, discovered: dict[str, Any]
) -> None:
    provider.discovered = discovered
    assert (await office.client().get("/sign-on")).status_code == 422


async def test_where_its_doors_are_is_asked_once_an_hour(
    office: Office, provider: FakeProvider
) -> None:
    for _ in range(3):
        await office.client().get("/sign-on")
    assert len(provider.calls) == 1


async def test_without_a_provider_there_is_no_single_sign_on(office: Office) -> None:
    client = await office.signed_in()
    for path in ("/sign-on", "/sign-on/back", "/account/sign-on"):
        assert (await client.get(path)).status_code == 404
    assert "ingle sign-on" not in await client.see("/account")
    assert "ingle sign-on" not in await office.client().see("/sign-in")


def settings() -> Settings:
    """Those of a program with single sign-on."""
    return read_settings(
        _env_file=None, telegram_bot_token="1:a", bot_data_keys=DATA_KEY, bot_lookup_key=LOOKUP_KEY,
        console_url=f"{ADDRESS}/", oidc_issuer=ISSUER, oidc_client_id=CLIENT, oidc_client_secret=SECRET,
    )  # fmt: skip


def test_the_program_asks_the_provider_of_its_settings(office: Office) -> None:
    fake = FakeProvider(office.clock)
    made = provider_of(settings(), ADDRESS, office.clock)
    assert made is not None
    made._transport = httpx.MockTransport(fake.handle)
    fake.agrees(made.question(riddle()))
    assert fake.asked["redirect_uri"] == "https://console.example/console/sign-on/back"


def test_without_the_library_it_says_what_to_install(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "bot.web.console.single_sign_on", None)
    with pytest.raises(SettingsError, match="pip install"):
        provider_of(settings(), ADDRESS, office.clock)


def test_without_a_provider_its_library_is_not_loaded() -> None:
    code = (
        "import sys, bot.run, bot.web.console.app; "
        "print([m for m in ('authlib', 'joserfc') if m in sys.modules])"
    )
    root = Path(__file__).parents[3]
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "[]"


async def _is_refused(office: Office, provider: FakeProvider) -> httpx.Response:
    client = office.client()
    answer = await goes(client, provider)
    assert answer.status_code == 403
    assert office.parts.cookie not in client.http.cookies
    return answer
