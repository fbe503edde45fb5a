"""De-identified words for staff, and their answers.

Decides how they are sealed, written and removed by the writer thread, and which answer a due timer brings along. How
staff read and answer is `letters`' concern.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, Dialect, delete, insert, select

from bot.privacy.vault import Vault
from bot.storage.statements import Each
from bot.storage.tables import QUESTION

HOUR, DAY = 3_600, 86_400
MEASURED_FOR = 90 * DAY
FEWEST = 3
"""Fewer answers say nothing about how long one takes."""


class Standing(StrEnum):
    """Where a question stands. DRAFTED: answered, and to be read by a second person before it goes out."""

    OPEN = "open"
    DRAFTED = "drafted"
    ANSWERED = "answered"


class Asked(NamedTuple):
    """A question or worry to be written."""

    id: str
    conversation: str
    kind: str
    locale: str
    alarmed: bool
    stamp: int
    at: int
    text: str


class Questions:
    """Statements on `question`, for the writer thread."""

    def __init__(self, dialect: Dialect, vault: Vault) -> None:
        self._vault = vault
        row = QUESTION.c
        self._insert = Each(
            dialect,
            9,
            lambda p: insert(QUESTION).values(
                id=p[0], conversation=p[1], kind=p[2], locale=p[3], alarmed=p[4], stamp=p[5],
                asked_at=p[6], text=p[7], state=p[8],
            ),
        )  # fmt: skip
        self._take_back = Each(
            dialect, 2, lambda p: delete(QUESTION).where(row.conversation == p[0], row.kind == p[1])
        )

    def write(self, connection: Connection, asked: Sequence[Asked]) -> None:
        """Write new ones, sealed."""
        self._insert.run(connection, [self._row(each) for each in asked])

    def take_back(self, connection: Connection, kinds: Sequence[tuple[str, str]]) -> None:
        """Remove those of a conversation and a kind, with their answers."""
        self._take_back.run(connection, kinds)

    def _row(self, each: Asked) -> tuple[object, ...]:
        sealed = seal_text(self._vault, each.id, each.text)
        return (*each[:-1], sealed, Standing.OPEN.value)


def seal_text(vault: Vault, question: str, text: str) -> bytes:
    """What was asked, sealed."""
    return vault.seal("question", question, text.encode())


def open_text(vault: Vault, question: str, sealed: bytes) -> str:
    """What was asked. Raises UnopenableError."""
    return vault.open("question", question, sealed).decode()


def seal_answer(vault: Vault, question: str, text: str) -> bytes:
    """What was answered, sealed; it does not open as a question."""
    return vault.seal("question.answer", question, text.encode())


def open_answer(vault: Vault, question: str, sealed: bytes) -> str:
    """What was answered. Raises UnopenableError."""
    return vault.open("question.answer", question, sealed).decode()


def answer_to(connection: Connection, vault: Vault, conversation: str, stamp: int) -> str | None:
    """The answer that a timer of that stamp brings, or None when the question was taken back meanwhile."""
    row = QUESTION.c
    found = connection.execute(
        select(row.id, row.answer).where(
            row.conversation == conversation, row.stamp == stamp, row.state == Standing.ANSWERED
        )
    ).first()
    return open_answer(vault, found.id, found.answer) if found and found.answer else None


def usual_hours(connection: Connection, now: int) -> int | None:
    """Within how many hours half of the answers of the last 90 days came; None when there are too few."""
    row = QUESTION.c
    found = connection.execute(
        select(row.answered_at - row.asked_at).where(
            row.state == Standing.ANSWERED, row.answered_at >= now - MEASURED_FOR
        )
    )
    taken = [seconds for (seconds,) in found]
    return max(1, math.ceil(statistics.median(taken) / HOUR)) if len(taken) >= FEWEST else None
