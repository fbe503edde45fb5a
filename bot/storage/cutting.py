"""Words cut out of everything that is kept of one conversation and that staff can read.

Decides where that is: kept texts, what the assistant showed of them, staff's notes, and worries nobody understood. The
person's own answers are theirs, and only turns change them; questions to staff are not touched, because what changed
would tell whose they are. Which words are meant is decided in `bot.privacy.cut_out`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Table, select, update

from bot.logs import Journal
from bot.privacy.cut_out import cut_out
from bot.privacy.vault import Vault
from bot.storage.envelope import open_state
from bot.storage.log import open_shown, open_text, seal_text, sealed_as
from bot.storage.log_tables import TURN
from bot.storage.notes import open_note, seal_note
from bot.storage.phrases_json import with_kept
from bot.storage.questions import open_text as open_question
from bot.storage.questions import seal_text as seal_question
from bot.storage.review_tables import NOTE
from bot.storage.tables import CONVERSATION, QUESTION
from dialogs.engine.result import ForStaff

_journal = Journal("cutting")
Change = Callable[[str], str]


class Cut(NamedTuple):
    """In how many places words stood: in texts, in what was shown of them, in notes."""

    texts: int = 0
    shown: int = 0
    notes: int = 0

    @property
    def places(self) -> int:
        """All of them."""
        return sum(self)


class _Piece(NamedTuple):
    """A sealed value: `anew` opens it, changes its words, and seals it again. Raises UnopenableError."""

    kind: str
    table: Table
    id: Any
    column: str
    anew: Callable[[Change], bytes]


class _Scissors:
    """Cut, and count how often."""

    def __init__(self, words: str) -> None:
        self._words, self.count = words, 0

    def __call__(self, text: str) -> str:
        left, count = cut_out(text, self._words)
        self.count += count
        return left


def cut_everywhere(connection: Connection, vault: Vault, ref: str, words: str) -> Cut:
    """Cut the words out of all that is kept of a conversation. What no key opens stays: nobody reads it either.

    A worry is cut where its words stood in the log, too.
    """
    cut = Cut(**_cut(connection, list(_pieces(connection, vault, ref)), words))
    if cut.places:
        _cut(connection, list(_worries(connection, vault, ref)), words)
    return cut


def _cut(connection: Connection, pieces: Iterable[_Piece], words: str) -> Counter[str]:
    """Cut, and count by kind."""
    counts: Counter[str] = Counter()
    for piece in pieces:
        scissors = _Scissors(words)
        try:
            sealed = piece.anew(scissors)
        except ValueError as error:
            _journal.trouble("unreadable", table=piece.table.name, error=error)
            continue
        if scissors.count:
            row = update(piece.table).where(piece.table.c.id == piece.id)
            connection.execute(row.values({piece.column: sealed}))
            counts[piece.kind] += scissors.count
    return counts


def _pieces(connection: Connection, vault: Vault, ref: str) -> Iterator[_Piece]:
    for turn in connection.execute(select(TURN).where(TURN.c.ref == ref)):
        if turn.text:
            yield _Piece("texts", TURN, turn.id, "text", partial(_text, vault, turn))
        if turn.shown:
            yield _Piece("shown", TURN, turn.id, "shown", partial(_shown, vault, turn))
    for note in connection.execute(select(NOTE).where(NOTE.c.ref == ref)):
        yield _Piece("notes", NOTE, note.id, "text", partial(_note, vault, note))


def _worries(connection: Connection, vault: Vault, ref: str) -> Iterator[_Piece]:
    for letter in _kept(connection, vault, ref):
        yield _Piece("worries", QUESTION, letter.id, "text", partial(_asked, vault, letter))


def _kept(connection: Connection, vault: Vault, ref: str) -> list[Row[Any]]:
    """Worries kept for staff. Only the sealed state of a conversation says which reference it has."""
    row = CONVERSATION.c
    worry = QUESTION.c.kind == ForStaff.WORRY.value
    asking = row.id.in_(select(QUESTION.c.conversation).where(worry))
    states = connection.execute(select(row.id, row.state).where(asking))
    own = [id_ for id_, state in states if state and _reference(vault, id_, state) == ref]
    asked = select(QUESTION).where(QUESTION.c.conversation.in_(own), worry)
    return list(connection.execute(asked)) if own else []


def _reference(vault: Vault, id_: str, state: bytes) -> str | None:
    try:
        return open_state(vault, id_, state).ref
    except ValueError as error:
        _journal.trouble("reference_unreadable", error=error)
        return None


def _text(vault: Vault, turn: Row[Any], change: Change) -> bytes:
    text = change(open_text(vault, turn.ref, turn.number, turn.text))
    return seal_text(vault, turn.ref, turn.number, text)


def _shown(vault: Vault, turn: Row[Any], change: Change) -> bytes:
    plain = with_kept(open_shown(vault, turn.ref, turn.number, turn.shown), change)
    return vault.seal("turn.shown", sealed_as(turn.ref, turn.number), plain)


def _note(vault: Vault, note: Row[Any], change: Change) -> bytes:
    return seal_note(vault, note.id, change(open_note(vault, note.id, note.text)))


def _asked(vault: Vault, letter: Row[Any], change: Change) -> bytes:
    return seal_question(vault, letter.id, change(open_question(vault, letter.id, letter.text)))
