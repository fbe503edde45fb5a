"""The program with a planted mistake: updates are acknowledged to Telegram before they are committed.

`python -m tests.kill --planted` runs it to prove that the lost updates would be noticed.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.cli import app
from bot.telegram import connection
from bot.telegram.inbound import MalformedUpdate, Update
from bot.telegram.raw import UpdateSource


class HastySource(UpdateSource):
    """Tells Telegram that it has the updates as soon as it has them."""

    async def fetch(self, offset: int | None) -> Sequence[Update | MalformedUpdate]:
        """The updates, acknowledged."""
        fetched = await UpdateSource.fetch(self, offset)
        numbers = [one.update_id for one in fetched if isinstance(one, Update)]
        if numbers:
            await UpdateSource(self.bot, self.request, 0, 1).fetch(max(numbers) + 1)
        return fetched


if __name__ == "__main__":
    setattr(connection, UpdateSource.__name__, HastySource)
    app()
