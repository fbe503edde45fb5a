"""The de-identified log, for the writer thread: what staff may read of turns.

Decides how a batch writes it, one statement for each table, how it is sealed, and how it is removed. Which turns are
logged, and what of them, is decided in `bot.logged`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Delete,
    Dialect,
    Insert,
    Select,
    Table,
    Update,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.privacy.vault import Vault
from bot.storage.hanging import OF_A_REF
from bot.storage.log_tables import EVENT, PHRASE, TURN, VISIT, Act
from bot.storage.phrases_json import Phrase, shown_out
from bot.storage.statements import Binds, Each, Whole, upsert_for
from dialogs.engine.lines import Message
from dialogs.outcomes import furthest
from dialogs.understanding.safety.signal import graver

Step = tuple[str, str, str]
"""kind, place, detail."""


class Entry(NamedTuple):
    """A turn to be logged. `shown` is None, and so is `text`, where only codes may be kept."""

    ref: str
    number: int
    at: int
    act: Act
    locale: str
    before: str
    place: str
    choice: str = ""
    intent: str = ""
    repair: str = ""
    signal: str = ""
    waited: int | None = None
    outcome: str = ""
    text: str | None = None
    shown: tuple[Message, ...] | None = None
    steps: tuple[Step, ...] = ()


class Visit(NamedTuple):
    """A row of `visit`, in its order."""

    ref: str
    began_at: int
    last_at: int
    locale: str
    switched: bool
    turns: int
    misses: int
    signal: str
    place: str
    outcome: str
    texts: int

    def after(self, entry: Entry) -> Visit:
        """The visit with one more turn."""
        return Visit(
            self.ref,
            self.began_at,
            entry.at,
            entry.locale,
            self.switched or entry.locale != self.locale,
            self.turns + 1,
            self.misses + bool(entry.repair),
            graver(self.signal, entry.signal),
            entry.place,
            furthest(self.outcome, entry.outcome),
            self.texts + (entry.text is not None),
        )


_VISIT = Visit._fields
_SEALED = ("text", "shown")
_TURN = (*Entry._fields[: Entry._fields.index("outcome")], *_SEALED)


class Log:
    """Statements on `visit`, `turn`, `event` and `phrase`."""

    def __init__(self, dialect: Dialect, vault: Vault) -> None:
        self._vault = vault
        self._known: set[str] = set()
        upsert = upsert_for(dialect)

        def visits(refs: Sequence[Binds]) -> Select[Any]:
            columns = [VISIT.c[name] for name in _VISIT]
            return select(*columns).where(VISIT.c.ref.in_([ref for (ref,) in refs]))

        def save(p: Binds) -> Any:  # noqa: ANN401 - each dialect has its own Insert
            statement = upsert(VISIT).values(dict(zip(_VISIT, p, strict=True)))
            changed = {name: statement.excluded[name] for name in _VISIT if name != "ref"}
            return statement.on_conflict_do_update(index_elements=["ref"], set_=changed)

        def phrases(hashes: Sequence[Binds]) -> Select[Any]:
            return select(PHRASE.c.hash).where(PHRASE.c.hash.in_([name for (name,) in hashes]))

        def note(p: Binds) -> Any:  # noqa: ANN401 - as above
            values = dict(zip(Phrase._fields, p, strict=True))
            return upsert(PHRASE).values(values).on_conflict_do_nothing()

        self._visits, self._save_visit = Whole(dialect, 1, visits), Each(dialect, len(_VISIT), save)
        self._phrases, self._note = Whole(dialect, 1, phrases), Each(dialect, 4, note)
        self._turn, self._step = Each(dialect, len(_TURN), _turn), Each(dialect, 5, _step)
        self._hush, self._recount = Each(dialect, 2, _hushed), Each(dialect, 1, _recounted)
        self._drop = [Each(dialect, 1, _gone(table)) for table in OF_A_REF]

    def write(self, connection: Connection, entries: Sequence[Entry]) -> None:
        """Write turns, each conversation's in order, and count them in their visits."""
        if not entries:
            return
        self._save_visits(connection, entries)
        phrases: dict[str, Phrase] = {}
        self._turn.run(connection, [self._row(entry, phrases) for entry in entries])
        self._note_phrases(connection, phrases)
        steps = [(entry.ref, entry.at, *step) for entry in entries for step in entry.steps]
        self._step.run(connection, steps)

    def hush(self, connection: Connection, hidden: Sequence[tuple[str, int]]) -> None:
        """Leave nothing but codes of the turns of a reference from a number on."""
        self._hush.run(connection, hidden)
        self._recount.run(connection, sorted({(ref,) for ref, _ in hidden}))

    def remove(self, connection: Connection, refs: Collection[str]) -> int:
        """Remove everything that hangs on these references. The number of rows."""
        rows = [(ref,) for ref in refs]
        return sum(drop.run(connection, rows) for drop in self._drop)

    def _save_visits(self, connection: Connection, entries: Sequence[Entry]) -> None:
        refs = [(ref,) for ref in dict.fromkeys(entry.ref for entry in entries)]
        visits = {row[0]: Visit(*row) for row in self._visits.run(connection, refs)}
        for entry in entries:
            visits[entry.ref] = (visits.get(entry.ref) or _begun(entry)).after(entry)
        self._save_visit.run(connection, sorted(visits.values()))

    def _row(self, entry: Entry, phrases: dict[str, Phrase]) -> tuple[object, ...]:
        text = shown = None
        if entry.text is not None:
            text = seal_text(self._vault, entry.ref, entry.number, entry.text)
        if entry.shown is not None:
            plain, said = shown_out(entry.shown)
            phrases.update(said)
            shown = self._vault.seal("turn.shown", sealed_as(entry.ref, entry.number), plain)
        return (*entry[: len(_TURN) - len(_SEALED)], text, shown)

    def _note_phrases(self, connection: Connection, phrases: Mapping[str, Phrase]) -> None:
        """A phrase counts as known when it was found, not when it was written: that may be rolled back."""
        new = phrases.keys() - self._known
        if not new:
            return
        found = {name for (name,) in self._phrases.run(connection, [(name,) for name in new])}
        self._known |= found
        self._note.run(connection, [phrases[name] for name in sorted(new - found)])


