"""Staff at work on one database, without a page: each act in a transaction of its own, as the console does it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from bot.clock import Clock
from bot.privacy.vault import Vault
from bot.storage import letters
from bot.storage.engine import reading
from bot.storage.letters import Letter
from bot.storage.questions import Standing


@dataclass
class Desk:
    """Reads and answers."""

    engine: Engine
    vault: Vault
    clock: Clock

    def waiting(self) -> list[Letter]:
        """The questions that wait, the longest first."""
        with reading(self.engine).begin() as connection:
            return letters.waiting(connection, self.vault)

    def worries(self) -> list[Letter]:
        """The worries, the newest first."""
        with reading(self.engine).begin() as connection:
            return letters.worries(connection, self.vault)

    def question(self, id_: str) -> Letter:
        """The one of that id."""
        with reading(self.engine).begin() as connection:
            found = letters.question(connection, self.vault, id_)
        assert found is not None
        return found

    def answer(self, letter: Letter, text: str, by: str) -> Standing:
        """Answer as `by`."""
        with self.engine.begin() as connection:
            return letters.answer(connection, self.vault, letter, text, by, self.clock.now())

    def approve(self, letter: Letter, by: str) -> None:
        """Let out what another person wrote."""
        with self.engine.begin() as connection:
            letters.approve(connection, letter, by, self.clock.now())
