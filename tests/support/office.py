"""The console for tests: a database, the pages, people of staff, and a browser that is none.

`Client` does what a browser does: keeps cookies, says where a request comes from, fills in the hidden field of forms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pyotp
from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.i18n import Renderer
from bot.privacy.vault import Vault
from bot.storage import staff
from bot.storage.audit import Trace, traces
from bot.storage.staff import Member, Role
from bot.web.console import passwords
from bot.web.console.app import bare_app, guarded
from bot.web.console.parts import PREFIX, Parts
from dialogs.book import Book, load_book
from tests.support.clock import FakeClock
from tests.support.database import database, vault

ADDRESS = "https://console.example"
PASSWORD = "stone otter lamp seven"
NOW = 1_795_000_000


@cache
def book() -> Book:
    """The real one, read once."""
    return load_book()


@cache
def kept_password() -> str:
    """The password's hash, made once because that is slow on purpose."""
    return passwords.hashed(PASSWORD)


@dataclass
class Colleague:
    """A member of staff, and the secret in their app."""

    member: Member
    secret: str


@dataclass
class Office:
    """A database and its console."""

    engine: Engine
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    vault: Vault = field(default_factory=vault)
    address: str = ADDRESS

    def __post_init__(self) -> None:
        self.parts = Parts(
            self.engine, self.vault, book(), Renderer(book().catalogs), self.clock,
            self.address, keep_days=90, answering=True,
        )  # fmt: skip
        self.app: FastAPI = bare_app(self.parts)
        self.colleagues: dict[str, Colleague] = {}

    def colleague(self, role: Role = Role.ADMIN, name: str = "") -> Colleague:
        """Somebody who can sign in; the same one when asked again."""
        name = name or role.value.title()
        if name not in self.colleagues:
            secret = passwords.new_secret()
            with self.engine.begin() as connection:
                made = staff.add(connection, name, role, "en", self.clock.now())
                staff.invite(connection, self.vault, made.id, secret, self.clock.now())
                staff.set_up(connection, made.id, kept_password(), 0)
            self.colleagues[name] = Colleague(made, secret)
        return self.colleagues[name]

    def client(self) -> Client:
        """A browser that nobody signed in with."""
        outside = Starlette(routes=[Mount(PREFIX, guarded(self.app, self.parts))])
        transport = httpx.ASGITransport(app=outside, raise_app_exceptions=False)
        return Client(httpx.AsyncClient(transport=transport, base_url=self.address), self)

    async def signed_in(self, role: Role = Role.ADMIN, name: str = "") -> Client:
        """A browser somebody has signed in with."""
        client = self.client()
        who = self.colleague(role, name)
        answer = await client.sign_in(who)
        assert answer.status_code == 303, answer.text
        return client

    def trail(self) -> list[Trace]:
        """What staff did, oldest first."""
        with self.parts.reading.begin() as connection:
            return traces(connection, most=10_000)[::-1]

    def code(self, who: Colleague) -> str:
        """What their app shows now."""
        return pyotp.TOTP(who.secret).at(self.clock.now())


class Client:
    """What a browser does, without showing anything."""

    def __init__(self, http: httpx.AsyncClient, office: Office) -> None:
        self.http, self._office = http, office

    async def sign_in(self, who: Colleague, **other: str) -> httpx.Response:
        """Fill in the form. A code is used once, so time passes before."""
        self._office.clock.advance(passwords.STEP)
        given = {"name": who.member.name, "password": PASSWORD, "code": self._office.code(who)}
        return await self.post("/sign-in", given | other)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        """Open a page of the console."""
        return await self.http.get(f"{PREFIX}{path}", headers=headers)

    async def see(self, path: str) -> str:
        """The text of a page that is there, without tags."""
        answer = await self.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:2000])
        return words_of(answer.text)

    async def post(
        self, path: str, form: Mapping[str, Any] | None = None, token: str | None = None
    ) -> httpx.Response:
        """Send a form as our own page would; with the token of this session unless another is given."""
        given = dict(form or {})
        given["form_token"] = await self.form_token() if token is None else token
        headers = {"origin": self._office.parts.origin, "sec-fetch-site": "same-origin"}
        return await self.http.post(f"{PREFIX}{path}", data=given, headers=headers)

    async def form_token(self) -> str:
        """What the forms of this session carry; empty before signing in."""
        if self._office.parts.cookie not in self.http.cookies:
            return ""
        found = re.search(r'name="form_token" value="(\w+)"', (await self.get("/account")).text)
        return found[1] if found else ""


def words_of(html: str) -> str:
    """What a page says."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def office(directory: Path, address: str = ADDRESS) -> Office:
    """A console on a fresh database."""
    return Office(database(directory), address=address)
