"""A picture as a browser takes it apart: its elements, their attributes and words.

It judges one thing: whether the console's policy would let all of it through.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import NamedTuple

ALLOWED = frozenset({"svg", "title", "desc", "g", "a", "rect", "line", "path", "text"})


class Element(NamedTuple):
    """One element and what it was given."""

    tag: str
    given: dict[str, str | None]


class Svg(HTMLParser):
    """The elements and words of a picture."""

    def __init__(self, picture: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.words: list[str] = []
        self.feed(picture)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def classed(self, name: str) -> list[Element]:
        """The elements of a class."""
        return [each for each in self.elements if name in (each.given.get("class") or "").split()]

    @property
    def links(self) -> list[str | None]:
        """Where its links lead, in order."""
        return [each.given["href"] for each in self.elements if each.tag == "a"]

    def forbidden(self) -> list[str]:
        """What the policy would refuse: scripts, inline style, handlers, foreign addresses."""
        tags = [each.tag for each in self.elements if each.tag not in ALLOWED]
        names = [
            name
            for each in self.elements
            for name, value in each.given.items()
            if name == "style" or name.startswith("on") or "url(" in (value or "")
        ]
        return tags + names
