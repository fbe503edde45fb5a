"""Seen inputs, daily counters and timers, for the writer thread.

Decides how a batch writes them: one statement for each table. It does not decide what is counted or
when a timer is due.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, delete

from bot.storage.statements import Binds, Each, Whole, upsert_for
from bot.storage.tables import SEEN, TALLY, TIMER

DAY = 86_400
SeenKey = tuple[str, int]
Count = tuple[str, str, str]
"""kind, place, detail."""

TimerSet = tuple[str, str, int, int, int]
"""conversation, name, id, due, stamp."""


class Records:
    """Statements on `seen`, `tally` and `timer`."""

    def __init__(self, dialect: Dialect) -> None:
        upsert = upsert_for(dialect)

        def admit(rows: Sequence[Binds]) -> Any:  # noqa: ANN401 - each dialect has its own Insert
            values = [{"source": source, "id": number, "at": at} for source, number, at in rows]
            statement = upsert(SEEN).values(values).on_conflict_do_nothing()
            return statement.returning(SEEN.c.source, SEEN.c.id)

        def tally(p: Binds) -> Any:  # noqa: ANN401 - as above
            statement = upsert(TALLY).values(
                day=p[0], kind=p[1], place=p[2], detail=p[3], count=p[4]
            )
            return statement.on_conflict_do_update(
                index_elements=["day", "kind", "place", "detail"],
                set_={"count": TALLY.c.count + statement.excluded.count},
            )

        def set_timer(p: Binds) -> Any:  # noqa: ANN401 - as above
            statement = upsert(TIMER).values(
                conversation=p[0], name=p[1], id=p[2], due=p[3], stamp=p[4]
            )
            new = statement.excluded
            return statement.on_conflict_do_update(
                index_elements=["conversation", "name"],
                set_={"id": new.id, "due": new.due, "stamp": new.stamp},
            )

        self._admit = Whole(dialect, 3, admit)
        self._tally = Each(dialect, 5, tally)
        self._set_timer = Each(dialect, 5, set_timer)
        self._spend = Each(dialect, 1, lambda p: delete(TIMER).where(TIMER.c.id == p[0]))

    def admit(self, connection: Connection, keys: Collection[SeenKey], now: int) -> set[SeenKey]:
        """Those inputs that were never taken before; from now on they were."""
        rows = self._admit.run(connection, [(*key, now) for key in sorted(keys)])
        return {(source, number) for source, number in rows}

    def tally(self, connection: Connection, counts: Mapping[Count, int], now: int) -> None:
        """Add to the counters of the day of `now`."""
        day = now - now % DAY
        rows = [(day, *count, number) for count, number in sorted(counts.items())]
        self._tally.run(connection, rows)

    def set_timers(self, connection: Connection, timers: Sequence[TimerSet]) -> None:
        """Set timers; one of the same name is replaced, under the new id."""
        self._set_timer.run(connection, timers)

    def spend(self, connection: Connection, timers: Sequence[int]) -> None:
        """Remove timers that fired."""
        self._spend.run(connection, [(timer,) for timer in timers])
