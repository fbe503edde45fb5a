"""What a text for people may hold besides words: `<b>`, `<i>`, `<a href="https://…">` and `{name}` placeholders.

Decides where these stand in a text, and what is wrong with them. It renders nothing. Reading never fails: whatever is
not one of ours is plain words, so a text always comes out balanced, and the checks report what was meant otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_PIECE = re.compile(
    r"""<(?P<close>/)?(?P<tag>[abi])(?:(?<=<a)\s+href="(?P<href>https?://[^"<>{}\s]+)")?>"""
    r"""|\{(?P<slot>[a-z][a-z0-9_]*)\}"""
    r"""|\{\{|\}\}"""
    r"""|&(?:amp|lt|gt|quot);"""
)
_SUSPECT = re.compile(r"</?\w[^<>]*>?|\{[^{}]*\}|[{}]|&#?\w+;")


@dataclass(frozen=True, slots=True)
class Opening:
    """A tag that opens; `href` only for a link."""

    name: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """A tag that closes the innermost open one."""

    name: str


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a parameter."""

    name: str


Piece = str | Opening | Closing | Slot
"""A plain string is words, as people read them: nothing in it is escaped."""


@dataclass(frozen=True, slots=True)
class Markup:
    """A text taken apart. `mistakes` say what looks like ours and is not."""

    pieces: tuple[Piece, ...]
    mistakes: tuple[str, ...] = ()

    @property
    def slots(self) -> frozenset[str]:
        """The names of the parameters the text needs."""
        return frozenset(piece.name for piece in self.pieces if isinstance(piece, Slot))

    @property
    def tags(self) -> tuple[Opening, ...]:
        """The tags, sorted: word order may differ between languages, the tags may not."""
        found = (piece for piece in self.pieces if isinstance(piece, Opening))
        return tuple(sorted(found, key=lambda tag: (tag.name, tag.href)))

    @property
    def words(self) -> str:
        """The text as people read it, each parameter as `{name}`."""
        return "".join(
            f"{{{piece.name}}}" if isinstance(piece, Slot) else piece
            for piece in self.pieces
            if isinstance(piece, str | Slot)
        )


def parse(text: str) -> Markup:
    """A text taken apart, tags balanced: one that closes nothing is words, one left open is closed at the end."""
    pieces: list[Piece] = []
    mistakes: list[str] = []
    opened: list[str] = []
    for piece in _scan(text):
        match piece:
            case Opening(name) if name in opened or (name == "a") is not bool(piece.href):
                mistakes.append(f"<{name}> inside <{name}>, or a link without its address")
                pieces.append(f"<{name}>")
            case Opening(name):
                opened.append(name)
                pieces.append(piece)
            case Closing(name) if opened[-1:] != [name]:
                mistakes.append(f"</{name}> closes nothing")
                pieces.append(f"</{name}>")
            case Closing():
                opened.pop()
                pieces.append(piece)
            case str():
                mistakes.extend(f"{found!r} is not allowed here" for found in _suspects(piece))
                pieces.append(unescape(piece) if piece in _ENTITIES else _BRACES.get(piece, piece))
            case Slot():
                pieces.append(piece)
    mistakes.extend(f"<{name}> is not closed" for name in opened)
    pieces.extend(Closing(name) for name in reversed(opened))
    return Markup(tuple(pieces), tuple(mistakes))


_BRACES = {"{{": "{", "}}": "}"}
_ENTITIES = {"&amp;", "&lt;", "&gt;", "&quot;"}


def _suspects(piece: str) -> list[str]:
    return [] if piece in _BRACES or piece in _ENTITIES else _SUSPECT.findall(piece)


def _scan(text: str) -> Iterator[Piece]:
    """The pieces in order, not yet balanced; entities and doubled braces come as pieces of their own."""
    end = 0
    for match in _PIECE.finditer(text):
        if match.start() > end:
            yield text[end : match.start()]
        end = match.end()
        if match["slot"]:
            yield Slot(match["slot"])
        elif not match["tag"]:
            yield match[0]
        elif match["close"]:
            yield Closing(match["tag"])
        else:
            yield Opening(match["tag"], unescape(match["href"] or ""))
    if end < len(text):
        yield text[end:]
