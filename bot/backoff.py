"""How long to wait after one failure, and after the next.

Decides the pause: doubling, up to a limit, without chance, so that a log and a test can foretell it.
"""

from __future__ import annotations

FIRST, LONGEST = 1.0, 60.0


def pause_after(failures: int, *, first: float = FIRST, longest: float = LONGEST) -> float:
    """Seconds to wait after so many failures in a row."""
    return min(longest, first * float(2 ** min(max(failures, 1) - 1, 30)))


class Backoff:
    """Counts the failures in a row of one thing."""

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest = longest
        self._failures = 0

    @property
    def failures(self) -> int:
        """How often it failed since it last worked."""
        return self._failures

    def failed(self, at_least: float = 0.0) -> float:
        """It failed again; the seconds to wait now."""
        self._failures += 1
        return max(at_least, pause_after(self._failures, longest=self._longest))

    def worked(self) -> None:
        """It works again."""
        self._failures = 0
