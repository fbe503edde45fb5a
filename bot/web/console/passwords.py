"""Passwords and one-time codes.

Decides what a password must be (long enough, hard to guess by lists of common ones, no other rules), how it is kept
(argon2id), and which code is right at a time. It stores nothing.
"""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import Final

import pyotp
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from zxcvbn import zxcvbn

SHORTEST: Final = 12
LONGEST: Final = 256
MEASURED: Final = 72
"""Characters that are looked at to tell how easily it is guessed; more make it no easier."""
STRONG: Final = 3
"""Of 4, as zxcvbn counts: some hundred million guesses and more."""
STEP: Final = 30
"""Seconds for which a one-time code is shown."""
ISSUER: Final = "Second opinion console"

AT_ONCE: Final = 2
"""Passwords worked on at the same time: each takes 64 MiB on purpose, and the chat runs beside."""

_hashing = PasswordHash((Argon2Hasher(),))
_turnstile = BoundedSemaphore(AT_ONCE)
_NOBODY: Final = _hashing.hash("nobody has this password")


def fault(password: str, name: str) -> str:
    """Why it cannot be somebody's password, as a sentence; empty when it can."""
    if len(password) < SHORTEST:
        return f"A password has at least {SHORTEST} characters. A few words in a row are good."
    if len(password) > LONGEST:
        return f"A password has at most {LONGEST} characters."
    strength = zxcvbn(password[:MEASURED], user_inputs=[name, ISSUER])
    if strength["score"] < STRONG:
        return "This password is easy to guess. Choose a longer one, of words that do not belong together."
    return ""


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _turnstile:
        return _hashing.hash(password)


def fits(password: str, kept: str) -> bool:
    """Whether it is the one. Takes as long for somebody who has none."""
    with _turnstile:
        return _hashing.verify(password, kept or _NOBODY) and bool(kept)


def new_secret() -> str:
    """A fresh secret for one-time codes."""
    return pyotp.random_base32()


def code_step(secret: str, code: str, now: int) -> int | None:
    """The time step of a code that is right now, or was a moment ago; None when it is wrong."""
    plain = "".join(code.split())
    if not secret or not (plain.isascii() and plain.isdecimal()):
        return None
    codes = pyotp.TOTP(secret)
    for step in range(now // STEP - 1, now // STEP + 2):
        if pyotp.utils.strings_equal(codes.at(step * STEP), plain):
            return step
    return None


def code_link(secret: str, name: str) -> str:
    """What an authenticator app reads from a picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)
