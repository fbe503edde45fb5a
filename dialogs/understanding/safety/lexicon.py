"""One language's safety lexicon, read from its `xx.yaml` and made ready to search.

Decides where its concepts occur in a text. It reads no file and judges no text: `reading_files` and `judge` do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dialogs.understanding.safety.patterns import GAP, Place
from dialogs.understanding.safety.signal import Category, Level
from dialogs.understanding.safety.terms import Terms

TERMS = 1 << 20
"""More terms than any lexicon has: what a step is multiplied by, to make one key of a step and a term."""

GUARDS = (
    "negation_before", "negation_after", "no_negation", "past", "long_past", "question", "asks_generally",
    "figure", "now", "but",
)  # fmt: skip
"""The circumstances a lexicon lists. All of them are patterns; docs/safety.md says what each does."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of danger: what it is about and what may weaken it ("all", "told", "none")."""

    name: str
    about: Category
    guards: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a sign, its parts numbered as concepts."""

    sign: Sign
    level: Level
    parts: tuple[int, ...]
    firm: bool
    ordered: bool
    apart: int


@dataclass(slots=True)
class Patterns:
    """All patterns of a lexicon in one tree of numbered steps, 0 the first.

    `ways` leads from a step over the next word's term to another step, `gaps` the same when words may stand between;
    `ends` are the concepts a step completes. One flat dictionary takes a fifth of the memory of a tree of objects.
    """

    ways: dict[int, int] = field(default_factory=dict)
    gaps: dict[int, int] = field(default_factory=dict)
    ends: dict[int, tuple[int, ...]] = field(default_factory=dict)
    steps: int = 1

    def add(self, terms: Sequence[int], concept: int) -> None:
        """Let a run of terms (-1 for a gap) stand for a concept."""
        step, gap = 0, False
        for term in terms:
            if term < 0:
                gap = True
                continue
            ways = self.gaps if gap else self.ways
            key, gap = step * TERMS + term, False
            if key not in ways:
                ways[key] = self.steps
                self.steps += 1
            step = ways[key]
        self.ends[step] = tuple(dict.fromkeys((*self.ends.get(step, ()), concept)))

    @property
    def before_gaps(self) -> frozenset[int]:
        """The steps after which words may stand between."""
        return frozenset(key // TERMS for key in self.gaps)

    def from_word(
        self, found: Sequence[tuple[int, ...]], start: int, before_gaps: frozenset[int]
    ) -> set[tuple[int, int]]:
        """Which concepts begin at a word, each with the word after its last."""
        ways, gaps, ends = self.ways, self.gaps, self.ends
        ended: set[tuple[int, int]] = set()
        going = [(step, start + 1) for term in found[start] if (step := ways.get(term))]
        while going:
            step, end = going.pop()
            for concept in ends.get(step, ()):
                ended.add((concept, end))
            if end >= len(found):
                continue
            key = step * TERMS
            going += [(on, end + 1) for term in found[end] if (on := ways.get(key + term))]
            if step in before_gaps:
                reach = min(end + GAP + 1, len(found))
                going += [
                    (on, at + 1)
                    for at in range(end, reach)
                    for t in found[at]
                    if (on := gaps.get(key + t))
                ]
        return ended


@dataclass(slots=True)
class Lexicon:
    """A language's terms, patterns and rules. `author` and `reviewer` are shown by the check; both may be empty.

    `rules` are found by the first of their parts; `guards` are the concepts of the circumstances.
    """

    language: str
    author: str
    reviewer: str
    terms: Terms
    fold: tuple[tuple[str, str], ...] = ()
    patterns: Patterns = field(default_factory=Patterns)
    rules: dict[int, list[Rule]] = field(default_factory=dict)
    guards: dict[str, int] = field(default_factory=dict)
    _before_gaps: frozenset[int] | None = None

    def places(self, found: Sequence[tuple[int, ...]]) -> dict[int, list[Place]]:
        """Where each concept occurs, in order, for words with these terms."""
        if self._before_gaps is None:
            self._before_gaps = self.patterns.before_gaps
        places: dict[int, list[Place]] = {}
        for start, terms in enumerate(found):
            if terms:
                for concept, end in sorted(
                    self.patterns.from_word(found, start, self._before_gaps)
                ):
                    places.setdefault(concept, []).append(Place(start, end))
        return places
