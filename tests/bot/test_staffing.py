"""`python -m bot staff`, as it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.privacy.vault import new_keys
from bot.settings import Settings
from bot.storage import staff
from bot.storage.audit import traces
from bot.storage.engine import open_engine
from bot.storage.one_process import OneProcess
from bot.storage.staff import Standing

ADDRESS = "https://help.example"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Nothing but keys, a database and the console's address."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    url = f"sqlite:///{tmp_path / 'staff.sqlite3'}"
    data_key, lookup_key = new_keys()
    for name, value in {
        "BOT_DATA_KEYS": data_key,
        "BOT_LOOKUP_KEY": lookup_key,
        "DATABASE_URL": url,
        "CONSOLE_URL": f"{ADDRESS}/",
    }.items():
        monkeypatch.setenv(name, value)
    return url


@pytest.fixture
def engine(environment: str) -> Iterator[Engine]:
    """The database, up to date."""
    assert CliRunner().invoke(app, ["migrate"]).exit_code == 0
    made = open_engine(environment)
    yield made
    made.dispose()


def typed(*words: str) -> Result:
    """What `python -m bot staff …` does."""
    return CliRunner().invoke(app, ["staff", *words])


def refused(*words: str) -> str:
    """The one line with which it is refused."""
    ended = typed(*words)
    assert ended.exit_code == 2, ended.output
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    return ended.stderr


def test_the_first_admin_is_added_beside_a_running_program(
    engine: Engine, environment: str
) -> None:
    alone = OneProcess(environment)
    link, said = typed("add", "Ana Example", "--role", "admin").stdout.splitlines()
    alone.release()
    assert link.startswith(f"{ADDRESS}/console/set-up/")
    assert said.startswith("It works once, for 24 hours.")
    token = link.rpartition("/")[2]
    with engine.connect() as connection:
        (made,) = staff.members(connection)
        assert staff.invited(connection, token, made.made_at) == made
        assert (made.name, made.role, made.standing) == ("Ana Example", "admin", Standing.INVITED)


def test_it_leaves_a_trace(engine: Engine) -> None:
    typed("add", "Ana", "--role", "lead")
    typed("link", "ana")
    typed("disable", "ANA")
    typed("link", "Ana")
    with engine.connect() as connection:
        found = traces(connection)[::-1]
    assert [(trace.name, trace.action, trace.detail) for trace in found] == [
        ("", "staff_added", "lead, command line"),
        ("", "staff_linked", "command line"),
        ("", "staff_disabled", "command line"),
        ("", "staff_enabled", "command line"),
    ]


def test_a_fresh_link_ends_the_one_before(engine: Engine) -> None:
    first = typed("add", "Ana").stdout.split()[0].rpartition("/")[2]
    second = typed("link", "Ana").stdout.split()[0].rpartition("/")[2]
    with engine.connect() as connection:
        assert staff.invited(connection, first, 0) is None
        assert staff.invited(connection, second, 0) is not None


@pytest.mark.usefixtures("engine")
def test_everybody_is_listed() -> None:
    assert typed("list").stdout.startswith("nobody yet; ")
    typed("add", "Ben", "--role", "reviewer")
    typed("add", "Ana")
    typed("disable", "Ana")
    assert typed("list").stdout == "Ana  viewer  disabled\nBen  reviewer  invited\n"


def test_the_last_admin_stays(engine: Engine) -> None:
    typed("add", "Ana", "--role", "admin")
    with engine.begin() as connection:
        (ana,) = staff.members(connection)
        staff.set_up(connection, ana.id, "a hash", 0)
    assert "last admin" in refused("disable", "Ana")


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (("add", "Ana", "--role", "owner"), "viewer, reviewer, lead, admin"),
        (("add", "Ana", "--locale", "xx"), "en, es"),
        (("add", " "), "A name has 1 to 64"),
        (("add", "a\nb\u202e"), "A name has 1 to 64"),
        (("link", "Nobody"), "staff list"),
        (("disable", "Nobody"), "staff list"),
    ],
)
def test_what_is_refused_is_one_clear_line(words: tuple[str, ...], mend: str) -> None:
    assert mend in refused(*words)


@pytest.mark.usefixtures("engine")
def test_nobody_is_added_twice_or_disabled_twice() -> None:
    typed("add", "Ana")
    assert "already" in refused("add", "ANA")
    typed("disable", "Ana")
    assert "already" in refused("disable", "Ana")


def test_without_the_consoles_address_no_link_is_made(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CONSOLE_URL")
    assert refused("add", "Ana").startswith("CONSOLE_URL is missing")
    with engine.connect() as connection:
        assert staff.members(connection) == []


def test_an_old_database_is_one_clear_line() -> None:
    assert refused("list").startswith("DATABASE_URL is not up to date")
