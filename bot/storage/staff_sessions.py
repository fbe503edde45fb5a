"""Signed-in browsers, kept on the server so that each can be ended at once.

Decides how long a session lasts: a while without use, and in all. The cookie holds a random token; the database only
its hash.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, and_, delete, func, insert, not_, select, update

from bot.storage.staff import token_hash
from bot.storage.staff_tables import STAFF_SESSION

IDLE: Final = 30 * 60
LONGEST: Final = 12 * 3_600
NOTED_EVERY: Final = 60
"""Seconds between two notes that a session is in use."""


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser. `public_id` names it on pages; `browser` is what it says it is."""

    id: str
    public_id: str
    staff: str
    began_at: int
    seen_at: int
    browser: str


def begin(connection: Connection, staff: str, browser: str, now: int) -> str:
    """Start one. The token for the cookie, never to be seen again. Ended ones, anybody's, go on the way."""
    connection.execute(delete(STAFF_SESSION).where(not_(_lasts(now))))
    token = secrets.token_urlsafe(32)
    plain = "".join(sign for sign in browser[:80] if sign.isprintable())
    connection.execute(
        insert(STAFF_SESSION).values(
            id=token_hash(token), public_id=secrets.token_hex(8), staff=staff,
            began_at=now, seen_at=now, browser=plain,
        )
    )  # fmt: skip
    return token


def find(connection: Connection, token: str, now: int) -> Session | None:
    """The session of a cookie, unless it ended."""
    row = STAFF_SESSION.c
    found = connection.execute(
        select(STAFF_SESSION).where(row.id == token_hash(token), _lasts(now))
    ).first()
    return _session(found) if found else None


def sessions(connection: Connection, staff: str, now: int) -> list[Session]:
    """Those of a member, the newest first."""
    row = STAFF_SESSION.c
    query = select(STAFF_SESSION).where(row.staff == staff, _lasts(now))
    return [_session(each) for each in connection.execute(query.order_by(row.seen_at.desc()))]


def last_uses(connection: Connection) -> dict[str, int]:
    """When each member's newest session was used, by their id."""
    row = STAFF_SESSION.c
    newest = select(row.staff, func.max(row.seen_at).label("at")).group_by(row.staff)
    return {each.staff: each.at for each in connection.execute(newest)}


def note_use(connection: Connection, session: str, now: int) -> None:
    """It was used."""
    connection.execute(
        update(STAFF_SESSION).where(STAFF_SESSION.c.id == session).values(seen_at=now)
    )


def end(connection: Connection, session: str) -> None:
    """End one at once."""
    connection.execute(delete(STAFF_SESSION).where(STAFF_SESSION.c.id == session))


def end_public(connection: Connection, staff: str, public_id: str) -> bool:
    """End a member's own session by the name it has on pages. Whether there was one."""
    row = STAFF_SESSION.c
    ended = delete(STAFF_SESSION).where(row.staff == staff, row.public_id == public_id)
    return connection.execute(ended).rowcount == 1


def _lasts(now: int) -> Any:  # noqa: ANN401 - a condition
    row = STAFF_SESSION.c
    return and_(row.seen_at > now - IDLE, row.began_at > now - LONGEST)


def _session(row: Any) -> Session:  # noqa: ANN401 - a row of `staff_session`
    return Session(row.id, row.public_id, row.staff, row.began_at, row.seen_at, row.browser)
