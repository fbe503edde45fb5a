"""What stands behind the door: the database, the book, the threads that read, take turns and keep house.

Decides their order of starting and stopping, and refuses a database that is not up to date. It knows no Telegram.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence

from bot.answering import Answering
from bot.arrival import Arrival
from bot.clock import Clock
from bot.i18n import Renderer
from bot.intake import Intake
from bot.privacy.vault import Vault
from bot.settings import Settings, SettingsError
from bot.storage.engine import open_engine
from bot.storage.migrate import at_head, upgrade
from bot.storage.one_process import OneProcess, TakenError
from bot.storage.outbox import Outbox
from bot.turns import Turns
from bot.upkeep import Upkeep
from bot.withholding import Withholding
from dialogs import understanding
from dialogs.book import Book, load_book
from dialogs.directory import countries


class Backstage:
    """Everything synchronous of one program. `on_commit` and `on_alarm` are called in the writer thread: see Turns."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        on_commit: Callable[[], None],
        on_alarm: Callable[[Sequence[Arrival]], None],
        book: Book | None = None,
    ) -> None:
        """`book` instead of the program's own. Raises SettingsError when the database has to be migrated first,
        or is a SQLite file that another process uses.
        """
        self._alone = _alone(settings)
        _bring_up_to_date(settings)
        self.book = book or load_book()
        self.renderer = Renderer(self.book.catalogs)
        self.vault = Vault(settings.data_keys, settings.lookup_key)
        self.engine = open_engine(settings.database_url)
        self.outbox = Outbox(self.engine, self.vault)
        self.answering = Answering(self.engine, active=settings.bot_answering)
        self.withholding = Withholding(self.engine)
        self.turns = Turns(
            self.engine,
            self.book,
            self.vault,
            clock,
            keep_days=settings.bot_keep_days,
            refs=settings.bot_ref_codes,
            on_commit=on_commit,
            on_alarm=on_alarm,
            staff=self.answering.staff,
            withheld=self.withholding.ids,
        )
        self.intake = Intake(self.turns, clock)
        self.upkeep = Upkeep(
            self.engine,
            self.vault,
            self.turns,
            clock,
            settings.bot_keep_days,
            self.answering.measure,
            self.withholding.look,
        )
        self._clock = clock

    def start(self) -> None:
        """Start the threads, and load what the first person would otherwise wait for."""
        self.renderer.warm()
        countries.warm()
        understanding.verify()
        self.withholding.look()
        self.turns.start()
        self.intake.start()
        self.upkeep.start()

    def stop(self) -> None:
        """Take what was handed in, then end."""
        self.intake.stop()
        self.upkeep.stop()
        self.turns.stop()
        self.engine.dispose()
        self._alone.release()

    def check_database(self) -> None:
        """Raises when the database cannot be read."""
        self.outbox.heads(self._clock.now(), 1)


def _alone(settings: Settings) -> OneProcess:
    try:
        return OneProcess(settings.database_url)
    except TakenError as error:
        raise SettingsError(
            "DATABASE_URL is a SQLite file that another process uses: stop that one, or name another file."
        ) from error


def settle_memory() -> None:
    """Spare the garbage collector the book, the texts and the libraries, which stay as they are until the end.

    Turns make many small things and hardly any cycles, so it need not look often either: a turn is a third cheaper.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


def _bring_up_to_date(settings: Settings) -> None:
    if settings.on_sqlite:
        upgrade(settings.database_url)
    elif not at_head(settings.database_url):
        raise SettingsError("DATABASE_URL is not up to date: run python -m bot migrate.")
