"""Every `.chat` file of this directory, played twice: on the engine alone, and on the running program.

The folder names the behaviour, the file the sentence that must hold. How a file is written stands in
`tests/support/script.py`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from dialogs.book import load_book
from tests.support.engine_chat import EngineChat
from tests.support.live import Live, live_program
from tests.support.script import play, read_script
from tests.support.world_chat import WorldChat

HERE = Path(__file__).parent
SCRIPTS = sorted(HERE.glob("*/*.chat"))


def _named(path: Path) -> str:
    return f"{path.parent.name}: {path.stem}"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def live(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Live]:
    """One running program for all conversations; each has a person of its own."""
    async with live_program(tmp_path_factory.mktemp("conversations")) as running:
        yield running


@pytest.mark.parametrize("path", SCRIPTS, ids=_named)
async def test_on_the_engine(path: Path) -> None:
    await play(read_script(path), EngineChat(load_book()))


@pytest.mark.parametrize("path", SCRIPTS, ids=_named)
@pytest.mark.asyncio(loop_scope="module")
async def test_through_http_and_database(path: Path, live: Live) -> None:
    chat = WorldChat(live)
    await play(read_script(path), chat)
    chat.close()
