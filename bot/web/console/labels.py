"""The managed list of labels.

Decides who looks after it, and that a label is retired, never deleted.
"""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Form, Path
from fastapi.responses import Response

from bot.storage import labels
from bot.storage.audit import Action
from bot.storage.labels import Label, LabelRefusedError
from bot.web.console.refusals import NotFound, Wrong
from bot.web.console.work import CanLead, Work

NO_LABEL: Final = "There is no such label."

router = APIRouter()
Id = Annotated[str, Path(max_length=32)]
Name = Annotated[str, Form(max_length=200)]


@router.get("/labels")
def show(work: CanLead) -> Response:
    """The list, with how often each is used."""
    return work.page("labels.html", labels=labels.labels(work.connection), longest=labels.LONGEST)


@router.post("/labels")
def add(work: CanLead, name: Name = "") -> Response:
    """A new one."""
    try:
        made = labels.add(work.connection, name, work.now)
    except LabelRefusedError as refusal:
        raise Wrong(str(refusal)) from None
    work.trace(Action.LABEL_CHANGED, made.id, f"added {made.name}")
    return work.go("/labels")


@router.post("/labels/{label}")
def rename(work: CanLead, label: Id, name: Name = "") -> Response:
    """Another name, wherever it is."""
    before = _found(work, label)
    try:
        after = labels.rename(work.connection, label, name)
    except LabelRefusedError as refusal:
        raise Wrong(str(refusal)) from None
    work.trace(Action.LABEL_CHANGED, label, f"{before.name} → {after}")
    return work.go("/labels")


@router.post("/labels/{label}/retire")
def retire(work: CanLead, label: Id) -> Response:
    """Offer it no longer."""
    return _offer(work, label, retired=True)


@router.post("/labels/{label}/restore")
def restore(work: CanLead, label: Id) -> Response:
    """Offer it again."""
    return _offer(work, label, retired=False)


def _offer(work: Work, label: str, *, retired: bool) -> Response:
    found = _found(work, label)
    labels.retire(work.connection, label, retired=retired)
    did = "retired" if retired else "restored"
    work.trace(Action.LABEL_CHANGED, label, f"{did} {found.name}")
    return work.go("/labels")


def _found(work: Work, label: str) -> Label:
    found = labels.label(work.connection, label)
    if found is None:
        raise NotFound(NO_LABEL)
    return found
