"""What one lexicon says about a text: the signs in it, and what the circumstances leave of each.

Decides how negation, past, question, figure of speech and "right now" change a sign's level. A doubt lowers NOW to
CHECK; two doubts, a clear denial or a known figure of speech silence it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from dialogs.understanding.safety.lexicon import Lexicon, Rule
from dialogs.understanding.safety.patterns import Place, together
from dialogs.understanding.safety.signal import Level, Signal
from dialogs.understanding.safety.spelling import Words

FAR = 12
"""Words between a sign and what is told of when it was, or that it is a question."""
LONGEST_PATTERN = 24
"""Words the longest pattern of a circumstance may take, its gaps included."""
REACH = 3
"""Words between a negation and what it denies."""
SILENT = 2
MOST_JUDGED = 40
"""Occurrences of one rule that are judged; whoever repeats himself more often has said it in other words too."""
YEAR_DIGITS = 4

_Places = Mapping[int, Sequence[Place]]


class Verdict(NamedTuple):
    """What a lexicon says: each sign once at its gravest level, and the signs it saw but that circumstances silence."""

    signals: tuple[Signal, ...] = ()
    silenced: frozenset[str] = frozenset()


def judge(lexicon: Lexicon, words: Words, *, misspelt: bool) -> Verdict:
    """One lexicon's verdict on a text."""
    known: dict[str, tuple[int, ...]] = {}
    for word in words.words:
        if word not in known:
            known[word] = lexicon.terms.of(word, misspelt=misspelt)
    places = lexicon.places([known[word] for word in words.words])
    if not places:
        return Verdict()
    return _Judge(lexicon, words, places).verdict()


class _Judge:
    """One text before one lexicon."""

    def __init__(self, lexicon: Lexicon, words: Words, places: _Places) -> None:
        self._lexicon, self._words, self._places = lexicon, words, places
        self._at = words.at

    def verdict(self) -> Verdict:
        gravest: dict[str, Signal] = {}
        silenced: set[str] = set()
        rules = self._lexicon.rules
        for rule in [rule for part in self._places for rule in rules.get(part, ())]:
            if not all(part in self._places for part in rule.parts):
                continue
            known = gravest.get(rule.sign.name)
            if known and known.level is Level.NOW:
                continue
            levels = list(self._levels(rule))
            level = _gravest(levels)
            if level is None:
                silenced.update({rule.sign.name} if levels else ())
                continue
            signal = Signal(rule.sign.about, level, rule.sign.name, self._lexicon.language)
            if known is None or signal.weight < known.weight:
                gravest[rule.sign.name] = signal
        return Verdict(tuple(gravest.values()), frozenset(silenced - gravest.keys()))

    def _levels(self, rule: Rule) -> Iterator[Level | None]:
        """What is left of each occurrence of a rule, until one is left whole."""
        places = [self._places[part] for part in rule.parts]
        found = together(places, self._at, rule.apart, ordered=rule.ordered)
        for parts in islice(found, MOST_JUDGED):
            level = self._left(rule, parts)
            yield level
            if level is Level.NOW:
                return

    def _left(self, rule: Rule, parts: Sequence[Place]) -> Level | None:
        if any(self._covered("figure", part) for part in parts):
            return None
        now = self._in_sentence("now", parts)
        doubt = 0 if rule.firm or rule.sign.guards == "none" else self._doubt(parts, now=now)
        if rule.sign.guards == "told":
            return None if doubt >= SILENT else rule.level
        match rule.level:
            case Level.NOW:
                return (Level.NOW, Level.CHECK, None)[min(doubt, SILENT)]
            case Level.CHECK if now and not doubt:
                return Level.NOW
            case _:
                return None if doubt else rule.level

    def _doubt(self, parts: Sequence[Place], *, now: bool) -> int:
        if self._denied(parts):
            return SILENT
        if now:
            return 0
        if (
            self._in_sentence("long_past", parts)
            or self._in_sentence("asks_generally", parts)
            or self._year(parts)
        ):
            return SILENT
        return self._in_sentence("past", parts) + self._in_sentence("question", parts)

    def _denied(self, parts: Sequence[Place]) -> bool:
        inside = {word for part in parts for word in range(part.start, part.end)}
        before = self._of("negation_before")
        after = self._of("negation_after")
        return any(
            self._denies(negation, part, inside)
            for part in parts
            for negation in _close(before, part.start)
            if negation.start < part.start
        ) or any(
            self._denies(negation, part, inside)
            for part in parts
            for negation in _close(after, part.end)
            if negation.start >= part.end
        )

    def _denies(self, negation: Place, part: Place, inside: set[int]) -> bool:
        if inside.intersection(range(negation.start, negation.end)):
            return False
        first, second = sorted((negation, part))
        clause = self._words.clause
        if clause[first.end - 1] != clause[second.start] or second.start - first.end > REACH:
            return False
        between = Place(first.end, second.start)
        if any(
            between.start <= but.start < between.end
            for but in _close(self._of("but"), between.start)
        ):
            return False
        return not self._covered("no_negation", negation)

    def _covered(self, guard: str, place: Place) -> bool:
        return any(
            covering.start < place.end and place.start < covering.end
            for covering in _close(self._of(guard), place.start)
        )

    def _in_sentence(self, guard: str, parts: Sequence[Place]) -> bool:
        first, last = min(part.start for part in parts), max(part.end for part in parts)
        places = self._of(guard)
        begin = bisect_left(places, Place(first - FAR - LONGEST_PATTERN, 0))
        end = bisect_left(places, Place(last + FAR + 1, 0))
        return any(self._near(place, parts) for place in places[begin:end])

    def _near(self, place: Place, parts: Sequence[Place]) -> bool:
        """Whether a circumstance is told of the sign: in its sentence, and not far off in one without punctuation."""
        first, last = min(part.start for part in parts), max(part.end for part in parts)
        far = max(first - place.end, place.start - last)
        sentence = self._words.sentence
        return far <= FAR and any(sentence[place.start] == sentence[part.start] for part in parts)

    def _year(self, parts: Sequence[Place]) -> bool:
        words = self._words.words
        first = max(0, min(part.start for part in parts) - FAR)
        last = max(part.end for part in parts) + FAR
        return any(
            _is_year(words[at]) and self._near(Place(at, at + 1), parts)
            for at in range(first, min(last, len(words)))
        )

    def _of(self, guard: str) -> Sequence[Place]:
        return self._places.get(self._lexicon.guards.get(guard, -1), ())


def _is_year(word: str) -> bool:
    return (
        len(word) == YEAR_DIGITS and word.isascii() and word.isdigit() and word[:2] in ("19", "20")
    )


def _gravest(levels: Sequence[Level | None]) -> Level | None:
    return min((level for level in levels if level), key=list(Level).index, default=None)


WINDOW = 16
"""Occurrences of a circumstance looked at around a place."""


def _close(places: Sequence[Place], word: int) -> Sequence[Place]:
    middle = bisect_left(places, Place(word, word))
    return places[max(0, middle - WINDOW) : middle + WINDOW]
