"""Questions: what people ask staff, and answering it.

Decides the way of an answer: written, shown just as it would be sent, sent. Where a safety card was shown it is kept
until a second person approves it. Which answers may be sent at all is decided in `bot.storage.letters`. No page tells
which conversation a question comes from.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Form, Path
from fastapi.responses import Response

from bot.storage import letters, staff
from bot.storage.audit import Action
from bot.storage.letters import Letter, RefusedError
from bot.storage.questions import Standing
from bot.voice import Voice
from bot.web.console.refusals import NotFound, Wrong
from bot.web.console.work import CanReview, Work
from dialogs.catalogs import SOURCE
from dialogs.person import letter_lines

SHOWN_FOR: Final = 30 * 86_400
"""Seconds for which an answered question stands on the page."""
GONE: Final = "This question is no longer here: it was taken back, or its time is over."
CHANGED: Final = "It was answered or changed meanwhile. Open it again and look."
FAULT: Final = f"An answer has 1 to {letters.LONGEST:,} characters."
DONE: Final = {
    "sent": "The answer is on its way.",
    "kept": "The answer is kept. It goes out when somebody else has approved it.",
}

language: Final = Voice(SOURCE).language
"""What a language is called in English."""

router = APIRouter()
Id = Annotated[str, Path(max_length=32)]
Text = Annotated[str, Form(alias="answer", max_length=20_000)]
Seen = Annotated[str, Form(max_length=16)]


@router.get("/questions")
def questions(work: CanReview, done: Literal["", "sent", "kept"] = "") -> Response:
    """What waits, and what was answered lately."""
    waiting = letters.waiting(work.connection, work.parts.vault)
    return work.page(
        "questions.html",
        open=[letter for letter in waiting if letter.standing is Standing.OPEN],
        drafted=[letter for letter in waiting if letter.standing is Standing.DRAFTED],
        answered=letters.answered(work.connection, work.parts.vault, work.now - SHOWN_FOR),
        names=names(work),
        language=language,
        answering=work.parts.answering,
        done=DONE.get(done, ""),
    )


@router.get("/questions/{question}")
def question(work: CanReview, question: Id) -> Response:
    """One question, and where its answer is written."""
    letter = _found(work, question)
    work.trace(Action.QUESTION_OPENED, letter.id)
    return _page(work, letter, letter.answer or "")


@router.post("/questions/{question}")
def write_on(work: CanReview, question: Id, answer: Text = "") -> Response:
    """Go on writing what was shown."""
    return _page(work, _found(work, question), letters.sound(answer))


@router.post("/questions/{question}/count")
def count(work: CanReview, question: Id, answer: Text = "") -> Response:
    """How long an answer is, while it is written."""
    return work.page("question_count.html", length=len(letters.sound(answer)), question=question)


@router.post("/questions/{question}/check")
def check(work: CanReview, question: Id, seen: Seen = "", answer: Text = "") -> Response:
    """Show what would be sent."""
    letter, said = _found(work, question, seen), letters.sound(answer)
    if not 1 <= len(said) <= letters.LONGEST:
        return _page(work, letter, said, FAULT)
    return work.page(
        "question_check.html", letter=letter, said=said, as_sent=_as_sent(work, letter, said), language=language
    )  # fmt: skip


@router.post("/questions/{question}/send")
def send(work: CanReview, question: Id, seen: Seen = "", answer: Text = "") -> Response:
    """Send an answer, or keep it for a second reader."""
    letter = _found(work, question, seen)
    with _refusals():
        standing = letters.answer(
            work.connection, work.parts.vault, letter, answer, work.member.id, work.now
        )
    work.trace(Action.ANSWERED, letter.id, standing.value)
    return work.go(f"/questions?done={'kept' if standing is Standing.DRAFTED else 'sent'}")


@router.post("/questions/{question}/approve")
def approve(work: CanReview, question: Id, seen: Seen = "") -> Response:
    """Send an answer that somebody else wrote."""
    letter = _found(work, question, seen)
    with _refusals():
        letters.approve(work.connection, letter, work.member.id, work.now)
    work.trace(Action.APPROVED, letter.id)
    return work.go("/questions?done=sent")


def names(work: Work) -> dict[str, str]:
    """What members of staff are called, by id."""
    return {member.id: member.name for member in staff.members(work.connection)}


def _found(work: Work, question: str, seen: str | None = None) -> Letter:
    """The question; with `seen`, only while it stands as it was shown. Raises NotFound, Wrong."""
    letter = letters.question(work.connection, work.parts.vault, question)
    if letter is None:
        raise NotFound(GONE)
    if seen is not None and (letter.version != seen or letter.standing is Standing.ANSWERED):
        raise Wrong(CHANGED)
    return letter


@contextmanager
def _refusals() -> Iterator[None]:
    """What storage refuses becomes a page."""
    try:
        yield
    except RefusedError as error:
        raise Wrong(str(error)) from None


def _page(work: Work, letter: Letter, said: str, fault: str = "") -> Response:
    return work.page(
        "question.html",
        422 if fault else 200,
        letter=letter,
        said=said,
        as_sent=_as_sent(work, letter, letter.answer or ""),
        names=names(work),
        language=language,
        longest=letters.LONGEST,
        fault=fault,
    )


def _as_sent(work: Work, letter: Letter, answer: str) -> list[str]:
    """The card that shows an answer in the chat, paragraph by paragraph."""
    body = work.parts.book.flows["person"].states["answer"].body
    lines = (*((body,) if body else ()), *letter_lines(answer))
    return [work.parts.renderer.plain(line, letter.locale) for line in lines]
