"""The tables of staff: who they are, their sessions, what they did.

Decides columns, keys and indexes; holds no queries. Times are UTC epoch seconds. A password is kept as an argon2id
hash, a session and a set-up link as a hash of their random token, and the secret of the one-time codes sealed.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, LargeBinary
from sqlmodel import Field, SQLModel

from bot.storage.tables import ROW_NUMBER


class StaffRow(SQLModel, table=True):
    """A member of staff. `name_key` is the name as it is compared; `setup_*` stand while a link waits to be used.

    `code_used` is the time step of the last one-time code that was taken: none is taken twice.
    """

    __tablename__ = "staff"

    id: str = Field(primary_key=True, max_length=32)
    name: str = Field(max_length=64)
    name_key: str = Field(unique=True, max_length=64)
    role: str = Field(max_length=16)
    standing: str = Field(max_length=16)
    locale: str = Field(max_length=16)
    password: str = Field(default="", max_length=256)
    code_secret: bytes = Field(default=b"", sa_type=LargeBinary)
    code_used: int = Field(default=0, sa_type=BigInteger)
    setup_hash: str | None = Field(default=None, unique=True, max_length=64)
    setup_until: int = Field(default=0, sa_type=BigInteger)
    subject: str | None = Field(default=None, unique=True, max_length=255)
    made_at: int = Field(sa_type=BigInteger)


class StaffSessionRow(SQLModel, table=True):
    """A signed-in browser. `id` is the hash of the token that its cookie holds."""

    __tablename__ = "staff_session"

    id: str = Field(primary_key=True, max_length=64)
    public_id: str = Field(unique=True, max_length=32)
    staff: str = Field(index=True, max_length=32)
    began_at: int = Field(sa_type=BigInteger)
    seen_at: int = Field(sa_type=BigInteger)
    browser: str = Field(max_length=80)


class AuditRow(SQLModel, table=True):
    """Something a member of staff did that leaves a trace. Never changed; removed only when it is as old as retention
    says.
    """

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_at", "at", "id"),
        Index("ix_audit_staff", "staff", "at", "id"),
        Index("ix_audit_action", "action", "at", "id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_NUMBER)
    at: int = Field(sa_type=BigInteger)
    staff: str = Field(max_length=32)
    action: str = Field(max_length=32)
    subject: str = Field(max_length=128)
    detail: str = Field(max_length=256)


class AttemptRow(SQLModel, table=True):
    """A sign-in that failed. `key` is a keyed hash of the name that was tried and where from."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_key", "key", "at"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_NUMBER)
    key: str = Field(max_length=40)
    at: int = Field(sa_type=BigInteger, index=True)


STAFF = SQLModel.metadata.tables["staff"]
STAFF_SESSION = SQLModel.metadata.tables["staff_session"]
AUDIT = SQLModel.metadata.tables["audit"]
ATTEMPT = SQLModel.metadata.tables["sign_in_attempt"]
