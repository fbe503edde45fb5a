"""What waits for a person of the staff, in numbers.

Decides what counts as waiting for questions and for texts nobody understood. Lists of work are exact: whoever works on
them sees them anyway. Reports are counted in `record_checks`, conversations in `visits`.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, func, literal_column, select

from bot.storage.log_tables import TURN
from bot.storage.questions import Standing
from bot.storage.review_tables import ASSIGNED
from bot.storage.tables import QUESTION
from dialogs.engine.result import ForStaff


class Queue(NamedTuple):
    """How many wait, and since when the oldest does; None when nothing waits."""

    number: int
    since: int | None


def questions(connection: Connection, standing: Standing) -> Queue:
    """Questions of people that stand so."""
    row = QUESTION.c
    waiting = select(func.count(), func.min(row.asked_at)).where(
        row.kind == ForStaff.QUESTION.value, row.state == standing.value
    )
    return Queue(*connection.execute(waiting.select_from(QUESTION)).one())


def not_understood(connection: Connection, since: int) -> int:
    """Kept texts from then on that nobody understood, and that staff have not assigned to an intent yet."""
    row = TURN.c
    missed = row.repair != literal_column(
        "''"
    )  # written out: a bound value would not use the index
    assigned = select(ASSIGNED.c.turn).where(ASSIGNED.c.turn == row.id).exists()
    waiting = select(func.count()).where(missed, row.at >= since, row.text.is_not(None), ~assigned)
    return connection.scalar(waiting.select_from(TURN)) or 0
