"""A key of our own that stands in for Microsoft's, and tokens signed with it, good and bad."""

import json
import time
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from tests.teams.server import APP

Json = dict[str, Any]
ISSUER = "https://api.botframework.com"
KID = "microsoft-1"


@cache
def key(name: str = KID) -> rsa.RSAPrivateKey:
    """A key for each name; made once, for making one takes a while."""
    del name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def jwk(name: str = KID, endorsements: tuple[str, ...] = ("msteams", "skype")) -> Json:
    """The public half, as Microsoft lists it."""
    public: Json = json.loads(RSAAlgorithm.to_jwk(key(name).public_key()))
    return public | {"kid": name, "use": "sig", "endorsements": list(endorsements)}


def claims(service_url: str, **other: Any) -> Json:  # noqa: ANN401  JSON
    """What a good token says; a claim that is None is left away."""
    now = int(time.time())
    good = {"iss": ISSUER, "aud": APP, "nbf": now - 5, "exp": now + 3600, "serviceurl": service_url}
    return {name: value for name, value in (good | other).items() if value is not None}


def token(said: Json, *, name: str = KID, kid: str | None = KID, algorithm: str = "RS256") -> str:
    """The claims, signed."""
    headers = {"kid": kid} if kid else {}
    return jwt.encode(said, key(name), algorithm=algorithm, headers=headers)
