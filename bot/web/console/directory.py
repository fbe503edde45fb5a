"""The directory: what is due for a check, what people call wrong, what is withheld.

Decides that a check is what somebody saw on the official page, with what was different; it never changes a file. An
alert keeps a record from people at once, but never a number of a safety card: that is mended in the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Final, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Path, Query
from fastapi.responses import Response
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, Field

from bot.storage import record_alerts, record_checks
from bot.storage.audit import Action
from bot.web.console.attached import attached, text_file
from bot.web.console.directory_care import Care, Due, cared, to_mend
from bot.web.console.refusals import NotFound, Wrong
from bot.web.console.work import CanLead, CanRead, Work
from dialogs.directory.entries import Entry, Sort, entries
from dialogs.directory.record import EVERYWHERE
from dialogs.engine.lines import Code, CodeKind, Line

PAGE: Final = 50
LONGEST: Final = 500
NOT_THERE: Final = "The directory has no such record, or no longer."
NO_REASON: Final = "Say why: others have to know what to look into."
ON_SAFETY_CARDS: Final = (
    "Numbers of safety cards, crisis lines and rights cannot be withheld: somebody may need them now. "
    "Mend the file instead, and release it."
)
WITHHELD_ALREADY: Final = "This record is withheld already."
NOT_WITHHELD: Final = "This record is not withheld."
STATES: Final = {
    "due": "due for a check",
    "reported": "reported",
    "withheld": "withheld",
    "hidden": "never shown to people",
}

router = APIRouter()
Words = Annotated[str, Form(max_length=LONGEST)]
Record = Annotated[str, Path(max_length=128)]


class Asked(BaseModel):
    """Filters as they stand in the address; an empty one is none."""

    model_config = ConfigDict(frozen=True)

    sort: Sort | Literal[""] = ""
    country: Annotated[str, Field(max_length=2)] = ""
    state: Literal["", "due", "reported", "withheld", "hidden"] = ""
    text: Annotated[str, Field(max_length=100)] = ""
    page: Annotated[int, Field(ge=1, le=1_000)] = 1

    def at(self, page: int) -> str:
        """What stands after the "?" of another page with the same filters."""
        given = {"sort": self.sort, "country": self.country, "state": self.state, "text": self.text}
        return urlencode({name: it for name, it in given.items() if it} | {"page": page})


@router.get("/directory")
def directory(work: CanRead, asked: Annotated[Asked, Query()]) -> Response:
    """All records, what presses most first."""
    everything = cared(work.connection, _entries(work), work.now)
    found = [care for care in everything if _wanted(care, asked)]
    last = max(1, -(-len(found) // PAGE))
    page = min(asked.page, last)
    return work.page(
        "directory.html",
        asked=asked,
        found=found[(page - 1) * PAGE : page * PAGE],
        count=len(found),
        page=page,
        last=last,
        sums={state: sum(_stands(care, state) for care in everything) for state in STATES},
        states=STATES,
        sorts=tuple(Sort),
        countries=_countries(work, everything),
        where=lambda entry: _where(work, entry.countries),
    )


@router.get("/directory/to-mend")
def mend(work: CanRead) -> Response:
    """What staff saw that the files do not say yet, for authors."""
    found = list(to_mend(work.connection, _entries(work)))
    work.trace(Action.EXPORTED, "directory.to_mend", str(len(found)))
    lines = (_to_mend(entry, check) for entry, check in found)
    return text_file(
        "".join(lines) or "Nothing to mend.\n", attached("directory-to-mend", work.now, "txt")
    )


@router.get("/directory/{record}")
def record(
    work: CanRead, record: Record, in_: Annotated[str, Query(alias="in", max_length=16)] = ""
) -> Response:
    """One record: as people see it, as it stands in the file, and what staff did about it."""
    entry = _entry(work, record)
    locale = in_ if in_ in work.parts.book.catalogs.shipped else work.member.locale
    (care,) = cared(work.connection, {entry.id: entry}, work.now)
    return work.page(
        "record.html",
        care=care,
        entry=entry,
        locale=locale,
        locales=work.parts.book.catalogs.shipped,
        card=_card(work, entry, locale),
        checks=record_checks.checks(work.connection, entry.id),
        alerts=record_alerts.alerts(work.connection, entry.id),
        where=_where(work, entry.countries),
        longest=LONGEST,
        on_safety_cards=ON_SAFETY_CARDS,
    )


@router.post("/directory/{record}/check")
def check(work: CanLead, record: Record, changed: Words = "") -> Response:
    """Somebody looked at the official page today."""
    entry, words = _entry(work, record), _plain(changed)
    record_checks.note_check(work.connection, entry.id, words, work.member.id, work.now)
    work.trace(Action.VERIFIED, entry.id, "changed" if words else "same")
    return work.go(f"/directory/{entry.id}")


@router.post("/directory/{record}/alert")
def alert(work: CanLead, record: Record, reason: Words = "") -> Response:
    """Keep a record from people."""
    entry, words = _entry(work, record), _plain(reason)
    if not entry.withholdable:
        raise Wrong(ON_SAFETY_CARDS)
    if not words:
        raise Wrong(NO_REASON)
    if not record_alerts.raise_alert(work.connection, entry.id, words, work.member.id, work.now):
        raise Wrong(WITHHELD_ALREADY)
    work.trace(Action.ALERTED, entry.id, "raised")
    return work.go(f"/directory/{entry.id}")


@router.post("/directory/{record}/lift")
def lift(work: CanLead, record: Record) -> Response:
    """Show it to people again."""
    entry = _entry(work, record)
    if not record_alerts.lift_alert(work.connection, entry.id, work.member.id, work.now):
        raise Wrong(NOT_WITHHELD)
    work.trace(Action.ALERTED, entry.id, "lifted")
    return work.go(f"/directory/{entry.id}")


def _entries(work: Work) -> Mapping[str, Entry]:
    return entries(work.parts.book.directory)


def _entry(work: Work, id_: str) -> Entry:
    found = _entries(work).get(id_)
    if found is None:
        raise NotFound(NOT_THERE)
    return found


def _wanted(care: Care, asked: Asked) -> bool:
    entry = care.entry
    if asked.sort and entry.sort != asked.sort:
        return False
    if asked.country and asked.country not in entry.countries:
        return False
    return _stands(care, asked.state) and _names(entry, asked.text)


def _stands(care: Care, state: str) -> bool:
    match state:
        case "due":
            return care.due is not None
        case "reported":
            return care.due is Due.REPORTED
        case "withheld":
            return care.withheld
        case "hidden":
            return not care.entry.shown
        case _:
            return not state


def _names(entry: Entry, text: str) -> bool:
    """Whether every word stands somewhere in the record."""
    held = " ".join((entry.id, *(value for _, value in entry.raw()))).casefold()
    return all(word in held for word in text.casefold().split())


def _card(work: Work, entry: Entry, locale: str) -> list[Markup]:
    today = datetime.fromtimestamp(work.now, UTC).date()
    said = (work.parts.renderer.text(line, locale) for line in entry.lines(today))
    return [Markup(html) for html in said]  # noqa: S704 - the renderer escapes all but our own tags


def _countries(work: Work, found: Sequence[Care]) -> list[tuple[str, str]]:
    """Codes and names of all countries that have an entry, by name."""
    codes = {code for care in found for code in care.entry.countries} - {EVERYWHERE}
    return sorted(((code, _named(work, code)) for code in codes), key=lambda each: each[1])


def _where(work: Work, codes: Sequence[str]) -> str:
    named = ["many countries" if code == EVERYWHERE else _named(work, code) for code in codes[:3]]
    return ", ".join(named) + (f" and {len(codes) - 3} more" if len(codes) > 3 else "")


def _named(work: Work, code: str) -> str:
    line = Line("console.country", "{name}", {"name": Code(CodeKind.COUNTRY, code)})
    return work.parts.renderer.plain(line, "en")


def _to_mend(entry: Entry, check: record_checks.Check) -> str:
    day = datetime.fromtimestamp(check.at, UTC).date().isoformat()
    where = f"{entry.file}:{entry.line}" if entry.line else entry.file
    words = "\n".join(f"    {line}" for line in check.changed.splitlines())
    return f"{where}  {entry.id}  {entry.name}\n    seen on {day} by {check.by or 'somebody'}\n{words}\n\n"


def _plain(words: str) -> str:
    """What was typed, without what cannot be seen."""
    lines = words.replace("\r\n", "\n").strip().split("\n")
    return "\n".join("".join(letter for letter in line if letter.isprintable()) for line in lines)
