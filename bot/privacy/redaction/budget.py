"""How long one message may take.

A chat user can send what makes any rule slow. Whoever reads in steps asks the budget between them;
once it is spent the message is given up, and the caller stores nothing of it.
"""

from time import thread_time

SECONDS = 0.25


class RedactionFailed(Exception):
    """RedactionFailed: the text may not be kept. ── OverBudget: it took too long. ── TooLong: nobody types this."""


class OverBudget(RedactionFailed):
    """Reading took longer than a message is worth."""


class TooLong(RedactionFailed):
    """Longer than any chat message can be."""


class Budget:
    """A deadline in the thread's own time: a busy machine costs nobody a message."""

    __slots__ = ("_deadline",)

    def __init__(self, seconds: float = SECONDS) -> None:
        self._deadline = thread_time() + seconds

    def check(self) -> None:
        if thread_time() > self._deadline:
            raise OverBudget
