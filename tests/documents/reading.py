"""A PDF and a PNG read back, with libraries that did not make them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject


def pages(pdf: bytes) -> list[str]:
    """The words of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def words(pdf: bytes) -> str:
    """All words, however the lines end."""
    return " ".join(" ".join(pages(pdf)).split())


def fonts(pdf: bytes) -> list[tuple[str, DictionaryObject]]:
    """The fonts of all pages, each with its name without the subset's mark; bold ones are called as the others are."""
    found = []
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            name = str(font.get_object()["/BaseFont"])
            found.append((name.partition("+")[2], font.get_object()))
    return found


def embedded(font: DictionaryObject) -> bool:
    """Whether the font's letters are in the file."""
    descendant: Any = font["/DescendantFonts"]
    descriptor = descendant[0].get_object()["/FontDescriptor"]
    return "/FontFile2" in descriptor or "/FontFile3" in descriptor


def has_letter(font: DictionaryObject, letter: str) -> bool:
    """Whether one of the font's shapes stands for the letter."""
    table: Any = font["/ToUnicode"]
    return f"<{ord(letter):04X}>" in table.get_data().decode("latin-1").upper()


def places(page: PageObject) -> dict[str, float]:
    """Where on the page, from the left, each piece of text begins."""
    found: dict[str, float] = {}

    def look(text: str, around: list[float], within: list[float], *_: object) -> None:
        if text.strip():
            found[text.strip()] = around[4] + around[0] * within[4]

    page.extract_text(visitor_text=look)
    return found


def links(pdf: bytes) -> set[str]:
    """The addresses that can be opened."""
    found = set()
    for page in PdfReader(BytesIO(pdf)).pages:
        notes: Any = page.get("/Annots", ())
        found |= {str(note.get_object()["/A"]["/URI"]) for note in notes}
    return found


def size(png: bytes) -> tuple[int, int]:
    """Width and height."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def colours(png: bytes) -> set[bytes]:
    """The different bytes of the picture as it is packed; a blank page has next to none."""
    packed = b"".join(data for kind, data in _chunks(png) if kind == b"IDAT")
    return {bytes((one,)) for one in zlib.decompress(packed)}


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12
