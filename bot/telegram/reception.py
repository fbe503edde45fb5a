"""Where updates from polling and webhook meet: handed to the turns, and done only when they are committed.

Decides the moment an update may be acknowledged to Telegram. It does not read updates, and takes no turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Protocol

from bot.tasks import settled
from bot.telegram.answers import Answers
from bot.telegram.inbound import Update
from bot.turns_plan import Taken


class Intake(Protocol):
    """Takes updates, in the order they are given."""

    def receive(self, updates: Sequence[Update]) -> Future[list[Taken]]:
        """Done when their turns are committed; fails when they are not."""
        ...


class Reception:
    """Receives updates, then answers the buttons among them."""

    def __init__(self, intake: Intake, answers: Answers) -> None:
        self._intake, self._answers = intake, answers

    async def receive(self, updates: Sequence[Update]) -> None:
        """Return once the updates are committed. Raises when they are not: then Telegram must give them again."""
        if updates:
            taken = await settled(self._intake.receive(updates))
            self._answers.give(taken)
