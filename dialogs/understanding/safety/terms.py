"""Single words as lexicons write them ("bleeding", "bleed*"), and which of them a typed word may be.

Decides what a typing error may change: one letter, of a word of five or more, never the first. A word the lexicon
knows, or names as a false friend, is never taken for another one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from rapidfuzz.distance import OSA

SHORTEST_MISSPELT = 5
LONGEST_ENDING = 5
"""Letters that may follow a prefix in a misspelt word."""
SHORTEST_STEM = 2
LONGEST_TYPED = 40
"""Letters of one word; what is longer is noise and is looked up by its beginning only."""


class Terms:
    """The words of one lexicon, numbered as they were added. `clitics` are what its language writes onto a word."""

    def __init__(self, clitics: Sequence[str] = (), false_friends: Collection[str] = ()) -> None:
        self._exact: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        """How long the beginnings are, by their first letter."""
        self._clitics = tuple(sorted(clitics, key=len, reverse=True))
        self._false_friends = frozenset(false_friends)
        self._edited: dict[str, list[str]] | None = None

    @classmethod
    def read(cls, kept: Sequence[Any]) -> Terms:
        """The terms that `written` gave."""
        exact, prefixes, clitics, false_friends = kept
        terms = cls(clitics, false_friends)
        terms._exact, terms._prefixes = dict(exact), dict(prefixes)
        lengths: dict[str, set[int]] = {}
        for prefix in terms._prefixes:
            lengths.setdefault(prefix[0], set()).add(len(prefix))
        terms._lengths = {first: tuple(sorted(each)) for first, each in lengths.items()}
        return terms

    def written(self) -> list[Any]:
        """The terms as plain values."""
        return [self._exact, self._prefixes, self._clitics, sorted(self._false_friends)]

    def add(self, written: str) -> int:
        """The number of a word, or of a beginning: "bleed*"."""
        kept = self._prefixes if written.endswith("*") else self._exact
        word = written.rstrip("*")
        number = len(self._exact) + len(self._prefixes)
        if kept is self._prefixes:
            lengths = {*self._lengths.get(word[0], ()), len(word)}
            self._lengths[word[0]] = tuple(sorted(lengths))
        return kept.setdefault(word, number)

    def __len__(self) -> int:
        return len(self._exact) + len(self._prefixes)

    def of(self, typed: str, *, misspelt: bool) -> tuple[int, ...]:
        """The numbers of all words that a typed word is, or may be when it is `misspelt` and nothing else fits."""
        typed = typed[:LONGEST_TYPED]
        found = {number for form in self._forms(typed) for number in self._known(form)}
        if (
            not found
            and misspelt
            and len(typed) >= SHORTEST_MISSPELT - 1
            and typed not in self._false_friends
        ):
            found = set(self._near(typed))
        return tuple(found)

    def _forms(self, typed: str) -> Iterator[str]:
        yield typed
        for clitic in self._clitics:
            rest = typed[len(clitic) :]
            if len(rest) >= SHORTEST_STEM and typed.startswith(clitic):
                yield rest

    def _known(self, word: str) -> Iterator[int]:
        if word in self._exact:
            yield self._exact[word]
        for length in self._lengths.get(word[:1], ()):
            if length > len(word):
                return
            number = self._prefixes.get(word[:length])
            if number is not None:
                yield number

    def _near(self, typed: str) -> Iterator[int]:
        if self._edited is None:
            self._edited = _edited([*self._exact, *(f"{prefix}*" for prefix in self._prefixes)])
        if not _letters(typed):
            return
        for beginning in {
            typed,
            *(typed[:length] for length in range(SHORTEST_MISSPELT - 1, len(typed))),
        }:
            for form in _without_one(beginning):
                for written in self._edited.get(form, ()):
                    if _one_edit(written, beginning, typed):
                        word = written.rstrip("*")
                        yield self._prefixes[word] if written.endswith("*") else self._exact[word]


def _one_edit(written: str, beginning: str, typed: str) -> bool:
    word = written.rstrip("*")
    ending = len(typed) - len(beginning)
    if ending > (LONGEST_ENDING if written.endswith("*") else 0) or word[0] != typed[0]:
        return False
    return OSA.distance(word, beginning, score_cutoff=1) <= 1


def _edited(written: Iterable[str]) -> dict[str, list[str]]:
    """Each word of the lexicon under everything it becomes when a letter is lost."""
    index: defaultdict[str, list[str]] = defaultdict(list)
    for term in written:
        word = term.rstrip("*")
        if len(word) >= SHORTEST_MISSPELT and _letters(word):
            for form in _without_one(word):
                index[form].append(term)
    return dict(index)


def _letters(word: str) -> bool:
    return word[0].isalpha() and not any(map(str.isdigit, word))


def _without_one(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
