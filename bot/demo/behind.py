"""What stands behind the demo's page: the program that can be started anew, what is known of it, and the clock.

Decides nothing; it names the few things a page may ask for beyond the World.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from bot.demo.clock import DemoClock
from bot.demo.inspect import Inspect
from bot.demo.stories import Stories

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Behind:
    """The real thing. Tests of the page alone put a smaller one there."""

    inspect: Inspect
    stories: Stories
    clock: DemoClock
    restart: Callable[[], Coroutine[Any, Any, None]]

    def look(self, user: int) -> Json:
        """Everything about the chat with `user`. Raises ValueError when its row cannot be opened."""
        return self.inspect.look(user)

    def remembered(self, user: int) -> bool:
        """Whether the program keeps a conversation with somebody."""
        return self.inspect.remembered(user)

    def story(self, user: int) -> str:
        """Somebody's chat as a conversation test. Raises CannotBeTold."""
        return self.stories.told(user)

    def ahead(self) -> int:
        """The seconds the demo's clock is ahead of the machine's."""
        return self.clock.ahead

    def let_pass(self, seconds: int) -> None:
        """Move the demo's clock on."""
        waiting = self.stories.unsettled()
        self.clock.move(seconds)
        self.stories.passes(waiting)
