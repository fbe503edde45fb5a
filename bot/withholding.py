"""Which records of the directory people are not shown now, because staff are looking into them.

Decides what turns are told. It is looked up now and then, off the hot path; a turn only reads it.
"""

from __future__ import annotations

from sqlalchemy import Engine

from bot.storage.engine import reading
from bot.storage.record_alerts import withheld


class Withholding:
    """What is known about alerts. `ids` may be called from any thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = reading(engine)
        self._ids: frozenset[str] = frozenset()

    def ids(self) -> frozenset[str]:
        """The ids that were withheld when it was last looked."""
        return self._ids

    def look(self) -> None:
        """Look again. What was known stays known when the database cannot be read."""
        with self._engine.connect() as connection:
            found = withheld(connection)
        if found != self._ids:
            self._ids = found
