"""Finding and cutting out of a message what could tell who wrote it.

Decides which characters identify a person and what stands in their place. It never decides whether
the rest may be stored (see `kept`), and what it leaves is de-identified, never anonymous.
"""

from bot.privacy.redaction.redact import redact
from bot.privacy.redaction.spans import Redacted, Span

__all__ = ["Redacted", "Span", "redact"]
