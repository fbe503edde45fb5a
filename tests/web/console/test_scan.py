"""A scanner over every route, as everybody: nothing breaks, and nobody gets beyond their role."""

from __future__ import annotations

from urllib.parse import quote

import httpx
import pytest
from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.storage.questions import Asked as Question
from bot.storage.questions import Questions
from bot.storage.review_tables import LABEL, NOTE, RECORD_ALERT, SAVED_VIEW
from bot.storage.staff import Role
from bot.web.console.app import bare_app
from bot.web.console.permission import Permission, may
from bot.web.console.work import CanRead
from tests.support.logged import told
from tests.support.office import Client, Office, book
from tests.support.office import office as make_office
from tests.support.routes import ways
from tests.support.scanning import (
    SCRIPT,
    Asked,
    by_the_description,
    described,
    hostile,
    real_names,
)

ENDS_THE_SESSION = {"POST /sign-out"}
SLOW = {"POST /sign-in", "POST /set-up/{token}", "POST /account/password"}
"""They work on a password, which is slow on purpose."""


@pytest.fixture
def busy(office: Office) -> Office:
    """An office where everything there can be is there."""
    ref = told(office, "/start", "[Something worries me]", "my doctor may be angry with Zyxwina")
    told(office, "/start", "qwerty uiop")
    at = office.clock.now()
    with office.engine.begin() as connection:
        asked = Question("q1", "c1", "question", "en", False, 3, at, "May my sister come?")
        Questions(office.engine.dialect, office.vault).write(connection, [asked])
        connection.execute(LABEL.insert().values(id="l1", name="kind", retired=False, made_at=at))
        text = office.vault.seal("note", "n1", b"a note")
        connection.execute(NOTE.insert().values(id="n1", ref=ref, at=at, staff="", text=text))
        view = {"id": "v1", "name": "mine", "staff": "", "shared": True, "query": "", "made_at": at}
        connection.execute(SAVED_VIEW.insert().values(**view))
        record = next(iter(book().directory.records))
        alert = {"record": record, "at": at, "staff": "", "reason": "closed"}
        connection.execute(RECORD_ALERT.insert().values(**alert))
    return office


@pytest.fixture(scope="module")
def thought_of(tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    """What schemathesis thinks of: thinking takes longer than asking."""
    made = make_office(tmp_path_factory.mktemp("described"))
    found = list(by_the_description(made.app, 2))
    made.engine.dispose()
    return found


@pytest.mark.parametrize("role", [None, *Role])
async def test_what_schemathesis_thinks_of_breaks_nothing(
    busy: Office, thought_of: list[Asked], role: Role | None
) -> None:
    client, token = await _somebody(busy, role)
    needs = {str(way): way.permission for way in ways(busy.app)}
    for asked in thought_of:
        if asked.way not in ENDS_THE_SESSION and (role is Role.ADMIN or asked.way not in SLOW):
            _is_fine(asked, await asked.by(client, token), role, needs[asked.way])
    await _still_there(client, role)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMIN])
async def test_hostile_strings_break_nothing(busy: Office, role: Role) -> None:
    client, token = await _somebody(busy, role)
    needs = {str(way): way.permission for way in ways(busy.app)}
    for asked in hostile(busy.app, [*real_names(busy.engine), *book().flows], 5):
        if asked.way not in ENDS_THE_SESSION | SLOW:
            _is_fine(asked, await asked.by(client, token), role, needs[asked.way])
    await _still_there(client, role)


async def test_hostile_strings_do_not_let_in(office: Office) -> None:
    client = office.client()
    office.colleague()
    for asked in hostile(office.app, ["Admin"], 3, SLOW - {"POST /account/password"}):
        answer = await asked.by(client, "")
        assert answer.status_code in {401, 404, 422, 429}, asked
    assert not client.http.cookies


@pytest.mark.parametrize("fault", ["breaks", "repeats", "leads away"])
async def test_a_careless_page_is_found(office: Office, fault: str) -> None:
    careless = APIRouter()

    @careless.get("/careless/{name}")
    def page(_work: CanRead, name: str, q: str = "") -> Response:
        if fault == "leads away":
            return RedirectResponse(quote(q, safe=":/"))
        return HTMLResponse(q if fault == "repeats" else str(len(name) // (1 - ("\0" in q))))

    office.app = bare_app(office.parts, [careless])
    client, token = await _somebody(office, Role.VIEWER)

    async def scan() -> None:
        for asked in hostile(office.app, [], 100, {"GET /careless/{name}"}):
            _is_fine(asked, await asked.by(client, token), Role.VIEWER, Permission.READ)

    with pytest.raises(AssertionError):
        await scan()


async def test_other_methods_are_refused(office: Office) -> None:
    client, token = await _somebody(office, Role.VIEWER)
    paths = {way.partition(" ")[2] for way in described(office.app)}
    for path in sorted(paths):
        for method in ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "X"):
            answer = await Asked(f"{method} {path}", path.replace("{", "").replace("}", "")).by(
                client, token
            )
            assert answer.status_code in {404, 405}, (method, path, answer.status_code)


def test_the_scanner_knows_every_route(office: Office) -> None:
    assert set(described(office.app)) == {str(way) for way in ways(office.app)}


def _is_fine(
    asked: Asked, answer: httpx.Response, role: Role | None, needs: Permission | None
) -> None:
    status = answer.status_code
    assert status < 500, (asked, status, answer.text)
    assert SCRIPT not in answer.text or "json" in answer.headers["content-type"], asked
    assert "evil" not in answer.headers.get("set-cookie", ""), asked
    assert _is_ours(answer.headers.get("location", "/console/")), (asked, answer.headers)
    if needs is not None and (role is None or not may(role, needs)):
        _is_barred(asked, answer, role)


def _is_barred(asked: Asked, answer: httpx.Response, role: Role | None) -> None:
    """A path with a stroke in it may lead to another page than the one that was meant, or to none."""
    if role is None and answer.status_code == 303:
        assert answer.headers["location"].startswith("/console/sign-in"), asked
    else:
        assert answer.status_code in {403, 404, 405}, (asked, answer.status_code)
        assert "That was not done" in answer.text, asked


def _is_ours(location: str) -> bool:
    return location.startswith("/console/") and "//" not in location.partition("?")[0]


async def _somebody(office: Office, role: Role | None) -> tuple[Client, str]:
    if role is None:
        return office.client(), ""
    client = await office.signed_in(role)
    return client, await client.form_token()


async def _still_there(client: Client, role: Role | None) -> None:
    if role is not None:
        assert (await client.get("/account")).status_code == 200, "the scan lost its session"
