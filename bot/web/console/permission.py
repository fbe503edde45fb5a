"""Who may do what in the console.

Decides the one table of permissions. A route declares one of them (see `work`); the suite fails for one that does not.
"""

from __future__ import annotations

from enum import StrEnum

from bot.storage.staff import Role


class Permission(StrEnum):
    """Something one may do."""

    READ = "read"
    """Conversations, figures, the directory, one's own account."""

    REVIEW = "review"
    """Labels, notes, rubric, claims, redaction, answers to people."""

    LEAD = "lead"
    """Exports, the list of labels, shared views, the directory's checks and alerts."""

    ADMIN = "admin"
    """Staff and the audit."""


LOWEST = {
    Permission.READ: Role.VIEWER,
    Permission.REVIEW: Role.REVIEWER,
    Permission.LEAD: Role.LEAD,
    Permission.ADMIN: Role.ADMIN,
}
"""The lowest role that has a permission; all above have it too."""


def may(role: Role, permission: Permission) -> bool:
    """Whether somebody with that role may."""
    return role.rank >= LOWEST[permission].rank
