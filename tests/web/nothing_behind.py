"""What stands behind the page when there is no program: a fake that remembers what it was asked."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

NOTHING_SEEN: Json = {
    "conversation": None, "turn": None, "wire": [], "violations": [], "door": "/bot/getMe",
}  # fmt: skip


class NothingBehind:
    """Counts restarts, moves a clock nobody looks at, and tells the stories it was given."""

    def __init__(self) -> None:
        self.restarts = 0
        self.kept: set[int] = set()
        """Whom the program remembers."""
        self.stories: dict[int, str] = {}
        self._ahead = 0

    async def restart(self) -> None:
        self.restarts += 1

    def look(self, user: int) -> Json:
        return NOTHING_SEEN | {"user": user}

    def remembered(self, user: int) -> bool:
        return user in self.kept

    def story(self, user: int) -> str:
        if user not in self.stories:
            raise ValueError("Nothing was said yet.")
        return self.stories[user]

    def ahead(self) -> int:
        return self._ahead

    def let_pass(self, seconds: int) -> None:
        self._ahead += seconds
