"""Reads one mapping of a directory file, field by field, and notes every mistake with its line and mend.

Decides what a text, a code, a list or a link may look like in the directory. It does not know which fields a record
has: `schema` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import TypeVar

from babel import Locale

from dialogs.engine.strict_yaml import Twig
from dialogs.mistakes import Mistake

E = TypeVar("E", bound=StrEnum)

REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
LINK = re.compile(r"https?://[^\s<>\"]+")
AS_OF = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")
NUMBER = re.compile(r"[0-9*#][0-9 *#-]*")
WHOLE = re.compile(r"[1-9][0-9]{0,3}")
NOTHING = {"", "null", "~"}
LONGEST_URL = 2048
FEWEST_DIGITS = 3
NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
"""CLDR territories that are groups, parts of a country or tests."""


@cache
def country_codes() -> frozenset[str]:
    """The countries and territories we know: those of CLDR, with Kosovo's "XK"."""
    codes = {str(code) for code in Locale("en").territories}
    return frozenset(c for c in codes - NOT_COUNTRIES if len(c) == 2 and c.isalpha())


@cache
def language_codes() -> frozenset[str]:
    """The languages CLDR can name."""
    return frozenset(map(str, Locale("en").languages))


class Fields:
    """One mapping being read. What is wrong goes to `mistakes`; a stand-in value is returned, and never used."""

    def __init__(self, twig: Twig, file: str, mistakes: list[Mistake]) -> None:
        self.twig, self.file, self.mistakes = twig, file, mistakes
        self.unread = set(twig.fields)

    @property
    def lines(self) -> dict[str, int]:
        """The line of each field's value."""
        return {name: twig.line for name, twig in self.twig.fields.items()}

    def wrong(self, name: str, what: str, mend: str) -> None:
        """Notes a mistake at a field, or at the record when the field is missing."""
        twig = self.twig.fields.get(name)
        line = twig.key_line if twig else self.twig.line
        self.mistakes.append(Mistake(self.file, line, f"{name}: {what}", mend))

    def text(self, name: str) -> str:
        """A text that must be there."""
        found = self.optional(name)
        if found is None:
            self.wrong(name, "is missing or empty", "write a text")
        return found or ""

    def optional(self, name: str) -> str | None:
        """A text, or None where there is none."""
        self.unread.discard(name)
        twig = self.twig.fields.get(name)
        if twig is None:
            return None
        if twig.text is None:
            self.wrong(name, "is a list or mapping", "write one text")
            return None
        found = twig.text.strip()
        return None if found in NOTHING else found

    def link(self, name: str) -> str:
        """A web address that must be there."""
        return self._link(name, self.text(name)) or ""

    def optional_link(self, name: str) -> str | None:
        """A web address, or None where there is none."""
        return self._link(name, self.optional(name))

    def links(self, name: str) -> dict[str, str]:
        """Web addresses by name, or none."""
        self.unread.discard(name)
        twig = self.twig.fields.get(name)
        if twig is not None and not twig.fields:
            self.wrong(name, "names no page", "write `name: https://…` lines, or remove it")
        named = {key: child.text or "" for key, child in twig.fields.items()} if twig else {}
        return {key: self._link(name, found or "?") or "" for key, found in named.items()}

    def as_of(self, name: str) -> str:
        """A year or a month."""
        found = self.text(name)
        if found and not AS_OF.fullmatch(found):
            self.wrong(name, f"{found!r} is no year or month", 'write "2024" or "2024-05"')
            return "2000"
        return found or "2000"

    def dialled(self, name: str) -> str | None:
        """A number to dial, kept as text because leading zeros matter."""
        found = self.optional(name)
        if found is not None and not NUMBER.fullmatch(found):
            self.wrong(name, f"{found!r} cannot be dialled", "write digits and spaces, in quotes")
        return found

    def phone(self, name: str) -> str | None:
        """A phone number as people print it, perhaps with a word in brackets, or None where there is none."""
        found = self.optional(name)
        if found is not None and sum(map(str.isdecimal, found)) < FEWEST_DIGITS:
            self.wrong(name, "holds no number", "write the number, in quotes")
        return found

    def one(self, name: str, choices: type[E]) -> E:
        """One word of a closed list."""
        found = self.text(name)
        fallback = next(iter(choices))
        return next(self._known(name, [found] if found else [], choices), fallback)

    def several(self, name: str, choices: type[E], *, needed: bool = True) -> tuple[E, ...]:
        """Words of a closed list."""
        return tuple(self._known(name, self._items(name, needed), choices))

    def countries(self, name: str, *, needed: bool = True, star: bool = False) -> tuple[str, ...]:
        """ISO 3166-1 alpha-2 codes; with `star` also ["*"] alone."""
        found = self._items(name, needed)
        if star and found == ["*"]:
            return ("*",)
        for code in found:
            if code not in country_codes():
                mend = 'write ISO 3166-1 codes like DE or "NO"' + (', or "*" alone' if star else "")
                self.wrong(name, f"{code!r} is no country", mend)
        return tuple(found)

    def country(self, name: str) -> str:
        """One ISO 3166-1 alpha-2 code."""
        found = self.countries(name)
        if len(found) > 1:
            self.wrong(name, "names several countries", "write one entry for each")
        return found[0] if found else ""

    def regions(self, name: str) -> tuple[str, ...]:
        """ISO 3166-2 codes."""
        found = self._items(name, needed=False)
        for code in found:
            if not REGION.fullmatch(code) or code[:2] not in country_codes():
                self.wrong(name, f"{code!r} is no region", "write ISO 3166-2 codes like US-TX")
        return tuple(found)

    def languages(self, name: str) -> tuple[str, ...]:
        """BCP-47 languages; the word unknown gives none."""
        found = self._items(name, needed=True)
        if found == ["unknown"]:
            return ()
        for code in found:
            if code.replace("-", "_") not in language_codes():
                self.wrong(
                    name, f"{code!r} is no language", "write BCP-47 codes like de, or unknown"
                )
        return tuple(found)

    def flag(self, name: str) -> bool:
        """Whether `name: yes` stands there."""
        found = self.optional(name)
        if found not in {None, "yes"}:
            self.wrong(name, f"{found!r} is not yes", "write yes, or remove the field")
        return found == "yes"

    def whole(self, name: str, most: int) -> int | None:
        """A whole number from 1 to `most`, or None where there is none."""
        found = self.optional(name)
        if found is None:
            return None
        if not WHOLE.fullmatch(found) or int(found) > most:
            self.wrong(name, f"{found!r} is no whole number up to {most}", "write digits alone")
            return None
        return int(found)

    def finish(self) -> None:
        """Notes the fields nobody asked for."""
        for name in sorted(self.unread):
            self.wrong(name, "is no field here", "correct the name, or remove it")

    def _items(self, name: str, needed: bool) -> list[str]:
        self.unread.discard(name)
        twig = self.twig.fields.get(name)
        items = [item.text or "" for item in twig.items] if twig else []
        if needed and not items:
            self.wrong(name, "is missing or empty", "write a list")
        for item in sorted({item for item in items if items.count(item) > 1}):
            self.wrong(name, f"{item!r} stands twice", "keep one")
        return items

    def _known(self, name: str, found: list[str], choices: type[E]) -> Iterator[E]:
        known = {choice.value: choice for choice in choices}
        for word in found:
            if word in known:
                yield known[word]
            else:
                mend = f"use {', '.join(known)}"
                self.wrong(name, f"{word!r} is not in the closed list", mend)

    def _link(self, name: str, found: str | None) -> str | None:
        if found and (not LINK.fullmatch(found) or len(found) > LONGEST_URL):
            self.wrong(name, "is no web address", "write https://…")
        return found
