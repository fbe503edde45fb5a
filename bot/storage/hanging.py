"""Which tables hang on a conversation's reference.

Decides what is removed when a person takes back their yes, is forgotten, or leaves: everything with a column `ref`.
"""

from __future__ import annotations

from sqlalchemy import Table

from bot.storage.log_tables import EVENT, TURN, VISIT
from bot.storage.review_tables import ASSIGNED, LABELLED, NOTE, REVIEW, VERDICT

OF_A_REF: tuple[Table, ...] = (
    VISIT, TURN, EVENT, REVIEW, VERDICT, LABELLED, NOTE, ASSIGNED,
)  # fmt: skip
"""Every table with a column `ref`; a test holds it complete."""
