"""How well danger is found: the corpora in `safety/`, two files a language, and what the lexicons make of them.

Decides how a corpus is read, what counts as found, and below which figures the lexicons are refused. `xx.fire.txt`
holds `category | level | text`, `xx.quiet.txt` holds `kind | text`: messages in which nobody is in danger.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dialogs.mistakes import Mistake
from dialogs.understanding import danger
from dialogs.understanding.safety import LANGUAGES, Level, Signal
from dialogs.understanding.safety.frozen import FILE, REBUILD, authors, stale

FOLDER = Path(__file__).parent / "safety"
OTHER_SIGNS = {"time": "time", "child_writes": "child_writes"}
"""Categories of lines that ask for another answer than a card or a question."""
CHAT = "chat"
LEAST_RECALL, LEAST_NOW = 0.97, 0.93
MOST_ALARMS, MOST_CHECKS = 0.03, 0.12


@dataclass(frozen=True, slots=True)
class Line:
    """One message: what it is about, the level it should have (None: none), and where it stands."""

    about: str
    level: Level | None
    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Found:
    """What the lexicons make of a language's corpus. Shares between 0 and 1; `missed` are the lines not found."""

    language: str
    urgent: int
    recall: float
    recall_now: float
    quiet: int
    alarms: float
    checks: float
    missed: tuple[Line, ...]

    def __str__(self) -> str:
        """One line for the report."""
        return (
            f"{self.language}: finds {self.recall:.1%} of {self.urgent} dangers, {self.recall_now:.1%} at once; "
            f"of {self.quiet} look-alikes and chats {self.alarms:.1%} raise an alarm, {self.checks:.1%} a question"
        )


def corpus(language: str) -> tuple[list[Line], list[Line]]:
    """The messages with danger, and those without. Raises ValueError for a line that cannot be read."""
    fire = [
        Line(about, Level(level) if level != "note" else Level.NOTE, text, number)
        for number, (about, level, text) in _rows(language, "fire", 3)
    ]
    quiet = [Line(kind, None, text, number) for number, (kind, text) in _rows(language, "quiet", 2)]
    return fire, quiet


def measure(language: str) -> Found:
    """What the lexicons make of one language's corpus."""
    fire, quiet = corpus(language)
    urgent = [line for line in fire if line.about not in OTHER_SIGNS]
    answers = {line: _gravest(line.text, language) for line in (*urgent, *quiet)}
    at_once = [line for line in urgent if line.level is Level.NOW]
    missed = [line for line in urgent if answers[line] is None]
    missed += [line for line in fire if line.about in OTHER_SIGNS and not _noticed(line, language)]
    levels = [signal.level for line in quiet if (signal := answers[line])]
    return Found(
        language=language,
        urgent=len(urgent),
        recall=sum(answers[line] is not None for line in urgent) / len(urgent),
        recall_now=sum(_now(answers[line]) for line in at_once) / len(at_once),
        quiet=len(quiet),
        alarms=levels.count(Level.NOW) / len(quiet),
        checks=levels.count(Level.CHECK) / len(quiet),
        missed=tuple(missed),
    )


def danger_mistakes(found: list[Found]) -> Iterator[Mistake]:
    """Lexicons that are not good enough, or not packaged as they are written."""
    if stale():
        yield Mistake(
            FILE.name, 1, "the packaged lexicons are older than their sources", f"run {REBUILD}"
        )
    for each in found:
        file = f"{each.language}.yaml"
        if each.recall < LEAST_RECALL or each.recall_now < LEAST_NOW:
            first = each.missed[0].number if each.missed else 1
            what = f"{each.recall:.1%} of dangers found, {each.recall_now:.1%} at once"
            mend = f"see line {first} of {each.language}.fire.txt; at least {LEAST_RECALL:.0%} and {LEAST_NOW:.0%}"
            yield Mistake(file, 1, what, mend)
        if each.alarms > MOST_ALARMS or each.checks > MOST_CHECKS:
            what = f"{each.alarms:.1%} false alarms, {each.checks:.1%} needless questions"
            yield Mistake(
                file,
                1,
                what,
                f"at most {MOST_ALARMS:.0%} and {MOST_CHECKS:.0%}: add a figure or a guard",
            )


def reviews() -> Iterator[str]:
    """Who wrote and reviewed each lexicon, for the report."""
    for language, (author, reviewer) in authors().items():
        yield f"{language}: {author or 'author not named'}; {reviewer or 'not yet reviewed'}"


def measured() -> list[Found]:
    """The figures of every language."""
    return [measure(language) for language in LANGUAGES]


def _rows(language: str, kind: str, fields: int) -> Iterator[tuple[int, list[str]]]:
    path = FOLDER / f"{language}.{kind}.txt"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        row = [part.strip() for part in line.split(" | ", fields - 1)]
        if len(row) != fields:
            msg = f"{path.name}:{number}: write {fields} fields with ' | ' between them"
            raise ValueError(msg)
        yield number, row


def _gravest(text: str, language: str) -> Signal | None:
    return next((signal for signal in danger(text, language) if signal.urgent), None)


def _noticed(line: Line, language: str) -> bool:
    return any(signal.category == OTHER_SIGNS[line.about] for signal in danger(line.text, language))


def _now(signal: Signal | None) -> bool:
    return signal is not None and signal.level is Level.NOW
