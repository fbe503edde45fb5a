"""Measuring in interleaved rounds.

CPU time of the whole process, all threads, per operation. Variants take turns within each round, so
that what disturbs the machine disturbs all of them.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from statistics import median

Work = Callable[[], int]
"""Does some work and returns how many operations that was."""


def rounds(variants: Mapping[str, Work], number: int) -> dict[str, float]:
    """The median CPU µs per operation of each variant, over `number` rounds."""
    measured: dict[str, list[float]] = {name: [] for name in variants}
    gc.collect()
    gc.disable()
    try:
        for _ in range(number):
            for name, work in variants.items():
                before = time.process_time_ns()
                operations = work()
                spent = time.process_time_ns() - before
                measured[name].append(spent / operations / 1_000)
    finally:
        gc.enable()
    return {name: median(values) for name, values in measured.items()}
