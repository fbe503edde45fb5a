"""Trying the de-identifier on lines somebody types: nothing is stored anywhere.

Decides only how a result is shown; `python -m bot redact` is this.
"""

from collections.abc import Iterable
from typing import TextIO

from bot.privacy.redaction.kept import kept
from bot.privacy.redaction.redact import redact

WITHHELD = "(nothing of this would be kept)"


def redact_lines(lines: Iterable[str], out: TextIO, locale: str | None) -> None:
    """Each line as it would be kept, or the word that it would not be."""
    for line in lines:
        text = line.rstrip("\n")
        out.write(redact(text, locale).text + "\n")
        if kept(text, locale) is None:
            out.write(WITHHELD + "\n")
