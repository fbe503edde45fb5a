"""How long reading for danger takes: `python -W ignore -m tests.benchmarks.danger`.

Every line of every corpus, as its own chat would send it, and 4,096 characters made to be slow. Limits are the issue's:
2 ms for 95 of 100 messages, 50 ms for a crafted one.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator

from bot.backstage import settle_memory
from dialogs.checks.danger import corpus
from dialogs.understanding import danger, warm
from dialogs.understanding.safety import LANGUAGES

LONGEST = 4096
WORDS = "chest pain no blood cant breathe pills took baby not 💊"
CRAFTED = {
    "one word": "chest " * 683, "two words": "chest pain " * 373, "no words": "x " * 2048,
    "one letter": "a" * LONGEST, "typing errors": "brething chset " * 274,
    "negations": "no not never without " * 195, "gaps": "cant a a a breathe " * 216,
    "han": "胸口痛" * 1366, "cyrillic": "не могу дышать " * 274, "arabic": "لا استطيع التنفس " * 241,
    "devanagari": "सांस नहीं आ रही " * 256, "emoji": "💊🔪" * 2048, "marks": "e\u0301" * 2048,
    "full stops": "chest. pain. " * 315, "mixed": "chest боль سینه 胸 सीने " * 178,
}  # fmt: skip


def crafted() -> dict[str, str]:
    """Long texts made to be slow: the same again and again, and key words in an order that never repeats."""
    chance = random.Random(1)
    dangers = [line.text for line in corpus("en")[0]]
    shuffled = {
        "dangers in a row": " ".join(chance.sample(dangers, len(dangers))),
        "shuffled words": " ".join(chance.choices(WORDS.split(), k=900)),
        "shuffled emoji": "".join(chance.choices("💊🔪🩸😵x ", k=LONGEST)),
        "shuffled han": "".join(chance.choices("胸口痛血不死了想吐药孩子", k=LONGEST)),
    }  # fmt: skip
    return CRAFTED | shuffled


def messages() -> Iterator[tuple[str, str]]:
    """Every message of the corpora, with the locale of its chat."""
    for language in LANGUAGES:
        for lines in corpus(language):
            yield from ((line.text, language) for line in lines)


def spent(text: str, locale: str) -> float:
    """Milliseconds of CPU for one message."""
    start = time.process_time()
    danger(text, locale)
    return (time.process_time() - start) * 1000


def main() -> None:
    """Print the figures."""
    start = time.process_time()
    warm()
    settle_memory()  # as the running program does
    sys.stdout.write(f"loading                {time.process_time() - start:.2f} s CPU\n")
    for text, locale in messages():
        danger(text, locale)
    taken = sorted(spent(text, locale) for text, locale in messages())
    for share in (0.5, 0.95, 0.99):
        sys.stdout.write(
            f"{share:.0%} of {len(taken)} messages  {taken[int(len(taken) * share)]:.2f} ms\n"
        )
    for name, text in crafted().items():
        worst = max(spent(text[:LONGEST], locale) for locale in ("en", "ru", "ar", "zh"))
        sys.stdout.write(f"crafted: {name:20s} {worst:.1f} ms\n")


if __name__ == "__main__":
    main()
