"""`python -m bot questions`: what waits for staff, in the terminal.

Decides how it is shown, read and confirmed there. What may be answered is decided in `bot.desk`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.clock import SystemClock
from bot.desk import SHOWN, Desk, Letter
from bot.privacy.vault import Vault
from bot.settings import SettingsError, read_sealed_settings
from bot.storage.engine import open_engine
from bot.storage.migrate import at_head
from bot.storage.questions import Standing
from dialogs.engine.result import ForStaff

END = "."
HOUR = 3_600

Say = Callable[[str], None]
Hear = Callable[[], str]
"""The next line, without its end. Raises EOFError when there is none."""


@contextmanager
def open_desk() -> Iterator[Desk]:
    """The desk of the database that the environment names. Raises SettingsError."""
    settings = read_sealed_settings()
    if not at_head(settings.database_url):
        raise SettingsError("DATABASE_URL is not up to date: run python -m bot migrate.")
    engine = open_engine(settings.database_url)
    try:
        yield Desk(engine, Vault(settings.data_keys, settings.lookup_key), SystemClock())
    finally:
        engine.dispose()


def show_waiting(desk: Desk, say: Say) -> None:
    """List what waits, the longest first."""
    letters = desk.waiting()
    for letter in letters:
        _show(letter, desk.now(), say)
    say(f"{len(letters)} waiting" if letters else "nothing is waiting")


def write_answer(desk: Desk, beginning: str, by: str, say: Say, hear: Hear) -> None:
    """Read an answer, show it, and send it after a yes. Raises RefusedError."""
    letter = desk.find(beginning)
    _show(letter, desk.now(), say)
    say(f"Write the answer in {letter.locale}. A line with only “{END}” ends it.")
    text = "\n".join(_lines(hear))
    say(f"\n{text}\n")
    if not _agreed("Send this? They read it as written by a person. (yes/no)", say, hear):
        return
    standing = desk.answer(letter, text, by)
    waits = "kept; somebody else has to approve it: python -m bot questions approve"
    say(waits if standing is Standing.DRAFTED else "sent")


def approve_answer(desk: Desk, beginning: str, by: str, say: Say, hear: Hear) -> None:
    """Show another person's answer, and send it after a yes. Raises RefusedError."""
    letter = desk.find(beginning)
    _show(letter, desk.now(), say)
    if _agreed("Send this answer? (yes/no)", say, hear):
        desk.approve(letter, by)
        say("sent")


def _show(letter: Letter, now: int, say: Say) -> None:
    hours = (now - letter.asked_at) // HOUR
    age = f"{hours} hours" if hours < 48 else f"{hours // 24} days"
    notes = ["a worry, no answer expected"] if letter.kind is ForStaff.WORRY else []
    if letter.alarmed and letter.kind is ForStaff.QUESTION:
        notes.append("a safety card was shown here: two people read the answer")
    if letter.standing is Standing.DRAFTED:
        notes.append(f"answered by {_printable(letter.answered_by or '')}, waits for approval")
    say("  ".join([letter.id[:SHOWN], letter.locale, age, *notes]))
    say(_indented(letter.text))
    if letter.answer is not None:
        say(f"  answer:\n{_indented(letter.answer)}")


def _lines(hear: Hear) -> Iterator[str]:
    try:
        while (line := hear()) != END:
            yield line
    except EOFError:
        return


def _agreed(question: str, say: Say, hear: Hear) -> bool:
    say(question)
    try:
        agreed = hear().strip().casefold() == "yes"
    except EOFError:
        agreed = False
    if not agreed:
        say("nothing was sent")
    return agreed


def _indented(text: str) -> str:
    return "\n".join(f"    {_printable(line)}" for line in text.splitlines())


def _printable(line: str) -> str:
    """A line that cannot steer the terminal."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line)
