"""Conversations as files: a table of one row each, or everything of each on a line of JSON.

Decides the columns and fields. Times are UTC, written as in ISO 8601. A file is made some conversations at a time,
each in a transaction of its own, so that a slow download holds nothing up; whoever takes back their yes meanwhile is
not in the rest of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import orjson

from bot.spreadsheet import BOM, csv_rows
from bot.storage.reviewed_visits import (
    ReviewedVisit,
    Verdict,
    Words,
    reviewed_visits,
    words_in,
)
from bot.storage.verdicts import QUESTIONS
from bot.web.console.parts import Parts

AT_ONCE: Final = 100
SAID: Final = dict(zip(QUESTIONS, ("clear", "safe", "finished", "right_language"), strict=True))
"""The rubric's questions, as a file calls them."""
COLUMNS: Final = (
    "reference", "began", "last_used", "language", "switched_language", "turns", "kept_texts", "misses", "danger",
    "outcome", "place", "status", "labels", "notes", "reviewers", *SAID.values(), "agreement_percent",
)  # fmt: skip


def as_csv(parts: Parts, refs: Sequence[str]) -> Iterator[bytes]:
    """A table for spreadsheet programs."""
    yield (BOM + csv_rows([COLUMNS])).encode()
    for some in _slices(refs):
        with parts.reading.begin() as connection:
            found = reviewed_visits(connection, some)
        yield csv_rows(_row(each) for each in found).encode()


def as_jsonl(parts: Parts, refs: Sequence[str]) -> Iterator[bytes]:
    """One conversation on each line, with its turns, kept text and notes."""
    for some in _slices(refs):
        with parts.reading.begin() as connection:
            found = reviewed_visits(connection, some)
            words = words_in(connection, parts.vault, some)
        lines = (_object(each, words[each.visit.ref]) for each in found)
        yield b"".join(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in lines)


def _slices(refs: Sequence[str]) -> Iterator[Sequence[str]]:
    return (refs[start : start + AT_ONCE] for start in range(0, len(refs), AT_ONCE))


def _row(each: ReviewedVisit) -> tuple[str | int | None, ...]:
    visit = each.visit
    said = ("|".join(verdict.answers[name] for verdict in each.verdicts) for name in QUESTIONS)
    return (
        visit.ref,
        _moment(visit.began_at),
        _moment(visit.last_at),
        visit.locale,
        "yes" if visit.switched else "no",
        visit.turns,
        visit.texts,
        visit.misses,
        visit.signal,
        visit.outcome,
        visit.place,
        each.status,
        "|".join(each.labels),
        each.notes,
        "|".join(each.reviewers),
        *said,
        each.agreement,
    )


def _object(each: ReviewedVisit, words: Words) -> dict[str, Any]:
    visit = each.visit
    return {
        "reference": visit.ref,
        "began": _moment(visit.began_at),
        "last_used": _moment(visit.last_at),
        "language": visit.locale,
        "switched_language": bool(visit.switched),
        "misses": visit.misses,
        "danger": visit.signal,
        "outcome": visit.outcome,
        "status": each.status,
        "labels": each.labels,
        "verdicts": [_verdict(verdict) for verdict in each.verdicts],
        "agreement_percent": each.agreement,
        "notes": [{"at": _moment(n.at), "by": n.by, "text": n.text} for n in words.notes],
        "turns": [{**t.codes, "at": _moment(t.codes["at"]), "text": t.text} for t in words.turns],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    answers = {SAID[name]: said or None for name, said in verdict.answers.items()}
    return {"by": verdict.by, "at": _moment(verdict.at), **answers}


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
