"""How well each entry of the directory is looked after.

Decides when one is due: when people called it wrong since staff last looked, when nobody ever looked, or not for half a
year. It changes nothing; whether an entry is right can only be seen on its official page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection

from bot.storage.record_alerts import withheld
from bot.storage.record_checks import Check, Reports, checks, last_checks, reports_since_check
from dialogs.directory.entries import Entry

DAY: Final = 86_400
FRESH: Final = 180 * DAY


class Due(StrEnum):
    """Why somebody should look, the most pressing first."""

    REPORTED = "reported since"
    NEVER = "never checked"
    OLD = "checked long ago"


@dataclass(frozen=True, slots=True)
class Care:
    """An entry, who looked last, what was reported since, and whether people are not shown it now."""

    entry: Entry
    check: Check | None
    reports: Reports | None
    withheld: bool
    now: int

    @property
    def seen_at(self) -> int | None:
        """When anybody last compared it with its official page: staff, or authors as the file says."""
        by_authors = _midnight(self.entry.last_verified)
        times = [at for at in (self.check and self.check.at, by_authors) if at is not None]
        return max(times, default=None)

    @property
    def due(self) -> Due | None:
        """Why somebody should look; None while nobody need to."""
        if self.reports:
            return Due.REPORTED
        if self.seen_at is None:
            return Due.NEVER
        return Due.OLD if self.now - self.seen_at > FRESH else None

    @property
    def rank(self) -> tuple[object, ...]:
        """Where it stands in the list: reported most often, then withheld, then due, the oldest first."""
        order = [*Due].index(self.due) if self.due else len(Due)
        times = self.reports.times if self.reports else 0
        return -times, not self.withheld, order, self.seen_at or 0, self.entry.as_of or ""


def cared(connection: Connection, entries: Mapping[str, Entry], now: int) -> list[Care]:
    """All entries, what presses most first."""
    seen, reports, gone = (
        last_checks(connection),
        reports_since_check(connection),
        withheld(connection),
    )
    found = (
        Care(entry, seen.get(id_), reports.get(id_), id_ in gone, now)
        for id_, entry in entries.items()
    )
    return sorted(found, key=lambda care: care.rank)


def to_mend(connection: Connection, entries: Mapping[str, Entry]) -> Iterator[tuple[Entry, Check]]:
    """What staff noted and the files do not say yet, by file and line.

    A note is settled by a later check that found nothing different, or by a file that was verified that day or later.
    """
    settled: set[str] = set()
    found = []
    for check in checks(connection):  # the newest first
        entry = entries.get(check.record)
        if not check.changed:
            settled.add(check.record)
        elif entry is not None and check.record not in settled and _open(check, entry):
            found.append((entry, check))
    yield from sorted(
        found, key=lambda each: (each[0].file, each[0].line or 0, each[0].id, each[1].at)
    )


def _open(check: Check, entry: Entry) -> bool:
    verified = _midnight(entry.last_verified)
    return verified is None or check.at >= verified + DAY


def _midnight(day: str | None) -> int | None:
    """When a day begins; None without one."""
    if day is None:
        return None
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
