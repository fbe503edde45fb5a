"""Long text in pieces that Telegram takes.

Decides where a text in Telegram's HTML is cut: at a paragraph, else at a line, a space, or anywhere, and never inside a
character or a tag; tags open at a cut are closed and opened again. It does not decide what the text says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

LIMIT = 4096
"""Telegram's limit for a message, counted after tags and entities are read, in UTF-16 units."""

_ATOM = re.compile(r"<[^>]*>|&(?:[a-z]+|#[0-9]+|#x[0-9a-f]+);|.", re.DOTALL | re.IGNORECASE)
_NAME = re.compile(r"</?([a-z-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Atom:
    """One character or tag, as written and as shown."""

    html: str
    shown: str

    @property
    def width(self) -> int:
        return sum(2 if ord(character) > 0xFFFF else 1 for character in self.shown)


def split(html: str, limit: int = LIMIT) -> tuple[str, ...]:
    """`html` in pieces that each show at most `limit` UTF-16 units. A text that fits is returned as it is."""
    if len(html) <= limit // 2:  # no character is wider than two units
        return (html,)
    atoms = [_atom(found.group()) for found in _ATOM.finditer(html)]
    if sum(atom.width for atom in atoms) <= limit:
        return (html,)
    pieces: list[str] = []
    opened: list[str] = []
    while atoms:
        cut = _cut(atoms, limit)
        piece, opened = _close([*opened, *(atom.html for atom in atoms[:cut])])
        if any(atom.shown.strip() for atom in atoms[:cut]):
            pieces.append(piece)
        atoms = atoms[cut:]
    return tuple(pieces)


def _atom(html: str) -> _Atom:
    if html.startswith("<") and len(html) > 1:
        return _Atom(html, "")
    return _Atom(html, unescape(html) if len(html) > 1 else html)


def _cut(atoms: list[_Atom], limit: int) -> int:
    """How many atoms go into the next piece."""
    width, end = 0, 0
    while end < len(atoms) and (width := width + atoms[end].width) <= limit:
        end += 1
    if end == len(atoms):
        return end
    shown = [atom.shown for atom in atoms[: end + 1]]
    for at in range(end, 0, -1):
        if shown[at - 1] == "\n" and at > 1 and shown[at - 2] == "\n":
            return at
    for wanted in ("\n", " "):
        for at in range(end, 0, -1):
            if shown[at - 1] == wanted:
                return at
    return max(end, 1)


def _close(parts: list[str]) -> tuple[str, list[str]]:
    """The parts as one balanced text without white space around it, and the tags to open again after it."""
    opened: list[str] = []
    for part in parts:
        if part.startswith("</"):
            if opened:
                opened.pop()
        elif part.startswith("<") and len(part) > 1:
            opened.append(part)
    closing = "".join(f"</{_name(tag)}>" for tag in reversed(opened))
    return "".join(parts).strip() + closing, opened


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found.group(1) if found else ""
