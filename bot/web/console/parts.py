"""What the console is made of, given by whoever runs it.

Decides nothing: it names the things, so that the demo and tests can give others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import Engine

from bot.clock import Clock
from bot.i18n import Renderer
from bot.privacy.vault import Vault
from bot.storage.engine import reading
from dialogs.book import Book

if TYPE_CHECKING:
    from bot.web.console.single_sign_on import Provider

PREFIX = "/console"
"""Where the console is mounted."""

SIGN_ON_BACK = f"{PREFIX}/sign-on/back"
"""Where a single sign-on provider sends people."""


@dataclass(frozen=True)
class Parts:
    """`address` is the public one, such as https://help.example; `keep_days` and `answering` as in the settings."""

    engine: Engine
    vault: Vault
    book: Book
    renderer: Renderer
    clock: Clock
    address: str
    keep_days: int
    answering: bool = False
    demo: bool = False
    sign_on: Provider | None = None
    reading: Engine = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reading", reading(self.engine))

    @property
    def origin(self) -> str:
        """What a browser on our own pages says as its Origin."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def secure(self) -> bool:
        """Whether pages are served over https; only this machine may do without."""
        return urlsplit(self.address).scheme == "https"

    @property
    def cookie(self) -> str:
        """The name of the session cookie: with https the prefix ties it to this host."""
        return "__Host-console" if self.secure else "console"
