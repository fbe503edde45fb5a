"""Whether people answer here, and how long it usually takes.

Decides what turns are told about staff. It is measured now and then, off the hot path; a turn only reads it.
"""

from __future__ import annotations

from sqlalchemy import Engine

from bot.storage.engine import reading
from bot.storage.questions import usual_hours
from dialogs.engine.said import Staff


class Answering:
    """What is known about staff. `staff` may be called from any thread."""

    def __init__(self, engine: Engine, *, active: bool) -> None:
        """`active`: the setting BOT_ANSWERING."""
        self._engine = reading(engine)
        self._staff = Staff(active)

    def staff(self) -> Staff:
        """What was measured last."""
        return self._staff

    def measure(self, now: int) -> None:
        """Measure how long answers took."""
        if self._staff.active:
            with self._engine.connect() as connection:
                self._staff = Staff(active=True, usual_hours=usual_hours(connection, now))
