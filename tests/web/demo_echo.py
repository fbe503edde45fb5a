"""A tiny bot for the page's own tests: it answers at once, through the emulated Bot API, and knows nothing of ours."""

from __future__ import annotations

from typing import Any

from bot.demo.world import World

Json = dict[str, Any]

MENU = {
    "inline_keyboard": [
        [{"text": "Benefits", "callback_data": "benefits"}],
        [
            {"text": "Tell me", "callback_data": "tell"},
            {"text": "Warn me", "callback_data": "warn"},
        ],
        [{"text": "Read more", "url": "https://example.org/more"}],
    ]
}


class EchoBot:
    """Repeats what it hears; its buttons edit their own message."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.heard: list[Json] = []
        commands = [
            {"command": "start", "description": "Begin"},
            {"command": "privacy", "description": "What is kept"},
        ]
        world.call("setMyCommands", {"commands": commands})
        world.call("setMyName", {"name": "Echo"})
        world.call("setMyName", {"name": "Eco", "language_code": "es"})
        world.call("setMyDescription", {"description": "I repeat what you say."})
        world.subscribe(self._hear)

    def _hear(self, event: Json) -> None:
        if event["type"] == "update":
            self.heard.append(event["update"])
            self._answer(event["update"])

    def _answer(self, update: Json) -> None:
        if message := update.get("message"):
            self._say(message)
        if query := update.get("callback_query"):
            self._press(query)

    def _say(self, message: Json) -> None:
        chat, text = message["chat"]["id"], message.get("text", "something I cannot read")
        if text == "/export":
            file = {"document": ("mine.json", b'{"kept": "nothing"}')}
            self._world.call(
                "sendDocument", {"chat_id": chat, "document": "attach://document"}, file
            )
            return
        said = "<b>Welcome</b>" if text.startswith("/start") else f"You said: {text}"
        answer = {"chat_id": chat, "text": said, "reply_markup": MENU}
        self._world.call("sendMessage", answer | ({"parse_mode": "HTML"} if "<b>" in said else {}))

    def _press(self, query: Json) -> None:
        answer: Json = {"callback_query_id": query["id"]}
        if query["data"] == "tell":
            answer["text"] = "A word in passing"
        if query["data"] == "warn":
            answer |= {"text": "Please read this", "show_alert": True}
        self._world.call("answerCallbackQuery", answer)
        if query["data"] == "benefits":
            message = query["message"]
            self._world.call(
                "editMessageText",
                {
                    "chat_id": message["chat"]["id"],
                    "message_id": message["message_id"],
                    "text": "Benefits, in place",
                    "reply_markup": MENU,
                },
            )
