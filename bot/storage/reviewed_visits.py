"""Conversations of the log with all that staff made of them, some at a time, for exports.

Decides what belongs to one. A reference that is no longer in the log is left out without a word: its person took back
their yes, or was forgotten, since it was chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row, Select, func, select

from bot.logs import Journal
from bot.privacy.vault import Vault
from bot.storage.log import Visit
from bot.storage.log_tables import TURN, VISIT
from bot.storage.notes import open_note
from bot.storage.review_status import ReviewStatus
from bot.storage.review_tables import LABEL, LABELLED, NOTE, REVIEW, VERDICT
from bot.storage.staff_tables import STAFF
from bot.storage.transcripts import text_of
from bot.storage.verdicts import QUESTIONS

CODES: Final = (
    "at", "act", "locale", "before", "place", "choice", "intent", "repair", "signal", "waited",
)  # fmt: skip
"""What is told of a turn besides its words."""
_journal = Journal("exports")


class Verdict(NamedTuple):
    """One reviewer's answers, by question: "yes", "no", or empty."""

    by: str
    at: int
    answers: dict[str, str]


@dataclass(frozen=True, slots=True)
class ReviewedVisit:
    """A conversation, and how its review stands. `notes` is how many there are."""

    visit: Visit
    status: str
    labels: tuple[str, ...]
    notes: int
    verdicts: tuple[Verdict, ...]

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Who gave a verdict, the first first."""
        return tuple(verdict.by for verdict in self.verdicts)

    @property
    def agreement(self) -> int | None:
        """How many percent of the questions that the first two both answered they answered alike; None without any."""
        if len(self.verdicts) < 2:
            return None
        first, second = (verdict.answers for verdict in self.verdicts[:2])
        both = [name for name in QUESTIONS if first[name] and second[name]]
        alike = sum(first[name] == second[name] for name in both)
        return round(100 * alike / len(both)) if both else None


class Note(NamedTuple):
    """A note of staff; `text` is None when its key is gone."""

    at: int
    by: str
    text: str | None


class Turn(NamedTuple):
    """A logged turn: its codes, and its words where they were kept."""

    codes: dict[str, Any]
    text: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """What was said in a conversation, and what staff noted about it."""

    turns: tuple[Turn, ...] = ()
    notes: tuple[Note, ...] = ()


def reviewed_visits(connection: Connection, refs: Sequence[str]) -> list[ReviewedVisit]:
    """Those of the references that are in the log, in their order."""
    visits = {row.ref: Visit(*row) for row in connection.execute(_visits(refs))}
    row = REVIEW.c
    statuses = select(row.ref, row.status).where(row.ref.in_(refs))
    standing = dict(connection.execute(statuses).all())
    counted = select(NOTE.c.ref, func.count()).where(NOTE.c.ref.in_(refs)).group_by(NOTE.c.ref)
    notes: dict[str, int] = dict(connection.execute(counted).all())
    labels, verdicts = _by_ref(connection.execute(_labels(refs))), _verdicts(connection, refs)
    return [
        ReviewedVisit(
            visits[ref],
            standing.get(ref, ReviewStatus.NEW.value),
            tuple(each.name for each in labels[ref]),
            notes.get(ref, 0),
            tuple(verdicts[ref]),
        )
        for ref in refs
        if ref in visits
    ]


def words_in(connection: Connection, vault: Vault, refs: Sequence[str]) -> dict[str, Words]:
    """The words of conversations, opened, by reference; for each that was asked for."""
    turn, note = TURN.c, NOTE.c
    columns = (turn.ref, turn.number, *(turn[name] for name in CODES), turn.text)
    turns = _by_ref(
        connection.execute(select(*columns).where(turn.ref.in_(refs)).order_by(turn.ref, turn.id))
    )
    query = (
        select(note.ref, note.id, note.at, STAFF.c.name, note.text)
        .select_from(NOTE.outerjoin(STAFF, STAFF.c.id == note.staff))
        .where(note.ref.in_(refs))
        .order_by(note.ref, note.at, note.id)
    )
    notes = _by_ref(connection.execute(query))
    return {
        ref: Words(
            tuple(_turn(vault, each) for each in turns[ref]),
            tuple(_note(vault, each) for each in notes[ref]),
        )
        for ref in refs
    }


def _visits(refs: Sequence[str]) -> Select[Any]:
    return select(*(VISIT.c[name] for name in Visit._fields)).where(VISIT.c.ref.in_(refs))


def _labels(refs: Sequence[str]) -> Select[Any]:
    on = LABELLED.join(LABEL, LABEL.c.id == LABELLED.c.label)
    named = select(LABELLED.c.ref, LABEL.c.name).select_from(on)
    return named.where(LABELLED.c.ref.in_(refs)).order_by(LABELLED.c.ref, LABEL.c.name)


def _verdicts(connection: Connection, refs: Sequence[str]) -> dict[str, list[Verdict]]:
    row = VERDICT.c
    query = (
        select(row.ref, row.at, STAFF.c.name, *(row[name] for name in QUESTIONS))
        .select_from(VERDICT.outerjoin(STAFF, STAFF.c.id == row.staff))
        .where(row.ref.in_(refs))
        .order_by(row.ref, row.at, row.staff)
    )
    found: dict[str, list[Verdict]] = defaultdict(list)
    for ref, at, by, *answers in connection.execute(query):
        found[ref].append(Verdict(by or "", at, dict(zip(QUESTIONS, answers, strict=True))))
    return found


def _by_ref(rows: Iterable[Row[Any]]) -> dict[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.ref].append(row)
    return found


def _turn(vault: Vault, row: Row[Any]) -> Turn:
    return Turn({name: getattr(row, name) for name in CODES}, text_of(vault, row))


def _note(vault: Vault, row: Row[Any]) -> Note:
    try:
        text = open_note(vault, row.id, row.text)
    except ValueError as error:
        _journal.trouble("note_unreadable", error=error)
        return Note(row.at, row.name or "", None)
    return Note(row.at, row.name or "", text)
