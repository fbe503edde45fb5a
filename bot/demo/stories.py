"""The stories of all people of a demo, told by what the World lets everybody hear.

Decides whose story an event belongs to, and that a chat which began before this demo cannot be told. Kept in memory,
written nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from bot.demo.story import Story, labels_of
from bot.demo.story_file import chat_file
from bot.demo.world import World
from bot.story_text import CannotBeTold

Json = dict[str, Any]


class Stories:
    """Listens to a World for as long as it lives."""

    def __init__(
        self, world: World, idle: Callable[[], bool], remembered: Callable[[int], bool]
    ) -> None:
        """`idle` tells whether the program has nothing left to send; `remembered`, whom it knows already."""
        self._world, self._idle, self._remembered = world, idle, remembered
        self._stories: dict[int, Story] = {}
        self._last: dict[int, int] = {}
        world.subscribe(self._hear)

    def told(self, user: int) -> str:
        """The `.chat` file of somebody's chat. Raises CannotBeTold."""
        if user not in self._stories:
            raise CannotBeTold("Nothing was said yet.")
        return chat_file(self._stories[user], settled=self._settled(user))

    def unsettled(self) -> set[int]:
        """Whose last act is not answered yet."""
        return {user for user in self._stories if not self._settled(user)}

    def passes(self, waiting: Collection[int]) -> None:
        """The clock was moved, while these were `waiting` for an answer."""
        for user, story in self._stories.items():
            story.passes(self._world.clock(), answered=user not in waiting)

    def _hear(self, event: Json) -> None:
        kind, user = event["type"], event.get("chat_id", 0)
        if kind == "update":
            self._did(event["update"])
        elif user in self._stories and kind == "delete":
            self._stories[user].loses(event["message_ids"], labels_of(self._world.chat(user)))
        elif user in self._stories and kind in ("message", "edit"):
            self._saw(user, event["message"], new=kind == "message")

    def _did(self, update: Json) -> None:
        content = next(one for name, one in update.items() if name != "update_id")
        user = content.get("from", {}).get("id", 0)
        chat = content.get("chat") or content.get("message", {}).get("chat", {})
        if chat.get("id") != user:
            return
        story = self._stories.get(user) or self._begun(user)
        person, now = self._world.known_person(user), self._world.clock()
        story.does(update, self._world.chat(user), person.language_code, now)
        self._last[user] = update["update_id"]

    def _begun(self, user: int) -> Story:
        person = self._world.known_person(user)
        story = Story(person.language_code, self._world.clock(), lambda: self._settled(user))
        if self._remembered(user):
            story.problem = (
                "The chat began before this demo was started: add a person, and begin anew."
            )
        self._stories[user] = story
        return story

    def _saw(self, user: int, message: Json, *, new: bool) -> None:
        if not message["from_bot"]:
            return
        story, labels = self._stories[user], labels_of(self._world.chat(user))
        if new or self._says_more(user, message):
            story.sees(message, labels, self._world.clock())
        else:
            story.loses((), labels)

    def _says_more(self, user: int, message: Json) -> bool:
        """A message that only lost its buttons says nothing new."""
        bubble = self._world.chats[user].bubbles[message["message_id"]]
        before = bubble.versions[-1] if bubble.versions else message.get("text")
        return "reply_markup" in message or before != message.get("text")

    def _settled(self, user: int) -> bool:
        return self._last.get(user, 0) not in self._world.inbox and self._idle()
