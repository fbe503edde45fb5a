"""Telegram's HTML: text with tags to plain text with entities, and back for showing.

Decides as the server's own parser does what is accepted and in which words it is refused; offsets and lengths are in
UTF-16 units, positions in refusals in bytes. It does not decide which texts may be sent.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any, Final

from bot.demo.world_refusals import Refusal, spec_refusal

Entity = dict[str, Any]

_KINDS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_SHOWN_AS: Final = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
_RANKS: Final = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
"""Which entity the server names first when several cover the same text."""

_STOP: Final = re.compile(r"[<&]")
_NAMED: Final = re.compile(r"&(?:(lt|gt|amp|quot)(?![A-Za-z])|#x([0-9A-Fa-f]{1,6})|#(\d{1,7}));?")
_NAME: Final = re.compile(r"[^\s>]*")
_SPACE: Final = re.compile(r"\s*")
_ATTRIBUTE: Final = re.compile(r"[^\s=>]*")
_TOKEN: Final = re.compile(r"[A-Za-z0-9.\-]*")
_LINK: Final = re.compile(r"(?:https?|tg|ton)://[^\s/]|(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)


def utf16_length(text: str) -> int:
    """UTF-16 units of `text`, in which Telegram counts."""
    if text.isascii():
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and its entities. Raises the server's "can't parse entities" refusal."""
    if not _STOP.search(source):
        return source, []
    return _Parser(source).parse()


