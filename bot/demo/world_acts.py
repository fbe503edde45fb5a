"""What people do: write, tap, send things, edit, block, come back, add the bot to a group.

Decides the Update each act makes and that it waits in the inbox. It trusts the person: texts of any length and made-up
button data go through, because a bot must survive them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final, Literal

from bot.demo.world_html import utf16_length
from bot.demo.world_inbox import CALLBACK_LIFE
from bot.demo.world_people import Bubble, Chat, ChatKind, Json, Person
from bot.demo.world_state import Press, WorldState

Attachment = Literal["voice", "photo", "video", "document", "location", "contact", "sticker"]

_COMMAND: Final = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w+)?(?!\w)")
_PRESSES: Final = 3 << 33
_MEMBERSHIP: Final = 5 << 33
"""Which lane of the webhook they travel in, as the server numbers them."""


class Acts(WorldState):
    """The people's side of the world."""

    def person(self, user_id: int, first_name: str, language_code: str | None) -> None:
        """Introduce somebody, or change their name or client language."""
        known = self.people.get(user_id)
        if known is None:
            self.people[user_id] = Person(user_id, first_name, language_code)
            self.chats[user_id] = Chat(user_id, ChatKind.PRIVATE, first_name)
            return
        known.first_name, known.language_code = first_name, language_code
        self.chats[user_id].name = first_name

    def says(self, user_id: int, text: str, *, entities: Sequence[Json] | None = None) -> Json:
        """Somebody writes to the bot. Commands get their entity unless `entities` says otherwise."""
        return self._writes(user_id, _worded(text, entities))

    def sends(self, user_id: int, kind: Attachment, caption: str | None = None) -> Json:
        """Somebody sends something that is not text."""
        content = self._attachment(kind)
        if caption is not None:
            content["caption"] = caption
        return self._writes(user_id, content)

    def edits(self, user_id: int, message_id: int, text: str) -> Json:
        """Somebody changes what they wrote. Raises LookupError when they wrote no such message."""
        chat = self._opened(self.known_person(user_id))
        bubble = chat.bubbles.get(message_id)
        if bubble is None or bubble.from_bot:
            raise LookupError(f"{user_id} wrote no message {message_id}")
        bubble.versions.append(bubble.message.get("text", ""))
        bubble.message = {**_without_text(bubble.message), **_worded(text, None)}
        bubble.message["edit_date"] = self.now
        self.publish_bubble("edit", chat, bubble)
        return self._happens("edited_message", dict(bubble.message), chat.id)

    def taps(self, user_id: int, message_id: int, data: str) -> Json:
        """Somebody presses a button; `data` may be old, or made up."""
        person = self.known_person(user_id)
        chat = self._opened(person)
        bubble = chat.bubbles.get(message_id)
        query = self.query_id()
        self._forget_old_presses()
        self.presses[query] = Press(user_id, self.clock() + CALLBACK_LIFE)
        gone: Json = {"chat": chat.json, "message_id": message_id, "date": 0}
        content: Json = {
            "id": query,
            "from": person.json,
            "message": dict(bubble.message) if bubble else gone,
            "chat_instance": str(4_000_000_000 + chat.id),
            "data": data,
        }
        return self._happens("callback_query", content, user_id + _PRESSES)

    def blocks(self, user_id: int) -> Json:
        """Somebody stops the bot; it can no longer write to them."""
        person = self.known_person(user_id)
        person.blocked = True
        return self._membership(person, self.chats[user_id], "member", "kicked")

    def unblocks(self, user_id: int) -> Json:
        """Somebody lets the bot write again."""
        person = self.known_person(user_id)
        person.blocked = False
        return self._membership(person, self.chats[user_id], "kicked", "member")

    def deletes_account(self, user_id: int) -> None:
        """Somebody leaves Telegram; the bot hears nothing of it until it writes to them."""
        self.known_person(user_id).deleted = True

    def adds_to_group(
        self, user_id: int, chat_id: int, kind: ChatKind = ChatKind.SUPERGROUP, title: str = "Group"
    ) -> Json:
        """Somebody makes the bot a member of a group, or an administrator of a channel."""
        chat = self.chats.setdefault(chat_id, Chat(chat_id, ChatKind(kind), title))
        chat.open = True
        became = "administrator" if chat.kind is ChatKind.CHANNEL else "member"
        return self._membership(self.known_person(user_id), chat, "left", became)

    def removes_from_group(self, user_id: int, chat_id: int) -> Json:
        """Somebody throws the bot out."""
        chat = self.chats[chat_id]
        chat.open = False
        return self._membership(self.known_person(user_id), chat, "member", "kicked")

    def says_in_group(self, user_id: int, chat_id: int, text: str) -> Json | None:
        """Somebody writes in a group. None when the bot does not see it: it only sees what calls it."""
        person, chat = self.known_person(user_id), self.chats[chat_id]
        content = _worded(text, None)
        if chat.kind is ChatKind.CHANNEL:
            return self._posts(chat, "channel_post", {"sender_chat": chat.json, **content})
        called = f"@{self.username}".lower() in text.lower() or text.startswith("/")
        bubble = self._bubble(chat, {"from": person.json, **content})
        return self._happens("message", dict(bubble.message), chat.id) if called else None

    def _writes(self, user_id: int, content: Json) -> Json:
        person = self.known_person(user_id)
        if person.blocked:
            self.unblocks(user_id)  # a client offers no text field before that
        chat = self._opened(person)
        chat.open = True
        return self._posts(chat, "message", {"from": person.json, **content})

    def _posts(self, chat: Chat, kind: str, content: Json) -> Json:
        bubble = self._bubble(chat, content)
        return self._happens(kind, dict(bubble.message), chat.id)

    def _bubble(self, chat: Chat, content: Json) -> Bubble:
        head = {"message_id": self.message_id(), "chat": chat.json, "date": self.now}
        bubble = Bubble({**head, **content}, from_bot=False)
        self.put(chat, bubble)
        return bubble

    def _opened(self, person: Person) -> Chat:
        if person.deleted:
            raise LookupError(f"{person.id} has left Telegram")
        return self.chats[person.id]

    def _membership(self, person: Person, chat: Chat, before: str, after: str) -> Json:
        def member(status: str) -> Json:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"user": self.bot, "status": status, **until}

        content: Json = {
            "chat": chat.json,
            "from": person.json,
            "date": self.now,
            "old_chat_member": member(before),
            "new_chat_member": member(after),
        }
        return self._happens("my_chat_member", content, chat.id + _MEMBERSHIP)

    def _happens(self, kind: str, content: Json, lane: int) -> Json:
        update, wanted = self.inbox.add(kind, content, lane)
        if wanted:
            self.publish("update", update=update)
            self.wake()
        return update

    def _forget_old_presses(self) -> None:
        now = self.clock()
        while self.presses:
            oldest = next(iter(self.presses))
            if self.presses[oldest].expires_at > now:
                return
            del self.presses[oldest]

    def _attachment(self, kind: Attachment) -> Json:
        if kind == "location":
            return {"location": {"latitude": 48.8584, "longitude": 2.2945}}
        if kind == "contact":
            return {"contact": {"phone_number": "+10000000000", "first_name": "Somebody"}}
        name, extra = _ATTACHMENTS[kind]
        kept = self.files.add(name, b"a file of the demo", kind).json
        if kind == "photo":
            return {"photo": [{**kept, **extra}]}
        return {kind: {**kept, **extra}}


_ATTACHMENTS: Final[dict[str, tuple[str, Json]]] = {
    "voice": ("voice.oga", {"duration": 3, "mime_type": "audio/ogg"}),
    "photo": ("photo.jpg", {"width": 90, "height": 60}),
    "video": (
        "video.mp4",
        {"width": 90, "height": 60, "duration": 3, "mime_type": "video/mp4"},
    ),
    "document": ("report.pdf", {"file_name": "report.pdf", "mime_type": "application/pdf"}),
    "sticker": (
        "sticker.webp",
        {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "👍",
        },
    ),
}


def _worded(text: str, entities: Sequence[Json] | None) -> Json:
    found = list(entities) if entities is not None else _commands_in(text)
    return {"text": text, "entities": found} if found else {"text": text}


def _commands_in(text: str) -> list[dict[str, Any]]:
    return [
        {
            "type": "bot_command",
            "offset": utf16_length(text[: found.start()]),
            "length": utf16_length(found.group()),
        }
        for found in _COMMAND.finditer(text)
    ]


def _without_text(message: Json) -> Json:
    return {key: value for key, value in message.items() if key not in ("text", "entities")}
