"""Members of staff: adding, finding, changing them.

Decides what a member is and how names are compared. Who may do what, and how a password is proved, is the console's
concern.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from unicodedata import normalize

from sqlalchemy import Connection, delete, insert, select, update

from bot.privacy.vault import Vault
from bot.storage.staff_tables import STAFF, STAFF_SESSION

LONGEST_NAME: Final = 64
LINK_LASTS: Final = 24 * 3_600
"""Seconds for which a set-up link can be used."""


class Role(StrEnum):
    """What somebody may do, each role everything the one before it may."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    LEAD = "lead"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        """A greater number may do more."""
        return list(Role).index(self)


class Standing(StrEnum):
    """INVITED: the set-up link was not used yet."""

    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"


class NameTakenError(ValueError):
    """Somebody of that name exists."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of staff, without any secret."""

    id: str
    name: str
    role: Role
    standing: Standing
    locale: str
    made_at: int


@dataclass(frozen=True, slots=True)
class Secrets:
    """What proves that somebody is a member. `code_secret` is opened."""

    password: str
    code_secret: str
    code_used: int


def members(connection: Connection) -> list[Member]:
    """All of them, by name."""
    found = connection.execute(select(STAFF).order_by(STAFF.c.name_key))
    return [_member(row) for row in found]


def member(connection: Connection, id_: str) -> Member | None:
    """The one with that id."""
    row = connection.execute(select(STAFF).where(STAFF.c.id == id_)).first()
    return _member(row) if row else None


def named(connection: Connection, name: str) -> Member | None:
    """The one of that name, however it is written."""
    row = connection.execute(select(STAFF).where(STAFF.c.name_key == name_key(name))).first()
    return _member(row) if row else None


def add(connection: Connection, name: str, role: Role, locale: str, now: int) -> Member:
    """A new member, who cannot sign in yet. Raises ValueError for no name, NameTakenError."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ValueError(f"a name has 1 to {LONGEST_NAME} characters")
    if named(connection, name) is not None:
        raise NameTakenError(name)
    made = Member(secrets.token_hex(12), name, role, Standing.INVITED, locale, now)
    connection.execute(
        insert(STAFF).values(
            id=made.id, name=name, name_key=name_key(name), role=role.value,
            standing=made.standing.value, locale=locale, made_at=now, password="",
            code_secret=b"", code_used=0, setup_until=0,
        )
    )  # fmt: skip
    return made


def invite(connection: Connection, vault: Vault, id_: str, code_secret: str, now: int) -> str:
    """A fresh set-up link's token, instead of password, codes, sessions and single sign-on there may have been."""
    token = secrets.token_urlsafe(32)
    _change(
        connection,
        id_,
        password="",
        code_secret=vault.seal("staff", id_, code_secret.encode()),
        code_used=0,
        subject=None,
        standing=Standing.INVITED.value,
        setup_hash=token_hash(token),
        setup_until=now + LINK_LASTS,
    )
    end_sessions(connection, id_)
    return token


def invited(connection: Connection, token: str, now: int) -> Member | None:
    """Whose set-up link this is, while it can be used."""
    row = STAFF.c
    found = connection.execute(
        select(STAFF).where(row.setup_hash == token_hash(token), row.setup_until > now)
    ).first()
    return _member(found) if found else None


def set_up(connection: Connection, id_: str, password: str, code_used: int) -> None:
    """The set-up link was used: from now on they can sign in. `password` is a hash."""
    active = {"standing": Standing.ACTIVE.value, "setup_hash": None, "setup_until": 0}
    _change(connection, id_, password=password, code_used=code_used, **active)


def secrets_of(connection: Connection, vault: Vault, id_: str) -> Secrets:
    """What they prove themselves with. Raises UnopenableError, NoResultFound."""
    row = connection.execute(select(STAFF).where(STAFF.c.id == id_)).one()
    opened = vault.open("staff", id_, row.code_secret).decode() if row.code_secret else ""
    return Secrets(row.password, opened, row.code_used)


def use_code(connection: Connection, id_: str, step: int) -> bool:
    """Mark a one-time code as used. False when that one, or a later one, was used already."""
    fresh = update(STAFF).where(STAFF.c.id == id_, STAFF.c.code_used < step)
    return connection.execute(fresh.values(code_used=step)).rowcount == 1


def set_password(connection: Connection, id_: str, password: str) -> None:
    """`password` is a hash."""
    _change(connection, id_, password=password)


def set_role(connection: Connection, id_: str, role: Role) -> None:
    """Change what they may do, from their next request on."""
    _change(connection, id_, role=role.value)


def set_locale(connection: Connection, id_: str, locale: str) -> None:
    """Change the language in which they read."""
    _change(connection, id_, locale=locale)


def set_subject(connection: Connection, id_: str, subject: str | None) -> None:
    """Tie them to a single sign-on account, or untie them."""
    _change(connection, id_, subject=subject)


def of_subject(connection: Connection, subject: str) -> Member | None:
    """Who is tied to that single sign-on account."""
    row = connection.execute(select(STAFF).where(STAFF.c.subject == subject)).first()
    return _member(row) if row else None


def is_tied(connection: Connection, id_: str) -> bool:
    """Whether a single sign-on account leads to them."""
    tied = select(STAFF.c.id).where(STAFF.c.id == id_, STAFF.c.subject.is_not(None))
    return connection.scalar(tied) is not None


def disable(connection: Connection, id_: str) -> None:
    """Let them in no longer; their sessions end at once."""
    _change(connection, id_, standing=Standing.DISABLED.value, setup_hash=None, setup_until=0)
    end_sessions(connection, id_)


def admins(connection: Connection) -> set[str]:
    """The ids of the admins who can sign in. In a writing transaction nobody else changes them until it ends."""
    row = STAFF.c
    able = select(row.id).where(row.role == Role.ADMIN.value, row.standing == Standing.ACTIVE.value)
    return set(connection.scalars(able.order_by(row.id).with_for_update()))


def end_sessions(connection: Connection, id_: str, but: str = "") -> int:
    """End their sessions, except the one with the id `but`. How many there were."""
    row = STAFF_SESSION.c
    ended = delete(STAFF_SESSION).where(row.staff == id_, row.id != but)
    return connection.execute(ended).rowcount


def token_hash(token: str) -> str:
    """What is kept of a random token."""
    return hashlib.sha256(token.encode()).hexdigest()


def name_key(name: str) -> str:
    """A name as it is compared."""
    return normalize("NFKC", " ".join(name.split())).casefold()[:LONGEST_NAME]


def _change(connection: Connection, id_: str, **values: Any) -> None:  # noqa: ANN401 - columns
    connection.execute(update(STAFF).where(STAFF.c.id == id_).values(**values))


def _member(row: Any) -> Member:  # noqa: ANN401 - a row of `staff`
    return Member(row.id, row.name, Role(row.role), Standing(row.standing), row.locale, row.made_at)
