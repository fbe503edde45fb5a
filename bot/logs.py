"""The log: one line a record, codes only.

Decides what may be written: a room, a code and facts that are numbers or codes themselves. An exception is its class
and the place that raised it, never its message, because messages quote values. Records of libraries lose
their message for the same reason, and those known to log tokens or texts are silent.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import time
import traceback
from pathlib import Path
from types import TracebackType

Fact = int | float | str | BaseException | None

SILENT = ("telegram", "httpx", "httpcore", "uvicorn", "alembic")
_CODE = re.compile(r"[A-Za-z0-9_.:/+-]{1,80}")


class Journal:
    """Writes the records of one room."""

    def __init__(self, room: str) -> None:
        self._log = logging.getLogger(f"bot.{room}")

    def note(self, code: str, **facts: Fact) -> None:
        """Something worth knowing happened."""
        self._log.info("%s", _line(code, facts))

    def trouble(self, code: str, **facts: Fact) -> None:
        """Something went wrong that the program deals with by itself."""
        self._log.warning("%s", _line(code, facts))

    def failure(self, code: str, **facts: Fact) -> None:
        """Something went wrong that a person should look at."""
        self._log.error("%s", _line(code, facts))


def place(error: BaseException) -> str:
    """Where `error` was raised: "file.py:line"."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "nowhere"


def _line(code: str, facts: dict[str, Fact]) -> str:
    return " ".join([code, *(f"{name}={_shown(fact)}" for name, fact in facts.items())])


def _shown(fact: Fact) -> str:
    match fact:
        case BaseException():
            return f"{type(fact).__name__}@{place(fact)}"
        case str():
            return fact if _CODE.fullmatch(fact) else "?"
        case float():
            return f"{fact:.3f}"
        case _:
            return str(fact)


class OneLine(logging.Formatter):
    """`2026-01-31T12:00:00Z WARNING bot.polling conflict retry_in=4`; no traceback, no message of a library."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        """The record on one line."""
        ours = record.name == "bot" or record.name.startswith("bot.")
        said = record.getMessage() if ours else f"{record.module}:{record.lineno}"
        error = record.exc_info[1] if record.exc_info else None
        tail = f" error={_shown(error)}" if error else ""
        stamp = self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ")
        return f"{stamp} {record.levelname} {record.name} {said}{tail}".replace("\n", " ")


def set_up(level: int = logging.INFO) -> None:
    """Send every record to standard error on one line, and silence the libraries that log what people wrote."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("bot").setLevel(level)
    silence()
    threading.excepthook = _thread_died
    sys.excepthook = _died


def silence() -> None:
    """Let nothing of the libraries in `SILENT` reach any handler."""
    for name in SILENT:
        logger = logging.getLogger(name)
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False
        logger.setLevel(logging.CRITICAL + 1)


def _thread_died(died: threading.ExceptHookArgs) -> None:
    Journal("thread").failure("thread_died", error=died.exc_value)


def _died(
    kind: type[BaseException], error: BaseException, where: TracebackType | None
) -> None:  # the frames help, the message may quote what somebody wrote
    sys.stderr.write("".join(traceback.format_tb(where)) + kind.__name__ + "\n")
    Journal("program").failure("program_died", error=error)
