"""The settings, read from the environment or a `.env` file beside the program.

Decides their names, their defaults, and what is said when one is missing or wrong: one line that names the variable
and the mend, never the value. It opens nothing and calls nobody.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.privacy.vault import read_key

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SettingsError(Exception):
    """A setting is missing or wrong. The message is one line for whoever runs the program."""


class Mode(StrEnum):
    """How updates reach us."""

    POLLING = "polling"
    WEBHOOK = "webhook"


def _listed(value: object) -> object:
    """A comma list, as the environment writes it."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _key(value: SecretStr) -> SecretStr:
    read_key(value.get_secret_value())
    return value


Key = Annotated[SecretStr, AfterValidator(_key)]
Token = Annotated[
    SecretStr, AfterValidator(lambda value: _matching(value, r"[0-9]+:[A-Za-z0-9_-]+"))
]
Secret = Annotated[
    SecretStr, AfterValidator(lambda value: _matching(value, r"[A-Za-z0-9_-]{1,256}"))
]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")]


def _matching(value: SecretStr, pattern: str) -> SecretStr:
    if re.fullmatch(pattern, value.get_secret_value()) is None:
        raise ValueError("wrong form")
    return value


def secure_address(value: str) -> str:
    """An address people may reach over https; plain http only on this machine. Raises ValueError."""
    parts = urlsplit(value)
    near = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or near):
        raise ValueError("not https")
    return value


Address = Annotated[str, AfterValidator(secure_address)]


def _root(value: str) -> str:
    """An address without anything after the host and port."""
    parts = urlsplit(value)
    if parts.path not in {"", "/"} or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("not a root")
    return value.rstrip("/")


Root = Annotated[Address, AfterValidator(_root)]


class StorageSettings(BaseSettings):
    """Where the database is: all that a migration needs to know."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    database_url: str = Field(
        default="sqlite:///data/second-opinion.sqlite3", pattern=r"^[a-z0-9+]+://"
    )

    @property
    def on_sqlite(self) -> bool:
        """Whether the database is a file of ours."""
        return self.database_url.startswith("sqlite")


class SealedSettings(StorageSettings):
    """The database and its keys: all that is needed to read what is sealed in it, and how long it is kept."""

    bot_data_keys: Annotated[tuple[Key, ...], NoDecode, BeforeValidator(_listed)] = Field(
        min_length=1
    )
    bot_lookup_key: Key
    bot_keep_days: int = Field(default=90, ge=1, le=3650)

    @property
    def data_keys(self) -> tuple[bytes, ...]:
        """The keys that seal what is kept, the writing one first."""
        return tuple(read_key(key.get_secret_value()) for key in self.bot_data_keys)

    @property
    def lookup_key(self) -> bytes:
        """The key by which a chat is found again."""
        return read_key(self.bot_lookup_key.get_secret_value())


class ConsoleSettings(SealedSettings):
    """The database, its keys, and where staff open the console: nowhere, unless it is set."""

    console_url: Root | None = None
    oidc_issuer: Address | None = None
    oidc_client_id: str | None = Field(default=None, max_length=500)
    oidc_client_secret: SecretStr | None = None

    @model_validator(mode="after")
    def _sign_on_is_complete(self) -> Self:
        names = ("oidc_issuer", "oidc_client_id", "oidc_client_secret")
        missing = [name for name in names if getattr(self, name) is None]
        if 0 < len(missing) < len(names):
            raise ValueError(missing[0])
        return self


class Settings(ConsoleSettings):
    """Every setting of the program; the environment variable is the field in capitals."""

    telegram_bot_token: Token
    telegram_api_base_url: Address = "https://api.telegram.org"
    telegram_mode: Mode = Mode.POLLING
    webhook_url: Address | None = None
    webhook_secret: Secret | None = None
    port: int | None = Field(default=None, ge=0, le=65535)
    bot_answering: bool = False
    bot_ref_codes: Annotated[frozenset[Code], NoDecode, BeforeValidator(_listed)] = frozenset()

    @model_validator(mode="after")
    def _webhook_is_complete(self) -> Self:
        if self.telegram_mode is Mode.WEBHOOK:
            for name in ("webhook_url", "webhook_secret"):
                if getattr(self, name) is None:
                    raise ValueError(name)
        return self

    @property
    def api_root(self) -> str:
        """The Bot API's address, as the library wants it: up to the token."""
        return self.telegram_api_base_url.rstrip("/") + "/bot"

    @property
    def webhook_path(self) -> str:
        """The route Telegram calls."""
        return urlsplit(self.webhook_url or "").path or "/"


MENDS = {
    "telegram_bot_token": "set it to the token BotFather gave you, like 123456:AbC…",
    "telegram_api_base_url": "set it to an https address without /bot, or leave it out",
    "telegram_mode": "set it to polling or webhook",
    "webhook_url": "set it to the full public https address Telegram shall call",
    "webhook_secret": "set it to 1 to 256 letters, digits, _ or - of your choice",
    "port": "set it to a port number from 0 to 65535",
    "database_url": "set it to an address like sqlite:///data/second-opinion.sqlite3",
    "bot_data_keys": "print fresh keys with: python -m bot keys new",
    "bot_lookup_key": "print fresh keys with: python -m bot keys new",
    "console_url": "set it to the public https address of this program, without a path, like https://help.example",
    "oidc_issuer": "set it to the https address of your single sign-on provider, or leave out all three OIDC settings",
    "oidc_client_id": "set it to the name under which the provider knows this console",
    "oidc_client_secret": "set it to the secret the provider gave this console",
    "bot_answering": "set it to yes when people answer questions, or to no",
    "bot_ref_codes": "set it to a comma list of codes of letters, digits, _ and -",
    "bot_keep_days": "set it to a number of days from 1 to 3650",
}


def read_settings(**given: Any) -> Settings:  # noqa: ANN401 - fields of Settings, checked there
    """The settings from the environment; `given` ones win. Raises SettingsError."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError(_one_line(error)) from None


def read_sealed_settings() -> SealedSettings:
    """Where the database is, and its keys, from the environment. Raises SettingsError."""
    try:
        return SealedSettings()
    except ValidationError as error:
        raise SettingsError(_one_line(error)) from None


def read_console_settings() -> ConsoleSettings:
    """Where the database and the console are, from the environment. Raises SettingsError."""
    try:
        return ConsoleSettings()
    except ValidationError as error:
        raise SettingsError(_one_line(error)) from None


def read_storage_settings() -> StorageSettings:
    """Where the database is, from the environment. Raises SettingsError."""
    try:
        return StorageSettings()
    except ValidationError as error:
        raise SettingsError(_one_line(error)) from None


def _one_line(error: ValidationError) -> str:
    first = min(error.errors(include_input=False, include_url=False), key=_place)
    name = _name(first)
    missing = first["type"] == "missing" or not first["loc"]
    return f"{name.upper()} is {'missing' if missing else 'wrong'}: {MENDS[name]}."


def _name(error: ErrorDetails) -> str:
    """The setting it is about. The check over several settings has no place of its own: it names the missing one."""
    return str(error["loc"][0]) if error["loc"] else str(error["ctx"]["error"])


def _place(error: ErrorDetails) -> int:
    """Where the setting stands in the list of settings."""
    return list(MENDS).index(_name(error))
