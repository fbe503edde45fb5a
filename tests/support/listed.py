"""Conversations put straight into the log, with just what a list shows of them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert

from bot.storage.log import seal_text
from bot.storage.log_tables import EVENT, TURN, VISIT
from bot.storage.review_tables import LABEL, LABELLED, REVIEW, VERDICT
from tests.support.database import vault
from tests.support.office import NOW

_numbers = itertools.count(1)


@dataclass
class Shelf:
    """Puts conversations into one database."""

    connection: Connection

    def visit(self, ref: str = "", **other: Any) -> str:  # noqa: ANN401 - columns
        """One conversation, quite an ordinary one, but for `other`."""
        ref = ref or f"r{next(_numbers):05}"
        ordinary = {
            "began_at": NOW, "last_at": NOW, "locale": "en", "switched": False, "turns": 3,
            "misses": 0, "signal": "", "place": "menu.menu", "outcome": "", "texts": 0,
        }  # fmt: skip
        self.connection.execute(insert(VISIT).values(ref=ref, **ordinary | other))
        return ref

    def shown(self, ref: str, *places: str) -> None:
        """What it was shown."""
        for place in places:
            event = {"ref": ref, "at": NOW, "kind": "shown", "place": place, "detail": ""}
            self.connection.execute(insert(EVENT).values(event))

    def says(self, ref: str, *texts: str, **other: Any) -> None:  # noqa: ANN401 - columns
        """What was kept of it."""
        for text in texts:
            number = next(_numbers)
            ordinary = {
                "at": NOW, "act": "typed", "locale": "en", "before": "", "place": "", "choice": "",
                "intent": "", "repair": "", "signal": "", "shown": None,
            }  # fmt: skip
            sealed = seal_text(vault(), ref, number, text)
            row = {"ref": ref, "number": number, "text": sealed, **ordinary}
            self.connection.execute(insert(TURN).values(row | other))
            more = VISIT.update().where(VISIT.c.ref == ref).values(texts=VISIT.c.texts + 1)
            self.connection.execute(more)

    def reviewed(self, ref: str, status: str, by: str = "", until: int = 0) -> None:
        """How far its review is, and who has claimed it."""
        row = {"claimed_by": by, "claimed_until": until, "changed_at": NOW, "changed_by": by}
        self.connection.execute(insert(REVIEW).values(ref=ref, status=status, **row))

    def judged(self, ref: str, by: str) -> None:
        """Somebody answered the rubric."""
        answers = {"clear": "yes", "safe": "yes", "finished": "yes", "language": "yes"}
        self.connection.execute(insert(VERDICT).values(ref=ref, staff=by, at=NOW, **answers))

    def label(self, id_: str, name: str, *refs: str) -> None:
        """A label, and what carries it."""
        self.connection.execute(insert(LABEL).values(id=id_, name=name, retired=False, made_at=NOW))
        for ref in refs:
            self.connection.execute(insert(LABELLED).values(ref=ref, label=id_, at=NOW, staff=""))
