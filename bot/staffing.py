"""`python -m bot staff`: who may use the console, from the command line.

Decides what is said there. What may be done to whom is decided in `bot.web.console.membership`; it leaves the
same trace, with "command line" beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Engine

from bot.clock import Clock, SystemClock
from bot.not_done import NotDoneError
from bot.privacy.vault import Vault
from bot.settings import ConsoleSettings, SettingsError
from bot.storage import staff
from bot.storage.engine import open_engine
from bot.storage.migrate import at_head
from bot.storage.staff import LONGEST_NAME, Member, NameTakenError, Role, Standing
from bot.web.console import membership
from bot.web.console.membership import By, LastAdminError
from dialogs.catalogs import FULL

COMMAND_LINE: Final = "command line"
NO_ADDRESS: Final = (
    "CONSOLE_URL is missing: set it to the address at which staff will open the console."
)

Say = Callable[[str], None]


@dataclass(frozen=True)
class Staffing:
    """The staff of one database; `address` is where they open the console.

    Every method is one transaction, and may be called beside a running program.
    """

    engine: Engine
    vault: Vault
    clock: Clock
    address: str
    say: Say

    def add(self, name: str, role: str, locale: str) -> None:
        """Add somebody, and print their link. Raises NotDoneError."""
        if role not in set(Role):
            raise NotDoneError(f"There is no role {role!r}. Choose one of: {', '.join(Role)}.")
        if locale not in FULL:
            raise NotDoneError(
                f"There is no language {locale!r}. Choose one of: {', '.join(FULL)}."
            )
        self._need_address()
        with self._changing() as (connection, by):
            made, token = membership.add(connection, self.vault, name, Role(role), locale, by)
        self._tell(made, token)

    def link(self, name: str) -> None:
        """Print a fresh link, which also lets a disabled member in again. Raises NotDoneError."""
        self._need_address()
        with self._changing() as (connection, by):
            who = _named(connection, name)
            token = membership.link(connection, self.vault, who, by)
        self._tell(who, token)

    def disable(self, name: str) -> None:
        """Let somebody in no longer. Raises NotDoneError."""
        with self._changing() as (connection, by):
            who = _named(connection, name)
            if who.standing is Standing.DISABLED:
                raise NotDoneError(f"{who.name} is disabled already.")
            membership.disable(connection, who, by)
        self.say(f"{who.name} is disabled; all sessions have ended.")

    def list(self) -> None:
        """Print everybody, by name."""
        with self.engine.connect() as connection:
            everybody = staff.members(connection)
        for who in everybody:
            self.say(f"{who.name}  {who.role}  {who.standing}")
        if not everybody:
            self.say("nobody yet; add the first with: python -m bot staff add NAME --role admin")

    @contextmanager
    def _changing(self) -> Iterator[tuple[Connection, By]]:
        try:
            with self.engine.begin() as connection:
                yield connection, By("", self.clock.now(), COMMAND_LINE)
        except NameTakenError as error:
            raise NotDoneError(f"There is a {error} already: python -m bot staff list") from error
        except LastAdminError as error:
            raise NotDoneError(str(error)) from error
        except ValueError as error:
            mend = f"A name has 1 to {LONGEST_NAME} signs that can be seen."
            raise NotDoneError(mend) from error

    def _need_address(self) -> None:
        if not self.address:
            raise NotDoneError(NO_ADDRESS)

    def _tell(self, who: Member, token: str) -> None:
        self.say(membership.link_address(self.address, token))
        self.say(
            f"{membership.LASTS} Give it to {who.name} alone: whoever opens it chooses the password."
        )


@contextmanager
def open_staffing(settings: ConsoleSettings, say: Say) -> Iterator[Staffing]:
    """The staff of the database that the settings name. Raises SettingsError."""
    if not at_head(settings.database_url):
        raise SettingsError("DATABASE_URL is not up to date: run python -m bot migrate.")
    engine = open_engine(settings.database_url)
    try:
        vault = Vault(settings.data_keys, settings.lookup_key)
        yield Staffing(engine, vault, SystemClock(), settings.console_url or "", say)
    finally:
        engine.dispose()


def _named(connection: Connection, name: str) -> Member:
    who = staff.named(connection, name)
    if who is None:
        raise NotDoneError("There is nobody of that name: python -m bot staff list")
    return who
