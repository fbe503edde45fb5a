"""The methods by which the bot writes, edits, deletes, types and answers presses.

Decides what each does to the chats and when the server refuses it. It does not decide how text is parsed
(`world_texts`) nor whether the parameters are well-formed (`spec`).
"""

from __future__ import annotations

from typing import Any, Final

from bot.demo.spec import Files
from bot.demo.world_inbox import DAY
from bot.demo.world_methods import method
from bot.demo.world_people import Bubble, Chat, Json
from bot.demo.world_refusals import NOT_MODIFIED, QUERY_TOO_OLD, bad_request
from bot.demo.world_state import WorldState
from bot.demo.world_texts import Formatted, keyboard, message_text

_DELETABLE: Final = 2 * DAY
_ACTIONS: Final = frozenset(
    (
        "cancel",
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    )
)


def post(world: WorldState, params: Json, content: Json) -> Json:
    """A new message of the bot with `content`; the Message it becomes."""
    chat = world.reachable(params["chat_id"])
    markup = keyboard(params.get("reply_markup"))
    world.flood.admit(chat.id)
    head = {"message_id": world.message_id(), "from": world.bot, "chat": chat.json}
    bubble = Bubble({**head, "date": world.now, **content}, from_bot=True)
    _reply_to(chat, bubble, params.get("reply_parameters"))
    bubble.set_markup(markup)
    world.put(chat, bubble)
    return dict(bubble.message)


@method("sendMessage")
def send_message(world: WorldState, params: Json, _files: Files) -> Json:
    """Text to a chat."""
    return post(world, params, _text_fields(message_text(params)))


@method("editMessageText")
def edit_message_text(world: WorldState, params: Json, _files: Files) -> Json:
    """New text, and a new keyboard or none, for a message of the bot."""
    formatted = message_text(params)
    chat, bubble = _editable(world, params)
    if "text" not in bubble.message:
        raise bad_request("there is no text in the message to edit")
    fields = _text_fields(formatted)
    return _edit(world, chat, bubble, fields, keyboard(params.get("reply_markup")))


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: WorldState, params: Json, _files: Files) -> Json:
    """A new keyboard, or none, for a message of the bot."""
    chat, bubble = _editable(world, params)
    fields = _text_of(bubble)
    return _edit(world, chat, bubble, fields, keyboard(params.get("reply_markup")))


@method("deleteMessage")
def delete_message(world: WorldState, params: Json, _files: Files) -> bool:
    """A message disappears for both sides, if it is younger than 48 hours."""
    chat = world.reachable(params["chat_id"])
    bubble = chat.bubbles.get(params["message_id"])
    if bubble is None:
        raise bad_request("message to delete not found")
    if world.now - bubble.message["date"] > _DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    _delete(world, chat, [params["message_id"]])
    return True


@method("deleteMessages")
def delete_messages(world: WorldState, params: Json, _files: Files) -> bool:
    """Several at once; what is gone or too old is passed over."""
    chat = world.reachable(params["chat_id"])
    found = (number for number in params["message_ids"] if number in chat.bubbles)
    young = [
        number
        for number in dict.fromkeys(found)
        if world.now - chat.bubbles[number].message["date"] <= _DELETABLE
    ]
    _delete(world, chat, young)
    return True


@method("answerCallbackQuery")
def answer_callback_query(world: WorldState, params: Json, _files: Files) -> bool:
    """The spinner on the pressed button stops; `text` is shown as a toast or an alert."""
    press = world.presses.get(params["callback_query_id"])
    if press is None or press.expires_at <= world.clock():
        raise bad_request(QUERY_TOO_OLD)
    world.publish(
        "callback_answer",
        user_id=press.user_id,
        callback_query_id=params["callback_query_id"],
        text=params.get("text", ""),
        show_alert=params.get("show_alert", False),
        url=params.get("url"),
    )
    return True


@method("sendChatAction")
def send_chat_action(world: WorldState, params: Json, _files: Files) -> bool:
    """ "typing…" and the like, shown for five seconds."""
    if params["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = world.reachable(params["chat_id"])
    world.publish("typing", chat_id=chat.id, action=params["action"])
    return True


@method("getChat")
def get_chat(world: WorldState, params: Json, _files: Files) -> Json:
    """What the bot may know of a chat."""
    chat = world.chats.get(params["chat_id"])
    if chat is None:
        raise bad_request("chat not found")
    return {**chat.json, "accent_color_id": 0, "max_reaction_count": 11, **_GIFTS}


@method("getMe")
def get_me(world: WorldState, _params: Json, _files: Files) -> Json:
    """The bot itself."""
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


_GIFTS: Final[Json] = {
    "accepted_gift_types": {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    }
}


def _text_fields(formatted: Formatted) -> Json:
    text, entities = formatted
    return {"text": text, "entities": entities} if entities else {"text": text}


def _text_of(bubble: Bubble) -> Json:
    return {key: one for key, one in bubble.message.items() if key in ("text", "entities")}


def _reply_to(chat: Chat, bubble: Bubble, reply: Json | None) -> None:
    if reply is None:
        return
    answered = chat.bubbles.get(reply["message_id"])
    if answered is not None:
        shown = {key: one for key, one in answered.message.items() if key != "reply_to_message"}
        bubble.message["reply_to_message"] = shown
    elif not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")


def _editable(world: WorldState, params: Json) -> tuple[Chat, Bubble]:
    if "inline_message_id" in params:
        raise bad_request("MESSAGE_ID_INVALID")
    if "chat_id" not in params:
        raise bad_request("chat_id is empty")
    if "message_id" not in params:
        raise bad_request("message identifier is not specified")
    chat = world.reachable(params["chat_id"])
    bubble = chat.bubbles.get(params["message_id"])
    if bubble is None:
        raise bad_request("message to edit not found")
    if not bubble.from_bot:
        raise bad_request("message can't be edited")
    return chat, bubble


def _edit(world: WorldState, chat: Chat, bubble: Bubble, fields: Json, markup: Json | None) -> Json:
    shown = markup if markup and markup["inline_keyboard"] else None
    before = _text_of(bubble)
    if fields == before and shown == bubble.message.get("reply_markup"):
        raise bad_request(NOT_MODIFIED)
    world.flood.admit(chat.id)
    if fields != before:
        bubble.versions.append(before["text"])
    bubble.message = {
        key: one for key, one in bubble.message.items() if key not in ("text", "entities")
    } | fields
    bubble.message["edit_date"] = world.now
    bubble.set_markup(shown)
    world.publish_bubble("edit", chat, bubble)
    return dict(bubble.message)


def _delete(world: WorldState, chat: Chat, numbers: list[int]) -> None:
    for number in numbers:
        del chat.bubbles[number]
    if numbers:
        deleted: list[Any] = list(numbers)
        world.publish("delete", chat_id=chat.id, message_ids=deleted)
