"""Proof that what changes something comes from our own page.

Decides that a request other than GET is refused unless the browser says that it comes from here (Sec-Fetch-Site, or
Origin where a browser knows no better), and what a form's token is. A request that brings neither header is refused.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from starlette.datastructures import Headers

TOKEN_FIELD: Final = "form_token"  # noqa: S105 - its name, not its value
TOKEN_HEADER: Final = "x-form-token"  # noqa: S105 - as above
SAFE_METHODS: Final = {"GET", "HEAD"}


def token_for(session_token: str) -> str:
    """What a form of this session carries. It tells nothing about the session's own token."""
    return hmac.new(session_token.encode(), b"form", hashlib.sha256).hexdigest()


def from_our_page(method: str, headers: Headers, origin: str) -> bool:
    """Whether a request may go on. `origin` is ours."""
    if method in SAFE_METHODS:
        return True
    said, site = headers.get("origin"), headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    if said is not None:
        return said == origin
    return site == "same-origin"
