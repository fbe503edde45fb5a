"""What a command says instead of doing something.

Decides nothing; it stands alone so that the command line can know it without loading anything else.
"""

from __future__ import annotations


class NotDoneError(Exception):
    """It was not done. The message is one line for whoever typed the command, and names the mend."""
