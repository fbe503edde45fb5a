"""Bringing a database up to date.

Decides which revision this program needs and how it gets there. Alembic is loaded only when there
is something to do, because loading it takes longer than all the rest of a start.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.storage.engine import open_engine

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0005"
"""The newest revision in `migrations/versions`."""

_SCRIPTS = Path(__file__).parent / "migrations"


def at_head(url: str) -> bool:
    """Whether the database has the tables this program was written for."""
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            return revision(connection) == HEAD
    finally:
        engine.dispose()


def upgrade(url: str, to: str = "head") -> None:
    """Bring the database to revision `to`, making the tables when it is empty."""
    if to == "head" and at_head(url):
        return
    from alembic import command

    engine = open_engine(url)
    try:
        with engine.begin() as connection:
            command.upgrade(config(connection), to)
    finally:
        engine.dispose()


def downgrade(url: str, to: str) -> None:
    """Take the database back to revision `to`; "base" removes the tables."""
    from alembic import command

    engine = open_engine(url)
    try:
        with engine.begin() as connection:
            command.downgrade(config(connection), to)
    finally:
        engine.dispose()


def revision(connection: Connection) -> str | None:
    """The revision the database is at; None when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def config(connection: Connection) -> Config:
    """Alembic's configuration, for migrations inside the transaction of `connection`."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made
