"""How long making a plan's PDF takes: `python -W ignore -m tests.benchmarks.papers`.

The sample plan in every pair of scripts, the first of the process and later ones, each with other words so that nothing
is remembered. The limit is the issue's: 300 ms for a full plan in two languages.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace

from bot.documents.papers import Papers
from bot.i18n import Renderer
from dialogs.engine.lines import Kept, Line
from dialogs.plan.document import Part, Plan, Section, Style
from tests.support.sample_plan import sample_catalogs, sample_plan, sample_sign

ROUNDS = 20
PAIRS = (("en", None), ("es", "en"), ("ar", "en"), ("hi", "en"), ("zh", "en"), ("ru", "en"))


def numbered(plan: Plan, number: int) -> Plan:
    """The plan with words that no other has, everywhere."""
    mark = Line("test", "{words}", {"words": Kept(f"No. {number}")})
    return replace(plan, sections=tuple(_marked(section, mark) for section in plan.sections))


def _marked(section: Section, mark: Line) -> Section:
    joined = Line("test", "{a} {b}", {"a": section.title, "b": mark})
    return replace(section, title=joined, parts=(*section.parts, Part(Style.NOTE, (mark,))))


def spent(papers: Papers, plan: Plan, locale: str, beside: str | None) -> float:
    """Milliseconds of CPU for one PDF."""
    start = time.process_time()
    papers.plan(plan, locale, beside)
    return (time.process_time() - start) * 1000


def main() -> None:
    """Print the figures."""
    papers, plan = Papers(Renderer(sample_catalogs())), sample_plan()
    first = spent(papers, plan, "es", "en")
    sys.stdout.write(f"the first, with reading fonts  {first:4.0f} ms\n")
    for locale, beside in PAIRS:
        taken = sorted(spent(papers, numbered(plan, n), locale, beside) for n in range(ROUNDS))
        name = f"{locale} + {beside}" if beside else locale
        sys.stdout.write(
            f"{name:8} median {taken[ROUNDS // 2]:4.0f} ms  worst {taken[-1]:4.0f} ms\n"
        )
    start = time.process_time()
    papers.sign(sample_sign(), "ar")
    sys.stdout.write(f"a sign  {(time.process_time() - start) * 1000:4.0f} ms\n")


if __name__ == "__main__":
    main()
