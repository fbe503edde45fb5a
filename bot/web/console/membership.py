"""What may be done to a member of staff, and the trace it leaves.

Decides that somebody joins by a link that works once, that a link takes the place of password and app, and that the
last admin who can sign in stays one. Pages and the command line both do it here.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import Connection

from bot.privacy.vault import Vault
from bot.storage import staff
from bot.storage.audit import Action, leave_trace
from bot.storage.staff import LINK_LASTS, Member, Role, Standing
from bot.web.console import passwords
from bot.web.console.parts import PREFIX

LAST_ADMIN: Final = "This is the last admin who can sign in. Make somebody else an admin first, and let them set up."
LASTS: Final = f"It works once, for {LINK_LASTS // 3600} hours."


class LastAdminError(ValueError):
    """Nobody would be left who can let others in."""

    def __init__(self) -> None:
        super().__init__(LAST_ADMIN)


class By(NamedTuple):
    """Who does it, and when. `staff` is empty on the command line, which `detail` then says."""

    staff: str
    at: int
    detail: str = ""


def add(
    connection: Connection, vault: Vault, name: str, role: Role, locale: str, by: By
) -> tuple[Member, str]:
    """Somebody new, and the token of their link. Raises ValueError for no name, NameTakenError."""
    made = staff.add(connection, name, role, locale, by.at)
    _trace(connection, Action.STAFF_ADDED, made.id, by, role.value)
    return made, staff.invite(connection, vault, made.id, passwords.new_secret(), by.at)


def link(connection: Connection, vault: Vault, who: Member, by: By) -> str:
    """The token of a fresh link, instead of password and app; it lets a disabled member in again."""
    again = who.standing is Standing.DISABLED
    _trace(connection, Action.STAFF_ENABLED if again else Action.STAFF_LINKED, who.id, by)
    return staff.invite(connection, vault, who.id, passwords.new_secret(), by.at)


def give_role(connection: Connection, who: Member, role: Role, by: By) -> None:
    """Change what they may do. Raises LastAdminError."""
    if role is not Role.ADMIN:
        keep_an_admin(connection, who)
    staff.set_role(connection, who.id, role)
    _trace(connection, Action.ROLE_CHANGED, who.id, by, f"{who.role} -> {role}")


def disable(connection: Connection, who: Member, by: By) -> None:
    """Let them in no longer, from this moment on. Raises LastAdminError."""
    keep_an_admin(connection, who)
    staff.disable(connection, who.id)
    _trace(connection, Action.STAFF_DISABLED, who.id, by)


def keep_an_admin(connection: Connection, but: Member) -> None:
    """Raises LastAdminError when, without one member, no admin could sign in."""
    if staff.admins(connection) == {but.id}:
        raise LastAdminError


def link_address(address: str, token: str) -> str:
    """Where a link leads. `address` is the console's public one."""
    return f"{address.rstrip('/')}{PREFIX}/set-up/{token}"


def _trace(connection: Connection, action: Action, whose: str, by: By, detail: str = "") -> None:
    said = ", ".join(part for part in (detail, by.detail) if part)
    leave_trace(connection, by.at, by.staff, action, whose, said)
