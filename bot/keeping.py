"""`python -m bot retention`: what is kept no longer, by hand.

Decides what is told of it. The periods stand in `dialogs.kept_for`; a running program does the same every hour. It may
be run beside one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from sqlalchemy import Engine

from bot.clock import Clock, SystemClock
from bot.privacy.vault import Vault
from bot.settings import SealedSettings, SettingsError
from bot.storage.engine import checkpoint, open_engine
from bot.storage.migrate import at_head
from bot.storage.retention import Retention
from dialogs.kept_for import PERIODS, Kind


def keep_no_longer(settings: SealedSettings, *, dry_run: bool) -> Iterator[str]:
    """Remove what is old, and tell of each kind how many rows went; in a dry run, how many would go.

    Raises SettingsError.
    """
    if not at_head(settings.database_url):
        raise SettingsError("DATABASE_URL is not up to date: run python -m bot migrate.")
    vault = Vault(settings.data_keys, settings.lookup_key)
    engine = open_engine(settings.database_url)
    try:
        retention = Retention(engine, vault, settings.bot_keep_days)
        rows = look(retention) if dry_run else sweep(engine, retention)
        yield from told(rows, settings.bot_keep_days, dry_run=dry_run)
    finally:
        engine.dispose()


def look(retention: Retention, clock: Clock | None = None) -> Mapping[Kind, int]:
    """How many rows of each kind would go."""
    return retention.due((clock or SystemClock()).now())


def sweep(engine: Engine, retention: Retention, clock: Clock | None = None) -> Mapping[Kind, int]:
    """Remove them, in short transactions, and wipe them from the database's own log. How many went, of each kind."""
    now, gone = (clock or SystemClock()).now(), Counter[Kind]()
    while removals := retention.removals(now):
        for kind, run in removals:
            with engine.begin() as connection:
                gone[kind] += run(connection)
    checkpoint(engine, truncate=True)
    return gone


def told(rows: Mapping[Kind, int], keep_days: int, *, dry_run: bool) -> Iterator[str]:
    """One line for each kind."""
    what = "would go" if dry_run else "removed"
    for kind, period in PERIODS.items():
        count, days = rows.get(kind, 0), period.of(keep_days)
        yield f"{kind.value}: {count} {what}, older than {days} days"
