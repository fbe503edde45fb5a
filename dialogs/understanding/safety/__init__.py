"""Text -> signals of danger, by hand-written lexicons of ten languages.

Decides nothing about danger itself: the lexicons do, each for its language; `which` says who reads a text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from dialogs.understanding.safety.frozen import lexicon
from dialogs.understanding.safety.judge import Verdict, judge
from dialogs.understanding.safety.reading_files import BrokenLexicon
from dialogs.understanding.safety.signal import Category, Level, Signal
from dialogs.understanding.safety.spelling import Words, folded, plain, words_of
from dialogs.understanding.safety.which import LANGUAGES, readers

__all__ = [
    "LANGUAGES",
    "BrokenLexicon",
    "Category",
    "Level",
    "Signal",
    "lexicon",
    "readers",
    "signals",
]


def signals(text: str, forgiving: Collection[str], languages: Iterable[str]) -> list[Signal]:
    """Every signal the lexicons of these languages find in a text, the gravest first. Never raises.

    `forgiving`: the languages the person is likely to write. There typing errors are forgiven, and circumstances that
    silence a sign silence it for the other languages too: a foreign lexicon does not understand "nahi".
    """
    written = plain(text)
    spelt: dict[tuple[tuple[str, str], ...], Words] = {}
    verdicts: dict[str, Verdict] = {}
    for read in map(lexicon, languages):
        if read.fold not in spelt:
            spelt[read.fold] = words_of(folded(written, read.fold))
        misspelt = read.language in forgiving
        verdicts[read.language] = judge(read, spelt[read.fold], misspelt=misspelt)
    silenced = {
        sign for name, each in verdicts.items() if name in forgiving for sign in each.silenced
    }
    found = [
        signal
        for name, each in verdicts.items()
        for signal in each.signals
        if name in forgiving or signal.sign not in silenced
    ]
    return sorted(found, key=lambda signal: signal.weight)
