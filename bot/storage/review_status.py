"""Where the review of a conversation can stand.

Decides the closed list. A conversation without a row in `review` is new.
"""

from __future__ import annotations

from enum import StrEnum


class ReviewStatus(StrEnum):
    """NEW: nobody has looked at it. FOLLOW_UP: read, and something is still to be done."""

    NEW = "new"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"
    FOLLOW_UP = "follow_up"


UNREAD = (ReviewStatus.NEW, ReviewStatus.IN_REVIEW)
"""Nobody has finished reading it."""
