"""Rendered sentences -> runs that the page sets: words, bold, italic, links, blanks.

Decides nothing about looks. A run is data, never a piece of the page's own language, so nothing in a sentence can be
taken for an instruction.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

Run = dict[str, Any]
"""`t` words, or `blank` how many underscores long; `b`, `i` and the address `h` where they apply."""

_BLANK = re.compile(r"_{3,}")
_LONGEST_ADDRESS = 40
_UNBROKEN = re.compile(r"[!-~]{30}(?=[!-~])")
_MAY_BREAK = "\u200b"


def runs(html: str) -> list[Run]:
    """The runs of a sentence in Telegram's HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.runs


class _Reader(HTMLParser):
    """Reads what `bot.i18n` writes: `<b> <i> <a>`, balanced, everything else escaped."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[Run] = []
        self._marks: Run = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._marks["h"] = dict(attrs).get("href") or ""
        else:
            self._marks[tag] = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._address(self._marks.pop("h", ""))
        else:
            self._marks.pop(tag, None)

    def _address(self, address: str) -> None:
        shown = shown_address(address)
        if self.runs and shown not in self.runs[-1].values():
            self.runs.append({"address": shown, "h": address})

    def handle_data(self, data: str) -> None:
        end = 0
        for blank in _BLANK.finditer(data):
            self._words(data[end : blank.start()])
            self.runs.append({"blank": len(blank[0])})
            end = blank.end()
        self._words(data[end:])

    def _words(self, words: str) -> None:
        if words:
            breakable = _UNBROKEN.sub(rf"\g<0>{_MAY_BREAK}", words)
            self.runs.append({"t": breakable, **self._marks})


def shown_address(address: str) -> str:
    """How a link's address stands on paper, where nobody can tap it: whole when short, else its host."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    whole = f"{host}{parts.path}".rstrip("/")
    return whole if len(whole) <= _LONGEST_ADDRESS and not parts.query else host
