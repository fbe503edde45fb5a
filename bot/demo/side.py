"""One person's side of the chat with the bot: what their Telegram app shows.

Decides which messages are still on this side (a chat can be cleared without the bot hearing of it) and which profile
the app's language gets. It does not decide what a message is: the World does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from bot.demo.world import World

Json = dict[str, Any]

_FIRST_LANGUAGE: Final = "en"


class PersonSide:
    """A person, introduced to the World at once."""

    def __init__(
        self, world: World, user: int, name: str, remembered: Callable[[int], bool]
    ) -> None:
        """`remembered` tells whether the program keeps a conversation with somebody."""
        self.user = user
        self._world = world
        self._remembered = remembered
        self._name = name
        self._cleared_up_to = 0
        self.speak(_FIRST_LANGUAGE)

    def speak(self, language: str | None) -> None:
        """Set the language of the app; None: it does not tell."""
        self._language = language
        self._world.person(self.user, self._name, language)

    def clear(self) -> None:
        """Empty the chat on this side."""
        self._cleared_up_to = max((m["message_id"] for m in self.messages()), default=0)

    def messages(self) -> list[Json]:
        """The messages on this side, oldest first, files with the address they open at."""
        return [
            _with_address(message)
            for message in self._world.chat(self.user)
            if message["message_id"] > self._cleared_up_to
        ]

    def emptied(self) -> bool:
        """Whether the program remembers a chat that this Telegram, which lives in memory only, has lost."""
        return not self._world.chat(self.user) and self._remembered(self.user)

    def profile(self) -> Json:
        """The bot as this app shows it: name, description, commands."""
        seen = self._world.profile.seen_by(self.user, self._language)
        return {
            "name": seen["name"] or self._world.bot["first_name"],
            "description": seen["description"],
            "commands": seen["commands"],
        }

    def blocked(self) -> bool:
        """Whether this person blocked the bot."""
        return self._world.known_person(self.user).blocked

    def language(self) -> str | None:
        """The language of the app."""
        return self._language


def _with_address(message: Json) -> Json:
    if not message["from_bot"]:
        return message  # what people send here is a stand-in
    if "document" in message:
        return {**message, "document": _addressed(message["document"])}
    if "photo" in message:
        return {**message, "photo": [_addressed(size) for size in message["photo"]]}
    return message


def _addressed(file: Json) -> Json:
    return {**file, "address": f"/demo/file/{file['file_id']}"}
