"""What staff think of conversations, saved views, and the directory's checks and alerts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _of_conversations()
    _of_staff()
    _of_the_directory()


def downgrade() -> None:
    """Remove them."""
    for table in (
        "record_alert", "record_check", "saved_view", "assigned", "note", "labelled", "label",
        "verdict", "review",
    ):  # fmt: skip
        op.drop_table(table)


def _of_conversations() -> None:
    op.create_table(
        "review",
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("claimed_by", sa.String(length=32), nullable=False),
        sa.Column("claimed_until", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("ref"),
    )
    op.create_index("ix_review_status", "review", ["status", "ref"])
    op.create_table(
        "verdict",
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("staff", sa.String(length=32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("clear", sa.String(length=3), nullable=False),
        sa.Column("safe", sa.String(length=3), nullable=False),
        sa.Column("finished", sa.String(length=3), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.PrimaryKeyConstraint("ref", "staff"),
    )
    op.create_table(
        "labelled",
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("staff", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("ref", "label"),
    )
    op.create_index("ix_labelled_label", "labelled", ["label", "ref"])
    op.create_table(
        "note",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("staff", sa.String(length=32), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_note_ref", "note", ["ref"])
    op.create_table(
        "assigned",
        sa.Column("turn", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("intent", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("staff", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("turn"),
    )
    op.create_index("ix_assigned_ref", "assigned", ["ref"])


def _of_staff() -> None:
    op.create_table(
        "label",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "saved_view",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("staff", sa.String(length=32), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("query", sa.String(length=1000), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_saved_view_staff", "saved_view", ["staff"])


def _of_the_directory() -> None:
    op.create_table(
        "record_check",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("record", sa.String(length=128), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("staff", sa.String(length=32), nullable=False),
        sa.Column("changed", sa.String(length=500), nullable=False),
        sa.Column("reported", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_record_check_record", "record_check", ["record", "at"])
    op.create_table(
        "record_alert",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("record", sa.String(length=128), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("staff", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("lifted_at", sa.BigInteger(), nullable=True),
        sa.Column("lifted_by", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_record_alert_record", "record_alert", ["record", "at"])
