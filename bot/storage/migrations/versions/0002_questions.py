"""Questions to staff, and their answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "question",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("alarmed", sa.Boolean(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_question_asked_at"), "question", ["asked_at"], unique=False)
    op.create_index(op.f("ix_question_conversation"), "question", ["conversation"], unique=False)


def downgrade() -> None:
    """Remove it."""
    op.drop_index(op.f("ix_question_conversation"), table_name="question")
    op.drop_index(op.f("ix_question_asked_at"), table_name="question")
    op.drop_table("question")
