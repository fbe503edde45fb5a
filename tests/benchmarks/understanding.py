"""How well typed messages are understood: `python -W ignore -m tests.benchmarks.understanding`.

The messages in `unseen/` were written by people who had not seen the example phrases. Those marked "seen" were used
afterwards to mend the lexicons of danger; they are left out, unless with `--all`. Limits are the issue's; `--gate`
exits 1 on a miss.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from dialogs.understanding import intent, safety, warm
from dialogs.understanding.safety import Level
from dialogs.understanding.words import LISTED

FOLDER = Path(__file__).parent / "unseen"
Row = Mapping[str, Any]
OFFERED = 3


class Limit(NamedTuple):
    """One measure, what it came to, and what it has to reach; `most` when smaller is better."""

    name: str
    value: float
    limit: float
    most: bool = False

    @property
    def met(self) -> bool:
        """Whether it is reached."""
        return self.value <= self.limit if self.most else self.value >= self.limit

    def __str__(self) -> str:
        """One line of the report."""
        sign = "at most" if self.most else "at least"
        return f"{self.name:58s} {self.value:8.3f}   {sign} {self.limit:<6} {'ok' if self.met else 'MISSED'}"


def rows(kind: str) -> list[Row]:
    """The messages of one file: those still unseen, or with `--all` every one."""
    lines = (FOLDER / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    found: list[Row] = [json.loads(line) for line in lines]
    return [row for row in found if "--all" in sys.argv or not row.get("seen")]


def share(found: Sequence[bool]) -> float:
    """How many of them hold, between 0 and 1."""
    return sum(found) / max(len(found), 1)


def by_language(asked: Sequence[Row], holds: Callable[[Row], bool]) -> list[float]:
    """The share in each language."""
    return [share([holds(row) for row in asked if row["locale"] == each]) for each in LISTED]


class Answered(NamedTuple):
    """What was made of one message: the intent that was acted on, or those offered."""

    acted: str | None
    offered: tuple[str, ...]


def answered(row: Row) -> Answered:
    """Route one message."""
    found = intent(row["text"], row["locale"])
    if isinstance(found, tuple):
        return Answered(None, tuple(found[1][:OFFERED]))
    return Answered(found, ())


def intents() -> Iterator[Limit]:
    """The measures of intents."""
    every = rows("intents")
    answers = {id(row): answered(row) for row in every}
    asked = [row for row in every if row["intent"] != "oos"]
    beside = [row for row in every if row["intent"] == "oos"]

    def right(row: Row) -> bool:
        return answers[id(row)].acted in {row["intent"], *row.get("alt", ())}

    def served(row: Row) -> bool:
        wanted = {row["intent"], *row.get("alt", ())}
        return right(row) or bool(wanted & set(answers[id(row)].offered))

    def wrong(row: Row) -> bool:
        return answers[id(row)].acted is not None and not right(row)

    languages = by_language(asked, served)
    yield Limit("right, or right among three buttons", sum(languages) / len(languages), 0.80)
    yield Limit("... in the worst language", min(languages), 0.68)
    yield Limit("acted on a wrong intent", share([wrong(row) for row in asked]), 0.09, most=True)
    yield Limit(
        "out of scope, not acted on",
        share([answers[id(row)].acted is None for row in beside]),
        0.90,
    )


def dangers() -> Iterator[Limit]:
    """The measures of safety."""
    every = rows("safety")
    found = {id(row): safety(row["text"], row["locale"]) for row in every}
    urgent = [row for row in every if row["urgent"]]
    languages = by_language(urgent, lambda row: found[id(row)] is not None)
    yield Limit("dangers found", sum(languages) / len(languages), 0.94)
    yield Limit("... in the worst language", min(languages), 0.87)
    chat = [safety(row["text"], row["locale"]) for row in rows("intents")]
    levels = [signal.level for signal in chat if signal is not None]
    yield Limit(
        "false alarms on ordinary chat", levels.count(Level.NOW) / len(chat), 0.008, most=True
    )
    yield Limit("needless questions there", levels.count(Level.CHECK) / len(chat), 0.03, most=True)


def cost() -> Iterator[Limit]:
    """Milliseconds of CPU a message."""
    taken = []
    for row in rows("intents"):
        start = time.process_time()
        intent(row["text"], row["locale"])
        taken.append((time.process_time() - start) * 1000)
    taken.sort()
    yield Limit("ms a message, 95 of 100", taken[int(len(taken) * 0.95)], 45, most=True)


def main() -> int:
    """Print the figures."""
    warm()
    measured = [*intents(), *dangers(), *cost()]
    for each in measured:
        sys.stdout.write(f"{each}\n")
    return 1 if "--gate" in sys.argv and not all(each.met for each in measured) else 0


if __name__ == "__main__":
    sys.exit(main())
