"""The admission gate: what the de-identifier finds in marked-up messages of a language.

Reads `[what must go|LABEL]` and `{what must stay|kind}`, one message a line. Decides what counts as
found and when a language is good enough; whoever keeps text asks `admission` for the result.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot.privacy.redaction.frozen import frozen
from bot.privacy.redaction.redact import redact
from bot.privacy.redaction.words import fold

MESSAGES = Path("tests/privacy/fresh")
"""A set nobody looked at while rules and lists were written. Languages without one are not admitted."""
LEAST_RECALL = 0.90
LEAST_CLEAN = 0.85
LEAST_FREE = 60
FREE = frozenset(("PERSON", "DOCTOR", "HOSPITAL", "LOCATION"))
_PIECE = re.compile(r"\[([^\[\]|]+)\|([A-Z_0-9]+)(?:/[\w-]+)?\??\]|\{([^{}|]+)\|([\w-]+)\}")


@dataclass(frozen=True, slots=True)
class Marked:
    """A message, what must go from it, and what must stay."""

    text: str
    gone: tuple[tuple[int, int, str], ...]
    kept: tuple[tuple[int, int, str], ...]


@dataclass(slots=True)
class Figures:
    """Counts of one language, by label and by kind; `missed` holds the places of leaks in memory."""

    found: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    damaged: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    messages: int = 0
    clean: int = 0
    missed: list[tuple[Marked, int, int, str]] = field(default_factory=list)

    def recall(self, labels: frozenset[str] | None = None) -> float:
        names = [label for label in self.asked if labels is None or label in labels]
        return sum(self.found.get(label, 0) for label in names) / max(
            1, sum(self.asked[label] for label in names)
        )

    @property
    def free(self) -> int:
        return sum(count for label, count in self.asked.items() if label in FREE)

    @property
    def clean_share(self) -> float:
        return self.clean / max(1, self.messages)

    @property
    def passes(self) -> bool:
        enough = self.free >= LEAST_FREE
        return enough and self.recall(FREE) >= LEAST_RECALL and self.clean_share >= LEAST_CLEAN


@cache
def shared_words() -> frozenset[str]:
    """Words like "hospital" and "street", which tell nobody apart and may stay."""
    phrases = frozen().phrases
    return phrases.single("facility") | phrases.single("street") | phrases.single("house")


def marked(line: str) -> Marked:
    """One line of a message file without its marks."""
    pieces: list[str] = []
    gone: list[tuple[int, int, str]] = []
    kept: list[tuple[int, int, str]] = []
    done = length = 0
    for match in _PIECE.finditer(line):
        before = line[done : match.start()]
        piece, label = (match[1], match[2]) if match[1] is not None else (match[3], match[4])
        start = length + len(before)
        (gone if match[1] is not None else kept).append((start, start + len(piece), label))
        pieces += (before, piece)
        length = start + len(piece)
        done = match.end()
    pieces.append(line[done:])
    return Marked("".join(pieces), tuple(gone), tuple(kept))


def _counts(text: str, place: int) -> bool:
    return text[place].isalnum() or unicodedata.category(text[place])[0] == "M"


def measure(lines: Iterable[str], language: str) -> Figures:
    """What happens to the messages of one language; words like "street" need not go."""
    figures = Figures()
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        message = marked(line.rstrip("\n").replace("\\n", "\n"))
        covered = {
            place
            for span in redact(message.text, language)
            for place in range(span.start, span.end)
        }
        dirty = False
        for start, end, label in message.gone:
            wanted = _wanted(message.text, start, end, label)
            figures.asked[label] = figures.asked.get(label, 0) + 1
            if wanted <= covered:
                figures.found[label] = figures.found.get(label, 0) + 1
            else:
                dirty = True
                figures.missed.append((message, start, end, label))
        for start, end, kind in message.kept:
            figures.kept[kind] = figures.kept.get(kind, 0) + 1
            hit = any(
                place in covered for place in range(start, end) if message.text[place].isalnum()
            )
            figures.damaged[kind] = figures.damaged.get(kind, 0) + hit
        if message.gone:
            figures.messages += 1
            figures.clean += not dirty
    return figures


def _wanted(text: str, start: int, end: int, label: str) -> set[int]:
    """The characters that identify: all letters and digits, without words that many such names share."""
    places = {place for place in range(start, end) if _counts(text, place)}
    if label not in ("HOSPITAL", "LOCATION"):
        return places
    shared: set[int] = set()
    generic = shared_words()
    for match in re.finditer(r"[^\W\d_]+", text[start:end]):
        if fold(match.group()) in generic:
            shared.update(range(start + match.start(), start + match.end()))
    return places - shared or places


def measure_all(folder: Path = MESSAGES) -> Mapping[str, Figures]:
    """By language, from `xx.txt` files."""
    found: dict[str, Figures] = {}
    for path in sorted(folder.glob("*.txt")):
        with path.open(encoding="utf-8") as file:
            found[path.stem] = measure(file, path.stem)
    return found


def report(found: Mapping[str, Figures]) -> str:
    """The figures of every language, as `admitted.yaml` has those of the languages that pass."""
    rows = []
    for language, figures in found.items():
        verdict = "" if figures.passes else "  # not admitted"
        rows.append(
            f"{language}: {{recall: {figures.recall(FREE):.3f}, clean: {figures.clean_share:.3f}, "
            f"names_and_places: {figures.free}}}{verdict}\n"
        )
    return "".join(rows)


if __name__ == "__main__":
    sys.stdout.write(report(measure_all()))