def to_html(text: str, entities: list[Entity]) -> str:
    """`text` as HTML that is safe to show: everything escaped, only our own tags around it."""
    units = text.encode("utf-16-le", "surrogatepass")
    ordered = sorted(entities, key=_outer_first)
    return _shown(units, ordered, 0, len(units) // 2)


def _outer_first(entity: Entity) -> tuple[int, int, int]:
    return entity["offset"], -entity["length"], _RANKS.get(entity["type"], 50)


def is_link(url: str) -> bool:
    """Whether Telegram would take `url` for a link: a scheme it knows, or a host with a dot."""
    if not _LINK.match(url):
        return False
    host = url.split("://", 1)[-1].split("/", 1)[0]
    return "." in host or url.startswith("tg://")


def _shown(units: bytes, entities: list[Entity], start: int, end: int) -> str:
    parts: list[str] = []
    while entities:
        entity = entities.pop(0)
        first = max(entity["offset"], start)
        last = min(entity["offset"] + entity["length"], end)
        if first >= last:
            continue
        inner: list[Entity] = []
        while entities and entities[0]["offset"] < last:
            inner.append(entities.pop(0))
        parts += (_escaped(units, start, first), _tagged(entity, _shown(units, inner, first, last)))
        start = last
    parts.append(_escaped(units, start, end))
    return "".join(parts)


def _escaped(units: bytes, start: int, end: int) -> str:
    return html.escape(units[2 * start : 2 * end].decode("utf-16-le", "replace"), quote=False)


def _tagged(entity: Entity, inner: str) -> str:
    if entity["type"] == "text_link":
        return f'<a href="{html.escape(str(entity["url"]))}">{inner}</a>'
    tag = _SHOWN_AS.get(entity["type"])
    return f"<{tag}>{inner}</{tag}>" if tag else inner


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    begin: int


class _Parser:
    """One walk over the source, as the server does it."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while found := _STOP.search(self._source, self._at):
            self._say(self._source[self._at : found.start()])
            self._at = found.start()
            if found.group() == "&":
                self._reference()
            elif self._source.startswith("</", self._at):
                self._close()
            else:
                self._begin()
        self._say(self._source[self._at :])
        if self._open:
            raise _refused(f"Can't find end tag corresponding to start tag {self._open[-1].tag}")
        text = "".join(self._text)
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise _refused(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        self._entities.sort(key=_outer_first)
        return text, self._entities

    def _say(self, text: str) -> None:
        if text:
            self._text.append(text)
            self._offset += utf16_length(text)

    def _reference(self) -> None:
        decoded, self._at = _decode(self._source, self._at)
        self._say(decoded)

    def _where(self, position: int) -> str:
        before = self._source[:position].encode("utf-8", "surrogatepass")
        return f"at byte offset {len(before)}"

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._source, self._at)
        text = found.group() if found else ""
        self._at += len(text)
        return text

    def _begin(self) -> None:
        begin = self._at
        self._at += 1
        tag = self._skip(_NAME).lower()
        if not self._peek():
            raise _refused(f"Unclosed start tag {self._where(begin)}")
        if tag not in _KINDS:
            raise _refused(f'Unsupported start tag "{tag}" {self._where(begin)}')
        argument = self._attributes(tag, begin)
        self._at += 1
        if tag == "span" and argument != "spoiler":
            raise _refused(f'Tag "span" must have class "tg-spoiler" {self._where(begin)}')
        self._open.append(_Open(tag, argument, self._offset, len(self._text)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._skip(_SPACE)
            if self._peek() == ">":
                return argument
            name = self._skip(_ATTRIBUTE)
            value = ""
            if (tag, name) != ("blockquote", "expandable"):
                value = self._value(tag, name, begin)
            argument = _argument(tag, name, value) or argument
            if not self._peek():
                raise _refused(f"Unclosed start tag {self._where(begin)}")

    def _value(self, tag: str, name: str, begin: int) -> str:
        if not name:
            raise _refused(f'Empty attribute name in the tag "{tag}" {self._where(begin)}')
        self._skip(_SPACE)
        if self._peek() != "=":
            raise _refused(
                "Expected equal sign in declaration of an attribute of the tag "
                f'"{tag}" {self._where(begin)}'
            )
        self._at += 1
        self._skip(_SPACE)
        if not self._peek():
            raise _refused(f'Unclosed start tag "{tag}" {self._where(begin)}')
        return self._quoted() if self._peek() in "'\"" else self._token()

    def _token(self) -> str:
        begin = self._at
        value = self._skip(_TOKEN).lower()
        if self._peek() and not self._peek().isspace() and self._peek() != ">":
            raise _refused(f"Unexpected end of name token {self._where(begin)}")
        return value

    def _quoted(self) -> str:
        quote = self._peek()
        self._at += 1
        parts: list[str] = []
        while self._peek() not in ("", quote):
            if self._peek() == "&":
                decoded, self._at = _decode(self._source, self._at)
                parts.append(decoded)
            else:
                parts.append(self._peek())
                self._at += 1
        self._at += 1
        return "".join(parts)

    def _close(self) -> None:
        begin = self._at
        if not self._open:
            raise _refused(f"Unexpected end tag {self._where(begin)}")
        self._at += 2
        tag = self._skip(_NAME).lower()
        self._skip(_SPACE)
        if self._peek() != ">":
            raise _refused(f"Unclosed end tag {self._where(begin)}")
        self._at += 1
        opened = self._open.pop()
        if tag and tag != opened.tag:
            raise _refused(
                f"Unmatched end tag {self._where(begin)}, "
                f'expected "</{opened.tag}>", found "</{tag}>"'
            )
        if self._offset > opened.offset:
            self._add(opened)

    def _add(self, opened: _Open) -> None:
        entity: Entity = {
            "offset": opened.offset,
            "length": self._offset - opened.offset,
            "type": _KINDS[opened.tag],
        }
        if opened.tag == "a":
            url = opened.argument or "".join(self._text[opened.begin :])
            if not is_link(url):
                return
            entity["url"] = url
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdecimal():
                raise _refused("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        self._entities.append(entity)


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return "expandable" if (tag, name) == ("blockquote", "expandable") else ""


def _decode(source: str, at: int) -> tuple[str, int]:
    """The character a reference stands for, or the bare `&`, and where to go on."""
    found = _NAMED.match(source, at)
    if not found:
        return "&", at + 1
    name, hexadecimal, decimal = found.groups()
    if name:
        return {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[name], found.end()
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if not 0 < code < 0x10FFFF:
        return "&", at + 1
    return chr(code), found.end()


def _refused(words: str) -> Refusal:
    return spec_refusal(f"can't parse entities: {words}")
