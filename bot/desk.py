"""Where staff read questions and answer them, until there is a page for it.

Decides what may be answered, by whom, and when an answer goes out: at once, or, where a safety card was shown, after a
second person has read it. It writes short transactions of its own, beside a running program; the answer reaches the
chat as a timer that is due. Who asked is never known here.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from bot.clock import Clock
from bot.privacy.vault import Vault
from bot.storage.engine import reading
from bot.storage.questions import Standing, open_answer, open_text, seal_answer
from bot.storage.statements import upsert_for
from bot.storage.tables import QUESTION, TIMER
from dialogs.engine.conversation import ANSWER
from dialogs.engine.result import ForStaff

LONGEST = 1_500
"""Characters of an answer: it has to fit on one card."""

SHOWN = 8
"""Characters of an id that people type."""


class RefusedError(Exception):
    """What was asked of the desk cannot be done. The message is one line for staff."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What waits for staff: opened, and without a trace of who wrote it. `sealed` tells an answer from a later one."""

    id: str
    kind: ForStaff
    locale: str
    standing: Standing
    alarmed: bool
    asked_at: int
    text: str
    answer: str | None = None
    answered_by: str | None = None
    sealed: bytes | None = field(default=None, repr=False)


class Desk:
    """Reads and answers questions of one database."""

    def __init__(self, engine: Engine, vault: Vault, clock: Clock) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock

    def now(self) -> int:
        """The time, in UTC epoch seconds."""
        return self._clock.now()

    def waiting(self) -> list[Letter]:
        """Everything that waits, the longest first."""
        row = QUESTION.c
        unanswered = select(QUESTION).where(row.state != Standing.ANSWERED).order_by(row.asked_at)
        with reading(self._engine).connect() as connection:
            return [self._opened(found) for found in connection.execute(unanswered)]

    def find(self, beginning: str) -> Letter:
        """The one whose id begins so. Raises RefusedError."""
        found = [
            letter for letter in self.waiting() if beginning and letter.id.startswith(beginning)
        ]
        if len(found) != 1:
            raise RefusedError(f"{len(found)} open questions have an id that begins so.")
        return found[0]

    def answer(self, letter: Letter, text: str, by: str) -> Standing:
        """Write an answer. It goes out at once, or waits for a second reader. Raises RefusedError."""
        if letter.kind is not ForStaff.QUESTION:
            raise RefusedError(
                "This is a worry that was kept to learn from it; nobody waits for an answer."
            )
        if not text.strip() or len(text) > LONGEST:
            raise RefusedError(f"An answer has 1 to {LONGEST} characters.")
        if not by.strip():
            raise RefusedError("Say who you are: --by NAME.")
        standing = Standing.DRAFTED if letter.alarmed else Standing.ANSWERED
        sealed = seal_answer(self._vault, letter.id, text.strip())
        self._change(letter, standing, answer=sealed, answered_by=by.strip())
        return standing

    def approve(self, letter: Letter, by: str) -> None:
        """Let an answer out that another person wrote. Raises RefusedError."""
        if letter.standing is not Standing.DRAFTED:
            raise RefusedError("There is no answer to approve.")
        if not by.strip() or by.strip().casefold() == (letter.answered_by or "").casefold():
            raise RefusedError("Somebody else than the writer has to approve it: --by NAME.")
        self._change(letter, Standing.ANSWERED)

    def _change(self, letter: Letter, standing: Standing, **values: object) -> None:
        """Only while it stands as it was read: it may be taken back or answered at any moment."""
        row, now = QUESTION.c, self._clock.now()
        still = update(QUESTION).where(row.id == letter.id, row.state == letter.standing)
        if letter.sealed is not None:
            still = still.where(row.answer == letter.sealed)
        with self._engine.begin() as connection:
            changed = connection.execute(still.values(state=standing, answered_at=now, **values))
            if changed.rowcount != 1:
                raise RefusedError("It was taken back or answered meanwhile.")
            if standing is Standing.ANSWERED:
                self._hand_in(connection, letter.id, now)

    def _hand_in(self, connection: Connection, question: str, now: int) -> None:
        """Let the answer come in by the door through which everything comes."""
        row = QUESTION.c
        found = connection.execute(
            select(row.conversation, row.stamp).where(row.id == question)
        ).one()
        new = {"id": secrets.randbits(62), "due": now, "stamp": found.stamp}
        timer = upsert_for(connection.dialect)(TIMER).values(
            conversation=found.conversation, name=ANSWER, **new
        )
        connection.execute(
            timer.on_conflict_do_update(index_elements=["conversation", "name"], set_=new)
        )

    def _opened(self, row: Any) -> Letter:  # noqa: ANN401 - a row of `question`
        answer = open_answer(self._vault, row.id, row.answer) if row.answer else None
        return Letter(
            row.id,
            ForStaff(row.kind),
            row.locale,
            Standing(row.state),
            bool(row.alarmed),
            row.asked_at,
            open_text(self._vault, row.id, row.text),
            answer,
            row.answered_by,
            row.answer,
        )
