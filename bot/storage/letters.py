"""What people wrote to staff, as staff read it, and what staff answer.

Decides what may be answered, by whom, and when an answer goes out: at once, or, where a safety card was shown, after a
second person has read it. The answer reaches the chat as a timer that is due. Who asked is never known here.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, select, update

from bot.logs import Journal
from bot.privacy.vault import Vault
from bot.storage.questions import Standing, open_answer, open_text, seal_answer
from bot.storage.statements import upsert_for
from bot.storage.tables import QUESTION, TIMER
from dialogs.engine.conversation import ANSWER
from dialogs.engine.result import ForStaff

LONGEST = 1_500
"""Characters of an answer: it has to fit on one card."""

_journal = Journal("letters")


class RefusedError(Exception):
    """What was to be done with a letter cannot be done. The message is a sentence for staff."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody wrote to staff: opened, and without a trace of who wrote it.

    `answered_by` is the id of the member who wrote the answer. `version` tells an answer from a later one.
    """

    id: str
    kind: ForStaff
    locale: str
    standing: Standing
    alarmed: bool
    asked_at: int
    text: str
    answer: str | None
    answered_by: str
    answered_at: int | None
    version: str


def waiting(connection: Connection, vault: Vault) -> list[Letter]:
    """The questions that wait for an answer or for a second reader, the longest first."""
    row = QUESTION.c
    open_ones = _of(ForStaff.QUESTION).where(row.state != Standing.ANSWERED)
    return list(_opened(vault, connection.execute(open_ones.order_by(row.asked_at, row.id))))


def answered(connection: Connection, vault: Vault, since: int) -> list[Letter]:
    """The questions that were answered from a time on, the newest answer first."""
    row = QUESTION.c
    done = _of(ForStaff.QUESTION).where(row.state == Standing.ANSWERED, row.answered_at >= since)
    return list(_opened(vault, connection.execute(done.order_by(row.answered_at.desc(), row.id))))


def worries(connection: Connection, vault: Vault) -> list[Letter]:
    """What people worry about in words that were not understood, the newest first. Nobody waits for an answer."""
    row = QUESTION.c
    found = _of(ForStaff.WORRY).order_by(row.asked_at.desc(), row.id)
    return list(_opened(vault, connection.execute(found)))


def question(connection: Connection, vault: Vault, id_: str) -> Letter | None:
    """The question of that id; None when there is none, or none any more."""
    found = connection.execute(_of(ForStaff.QUESTION).where(QUESTION.c.id == id_))
    return next(_opened(vault, found), None)


def answer(
    connection: Connection, vault: Vault, letter: Letter, text: str, by: str, now: int
) -> Standing:
    """Write an answer. It goes out at once, or waits for a second reader. Raises RefusedError."""
    if letter.kind is not ForStaff.QUESTION:
        raise RefusedError(
            "This is a worry that was kept to learn from it; nobody waits for an answer."
        )
    said = sound(text)
    if not said or len(said) > LONGEST:
        raise RefusedError(f"An answer has 1 to {LONGEST:,} characters.")
    standing = Standing.DRAFTED if letter.alarmed else Standing.ANSWERED
    sealed = seal_answer(vault, letter.id, said)
    _change(connection, letter, standing, now, answer=sealed, answered_by=by)
    return standing


def approve(connection: Connection, letter: Letter, by: str, now: int) -> None:
    """Let an answer out that another person wrote. Raises RefusedError."""
    if letter.standing is not Standing.DRAFTED:
        raise RefusedError("There is no answer to approve.")
    if not by or by == letter.answered_by:
        raise RefusedError("Somebody else than the writer has to approve it.")
    _change(connection, letter, Standing.ANSWERED, now)


def dismiss(connection: Connection, worry: str) -> bool:
    """Remove a worry that staff have read. Whether it was there."""
    row = QUESTION.c
    found = delete(QUESTION).where(row.id == worry, row.kind == ForStaff.WORRY.value)
    return connection.execute(found).rowcount == 1


def sound(text: str) -> str:
    """An answer as it is kept: one kind of line end, and nothing that steers a screen or cannot be sent."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    kept = ("".join(sign for sign in line if _is_written(sign)) for line in lines)
    return "\n".join(kept).strip()


def _is_written(sign: str) -> bool:
    """Not a control character, nor half of a pair. Joiners and marks of direction are part of many scripts."""
    return sign >= " " and not "\x7f" <= sign <= "\x9f" and not "\ud800" <= sign <= "\udfff"


def _change(
    connection: Connection, letter: Letter, standing: Standing, now: int, **values: object
) -> None:
    """Only while it stands as it was read: it may be taken back or answered at any moment."""
    row = QUESTION.c
    found = connection.execute(
        select(row.conversation, row.stamp, row.answer)
        .where(row.id == letter.id, row.state == letter.standing)
        .with_for_update()
    ).first()
    if found is None or _version(found.answer) != letter.version:
        raise RefusedError("It was taken back or answered meanwhile.")
    new = {"state": standing.value, "answered_at": now, **values}
    connection.execute(update(QUESTION).where(row.id == letter.id).values(**new))
    if standing is Standing.ANSWERED:
        _hand_in(connection, found.conversation, found.stamp, now)


def _hand_in(connection: Connection, conversation: str, stamp: int, now: int) -> None:
    """Let the answer come in by the door through which everything comes."""
    new = {"id": secrets.randbits(62), "due": now, "stamp": stamp}
    timer = upsert_for(connection.dialect)(TIMER).values(
        conversation=conversation, name=ANSWER, **new
    )
    connection.execute(
        timer.on_conflict_do_update(index_elements=["conversation", "name"], set_=new)
    )


def _of(kind: ForStaff) -> Select[Any]:
    return select(QUESTION).where(QUESTION.c.kind == kind.value)


def _opened(vault: Vault, rows: Iterable[Row[Any]]) -> Iterator[Letter]:
    """One that no key opens is left out: nobody could read or answer it."""
    for row in rows:
        try:
            yield _letter(vault, row)
        except ValueError as error:
            _journal.trouble("letter_unreadable", error=error)


def _letter(vault: Vault, row: Row[Any]) -> Letter:
    return Letter(
        id=row.id,
        kind=ForStaff(row.kind),
        locale=row.locale,
        standing=Standing(row.state),
        alarmed=bool(row.alarmed),
        asked_at=row.asked_at,
        text=open_text(vault, row.id, row.text),
        answer=open_answer(vault, row.id, row.answer) if row.answer else None,
        answered_by=row.answered_by or "",
        answered_at=row.answered_at,
        version=_version(row.answer),
    )


def _version(sealed: bytes | None) -> str:
    return hashlib.sha256(sealed).hexdigest()[:16] if sealed else ""
