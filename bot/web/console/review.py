"""What reviewers do with a conversation: claim it, label it, answer the rubric, write notes, say where it stands.

Decides that somebody else's claim is respected, that nothing is written about a conversation that has left the log, and
that each deed leaves a trace. The answer is the panel beside the transcript, or the page without scripts.
"""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Path
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from bot.storage import labels, notes, review_queue, reviewing, verdicts
from bot.storage.audit import Action
from bot.storage.review_status import ReviewStatus
from bot.storage.reviewing import hold, review_of
from bot.storage.verdicts import Said
from bot.web.console.conversation import GONE, REFERENCE, Ref
from bot.web.console.parts import PREFIX
from bot.web.console.refusals import NotFound, Wrong
from bot.web.console.review_panel import panel
from bot.web.console.sign_in import safe as safe_path
from bot.web.console.work import CanReview, Work

TAKEN: Final = "{} has this conversation in hand. Ask them, or wait until their half hour is over."
NO_LABEL: Final = "There is no such label, or it was retired. Reload the page to see the list."
EMPTY: Final = "Write something first."
NO_ANSWER: Final = "Answer at least one of the questions first."
FIXED: Final = "Both answers have been shown to each other and count as they were given."
NOTHING_CHOSEN: Final = "Choose at least one conversation, and at most {}, then the label."
MOST_AT_ONCE: Final = 100

router = APIRouter()
Id = Annotated[str, Form(max_length=32)]
Label = Annotated[str, Path(max_length=32)]
Answer = Annotated[Said, Form()]
Text = Annotated[str, Form(max_length=notes.LONGEST)]
Reference = Annotated[str, StringConstraints(pattern=REFERENCE)]


@router.post("/conversations/label")
def label_many(
    work: CanReview,
    label: Id,
    ref: Annotated[list[Reference], Form(max_length=MOST_AT_ONCE)],
    back: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Put a label on several conversations. `back` is the page of ours to return to."""
    name = _offered(work, label)
    refs = [each for each in dict.fromkeys(ref) if hold(work.connection, each)]
    if not refs:
        raise Wrong(NOTHING_CHOSEN.format(MOST_AT_ONCE))
    for each in refs:
        if labels.put_on(work.connection, each, label, work.member.id, work.now):
            work.trace(Action.LABELLED, each, f"+ {name}")
    return RedirectResponse(safe_path(back) or f"{PREFIX}/conversations", 303)


@router.post("/conversations/{ref}/claim")
def claim(work: CanReview, ref: Ref) -> Response:
    """Take it in hand, or for half an hour more."""
    _held(work, ref)
    if not reviewing.claim(work.connection, ref, work.member.id, work.now):
        return _done(work, ref, _taken(work, ref))
    work.trace(Action.CLAIMED, ref, "claim")
    return _done(work, ref)


@router.post("/conversations/{ref}/release")
def release(work: CanReview, ref: Ref) -> Response:
    """Let it go."""
    _held(work, ref)
    if reviewing.release(work.connection, ref, work.member.id, work.now):
        work.trace(Action.CLAIMED, ref, "release")
    return _done(work, ref)


@router.post("/conversations/{ref}/status")
def set_status(
    work: CanReview,
    ref: Ref,
    status: Annotated[ReviewStatus, Form()],
) -> Response:
    """Say where it stands."""
    _held(work, ref)
    if not reviewing.set_status(work.connection, ref, work.member.id, status, work.now):
        return _done(work, ref, _taken(work, ref))
    work.trace(Action.REVIEWED, ref, status.value)
    return _done(work, ref)


def given(
    clear: Answer = "", safe: Answer = "", finished: Answer = "", language: Answer = ""
) -> dict[str, str]:
    """The answers that a form brings, by question."""
    return {"clear": clear, "safe": safe, "finished": finished, "language": language}


Given = Annotated[dict[str, str], Depends(given)]


@router.post("/conversations/{ref}/finish")
def finish(work: CanReview, ref: Ref, answers: Given, text: Text = "") -> Response:
    """Reviewed: keep what was answered and written, and go on to the next in the queue."""
    _held(work, ref)
    if not reviewing.set_status(
        work.connection, ref, work.member.id, ReviewStatus.REVIEWED, work.now
    ):
        return _done(work, ref, _taken(work, ref))
    if any(answers.values()) and not panel(work, ref).fixed:
        verdicts.give(work.connection, ref, work.member.id, answers, work.now)
    if text.strip():
        _note(work, ref, text)
    work.trace(Action.REVIEWED, ref, ReviewStatus.REVIEWED.value)
    return next_in_queue(work)


@router.post("/conversations/{ref}/verdict")
def answer_rubric(work: CanReview, ref: Ref, answers: Given) -> Response:
    """Answer the questions of the rubric."""
    _held(work, ref)
    fault = "" if any(answers.values()) else NO_ANSWER
    if panel(work, ref).fixed:
        fault = FIXED
    if not fault:
        verdicts.give(work.connection, ref, work.member.id, answers, work.now)
        work.trace(Action.REVIEWED, ref, "answers")
    return _done(work, ref, fault)


@router.post("/conversations/{ref}/notes")
def add_note(work: CanReview, ref: Ref, text: Text = "") -> Response:
    """Write a note. It stays as it is."""
    _held(work, ref)
    if not text.strip():
        return _done(work, ref, EMPTY)
    _note(work, ref, text)
    return _done(work, ref)


@router.post("/conversations/{ref}/labels")
def put_label(work: CanReview, ref: Ref, label: Id) -> Response:
    """Put a label on it."""
    _held(work, ref)
    name = _offered(work, label)
    if labels.put_on(work.connection, ref, label, work.member.id, work.now):
        work.trace(Action.LABELLED, ref, f"+ {name}")
    return _done(work, ref)


@router.post("/conversations/{ref}/labels/{label}/remove")
def take_label(work: CanReview, ref: Ref, label: Label) -> Response:
    """Take a label off, also a retired one."""
    _held(work, ref)
    found = labels.label(work.connection, label)
    if found is not None and labels.take_off(work.connection, ref, label):
        work.trace(Action.LABELLED, ref, f"- {found.name}")
    return _done(work, ref)


def next_in_queue(work: Work) -> Response:
    """Take the next conversation in hand and open it; the queue where nothing waits."""
    ref = review_queue.take_next(work.connection, work.member.id, work.now)
    if ref is not None:
        work.trace(Action.CLAIMED, ref, "claim")
    where = f"/conversations/{ref}" if ref else "/queue"
    answer = work.go(where)
    if "hx-request" in work.request.headers:
        answer.headers["HX-Redirect"] = answer.headers["location"]
        answer.status_code = 204
    return answer


def _note(work: Work, ref: str, text: str) -> None:
    notes.add_note(work.connection, work.parts.vault, ref, work.member.id, text.strip(), work.now)
    work.trace(Action.NOTED, ref)


def _held(work: Work, ref: str) -> None:
    if not hold(work.connection, ref):
        raise NotFound(GONE)


def _taken(work: Work, ref: str) -> str:
    return TAKEN.format(review_of(work.connection, ref, work.now).name or "Somebody")


def _offered(work: Work, label: str) -> str:
    found = labels.label(work.connection, label)
    if found is None or found.retired:
        raise Wrong(NO_LABEL)
    return found.name


def _done(work: Work, ref: str, fault: str = "") -> Response:
    """The panel anew; a page for who has no scripts."""
    if "hx-request" in work.request.headers:
        return work.page("review_panel.html", panel=panel(work, ref, fault))
    if fault:
        raise Wrong(fault)
    return work.go(f"/conversations/{ref}#review")
