"""One open page: what it was shown already, and so what it must hear next.

Decides the events of the page's stream, by comparing each chat with what was sent before: whatever happened in between,
the page ends up showing the chats as they are. It does not decide what happens in the World.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, Final, Protocol

Json = dict[str, Any]

# Long enough to be cheap, short enough to notice a page that went away.
HEARTBEAT_SECONDS: Final = 15.0


class Side(Protocol):
    """A person's side of the chat, as it is now."""

    user: int

    def messages(self) -> list[Json]: ...
    def emptied(self) -> bool: ...
    def profile(self) -> Json: ...
    def blocked(self) -> bool: ...
    def language(self) -> str | None: ...


class Window:
    """The stream of one page, with the sides of all people, by their number."""

    def __init__(self, sides: Mapping[int, Side]) -> None:
        self._sides = sides
        self._shown: dict[int, Shown] = {}
        self._queue: asyncio.Queue[Json | None] = asyncio.Queue()

    def close(self) -> None:
        """End the stream after what is waiting in it."""
        self._queue.put_nowait(None)

    def tell(self, event: Json) -> None:
        """Pass `event` on as it is."""
        self._queue.put_nowait(event)

    def look_again(self) -> None:
        """Tell the page what is different now."""
        for event in self._news():
            self.tell(event)

    async def events(self) -> AsyncIterator[Json | None]:
        """Every chat whole, then every change; None now and then, when there is nothing to tell."""
        for news in list(self._news()):
            yield news
        while True:
            try:
                event = await asyncio.wait_for(self._queue.get(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield None
                continue
            if event is None:
                return
            yield event

    def _news(self) -> Iterator[Json]:
        for number, side in self._sides.items():
            if number in self._shown:
                events = self._shown[number].changes()
            else:
                self._shown[number] = Shown(side)
                events = iter([self._shown[number].whole()])
            for event in events:
                yield {**event, "person": number}


class Shown:
    """What a page knows of one side."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self._messages = {message["message_id"]: message for message in side.messages()}
        self._profile, self._blocked = side.profile(), side.blocked()
        self._language = side.language()

    def whole(self) -> Json:
        """All of it."""
        return {
            "type": "snapshot",
            "messages": list(self._messages.values()),
            "emptied": self._side.emptied(),
            "profile": self._profile,
            "blocked": self._blocked,
            "language": self._language,
        }

    def changes(self) -> Iterator[Json]:
        """What is different now; afterwards it is known."""
        now = {message["message_id"]: message for message in self._side.messages()}
        before, self._messages = self._messages, now
        gone = [known for known in before if known not in now]
        if gone:
            yield {"type": "delete", "message_ids": gone}
        for known, message in now.items():
            if known not in before:
                yield {"type": "message", "message": message}
            elif before[known] != message:
                yield {"type": "edit", "message": message}
        yield from self._surroundings()

    def _surroundings(self) -> Iterator[Json]:
        profile, blocked = self._side.profile(), self._side.blocked()
        language = self._side.language()
        if language != self._language:
            self._language = language
            yield {"type": "language", "language": language}
        if profile != self._profile:
            self._profile = profile
            yield {"type": "profile", "profile": profile}
        if blocked != self._blocked:
            self._blocked = blocked
            yield {"type": "blocked", "blocked": blocked}
