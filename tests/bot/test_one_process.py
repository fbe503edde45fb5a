"""A second process on one SQLite file is refused, and the lock goes with the process that holds it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.storage.one_process import OneProcess, TakenError

HOLD = """
import sys
from bot.storage.one_process import OneProcess
held = OneProcess(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_holder_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'chats.sqlite3'}"
    first = OneProcess(url)
    with pytest.raises(TakenError):
        OneProcess(url)
    first.release()
    OneProcess(url).release()


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'chats.sqlite3'}"
    command = [sys.executable, "-c", HOLD, url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(TakenError):
            OneProcess(url)
        other.kill()
        other.wait()
    OneProcess(url).release()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql+psycopg://h/d"])
def test_memory_and_servers_need_no_lock(url: str) -> None:
    OneProcess(url)
    OneProcess(url)
