"""Reading a command out of what a person wrote, without letting anything else out.

Decides which words are commands: a closed list of names. An argument leaves only when it looks like
a code; whether it is one of ours is decided where it is used.
"""

from __future__ import annotations

import re

from pydantic import SecretStr

from dialogs.engine.said import Command

COMMANDS = frozenset(
    {
        "start",
        "menu",
        "help",
        "about",
        "language",
        "privacy",
        "delete",
        "export",
        "person",
        "stop",
        "settings",
    }
)
_COMMAND = re.compile(r"/([A-Za-z_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?:\s+(\S.*?))?\s*", re.DOTALL)
_WORD = re.compile(r"[A-Za-z0-9_-]{1,64}")


def command_in(text: SecretStr, username: str | None = None) -> Command | None:
    """The command that `text` is, or None. One addressed to another bot than `username` is none."""
    parts = _parts(text)
    if parts is None:
        return None
    name, addressee, word = parts
    if name not in COMMANDS or (addressee and username and not _same(addressee, username)):
        return None
    return Command(name, word if _WORD.fullmatch(word) else "")


def addressed(text: SecretStr, username: str | None) -> bool:
    """Whether `text` is any command with our name on it, as in `/help@our_bot`."""
    parts = _parts(text)
    return bool(parts and username and _same(parts[1], username))


def _parts(text: SecretStr) -> tuple[str, str, str] | None:
    """Name, addressee and argument."""
    written = text.get_secret_value()
    if not written.startswith("/"):
        return None
    found = _COMMAND.fullmatch(written)
    return (found[1].lower(), found[2] or "", found[3] or "") if found else None


def _same(name: str, other: str) -> bool:
    return name.lower() == other.lower()
