"""A console's database full of people who never were, for measuring: visits, turns, events, reviews.

Decides how they are spread: over ninety days, over the real states, with now and then a kept text, a miss, a danger.
The assistant's side is left out of turns, because no list reads it and it would fill the disk.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert

from bot.storage.engine import checkpoint
from bot.storage.log import seal_text
from bot.storage.log_tables import EVENT, TURN, VISIT, Act
from bot.storage.questions import Standing
from bot.storage.questions import seal_text as seal_question
from bot.storage.review_status import ReviewStatus
from bot.storage.review_tables import LABEL, LABELLED, NOTE, REVIEW, SAVED_VIEW, VERDICT
from bot.storage.staff_tables import AUDIT
from bot.storage.tables import QUESTION, TALLY
from dialogs.engine.result import EventKind
from dialogs.engine.scene import PRIVATE
from dialogs.outcomes import furthest, outcome_at
from tests.support.office import Office

DAY = 86_400
DAYS = 90
TURNS = 8
LOCALES = ("en", "en", "en", "es", "es", "fr", "ar", "hi")
SIGNALS = ("cardiac.now", "selfharm.check", "time.soon")
TEXTS = (
    "my doctor may be angry when I ask somebody else",
    "cuánto cuesta una segunda opinión si no tengo seguro",
    "I do not know where my records are, [name] has them",
    "هل يمكنني أن أسأل طبيبا آخر",
    "what if the two opinions differ",
)
STATUSES = tuple(ReviewStatus)
AT_ONCE = 20_000


class People:
    """Makes rows of so many visits, always the same ones."""

    def __init__(self, office: Office, staff: Sequence[str]) -> None:
        self._office, self._staff = office, staff
        self._rng = random.Random(7)
        self._now = office.clock.now()
        self._vault = office.vault
        states = (state.place for state in office.parts.book.states())
        self._places = [place for place in states if place not in PRIVATE]

    def fill(self, number: int) -> str:
        """Write them, in one transaction. The reference of one of them."""
        with self._office.engine.begin() as connection:
            self._of_staff(connection)
            ref = ""
            for _ in range(0, number, AT_ONCE):
                ref = self._some(connection, min(number, AT_ONCE))
        checkpoint(self._office.engine, truncate=True)
        return ref

    def _some(self, connection: Connection, number: int) -> str:
        made = [self._visit() for _ in range(number)]
        _write(connection, VISIT, (visit for visit, _, _ in made))
        _write(connection, TURN, (turn for _, turns, _ in made for turn in turns))
        _write(connection, EVENT, (event for _, _, events in made for event in events))
        refs = [visit["ref"] for visit, _, _ in made]
        self._of_reviewers(connection, refs)
        return str(refs[-1])

    def _visit(self) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
        rng, ref = self._rng, f"{self._rng.getrandbits(96):024x}"
        at = self._now - rng.randrange(DAYS * DAY)
        locale, signal = rng.choice(LOCALES), rng.choice(SIGNALS) if rng.random() < 0.02 else ""
        before = outcome = ""
        turns: list[dict[str, Any]] = []
        events: list[dict[str, Any]] = []
        for number in range(1, rng.randint(2, 2 * TURNS - 2) + 1):
            place = self._place()
            outcome = furthest(outcome, outcome_at(place) or "")
            turns.append(self._turn(ref, number, at, locale, before, str(place)))
            events += _events(ref, at, str(place))
            before, at = str(place), min(self._now, at + rng.randint(5, 90))
        visit = {
            "ref": ref, "began_at": turns[0]["at"], "last_at": turns[-1]["at"], "locale": locale,
            "switched": rng.random() < 0.05, "turns": len(turns),
            "misses": sum(bool(turn["repair"]) for turn in turns), "signal": signal,
            "place": before, "outcome": outcome,
            "texts": sum(turn["text"] is not None for turn in turns),
        }  # fmt: skip
        return visit, turns, events

    def _place(self) -> Any:  # noqa: ANN401 - a Place
        """The first states of the book are met far more often than the last ones."""
        return self._places[int(len(self._places) * self._rng.random() ** 3)]

    def _turn(
        self, ref: str, number: int, at: int, locale: str, before: str, place: str
    ) -> dict[str, Any]:
        typed = self._rng.random() < 0.2
        text = seal_text(self._vault, ref, number, self._rng.choice(TEXTS)) if typed else None
        return {
            "ref": ref, "number": number, "at": at, "act": Act.TYPED if typed else Act.TAPPED,
            "locale": locale, "before": before, "place": place, "choice": "" if typed else "next",
            "intent": "", "repair": "1" if typed and self._rng.random() < 0.25 else "",
            "signal": "", "waited": 1, "text": text, "shown": None,
        }  # fmt: skip

    def _of_reviewers(self, connection: Connection, refs: Sequence[str]) -> None:
        rng, now = self._rng, self._now
        read = rng.sample(refs, len(refs) // 20)
        who = {ref: rng.choice(self._staff) for ref in read}
        _write(connection, REVIEW, (
            {"ref": ref, "status": rng.choice(STATUSES), "claimed_by": who[ref],
             "claimed_until": now + rng.randint(-9_000, 900), "changed_at": now,
             "changed_by": who[ref]}
            for ref in read
        ))  # fmt: skip
        answers = {"clear": "yes", "safe": "yes", "finished": "no", "language": ""}
        _write(connection, VERDICT, (
            {"ref": ref, "staff": who[ref], "at": now, **answers} for ref in read[::2]
        ))  # fmt: skip
        _write(connection, LABELLED, (
            {"ref": ref, "label": f"l{rng.randrange(12)}", "at": now, "staff": rng.choice(self._staff)}
            for ref in rng.sample(refs, len(refs) // 25)
        ))  # fmt: skip
        _write(connection, NOTE, (
            {"id": f"n{ref[:20]}", "ref": ref, "at": now, "staff": who[ref],
             "text": self._vault.seal("note", f"n{ref[:20]}", b"read it")}
            for ref in read[::3]
        ))  # fmt: skip

    def _of_staff(self, connection: Connection) -> None:
        now, midnight = self._now, self._now - self._now % DAY
        _write(connection, LABEL, (
            {"id": f"l{n}", "name": f"label {n}", "retired": False, "made_at": now}
            for n in range(12)
        ))  # fmt: skip
        _write(connection, SAVED_VIEW, (
            {"id": f"v{n}", "name": f"view {n}", "staff": self._staff[0], "shared": n % 2 == 0,
             "query": "danger=any", "made_at": now}
            for n in range(20)
        ))  # fmt: skip
        _write(connection, AUDIT, (
            {"at": now - n, "staff": self._staff[0], "action": "opened", "subject": "x", "detail": ""}
            for n in range(AT_ONCE)
        ))  # fmt: skip
        _write(connection, TALLY, (
            {"day": midnight - day * DAY, "kind": kind, "place": str(place), "detail": "", "count": 9}
            for day in range(DAYS)
            for place in self._places
            for kind in (EventKind.SHOWN, EventKind.CHOSEN, EventKind.MISSED)
        ))  # fmt: skip
        _write(connection, QUESTION, (
            {"id": f"q{n}", "conversation": f"c{n}", "kind": "question", "locale": "en",
             "state": Standing.OPEN, "alarmed": False, "stamp": n, "asked_at": now - n * 600,
             "text": seal_question(self._vault, f"q{n}", "what may I ask?")}
            for n in range(200)
        ))  # fmt: skip


def _events(ref: str, at: int, place: str) -> Iterator[dict[str, Any]]:
    for kind in (EventKind.SHOWN, EventKind.CHOSEN):
        yield {"ref": ref, "at": at, "kind": kind, "place": place, "detail": ""}


def _write(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    if all_ := list(rows):
        connection.execute(insert(table), all_)
