"""Texts that were not understood, and what staff say they should have been taken for.

Decides which logged turns these are: those in which the person was asked again, whose text was kept. What a text is
taken for is an intent, or nothing at all; it goes with the turn. Grouping and showing them is the console's concern.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, delete, func, literal_column, select

from bot.logs import Journal
from bot.privacy.vault import Vault
from bot.storage.log import open_text
from bot.storage.log_tables import TURN
from bot.storage.review_tables import ASSIGNED
from bot.storage.statements import upsert_for

LOOKED_BACK = 90 * 86_400
"""Seconds: older ones are not looked at."""
MOST = 500
"""Texts of one language."""
MOST_ASSIGNED = 5_000
"""Assigned texts of one language."""

_journal = Journal("missed")


class Which(StrEnum):
    """Of which texts a list is made."""

    WAITING = "waiting"
    ASSIGNED = "assigned"
    ALL = "all"


class Missed(NamedTuple):
    """A text. `turn` is the logged turn's id, `place` the state it was said at, `offered` what was offered then.

    `intent` is what staff assigned: empty where they left it, None while nobody did; `staff` is the member's id.
    """

    turn: int
    ref: str
    at: int
    locale: str
    place: str
    offered: tuple[str, ...]
    text: str
    intent: str | None
    staff: str


def missed(
    connection: Connection, vault: Vault, locale: str, now: int, which: Which = Which.WAITING
) -> list[Missed]:
    """The newest texts of a language, the newest first."""
    row = TURN.c
    columns = (row.id, row.ref, row.number, row.at, row.locale, row.before, row.intent, row.text)
    found = _of(select(*columns, ASSIGNED.c.intent, ASSIGNED.c.staff), now, which)
    newest = found.where(row.locale == locale).order_by(row.at.desc(), row.id.desc()).limit(MOST)
    rows = connection.execute(newest).all()
    return [each for one in rows if (each := _opened(vault, one)) is not None]


def counted(connection: Connection, now: int, which: Which = Which.WAITING) -> dict[str, int]:
    """How many there are by language, the most first."""
    number = func.count()
    found = _of(select(TURN.c.locale, number), now, which).group_by(TURN.c.locale)
    ordered = connection.execute(found.order_by(number.desc(), TURN.c.locale))
    return {row[0]: row[1] for row in ordered}


def assign(connection: Connection, turns: Sequence[int], intent: str, by: str, now: int) -> int:
    """Say what texts should have been taken for; an empty `intent` leaves them. The number that are still there."""
    row = TURN.c
    there = select(row.id, row.ref).where(row.id.in_(turns), row.text.is_not(None), _is_missed())
    new = [
        {"turn": turn, "ref": ref, "intent": intent, "at": now, "staff": by}
        for turn, ref in connection.execute(there)
    ]
    if new:
        upsert = upsert_for(connection.dialect)(ASSIGNED).values(new)
        changed = {name: upsert.excluded[name] for name in ("ref", "intent", "at", "staff")}
        connection.execute(upsert.on_conflict_do_update(index_elements=["turn"], set_=changed))
    return len(new)


def put_back(connection: Connection, turns: Sequence[int]) -> int:
    """Let texts wait again. The number that had been assigned."""
    return connection.execute(delete(ASSIGNED).where(ASSIGNED.c.turn.in_(turns))).rowcount


def assigned(connection: Connection, vault: Vault, locale: str) -> list[tuple[str, str]]:
    """Intent and text of what was assigned to an intent in a language, the newest first."""
    row = TURN.c
    columns = (ASSIGNED.c.intent, row.ref, row.number, row.text)
    found = (
        select(*columns)
        .join(ASSIGNED, ASSIGNED.c.turn == row.id)
        .where(row.locale == locale, row.text.is_not(None), ASSIGNED.c.intent != "")
        .order_by(row.at.desc(), row.id.desc())
        .limit(MOST_ASSIGNED)
    )
    rows = connection.execute(found).all()
    return [(one.intent, text) for one in rows if (text := _text(vault, one)) is not None]


def _of(columns: Select[Any], now: int, which: Which) -> Select[Any]:
    row, waits = TURN.c, ASSIGNED.c.turn.is_(None)
    joined = TURN.join(ASSIGNED, ASSIGNED.c.turn == row.id, isouter=which is not Which.ASSIGNED)
    found = columns.select_from(joined).where(
        row.at >= now - LOOKED_BACK, row.text.is_not(None), _is_missed()
    )
    return found.where(waits) if which is Which.WAITING else found


def _is_missed() -> Any:  # noqa: ANN401 - a condition
    """Written out, because a bound value would not use the partial index."""
    return TURN.c.repair != literal_column("''")


def _opened(vault: Vault, row: Any) -> Missed | None:  # noqa: ANN401 - a row of both tables
    text = _text(vault, row)
    if text is None:
        return None
    turn, ref, _, at, locale, place, offered, _, intent, staff = row
    return Missed(
        turn, ref, at, locale, place, tuple(offered.split(",")), text, intent, staff or ""
    )


def _text(vault: Vault, row: Any) -> str | None:  # noqa: ANN401 - as above
    try:
        return open_text(vault, row.ref, row.number, row.text)
    except ValueError as error:
        _journal.trouble("text_unreadable", error=error)
        return None
