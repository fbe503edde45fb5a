"""The people of the tests leave what real ones would."""

from __future__ import annotations

from sqlalchemy import select

from bot.storage.log_tables import TURN, VISIT
from tests.support.logged import told
from tests.support.office import Office


def test_a_walk_is_in_the_log(office: Office) -> None:
    ref = told(
        office,
        "/start",
        "[Something worries me]",
        "my name is Zyxwina Quokkaberg and my doctor may be angry",
    )
    with office.engine.connect() as connection:
        visit = connection.execute(select(VISIT).where(VISIT.c.ref == ref)).one()
        turns = connection.execute(select(TURN).where(TURN.c.ref == ref)).all()
    assert visit.turns == len(turns) == 3
    assert visit.texts == 1
