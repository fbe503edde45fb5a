"""Not understood: what people wrote and were asked again for, grouped by likeness.

Decides what stands together on the page, and takes what staff say a text should have been taken for. What comes of
that is a file of example phrases, for an author; nothing changes how texts are understood here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Final, Literal, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Path, Query
from fastapi.responses import Response
from pydantic import Field

from bot.storage import letters, missed
from bot.storage.audit import Action
from bot.storage.letters import Letter
from bot.storage.missed import Missed, Which
from bot.web.console.intents import offers, titles
from bot.web.console.likeness import alike
from bot.web.console.phrase_file import phrase_file
from bot.web.console.questions import language as name_of
from bot.web.console.questions import names
from bot.web.console.refusals import NotFound, Wrong
from bot.web.console.work import CanLead, CanRead, CanReview, Work
from dialogs.understanding.intents import Intent
from dialogs.understanding.words import LISTED

GROUPS: Final = 20
"""On one page."""
SHOWN: Final = 6
"""Texts of a group that are shown at once."""
NOTHING_TICKED: Final = "Tick at least one text."
NO_INTENT: Final = "Choose what the texts should have been taken for."
GONE: Final = (
    "These texts are no longer here: their time is over, or their people took back their yes."
)

router = APIRouter()
Language = Annotated[str, Field(max_length=16, pattern="^[A-Za-z_-]*$")]
PageNumber = Annotated[int, Field(ge=1, le=1_000)]
TurnId = Annotated[int, Field(ge=1, le=2**53)]


class Said(NamedTuple):
    """A text on the page: of a logged turn, a worry somebody kept for staff, or both in one."""

    text: str
    at: int
    turn: Missed | None
    worry: Letter | None


class Group(NamedTuple):
    """Texts that are alike, the newest first."""

    first: tuple[Said, ...]
    rest: tuple[Said, ...]

    @property
    def size(self) -> int:
        """How many texts."""
        return len(self.first) + len(self.rest)

    @property
    def can_be_assigned(self) -> bool:
        """Whether any of them is a logged turn."""
        return any(said.turn is not None for said in (*self.first, *self.rest))


class View(NamedTuple):
    """What of all this somebody looks at."""

    language: str
    which: Which
    page: int

    def at(self, **other: object) -> str:
        """The address of this view, or of one like it."""
        return f"/not-understood?{urlencode(self._asdict() | other)}"


@router.get("/not-understood")
def not_understood(
    work: CanRead,
    language: Annotated[Language, Query()] = "",
    which: Which = Which.WAITING,
    page: Annotated[PageNumber, Query()] = 1,
) -> Response:
    """The texts of one language."""
    worries = (
        letters.worries(work.connection, work.parts.vault) if which is not Which.ASSIGNED else []
    )
    languages = _languages(missed.counted(work.connection, work.now, which), worries)
    language = language or next(iter(languages), "")
    said = _said(work, language, which, worries)
    groups = _groups(said)
    pages = max(1, -(-len(groups) // GROUPS))
    view = View(language, which, min(page, pages))
    book, renderer, reader = work.parts.book, work.parts.renderer, work.member.locale
    named = titles(book, renderer, reader)
    return work.page(
        "not_understood.html",
        view=view,
        views=list(Which),
        languages=languages,
        groups=groups[GROUPS * (view.page - 1) : GROUPS * view.page],
        pages=pages,
        number=len(said),
        worries=sum(one.worry is not None for one in said),
        offers=offers(book, renderer, reader),
        offered=lambda turn: [named[code] for code in turn.offered if code in named],
        names=names(work),
        name_of=name_of,
        listed=language in LISTED,
        most=missed.MOST,
        days=missed.LOOKED_BACK // 86_400,
    )


@router.post("/not-understood")
def assign(
    work: CanReview,
    turn: Annotated[list[TurnId], Form(max_length=missed.MOST, default_factory=list)],
    act: Annotated[Literal["assign", "leave", "back"], Form()] = "assign",
    intent: Annotated[Intent | Literal[""], Form()] = "",
    language: Annotated[Language, Form()] = "",
    which: Annotated[Which, Form()] = Which.WAITING,
    page: Annotated[PageNumber, Form()] = 1,
) -> Response:
    """Say what texts should have been taken for, that they may be left, or that they wait again."""
    if not turn:
        raise Wrong(NOTHING_TICKED)
    if act == "assign" and not intent:
        raise Wrong(NO_INTENT)
    if act == "back":
        number = missed.put_back(work.connection, turn)
    else:
        chosen = intent if act == "assign" else ""
        number = missed.assign(work.connection, turn, chosen, work.member.id, work.now)
    if not number:
        raise Wrong(GONE)
    what = intent if act == "assign" else {"leave": "left", "back": "put back"}[act]
    work.trace(Action.ASSIGNED, what, f"{number} texts")
    return work.go(View(language, which, page).at())


@router.post("/not-understood/worries/{worry}/dismiss")
def dismiss(
    work: CanReview,
    worry: Annotated[str, Path(max_length=32)],
    language: Annotated[Language, Form()] = "",
    which: Annotated[Which, Form()] = Which.WAITING,
    page: Annotated[PageNumber, Form()] = 1,
) -> Response:
    """Remove a worry that was read."""
    if not letters.dismiss(work.connection, worry):
        raise NotFound("This worry is no longer here.")
    work.trace(Action.DISMISSED, worry)
    return work.go(View(language, which, page).at())


@router.get("/not-understood/phrases/{language}.yaml")
def phrases(work: CanLead, language: Annotated[str, Path(max_length=16)]) -> Response:
    """The assigned texts of a language, as example phrases."""
    if language not in LISTED:
        raise NotFound("There are no example phrases in this language.")
    assigned = missed.assigned(work.connection, work.parts.vault, language)
    file = phrase_file(name_of(language), assigned)
    work.trace(Action.EXPORTED, f"phrases {language}", f"{file.phrases} phrases")
    attached = f'attachment; filename="{language}.yaml"'
    return Response(
        file.text, media_type="application/yaml", headers={"Content-Disposition": attached}
    )


def _languages(counted: Mapping[str, int], worries: Sequence[Letter]) -> dict[str, int]:
    """How many logged texts there are by language; a language may have worries alone."""
    return {**dict.fromkeys(sorted({worry.locale for worry in worries}), 0), **counted}


def _said(work: Work, language: str, which: Which, worries: Sequence[Letter]) -> list[Said]:
    """All texts of a language, the newest first. A worry that was logged as well stands there once."""
    turns = missed.missed(work.connection, work.parts.vault, language, work.now, which)
    theirs = {(w.asked_at, w.text): w for w in worries if w.locale == language}
    said = [Said(t.text, t.at, t, theirs.pop((t.at, t.text), None)) for t in turns]
    said += [Said(worry.text, worry.asked_at, None, worry) for worry in theirs.values()]
    return sorted(said, key=lambda one: (-one.at, one.text))


def _groups(said: Sequence[Said]) -> list[Group]:
    """The largest first, then the newest. The oldest text of a group is what the others are compared to."""
    oldest_first = said[::-1]
    found = alike([one.text for one in oldest_first])
    groups = [tuple(oldest_first[number] for number in reversed(group)) for group in found]
    groups.sort(key=lambda group: (-len(group), -group[0].at))
    return [Group(group[:SHOWN], group[SHOWN:]) for group in groups]
