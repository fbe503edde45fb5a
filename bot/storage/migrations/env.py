"""Alembic's entry point: runs migrations on the connection it is handed, in that connection's transaction."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

import bot.storage.hanging
import bot.storage.staff_tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
context.run_migrations()

__all__ = ["bot"]
