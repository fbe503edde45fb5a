"""A small single sign-on provider, over a transport in memory.

Decides what a good one answers; a test bends one thing at a time by `bent`, `signed_by` or `algorithm`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from bot.clock import Clock

ISSUER = "https://id.example/tenant"
CLIENT, SECRET = "console", "a secret of ours"


@cache
def key(kind: str, number: int) -> RSAKey | ECKey:
    """A key of the provider's, made once; another `number` is somebody else's."""
    if kind == "ES256":
        return ECKey.generate_key("P-256", {"kid": f"ec{number}"})
    return RSAKey.generate_key(2048, {"kid": "rsa"})


@dataclass
class FakeProvider:
    """Knows one person at a time: `sub`."""

    clock: Clock
    sub: str = "person-1"
    algorithm: str = "RS256"
    signed_by: int = 0
    bent: dict[str, Any] = field(default_factory=dict)
    """Claims that are not as they should be; None leaves one out."""
    discovered: dict[str, Any] = field(default_factory=dict)
    broken: str = ""
    """The path that answers 500."""
    asked: dict[str, str] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)

    def agrees(self, address: str) -> str:
        """Somebody says who they are: the code that goes back."""
        self.asked = dict(parse_qsl(urlsplit(address).query))
        return "a-code"

    def handle(self, request: httpx.Request) -> httpx.Response:
        """What it answers."""
        path = request.url.path
        self.calls.append(path)
        if path == self.broken:
            return httpx.Response(500)
        if path.endswith("/.well-known/openid-configuration"):
            return httpx.Response(200, json=self._doors() | self.discovered)
        if path == "/keys":
            keys = [key(kind, 0).as_dict(private=False) for kind in ("RS256", "ES256")]
            return httpx.Response(200, json={"keys": keys})
        return self._token(request)

    def _doors(self) -> dict[str, Any]:
        root = "https://id.example"
        return {
            "issuer": ISSUER,
            "authorization_endpoint": f"{root}/authorize",
            "token_endpoint": f"{root}/token",
            "jwks_uri": f"{root}/keys",
        }

    def _token(self, request: httpx.Request) -> httpx.Response:
        form = {name: value[0] for name, value in parse_qs(request.content.decode()).items()}
        known = base64.b64encode(f"{CLIENT}:a%20secret%20of%20ours".encode()).decode()
        verified = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(verified).decode().rstrip("=")
        right = (
            request.headers["authorization"] == f"Basic {known}"
            and form["code"] == "a-code"
            and form["redirect_uri"] == self.asked["redirect_uri"]
            and challenge == self.asked["code_challenge"]
        )
        if not right:
            return httpx.Response(400, json={"error": "invalid_grant"})
        return httpx.Response(200, json={"access_token": "unused", "id_token": self._signed()})

    def _signed(self) -> str:
        now = self.clock.now()
        claims = {
            "iss": ISSUER, "sub": self.sub, "aud": CLIENT, "exp": now + 300, "iat": now,
            "nonce": self.asked["nonce"],
        } | self.bent  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm == "none":
            return f"{_b64({'alg': 'none'})}.{_b64(claims)}."
        if self.algorithm == "HS256":
            public = OctKey.import_key(key("RS256", 0).as_pem(private=False))
            return jwt.encode({"alg": "HS256"}, claims, public, algorithms=["HS256"])
        kind = "ES256" if self.algorithm == "ES256" else "RS256"
        kid = key(kind, 0).as_dict(private=False)["kid"]
        header = {"alg": self.algorithm, "kid": kid}
        return jwt.encode(header, claims, key(kind, self.signed_by), algorithms=[self.algorithm])


def _b64(content: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
