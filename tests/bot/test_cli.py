"""The commands, as they are typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import Settings, read_settings

ROOT = Path(__file__).parents[2]
runner = CliRunner()


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of this machine, and no `.env` file."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def python_m_bot(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The program as people start it, with nothing set."""
    bare = {
        name: os.environ[name] for name in ("PATH", "HOME", "VIRTUAL_ENV") if name in os.environ
    }
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=cwd,
        env=bare | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_without_a_command_it_shows_the_commands(tmp_path: Path) -> None:
    shown = python_m_bot(cwd=tmp_path)
    for command in ("run", "migrate", "demo", "check", "review-sheet", "graph", "keys"):
        assert command in shown.stdout + shown.stderr


def test_running_without_a_token_is_one_clear_line(tmp_path: Path) -> None:
    ended = python_m_bot("run", cwd=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr.startswith("TELEGRAM_BOT_TOKEN is missing: ")
    assert ended.stderr.count("\n") == 1
    assert ended.stdout == ""


def test_fresh_keys_are_lines_for_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    first = runner.invoke(app, ["keys", "new"])
    assert first.exit_code == 0
    for line in first.stdout.splitlines():
        name, _, value = line.partition("=")
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:a")
    assert read_settings().data_keys
    assert runner.invoke(app, ["keys", "new"]).stdout != first.stdout


def test_migrating_makes_the_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/there/kept.sqlite3")
    assert runner.invoke(app, ["migrate"]).exit_code == 0
    assert (tmp_path / "there" / "kept.sqlite3").exists()
    assert runner.invoke(app, ["migrate"]).exit_code == 0


def test_a_wrong_database_address_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense")
    ended = runner.invoke(app, ["migrate"])
    assert ended.exit_code == 2
    assert ended.stderr.startswith("DATABASE_URL is wrong: ")


def test_showing_help_loads_no_library_of_the_program() -> None:
    code = "import sys, bot.cli; print([m for m in ('telegram', 'sqlalchemy') if m in sys.modules])"
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "[]"
