"""A logged conversation, opened, for whoever may read it.

Decides what a transcript holds: every logged turn in order, its codes, its kept text, and what the assistant showed as
messages that can be rendered in any language. Who may read it, and what is noted of that, is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.logs import Journal
from bot.privacy.vault import Vault
from bot.storage.log import Visit, open_shown, open_text
from bot.storage.log_tables import PHRASE, TURN, VISIT, Act
from bot.storage.phrases_json import Phrase, hashes_in, shown_in
from dialogs.engine.lines import Message

MOST = 2_000
"""Turns of one transcript; the later ones are left out."""
AT_ONCE = 500
_journal = Journal("transcripts")


@dataclass(frozen=True, slots=True)
class LoggedTurn:
    """One turn. `waited` is in seconds; codes are empty where there is none.

    `text` is None where none was kept, `messages` where only codes were.
    """

    id: int
    number: int
    at: int
    act: Act
    locale: str
    before: str
    place: str
    choice: str
    intent: str
    repair: str
    signal: str
    waited: int | None
    text: str | None
    messages: tuple[Message, ...] | None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation as staff read it."""

    visit: Visit
    turns: tuple[LoggedTurn, ...]


def transcript(connection: Connection, vault: Vault, ref: str) -> Transcript | None:
    """The transcript of a reference; None when there is none, or none any more."""
    columns = [VISIT.c[name] for name in Visit._fields]
    visit = connection.execute(select(*columns).where(VISIT.c.ref == ref)).first()
    if visit is None:
        return None
    found = select(TURN).where(TURN.c.ref == ref).order_by(TURN.c.id).limit(MOST)
    rows = connection.execute(found).all()
    shown = {row.id: plain for row in rows if (plain := _shown(vault, row)) is not None}
    phrases = phrases_of(connection, shown.values())
    turns = tuple(_turn(vault, row, shown.get(row.id), phrases) for row in rows)
    return Transcript(Visit(*visit), turns)


def phrases_of(connection: Connection, shown: Iterable[bytes]) -> dict[str, Phrase]:
    """The phrases that what was shown needs, by hash."""
    wanted = sorted({name for each in shown for name in hashes_in(each)})
    columns = [PHRASE.c[name] for name in Phrase._fields]
    phrases: dict[str, Phrase] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = PHRASE.c.hash.in_(wanted[start : start + AT_ONCE])
        phrases |= {
            row[0]: Phrase(*row) for row in connection.execute(select(*columns).where(some))
        }
    return phrases


def text_of(vault: Vault, row: Row[Any]) -> str | None:
    """The kept text of a row of `turn`; None where there is none, or its key is gone."""
    try:
        return open_text(vault, row.ref, row.number, row.text) if row.text else None
    except ValueError as error:
        _journal.trouble("text_unreadable", error=error)
        return None


def _shown(vault: Vault, row: Row[Any]) -> bytes | None:
    try:
        return open_shown(vault, row.ref, row.number, row.shown) if row.shown else None
    except ValueError as error:
        _journal.trouble("shown_unreadable", error=error)
        return None


def _turn(
    vault: Vault, row: Row[Any], shown: bytes | None, phrases: dict[str, Phrase]
) -> LoggedTurn:
    return LoggedTurn(
        id=row.id,
        number=row.number,
        at=row.at,
        act=Act(row.act),
        locale=row.locale,
        before=row.before,
        place=row.place,
        choice=row.choice,
        intent=row.intent,
        repair=row.repair,
        signal=row.signal,
        waited=row.waited,
        text=text_of(vault, row),
        messages=None if shown is None else shown_in(shown, phrases),
    )
