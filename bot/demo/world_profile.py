"""How the bot presents itself: commands, name, descriptions and menu button, per language and scope.

Decides what is stored and what a person with a certain client language sees of it. It does not decide when it may be
changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import orjson

Json = dict[str, Any]

_DEFAULT: Final[Json] = {"type": "default"}
_PRIVATE: Final[Json] = {"type": "all_private_chats"}


def _key(scope: Json | None) -> str:
    return orjson.dumps(scope or _DEFAULT, option=orjson.OPT_SORT_KEYS).decode()


@dataclass(slots=True)
class Profile:
    """Texts by two-letter language, "" for everybody else."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    buttons: dict[int | None, Json] = field(default_factory=dict)
    _commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)

    def set_commands(self, scope: Json | None, language: str, commands: list[Json]) -> None:
        """Replace the list of one scope and language."""
        self._commands[_key(scope), language] = commands

    def delete_commands(self, scope: Json | None, language: str) -> None:
        """Forget that list, so that the next wider one is shown."""
        self._commands.pop((_key(scope), language), None)

    def commands(self, scope: Json | None, language: str) -> list[Json]:
        """Exactly that list; empty when it was not set."""
        return self._commands.get((_key(scope), language), [])

    def seen_by(self, user_id: int, language_code: str | None) -> Json:
        """What a private chat shows, from the most particular setting to the widest."""
        language = (language_code or "")[:2]
        return {
            "name": _spoken(self.names, language),
            "description": _spoken(self.descriptions, language),
            "short_description": _spoken(self.short_descriptions, language),
            "commands": self._seen_commands(user_id, language),
            "menu_button": self.button(user_id),
        }

    def button(self, user_id: int | None) -> Json:
        """The menu button of a chat, or the one for all chats."""
        return self.buttons.get(user_id) or self.buttons.get(None) or {"type": "default"}

    def _seen_commands(self, user_id: int, language: str) -> list[Json]:
        chat: Json = {"type": "chat", "chat_id": user_id}
        for scope in (chat, _PRIVATE, _DEFAULT):
            for spoken in (language, ""):
                if found := self.commands(scope, spoken):
                    return found
        return []


def _spoken(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or texts.get("", "")
