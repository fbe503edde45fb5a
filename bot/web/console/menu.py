"""The console's menu.

Decides which pages stand in it, and whom each is shown to.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.web.console.permission import Permission


class Entry(NamedTuple):
    """A page: its path below the console, its name, and who sees it."""

    path: str
    name: str
    permission: Permission


MENU = (
    Entry("/", "Today", Permission.READ),
    Entry("/conversations", "Conversations", Permission.READ),
    Entry("/queue", "Queue", Permission.REVIEW),
    Entry("/not-understood", "Not understood", Permission.READ),
    Entry("/questions", "Questions", Permission.REVIEW),
    Entry("/funnel", "Funnel", Permission.READ),
    Entry("/flows", "Flows", Permission.READ),
    Entry("/directory", "Directory", Permission.READ),
    Entry("/exports", "Exports", Permission.LEAD),
    Entry("/labels", "Labels", Permission.LEAD),
    Entry("/views", "Saved views", Permission.READ),
    Entry("/staff", "Staff", Permission.ADMIN),
    Entry("/audit", "Audit", Permission.ADMIN),
    Entry("/account", "Account", Permission.READ),
    Entry("/about", "About", Permission.READ),
)
