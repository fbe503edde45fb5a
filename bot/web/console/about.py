"""About: which program this is, what it keeps for how long, in which languages, and who may do what.

Decides what of that is told; all of it is read from where it is decided, so that this page cannot be out of date.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from babel.messages.pofile import read_po
from fastapi import APIRouter
from fastapi.responses import Response

from bot.privacy.redaction.admission import figures
from bot.storage.migrate import revision
from bot.storage.record_checks import last_checks
from bot.storage.staff import LINK_LASTS
from bot.storage.staff_sessions import IDLE, LONGEST
from bot.web.console.permission import LOWEST, Permission
from bot.web.console.vendored import vendored
from bot.web.console.work import CanRead, Work
from dialogs.book import LOCALES
from dialogs.catalogs import SOURCE, Catalogs
from dialogs.kept_for import PERIODS, told

PROJECT: Final = Path(__file__).parents[3] / "pyproject.toml"

router = APIRouter()


class Language(NamedTuple):
    """A language: whether people may choose it, how many texts are there in it, and whether words may be kept."""

    locale: str
    offered: bool
    texts: int
    kept: bool


class Kept(NamedTuple):
    """A kind of rows, how people are told of it, and for how many days it is kept."""

    kind: str
    told: str
    days: int


MAY: Final[Mapping[Permission, str]] = {
    Permission.READ: "read conversations, figures and the directory; look after their own account",
    Permission.REVIEW: "label, note, judge and claim conversations, remove what identifies somebody, answer questions",
    Permission.LEAD: "export, look after labels and shared views, check records of the directory and withhold them",
    Permission.ADMIN: "add and disable staff, change roles, read the audit",
}


@router.get("/about")
def about(work: CanRead) -> Response:
    """Everything about the program."""
    book = work.parts.book
    return work.page(
        "about.html",
        version=version(),
        flows=book.revision,
        tables=revision(work.connection) or "made by hand",
        records=len(book.directory.records),
        checked_at=max((each.at for each in last_checks(work.connection).values()), default=None),
        languages=list(languages(book.catalogs)),
        texts=all_texts(),
        kept=list(_kept(work)),
        sessions={"idle": IDLE // 60, "longest": LONGEST // 3600, "link": LINK_LASTS // 3600},
        may=[(LOWEST[permission], what) for permission, what in MAY.items()],
        vendored=vendored(),
    )


@cache
def version() -> str:
    """The program's, from the file it is built by."""
    return str(tomllib.loads(PROJECT.read_text("utf-8"))["project"]["version"])


@cache
def all_texts() -> int:
    """How many there are to translate."""
    with (LOCALES / "messages.pot").open("rb") as file:
        return len(read_po(file))


def languages(catalogs: Catalogs) -> Iterator[Language]:
    """Each language in which there is any text, or of which text may be kept."""
    admitted = figures()
    for locale in sorted({*catalogs.locales, *admitted}):
        texts = catalogs.texts.get(locale)
        there = len(texts.single) + len(texts.plural) if texts else 0
        count = all_texts() if locale == SOURCE else there
        yield Language(locale, locale in catalogs.shipped, count, locale in admitted)


def _kept(work: Work) -> Iterator[Kept]:
    keep_days = work.parts.keep_days
    for kind, period in PERIODS.items():
        line = work.parts.renderer.plain(told(period, keep_days), work.member.locale)
        yield Kept(kind.value, line.removeprefix("• "), period.of(keep_days))
