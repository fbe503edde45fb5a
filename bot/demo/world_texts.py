"""What the bot wants to say: text, entities and keyboards as the server reads them.

Decides how formatted text is parsed, trimmed and limited, and which keyboards are refused. It does not decide where the
message goes.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from bot.demo.world_html import Entity, is_link, parse_html, utf16_length
from bot.demo.world_people import Json
from bot.demo.world_refusals import bad_request, spec_refusal

MESSAGE_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
_BUTTON_LIMIT: Final = 100
_ACTIONS: Final = (
    "callback_data",
    "url",
    "web_app",
    "switch_inline_query",
    "copy_text",
    "login_url",
)


class Formatted(NamedTuple):
    """Plain text and its entities, as a message carries them."""

    text: str
    entities: list[Entity]


def message_text(params: Json) -> Formatted:
    """The text of a message; 1 to 4096 UTF-16 units after parsing."""
    if not params.get("text"):
        raise spec_refusal("message text is empty")
    formatted = _formatted(params["text"], params.get("parse_mode"), params.get("entities"))
    if not formatted.text:
        raise spec_refusal("text must be non-empty")
    if utf16_length(formatted.text) > MESSAGE_LIMIT:
        raise spec_refusal("message is too long")
    return formatted


def caption(params: Json) -> Json:
    """The caption fields of a message with a file; at most 1024 UTF-16 units after parsing."""
    source = params.get("caption", "")
    formatted = _formatted(source, params.get("parse_mode"), params.get("caption_entities"))
    if utf16_length(formatted.text) > CAPTION_LIMIT:
        raise spec_refusal("message caption is too long")
    fields: Json = {"caption": formatted.text} if formatted.text else {}
    if formatted.entities:
        fields["caption_entities"] = formatted.entities
    return fields


def keyboard(markup: Json | None) -> Json | None:
    """The reply markup, or the refusal of a button the server would not take."""
    if markup is None or "inline_keyboard" not in markup:
        return markup
    rows: list[list[Json]] = markup["inline_keyboard"]
    if sum(len(row) for row in rows) > _BUTTON_LIMIT:
        raise spec_refusal("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(button)
    return {"inline_keyboard": [row for row in rows if row]}


def _check_button(button: Json) -> None:
    if not button["text"].strip():
        raise spec_refusal("inline keyboard button text must be non-empty")
    if not any(action in button for action in _ACTIONS):
        raise spec_refusal(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    url: Any = button.get("url")
    if url is not None and not is_link(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _formatted(source: str, parse_mode: str | None, entities: list[Entity] | None) -> Formatted:
    mode = (parse_mode or "").lower()
    if mode not in ("", "html"):
        # Markdown exists, but this project never speaks it, and half a parser would teach errors.
        raise bad_request("unsupported parse_mode")
    text, found = parse_html(source) if mode else (source, list(entities or []))
    return _trimmed(text, found)


def _trimmed(text: str, entities: list[Entity]) -> Formatted:
    """Telegram drops white space around a message and what entities covered of it."""
    kept = text.strip()
    if kept == text:
        return Formatted(text, entities)
    before = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(kept)
    moved: list[Entity] = []
    for entity in entities:
        start = max(0, entity["offset"] - before)
        stop = min(end, entity["offset"] + entity["length"] - before)
        if start < stop:
            moved.append({**entity, "offset": start, "length": stop - start})
    return Formatted(kept, moved)
