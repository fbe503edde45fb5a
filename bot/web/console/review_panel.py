"""What stands beside a transcript: status, labels, rubric, notes.

Decides whose answers to the rubric are shown: one's own always; those of others only after one's own, because somebody
who has seen an answer does not judge any more. Who cannot review sees all, and changes nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.storage import labels, notes, reviewing, verdicts
from bot.storage.labels import Label
from bot.storage.notes import Note
from bot.storage.reviewing import Review
from bot.storage.verdicts import Verdict
from bot.web.console.permission import Permission
from bot.web.console.work import Work


class Panel(NamedTuple):
    """Everything beside a transcript. `hidden` is how many others have answered whose answers are not shown yet;
    `fixed`: both answers stand, because they were shown to each other.
    """

    ref: str
    may_review: bool
    review: Review
    mine: bool
    labels: list[Label]
    offered: list[Label]
    own: Verdict | None
    others: list[Verdict]
    hidden: int
    fixed: bool
    notes: list[Note]
    questions: dict[str, str]
    fault: str


def panel(work: Work, ref: str, fault: str = "") -> Panel:
    """The panel for who asks."""
    connection, member = work.connection, work.member
    may_review = work.can(Permission.REVIEW)
    on = labels.labels_of(connection, ref)
    names = {each.id for each in on}
    given = verdicts.verdicts_of(connection, ref)
    own = next((each for each in given if each.staff == member.id), None)
    others = [each for each in given if each.staff != member.id]
    shown = own is not None or not may_review
    review = reviewing.review_of(connection, ref, work.now)
    return Panel(
        ref,
        may_review,
        review,
        review.claimed_by == member.id,
        on,
        [each for each in labels.labels(connection) if not each.retired and each.id not in names],
        own,
        others if shown else [],
        0 if shown else len(others),
        own is not None and bool(others),
        notes.notes_of(connection, work.parts.vault, ref),
        verdicts.QUESTIONS,
        fault,
    )
