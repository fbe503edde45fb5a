"""A console on a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.office import Office
from tests.support.office import office as make_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The console."""
    made = make_office(tmp_path)
    yield made
    made.engine.dispose()
