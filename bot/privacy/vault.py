"""Encryption at rest, and the keyed hash by which a chat is found again.

Decides how personal columns are sealed: AES-256-GCM, bound to their table and row, so that a value
copied to another row does not open. It does not know where keys come from, and stores nothing.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
_HEAD = 1 + NONCE_BYTES


class UnopenableError(ValueError):
    """A sealed value that no key opens: the key is missing, or the value was changed or moved."""


class Vault:
    """Seals with the first data key, opens with all of them.

    A sealed value is one byte that names the key, the nonce, and the ciphertext with its tag.
    Nonces are random, which is safe up to some 2**32 values per key: add a fresh key in front long
    before.
    """

    def __init__(self, data_keys: Sequence[bytes], lookup_key: bytes) -> None:
        """Raises ValueError when a key is missing or is not 32 bytes long."""
        if not data_keys:
            raise ValueError("at least one data key is needed")
        for key in (*data_keys, lookup_key):
            if len(key) != KEY_BYTES:
                raise ValueError(f"a key has {len(key)} bytes instead of {KEY_BYTES}")
        self._lookup_key = lookup_key
        self._writer = AESGCM(data_keys[0])
        self._writer_name = _name(data_keys[0])
        self._readers: dict[bytes, list[AESGCM]] = {}
        for key in data_keys:
            self._readers.setdefault(_name(key), []).append(AESGCM(key))

    def seal(self, table: str, row: str, plain: bytes) -> bytes:
        """`plain`, readable only with the key and only in this row."""
        nonce = os.urandom(NONCE_BYTES)
        return self._writer_name + nonce + self._writer.encrypt(nonce, plain, _bound(table, row))

    def open(self, table: str, row: str, sealed: bytes) -> bytes:
        """What `seal` was given for this row. Raises UnopenableError."""
        nonce, body, bound = sealed[1:_HEAD], sealed[_HEAD:], _bound(table, row)
        for reader in self._readers.get(sealed[:1], ()):
            try:
                return reader.decrypt(nonce, body, bound)
            except (InvalidTag, ValueError):
                continue  # two keys may share a name byte; ValueError: cut short
        raise UnopenableError(f"no key opens a value of table {table}")

    def lookup(self, chat: int) -> str:
        """The keyed hash under which the conversation of `chat` is stored."""
        digest = hashlib.blake2b(b"%d" % chat, digest_size=20, key=self._lookup_key)
        return digest.hexdigest()


def read_key(text: str) -> bytes:
    """A key as written in the settings.

    Raises ValueError, never quoting the text, when it is not one.
    """
    try:
        key = base64.b64decode(text.strip(), altchars=b"-_", validate=True)
    except binascii.Error:
        raise ValueError("a key is not base64") from None
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {len(key)} bytes instead of {KEY_BYTES}")
    return key


def new_keys() -> tuple[str, str]:
    """A fresh data key and a fresh lookup key, as written in the settings."""
    return _fresh(), _fresh()


def _fresh() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _name(key: bytes) -> bytes:
    return hashlib.sha256(b"key name" + key).digest()[:1]


def _bound(table: str, row: str) -> bytes:
    return f"{table}\0{row}".encode()
