"""How urgent a parcel is.

Decides the order of the outbox's three queues, nothing else.
"""

from __future__ import annotations

from enum import IntEnum


class Priority(IntEnum):
    """Which parcel goes first; the lower the sooner."""

    SAFETY = 0
    REPLY = 10
    LATER = 20
