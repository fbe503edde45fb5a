"""A mistake an author made, as they need to hear it: where it is, what is wrong, and how to mend it.

Decides the one shape all checks report in. It does not find mistakes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake. `line` counts from 1."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        """As printed: "file:line: what. mend"."""
        return f"{self.file}:{self.line}: {self.what}. {self.mend}"
