"""What the assistant said, as a page may show it.

Decides which markup gets through: bold, italic, underlined, struck, code, line breaks, and links to https pages and
telephone numbers, written exactly as our renderer writes them. Everything else is words, and so is a tag that does not
belong where it stands. What stands for something cut out of a person's words becomes a chip.
"""

from __future__ import annotations

import re
from html import unescape

from markupsafe import Markup, escape

from bot.privacy.cut_out import PLACEHOLDER

_PIECE = re.compile(
    r"<(?P<open>b|i|u|s|code)>"
    r"|</(?P<close>b|i|u|s|code|a)>"
    r"|(?P<br><br>)"
    r'|<a href="(?P<href>(?:https://|tel:)[^"<>\s]+)">'
)
_CHIP = Markup('<span class="chip cut">{}</span>')
_LINK = Markup('<a href="{}" rel="noreferrer nofollow">')


def as_markup(html: str) -> Markup:
    """Telegram HTML as markup that is safe to show, its tags balanced."""
    pieces: list[Markup] = []
    opened: list[str] = []
    end = 0
    for match in _PIECE.finditer(html):
        pieces.append(with_chips(unescape(html[end : match.start()])))
        pieces.append(_tag(match, opened))
        end = match.end()
    pieces.append(with_chips(unescape(html[end:])))
    pieces += [Markup("</{}>").format(name) for name in reversed(opened)]
    return Markup().join(pieces)


def with_chips(words: str) -> Markup:
    """Plain words, with a chip for everything that was cut out of them."""
    pieces: list[Markup] = []
    end = 0
    for match in PLACEHOLDER.finditer(words):
        pieces += (escape(words[end : match.start()]), _CHIP.format(match[0]))
        end = match.end()
    return Markup().join([*pieces, escape(words[end:])])


def _tag(match: re.Match[str], opened: list[str]) -> Markup:
    if match["br"]:
        return Markup("<br>")
    if match["close"]:
        if opened[-1:] != [match["close"]]:
            return escape(match[0])
        opened.pop()
        return Markup("</{}>").format(match["close"])
    name = match["open"] or "a"
    if name in opened:
        return escape(match[0])
    opened.append(name)
    return _LINK.format(unescape(match["href"])) if match["href"] else Markup("<{}>").format(name)
