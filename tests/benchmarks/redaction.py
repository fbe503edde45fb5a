"""How long the de-identifier takes, on ordinary messages and on what is made to slow it down.

python -m tests.benchmarks.redaction — prints milliseconds, the load time and the memory of a fresh
process; asserts nothing, because another machine is another machine.
"""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from bot.privacy.redaction import redact
from bot.privacy.redaction.gate import marked

MESSAGES = Path(__file__).parent.parent / "privacy" / "messages"
LENGTH = 4_096
CRAFTED = {
    "digits": "1",
    "dashed digits": "1-",
    "spaced digits": "1 ",
    "dotted letters": "a.",
    "at signs": "a@",
    "addresses": "a@b.",
    "titles": "dr ",
    "chained cues": "my name is dr mrs my husband ",
    "kin": "my son my wife ",
    "streets": "12 road ",
    "hospitals": "st hospital of ",
    "months": "12 may ",
    "capital words": "Ab ",
    "capital names": "Maria Smith ",
    "one letter": "a",
    "marks": "e\u0301",
    "lone marks": "\u0301",
    "number words": "one two ",
    "chinese surnames": "王李",
    "chinese streets": "路号",
    "japanese": "の病院さん",
    "korean": "김병원동 ",
    "spaces": " ",
    "brackets": "([",
    "urls": "http://",
    "dots at": "a dot a at ",
    "arabic": "ابو محمد ",
    "zero width": "a\u200b",
    "form labels": "name: ",
}
FRESH = """
import resource, time
start = time.perf_counter()
from bot.privacy.redaction import redact
imported = time.perf_counter()
redact("hello", "en")
loaded = time.perf_counter()
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"import {imported - start:.3f} s, load {loaded - imported:.3f} s, {memory:.0f} MB")
"""


def milliseconds(text: str, locale: str) -> tuple[float, str]:
    """The best of three, and the error if there was one."""
    note = ""
    times = []
    for _ in range(3):
        before = time.perf_counter()
        try:
            redact(text, locale)
        except Exception as failure:  # noqa: BLE001 - a benchmark tells, it does not stop
            note = type(failure).__name__
        times.append((time.perf_counter() - before) * 1_000)
    return min(times), note


def main() -> None:
    fresh = subprocess.run(
        [sys.executable, "-c", FRESH], capture_output=True, text=True, check=True
    )
    print("a fresh process:", fresh.stdout.strip())
    redact("warm up", "en")
    taken = sorted(
        milliseconds(marked(line).text, path.stem)[0]
        for path in MESSAGES.glob("*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    )
    if taken:
        print(
            f"{len(taken)} messages: median {median(taken):.2f} ms, p95 {taken[int(0.95 * len(taken))]:.2f} ms"
        )
    for name, piece in CRAFTED.items():
        text = (piece * (LENGTH // len(piece) + 1))[:LENGTH]
        spent, note = max(milliseconds(text, locale) for locale in ("en", "es", "zh", "ar"))
        print(f"{name:18s} {spent:8.1f} ms {note}")


if __name__ == "__main__":
    main()
