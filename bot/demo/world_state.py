"""Everything the emulated Telegram remembers, and who hears of a change.

Holds people, chats, files, the inbox, the profile and the webhook of one bot, and finds them or refuses as the server
would. It decides neither what people do (`world_acts`) nor what the bot may do (`world_methods`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.demo.world_faults import GENEROUS, Faults, Flood
from bot.demo.world_files import FileShelf
from bot.demo.world_inbox import Inbox
from bot.demo.world_people import Bubble, Chat, ChatKind, Json, Person
from bot.demo.world_profile import Profile
from bot.demo.world_refusals import Refusal, bad_request

Listener = Callable[[Json], None]

_FIRST_UPDATE: Final = 100_000_001
_FIRST_MESSAGE: Final = 1
_FIRST_QUERY: Final = 4_294_967_296_000_001


@dataclass(slots=True)
class Webhook:
    """Where updates are pushed to; `last_error` is the time and words of the last failure."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error: tuple[int, str] | None = None


@dataclass(slots=True)
class Press:
    """A pressed button that wants an answer until `expires_at`."""

    user_id: int
    expires_at: float


class WorldState:
    """The memory of one bot's Telegram. Not thread-safe: one thread acts and calls."""

    def __init__(self, clock: Callable[[], float], token: str, username: str) -> None:
        self.clock = clock
        self.token = token
        self.username = username
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.files = FileShelf()
        self.profile = Profile()
        self.webhook = Webhook()
        self.inbox = Inbox(clock, _FIRST_UPDATE)
        self.faults = Faults(self.inbox, self.wake)
        self.flood = Flood(clock, GENEROUS)
        self.poller = 0
        """Which long poll is the newest: an older one learns from it that it was replaced."""
        self._next_message = _FIRST_MESSAGE
        self._next_query = _FIRST_QUERY
        self._listeners: list[Listener] = []
        self._wakers: list[Callable[[], object]] = []

    @property
    def now(self) -> int:
        """Whole epoch seconds, as Telegram dates everything."""
        return int(self.clock())

    @property
    def bot(self) -> Json:
        """The bot's User object, as people see it."""
        name = self.profile.names.get("") or "Second opinion demo"
        number = int(self.token.split(":", 1)[0])
        return {"id": number, "is_bot": True, "first_name": name, "username": self.username}

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear every event as JSON from now on; the answer stops that. A listener must not raise."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, kind: str, **event: object) -> None:
        """Tell the listeners."""
        for listener in tuple(self._listeners):
            listener({"type": kind, **event})

    def on_news(self, waker: Callable[[], object]) -> Callable[[], None]:
        """Be woken when an update waits or the way of delivery changed; cheaper than subscribing."""
        self._wakers.append(waker)
        return lambda: self._wakers.remove(waker)

    def wake(self) -> None:
        """Wake whoever delivers updates."""
        for waker in tuple(self._wakers):
            waker()

    def message_id(self) -> int:
        """The next message id: one count for all chats of a bot, as in small Telegram accounts."""
        self._next_message += 1
        return self._next_message - 1

    def query_id(self) -> str:
        """The next callback query id."""
        self._next_query += 1
        return str(self._next_query - 1)

    def known_person(self, user_id: int) -> Person:
        """Raises LookupError: a test or page named somebody who was never introduced."""
        person = self.people.get(user_id)
        if person is None:
            raise LookupError(f"nobody has the id {user_id}; call person() first")
        return person

    def reachable(self, chat_id: int | str) -> Chat:
        """The chat the bot may write to, or the refusal it gets."""
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        if chat.kind is not ChatKind.PRIVATE:
            if not chat.open:
                raise Refusal(403, f"bot is not a member of the {chat.kind} chat")
            return chat
        person = self.people[chat.id]
        if person.deleted:
            raise Refusal(403, "user is deactivated")
        if person.blocked:
            raise Refusal(403, "bot was blocked by the user")
        if not chat.open:
            raise Refusal(403, "bot can't initiate conversation with a user")
        return chat

    def put(self, chat: Chat, bubble: Bubble) -> None:
        """A new message stands in a chat."""
        chat.bubbles[bubble.message["message_id"]] = bubble
        self.publish_bubble("message", chat, bubble)

    def publish_bubble(self, kind: str, chat: Chat, bubble: Bubble) -> None:
        """Tell of a message that is new or changed."""
        if self._listeners:
            self.publish(kind, chat_id=chat.id, message=bubble.view)
