"""Memory at rest, as in the running program.

A message's budget is the thread's own time: collecting what thousands of other tests left behind would be counted
as the message's.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module", autouse=True)
def settled() -> Iterator[None]:
    """Nothing that was made before is looked at by the garbage collector."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
