"""The de-identified log: visits, turns and phrases; events can be counted by place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_EVENTS_SO_FAR = """
INSERT INTO visit
    (ref, began_at, last_at, locale, switched, turns, misses, signal, place, outcome, texts)
SELECT ref, min(at), max(at), 'en', false, 0, 0, '', '', '', 0 FROM event GROUP BY ref
"""
"""Events go with their visit, so each must have one."""


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "visit",
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("switched", sa.Boolean(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("signal", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=128), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("ref"),
    )
    op.create_index("ix_visit_newest", "visit", ["last_at", "ref"], unique=False)
    op.create_index("ix_visit_queue", "visit", ["misses", "last_at", "ref"])
    op.create_index("ix_visit_locale", "visit", ["locale", "last_at", "ref"], unique=False)
    op.create_index("ix_visit_outcome", "visit", ["outcome", "last_at", "ref"], unique=False)
    op.create_index(
        "ix_visit_signal",
        "visit",
        ["last_at", "ref"],
        unique=False,
        sqlite_where=sa.text("signal <> ''"),
        postgresql_where=sa.text("signal <> ''"),
    )
    op.create_table(
        "turn",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("before", sa.String(length=128), nullable=False),
        sa.Column("place", sa.String(length=128), nullable=False),
        sa.Column("choice", sa.String(length=128), nullable=False),
        sa.Column("intent", sa.String(length=128), nullable=False),
        sa.Column("repair", sa.String(length=16), nullable=False),
        sa.Column("signal", sa.String(length=64), nullable=False),
        sa.Column("waited", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("shown", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_turn_ref", "turn", ["ref", "id"], unique=False)
    op.create_index(
        "ix_turn_missed",
        "turn",
        ["locale", "at", "id"],
        unique=False,
        sqlite_where=sa.text("repair <> '' AND text IS NOT NULL"),
        postgresql_where=sa.text("repair <> '' AND text IS NOT NULL"),
    )
    op.create_table(
        "phrase",
        sa.Column("hash", sa.String(length=32), nullable=False),
        sa.Column("context", sa.String(), nullable=False),
        sa.Column("msgid", sa.String(), nullable=False),
        sa.Column("plural", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.drop_index("ix_event_at", table_name="event")
    op.create_index("ix_event_reached", "event", ["place", "kind", "ref", "at"], unique=False)
    op.execute(_EVENTS_SO_FAR)


def downgrade() -> None:
    """Remove them."""
    op.drop_index("ix_event_reached", table_name="event")
    op.create_index("ix_event_at", "event", ["at"], unique=False)
    op.drop_table("phrase")
    op.drop_index(
        "ix_turn_missed",
        table_name="turn",
        sqlite_where=sa.text("repair <> '' AND text IS NOT NULL"),
        postgresql_where=sa.text("repair <> '' AND text IS NOT NULL"),
    )
    op.drop_index("ix_turn_ref", table_name="turn")
    op.drop_table("turn")
    op.drop_index(
        "ix_visit_signal",
        table_name="visit",
        sqlite_where=sa.text("signal <> ''"),
        postgresql_where=sa.text("signal <> ''"),
    )
    op.drop_index("ix_visit_outcome", table_name="visit")
    op.drop_index("ix_visit_locale", table_name="visit")
    op.drop_index("ix_visit_newest", table_name="visit")
    op.drop_table("visit")