def sealed_as(ref: str, number: int) -> str:
    """The row that what is sealed in a turn is bound to."""
    return f"{ref}.{number}"


def seal_text(vault: Vault, ref: str, number: int, text: str) -> bytes:
    """The kept text of a turn, sealed."""
    return vault.seal("turn.text", sealed_as(ref, number), text.encode())


def open_text(vault: Vault, ref: str, number: int, sealed: bytes) -> str:
    """The kept text of a turn. Raises UnopenableError."""
    return vault.open("turn.text", sealed_as(ref, number), sealed).decode()


def open_shown(vault: Vault, ref: str, number: int, sealed: bytes) -> bytes:
    """What the assistant showed in a turn, as `phrases_json` reads it. Raises UnopenableError."""
    return vault.open("turn.shown", sealed_as(ref, number), sealed)


def _begun(entry: Entry) -> Visit:
    return Visit(entry.ref, entry.at, entry.at, entry.locale, False, 0, 0, "", "", "", 0)


def _turn(p: Binds) -> Insert:
    return insert(TURN).values(dict(zip(_TURN, p, strict=True)))


def _step(p: Binds) -> Insert:
    return insert(EVENT).values(ref=p[0], at=p[1], kind=p[2], place=p[3], detail=p[4])


def _hushed(p: Binds) -> Update:
    row = TURN.c
    return update(TURN).where(row.ref == p[0], row.number >= p[1]).values(text=None, shown=None)


def _recounted(p: Binds) -> Update:
    texts = select(func.count(TURN.c.text)).where(TURN.c.ref == p[0]).scalar_subquery()
    return update(VISIT).where(VISIT.c.ref == p[0]).values(texts=texts)


def _gone(table: Table) -> Any:  # noqa: ANN401 - a function from binds to the statement
    def statement(p: Binds) -> Delete:
        return delete(table).where(table.c.ref == p[0])

    return statement
