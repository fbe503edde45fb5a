"""One person's chat with the running program, through HTTP and the database.

Decides what that person sees: what came since they last did something, and the newest keyboard. Answers and the open
state are read from the database, with the keys.
"""

from __future__ import annotations

from typing import Any

from tests.support.live import Live
from tests.support.script import plain


class WorldChat:
    """A chat, for scripts and end-to-end tests."""

    def __init__(self, live: Live, language: str | None = "en") -> None:
        self.live = live
        self.user = live.newcomer(language)
        live.staffed(active=True)
        self._changed: dict[int, None] = {}
        self._last_text = 0
        self._stop = live.world.subscribe(self._hear)

    def close(self) -> None:
        """Look no longer."""
        self._stop()

    def client(self, language: str) -> None:
        """Set the language the phone reports."""
        self.live.world.person(self.user, "Person", language)

    async def says(self, text: str) -> None:
        """Type a text or command."""
        self._changed.clear()
        update = self.live.world.says(self.user, text)
        self._last_text = update["message"]["message_id"]
        await self.live.settled()

    async def taps(self, label: str, *, oldest: bool = False) -> None:
        """Press the newest (or oldest) button with this label."""
        found = self._keys() if oldest else list(reversed(self._keys()))
        wanted = plain(label)
        for message_id, text, press in found:
            if press is not None and plain(text) == wanted:
                await self.presses(message_id, press)
                return
        raise AssertionError(f"no button {label!r}; there are {[text for _, text, _ in found]}")

    async def presses(self, message_id: int, data: str) -> None:
        """Press a button of a message by what it sends back."""
        self._changed.clear()
        self.live.presses(self.user, message_id, data)
        await self.live.settled()

    async def sends(self, what: str) -> None:
        """Send something that is not text; `return` stands for blocking and coming back."""
        world = self.live.world
        if what == "return":
            world.blocks(self.user)
            await self.live.settled()
            self._changed.clear()
            world.unblocks(self.user)
        else:
            self._changed.clear()
            kind, _, caption = what.partition(", under it: ")
            world.sends(self.user, kind, caption or None)  # type: ignore[arg-type]
        await self.live.settled()

    async def edits(self, text: str) -> None:
        """Edit the last text."""
        self._changed.clear()
        self.live.world.edits(self.user, self._last_text, text)
        await self.live.settled()

    async def staff_answers(self, text: str) -> None:
        """Let staff answer the question that waits, in the terminal's way, and a second person approve it."""
        self._changed.clear()
        await self.live.staff_answers(self.user, text)

    async def nobody_answers(self) -> None:
        """Let there be no staff."""
        self.live.staffed(active=False)

    async def passes(self, seconds: int) -> None:
        """Let time go by; what is due comes in."""
        self._changed.clear()
        await self.live.passes(seconds)

    def bubbles(self) -> list[dict[str, Any]]:
        """The assistant's messages that stand in the chat, oldest first."""
        return [one for one in self.live.world.chat(self.user) if one["from_bot"]]

    def said(self) -> list[str]:
        """The bubbles sent or changed since the last act."""
        standing = {one["message_id"]: one.get("text", "") for one in self.bubbles()}
        return [standing[number] for number in self._changed if standing.get(number)]

    def buttons(self) -> list[str]:
        """The labels of the newest keyboard."""
        keyed = [one for one in self.bubbles() if "reply_markup" in one]
        return [text for text, _ in _keys_of(keyed[-1])] if keyed else []

    def answers(self) -> dict[str, str]:
        """The answers kept."""
        conversation = self.live.conversation(self.user)
        kept = conversation.answers if conversation else {}
        return {key: ", ".join(one.codes) or str(one.value) for key, one in kept.items()}

    def place(self) -> str:
        """The open state."""
        conversation = self.live.conversation(self.user)
        return str(conversation.top.place) if conversation and conversation.top else ""

    def _keys(self) -> list[tuple[int, str, str | None]]:
        return [(one["message_id"], *key) for one in self.bubbles() for key in _keys_of(one)]

    def _hear(self, event: dict[str, Any]) -> None:
        if event["type"] not in ("message", "edit") or event["chat_id"] != self.user:
            return
        message = event["message"]
        # A bubble that only lost its buttons says nothing new.
        if message["from_bot"] and (event["type"] == "message" or self._says_more(message)):
            self._changed.pop(message["message_id"], None)
            self._changed[message["message_id"]] = None

    def _says_more(self, message: dict[str, Any]) -> bool:
        bubble = self.live.world.chats[self.user].bubbles[message["message_id"]]
        before = bubble.versions[-1] if bubble.versions else message["text"]
        return "reply_markup" in message or before != message["text"]


def _keys_of(message: dict[str, Any]) -> list[tuple[str, str | None]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    return [(key["text"], key.get("callback_data")) for row in rows for key in row]
