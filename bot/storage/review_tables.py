"""The tables of what staff think of a conversation, and of what they look after besides.

Decides columns, keys and indexes; holds no queries. Times are UTC epoch seconds. What staff write about a conversation
is sealed, because it may repeat what a person said; it goes with the conversation.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Index, LargeBinary
from sqlmodel import Field, SQLModel

from bot.storage.tables import ROW_NUMBER


class ReviewRow(SQLModel, table=True):
    """Where the review of a conversation stands. No row: nobody has looked at it. `claimed_by` holds until
    `claimed_until`.
    """

    __tablename__ = "review"
    __table_args__ = (Index("ix_review_status", "status", "ref"),)

    ref: str = Field(primary_key=True, max_length=32)
    status: str = Field(max_length=16)
    claimed_by: str = Field(default="", max_length=32)
    claimed_until: int = Field(default=0, sa_type=BigInteger)
    changed_at: int = Field(sa_type=BigInteger)
    changed_by: str = Field(max_length=32)


class VerdictRow(SQLModel, table=True):
    """One reviewer's answers to the rubric about one conversation: "yes", "no", or empty."""

    __tablename__ = "verdict"

    ref: str = Field(primary_key=True, max_length=32)
    staff: str = Field(primary_key=True, max_length=32)
    at: int = Field(sa_type=BigInteger)
    clear: str = Field(max_length=3)
    safe: str = Field(max_length=3)
    finished: str = Field(max_length=3)
    language: str = Field(max_length=3)


class LabelRow(SQLModel, table=True):
    """A label of the managed list. A retired one is no longer offered, and stays where it is."""

    __tablename__ = "label"

    id: str = Field(primary_key=True, max_length=32)
    name: str = Field(unique=True, max_length=40)
    retired: bool = Field(sa_type=Boolean, default=False)
    made_at: int = Field(sa_type=BigInteger)


class LabelledRow(SQLModel, table=True):
    """A label on a conversation."""

    __tablename__ = "labelled"
    __table_args__ = (Index("ix_labelled_label", "label", "ref"),)

    ref: str = Field(primary_key=True, max_length=32)
    label: str = Field(primary_key=True, max_length=32)
    at: int = Field(sa_type=BigInteger)
    staff: str = Field(max_length=32)


class NoteRow(SQLModel, table=True):
    """A private note about a conversation. Never changed; `text` is sealed."""

    __tablename__ = "note"

    id: str = Field(primary_key=True, max_length=32)
    ref: str = Field(index=True, max_length=32)
    at: int = Field(sa_type=BigInteger)
    staff: str = Field(max_length=32)
    text: bytes = Field(sa_type=LargeBinary)


class AssignedRow(SQLModel, table=True):
    """What a text that was not understood should have been taken for: an intent. `turn` is the logged turn."""

    __tablename__ = "assigned"

    turn: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    ref: str = Field(index=True, max_length=32)
    intent: str = Field(max_length=64)
    at: int = Field(sa_type=BigInteger)
    staff: str = Field(max_length=32)


class SavedViewRow(SQLModel, table=True):
    """Filters somebody saved under a name. `query` is what stands after the "?" of a page's address."""

    __tablename__ = "saved_view"

    id: str = Field(primary_key=True, max_length=32)
    name: str = Field(max_length=60)
    staff: str = Field(index=True, max_length=32)
    shared: bool = Field(sa_type=Boolean)
    query: str = Field(max_length=1000)
    made_at: int = Field(sa_type=BigInteger)


class RecordCheckRow(SQLModel, table=True):
    """Somebody looked at a record of the directory. `changed` says in their words what was different, if anything;
    `reported` is how many reports of it the day had before.
    """

    __tablename__ = "record_check"
    __table_args__ = (Index("ix_record_check_record", "record", "at"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_NUMBER)
    record: str = Field(max_length=128)
    at: int = Field(sa_type=BigInteger)
    staff: str = Field(max_length=32)
    changed: str = Field(max_length=500)
    reported: int


class RecordAlertRow(SQLModel, table=True):
    """A record that people are not shown while the alert stands. `reason` is for staff."""

    __tablename__ = "record_alert"
    __table_args__ = (Index("ix_record_alert_record", "record", "at"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_NUMBER)
    record: str = Field(max_length=128)
    at: int = Field(sa_type=BigInteger)
    staff: str = Field(max_length=32)
    reason: str = Field(max_length=500)
    lifted_at: int | None = Field(default=None, sa_type=BigInteger)
    lifted_by: str | None = Field(default=None, max_length=32)


REVIEW = SQLModel.metadata.tables["review"]
VERDICT = SQLModel.metadata.tables["verdict"]
LABEL = SQLModel.metadata.tables["label"]
LABELLED = SQLModel.metadata.tables["labelled"]
NOTE = SQLModel.metadata.tables["note"]
ASSIGNED = SQLModel.metadata.tables["assigned"]
SAVED_VIEW = SQLModel.metadata.tables["saved_view"]
RECORD_CHECK = SQLModel.metadata.tables["record_check"]
RECORD_ALERT = SQLModel.metadata.tables["record_alert"]
