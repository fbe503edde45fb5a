"""What somebody wants with a text: intents, their example phrases, and finding the intent of a text."""

from __future__ import annotations

from dialogs.understanding.intents.intent import Intent
from dialogs.understanding.intents.route import NOWHERE, Found, Route
from dialogs.understanding.intents.router import LONGEST, listed, near

__all__ = ["LONGEST", "NOWHERE", "Found", "Intent", "Route", "listed", "near"]
