"""Plays Microsoft's keys: every activity that the local Teams sends is signed, and Herald verifies it.

The key lives in this process and dies with it. Herald reads its public half from the local workspace, as it
reads Microsoft's on a real tenant, and then applies every rule that it applies there.
"""

import json
import secrets
import time
from functools import cached_property

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from adapters.local.people import Json
from adapters.local.teams.people import APP_ID

ISSUER = "https://herald.local.invalid"
"""Not Microsoft's: a token of this issuer opens no real Herald, and a real one opens nothing here."""
MINUTES = 60
ALGORITHM = "RS256"


class Issuer:
    """One key for the requests to Herald, one bearer token for Herald's own calls."""

    def __init__(self) -> None:
        """The key is made when it is first asked for: that takes a moment."""
        self.name = secrets.token_hex(8)
        self.bearer = secrets.token_urlsafe(32)

    def log_in(self) -> Json:
        """What Microsoft's login would answer to Herald's credentials."""
        return {"access_token": self.bearer, "expires_in": MINUTES * 60}

    def token(self, service_url: str) -> str:
        """What the local Teams shows to Herald; it holds for Herald's app and this service alone."""
        now = int(time.time())
        claims = {
            "iss": ISSUER, "aud": APP_ID, "nbf": now - 5, "exp": now + MINUTES * 60,
            "serviceurl": service_url,
        }  # fmt: skip
        return jwt.encode(claims, self._key, algorithm=ALGORITHM, headers={"kid": self.name})

    def keys(self) -> Json:
        """The public half, as Microsoft lists its own."""
        public: Json = json.loads(RSAAlgorithm.to_jwk(self._key.public_key()))
        return {"keys": [public | {"kid": self.name, "use": "sig", "endorsements": ["msteams"]}]}

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
