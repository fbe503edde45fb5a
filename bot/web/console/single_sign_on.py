"""A single sign-on provider that speaks OpenID Connect: asking it who somebody is.

Decides what is believed of its answer: an identity token that it signed for us, for this very question, and that has
not run out. The only module that knows Authlib; it is loaded only where a provider is set. It knows no member of staff
and leaves the second factor to the provider.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

import httpx
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.clock import Clock
from bot.settings import secure_address

SECONDS: Final = 5
"""How long the provider may take for an answer."""
KNOWN_FOR: Final = 3_600
"""Seconds after which it is asked again where its doors are."""
LEEWAY: Final = 60
"""Seconds by which its clock may differ from ours."""
ALGORITHMS: Final = ("RS256", "ES256")
LONGEST_SUBJECT: Final = 255


class SignOnError(Exception):
    """The provider said nothing that can be believed. The message is a code, for the log."""


@dataclass(frozen=True, slots=True)
class Riddle:
    """What was made up for one question, and has to come back in its answer."""

    state: str
    nonce: str
    verifier: str


def riddle() -> Riddle:
    """A fresh one."""
    return Riddle(*(secrets.token_urlsafe(32) for _ in range(3)))


class Provider:
    """One provider. `back` is our address to which it sends people; tests give a `transport`."""

    def __init__(
        self,
        issuer: str,
        client_id: str,
        client_secret: str,
        back: str,
        clock: Clock,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.issuer, self._id, self._secret = issuer, client_id, client_secret
        self._back, self._clock, self._transport = back, clock, transport
        self._doors: tuple[int, Mapping[str, Any]] = (-KNOWN_FOR, {})

    def question(self, given: Riddle) -> str:
        """The address at which it asks somebody who they are. Raises SignOnError."""
        asked = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self._id,
            "redirect_uri": self._back,
            "state": given.state,
            "nonce": given.nonce,
            "code_challenge": create_s256_code_challenge(given.verifier),
            "code_challenge_method": "S256",
        }
        door = self._door("authorization_endpoint")
        return f"{door}{'&' if '?' in door else '?'}{urlencode(asked)}"

    def answer(self, code: str, given: Riddle) -> str:
        """Who it was, as `iss|sub`. Raises SignOnError."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._back,
            "code_verifier": given.verifier,
        }
        said = self._told("POST", self._door("token_endpoint"), form)
        claims = self._believed(str(said.get("id_token", "")), given)
        subject = f"{claims['iss']}|{claims['sub']}"
        if len(subject) > LONGEST_SUBJECT:
            raise SignOnError("subject_too_long")
        return subject

    def _believed(self, token: str, given: Riddle) -> Mapping[str, Any]:
        keys = self._told("GET", self._door("jwks_uri"))
        try:
            found = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS)  # type: ignore[arg-type]
            claims = CodeIDToken(
                found.claims,
                found.header,
                {
                    "iss": {"essential": True, "value": self.issuer},
                    "aud": {"essential": True, "value": self._id},
                },
                {"nonce": given.nonce, "client_id": self._id},
            )
            claims.validate(now=self._clock.now(), leeway=LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise SignOnError(type(error).__name__) from None
        return dict(claims)

    def _door(self, name: str) -> str:
        at, doors = self._doors
        if self._clock.now() - at >= KNOWN_FOR:
            where = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
            doors = self._told("GET", where)
            if doors.get("issuer") != self.issuer:
                raise SignOnError("another_issuer")
            self._doors = (self._clock.now(), doors)
        try:
            return secure_address(str(doors.get(name, "")))
        except ValueError:
            raise SignOnError("no_such_door") from None

    def _told(
        self, method: str, address: str, form: Mapping[str, str] | None = None
    ) -> Mapping[str, Any]:
        own = (quote(self._id, safe=""), quote(self._secret, safe="")) if form else None
        try:
            with httpx.Client(timeout=SECONDS, transport=self._transport) as client:
                answer = client.request(method, address, data=form, auth=own)
                answer.raise_for_status()
                said = answer.json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise SignOnError(type(error).__name__) from None
        if not isinstance(said, dict):
            raise SignOnError("not_an_object")
        return said
