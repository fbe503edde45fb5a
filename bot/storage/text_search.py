"""Looking for words in kept text.

Decides that texts are opened in bounded windows, newest conversations first, because they are sealed and there is no
index of them: a search that found nothing yet says how far it looked. Words are compared without regard to capitals and
accents. Nothing that was opened, and nothing that was searched for, is kept.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Final, NamedTuple
from unicodedata import combining, normalize

from sqlalchemy import Connection, select

from bot.privacy.vault import UnopenableError, Vault
from bot.storage.log import open_text
from bot.storage.log_tables import TURN
from bot.storage.visits import PAGE, Key, Listed, older
from bot.storage.wanted import Wanted

MOST_TEXTS: Final = 3_000
"""Texts that one search opens."""
AT_ONCE: Final = 1_500
"""Conversations whose texts are read in one statement."""
_MARKS: Final = 10
"""Combining classes from here on are accents and vowel points; those below change the letter (が, ़)."""


class Text(NamedTuple):
    """A kept text in which the words are, and where: `begins` and `ends` count characters."""

    number: int
    locale: str
    text: str
    begins: int
    ends: int


@dataclass(slots=True)
class Window:
    """What one search looked at: conversations from `newest` to `oldest`, by last turn, and what it found.

    `more` is whether older ones may be left; `unread` counts texts that could not be opened.
    """

    found: list[tuple[Listed, list[Text]]] = field(default_factory=list)
    visits: int = 0
    texts: int = 0
    unread: int = 0
    newest: Key | None = None
    oldest: Key | None = None
    more: bool = True


def search(
    connection: Connection,
    vault: Vault,
    wanted: Wanted,
    needle: str,
    now: int,
    before: Key | None = None,
) -> Window:
    """Look for folded words, from `before` on into the past, until a page is full or enough was opened."""
    window, wanted = Window(), replace(wanted, with_text=True)
    while window.more:
        visits = older(connection, wanted, now, window.oldest or before, AT_ONCE)
        texts = _texts_of(connection, [visit.ref for visit in visits])
        for visit in visits:
            if _enough(window):
                return window
            _look(window, visit, texts.get(visit.ref, ()), vault, needle)
        window.more = len(visits) == AT_ONCE
    return window


def folded(text: str) -> str:
    """A text as it is compared."""
    return text.translate(_FOLDED)


def place_of(needle: str, text: str) -> tuple[int, int] | None:
    """From where to where in a text the folded words stand, accents that follow included; None when they do not."""
    at = folded(text).find(needle)
    if at < 0:
        return None
    starts = list(accumulate((len(folded(each)) for each in text), initial=0))
    end = at + len(needle)
    return bisect_right(starts, at) - 1, max(
        bisect_left(starts, end), bisect_right(starts, end) - 1
    )


class _Folded(dict[int, str]):
    """What each character is compared as; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        wide = normalize("NFKD", normalize("NFKD", chr(code)).casefold())
        self[code] = normalize("NFC", "".join(each for each in wide if combining(each) < _MARKS))
        return self[code]


_FOLDED: Final = _Folded()
_Row = tuple[int, str, bytes]


def _texts_of(connection: Connection, refs: Sequence[str]) -> Mapping[str, list[_Row]]:
    row = TURN.c
    kept = (
        select(row.ref, row.number, row.locale, row.text)
        .where(row.ref.in_(refs), row.text.is_not(None))
        .order_by(row.id)
    )
    texts = defaultdict(list)
    for ref, *rest in connection.execute(kept):
        texts[ref].append((*rest,))
    return texts


def _look(
    window: Window, visit: Listed, texts: Sequence[_Row], vault: Vault, needle: str
) -> None:  # fmt: skip
    found = []
    for number, locale, sealed in texts:
        try:
            text = open_text(vault, visit.ref, number, sealed)
        except UnopenableError:
            window.unread += 1
            continue
        if place := place_of(needle, text):
            found.append(Text(number, locale, text, *place))
    window.visits += 1
    window.texts += len(texts)
    window.newest, window.oldest = window.newest or visit.key, visit.key
    if found:
        window.found.append((visit, found))


def _enough(window: Window) -> bool:
    return window.texts >= MOST_TEXTS or len(window.found) >= PAGE
