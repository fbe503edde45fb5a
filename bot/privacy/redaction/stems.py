"""The forms under which lists may know an inflected word.

Decides by endings alone, script by script, without a dictionary; a form is a guess that counts only
when a list knows it.
"""

from collections.abc import Iterator, Mapping, Sequence

SHORTEST = 3
_LONGEST_ENDING = 5


def script_of(key: str) -> str:
    code = ord(key[0]) if key else 0
    if code < 0x250 or 0x1E00 <= code < 0x1F00:
        return "latin"
    if 0x400 <= code < 0x530:
        return "cyrillic"
    if 0x600 <= code < 0x780:
        return "arabic"
    if 0x900 <= code < 0x980:
        return "devanagari"
    if 0x980 <= code < 0xA00:
        return "bengali"
    return "hangul" if 0xAC00 <= code < 0xD7B0 else "other"


class Endings:
    """The table of endings, by script and (for Latin) by language."""

    __slots__ = ("_prefixes", "_tables")

    def __init__(
        self, tables: Mapping[str, Mapping[str, Sequence[str]]], prefixes: Sequence[str]
    ) -> None:
        self._tables = tables
        self._prefixes = prefixes

    def stems(self, key: str, languages: Sequence[str] = ()) -> Iterator[str]:
        """Longest ending first; for Latin words only the endings of `languages`."""
        script = script_of(key)
        if script == "arabic":
            for prefix in self._prefixes:
                if key.startswith(prefix) and len(key) - len(prefix) >= SHORTEST:
                    yield key[len(prefix) :]
        names = [f"latin-{language}" for language in languages] if script == "latin" else [script]
        for name in names:
            table = self._tables.get(name)
            if table is None:
                continue
            for size in range(min(_LONGEST_ENDING, len(key) - SHORTEST + 1), 0, -1):
                for put in table.get(key[-size:], ()):
                    if len(key) - size + len(put) >= SHORTEST:
                        yield key[:-size] + put
