"""How Herald logs in: secret, certificate, managed identity, through MSAL against a made-up Microsoft."""

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID
from yarl import URL

from adapters.teams.settings import TeamsSettings
from adapters.teams.tokens import Tokens, credential, login
from bot.ports import LockedOut
from tests.teams.signing import key

Json = dict[str, Any]
TENANT = "22222222-2222-4222-8222-222222222222"
APP = "11111111-2222-4333-8444-555555555555"
AUTHORITY = f"https://login.microsoftonline.com/{TENANT}"


@dataclass
class Answer:
    """An answer as MSAL reads one."""

    text: str
    status_code: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def raise_for_status(self) -> None:
        assert self.status_code < 400


@dataclass
class Microsoft:
    """The client MSAL speaks HTTP with: Microsoft's login, and a machine's identity service."""

    refusing: bool = False
    posted: list[tuple[str, Json]] = field(default_factory=list)
    asked: list[tuple[str, Json]] = field(default_factory=list)

    def get(self, url: str, params: Json | None = None, **other: Any) -> Answer:  # noqa: ANN401  MSAL's own
        self.asked.append((url, params or {}))
        if "openid-configuration" in url:
            doors = {f"{door}_endpoint": f"{AUTHORITY}/{door}" for door in ("authorization", "token")}
            return Answer(json.dumps({"issuer": f"{AUTHORITY}/v2.0", **doors}))
        if "discovery/instance" in url:
            return Answer(json.dumps({"metadata": []}))
        assert other["headers"]["Metadata"] == "true"
        return Answer(json.dumps({"access_token": "of the machine", "expires_in": "3600", "resource": "r"}))

    def post(self, url: str, data: Json | None = None, **_other: object) -> Answer:
        self.posted.append((url, data or {}))
        if self.refusing:
            return Answer(json.dumps({"error": "invalid_client", "error_description": "AADSTS7000215"}), 401)
        return Answer(json.dumps({"access_token": "of the app", "expires_in": 3600, "token_type": "Bearer"}))

    def close(self) -> None:
        """Nothing is open."""


def pem() -> str:
    """A private key and its certificate in one file, as an admin writes them."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "herald")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key().public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    certificate = made.sign(key(), hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    private = key().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private.decode() + certificate.decode()


def settings(password: str, kind: str = "SingleTenant") -> TeamsSettings:
    return TeamsSettings.of(APP, password, f" {TENANT}, 3333", kind, anonymous=False)


async def test_a_secret_logs_in_at_the_first_tenant() -> None:
    microsoft = Microsoft()
    headers = await Tokens(login(settings("hush"), microsoft)).headers()
    assert headers == {"Authorization": "Bearer of the app"}
    ((url, sent),) = microsoft.posted
    assert url == f"{AUTHORITY}/token"
    assert (sent["grant_type"], sent["client_secret"]) == ("client_credentials", "hush")
    assert sent["scope"] == "https://api.botframework.com/.default"


@pytest.mark.parametrize(("named", "host"), [("gcc", "com"), ("gcch", "us"), ("dod", "us")])
async def test_each_government_cloud_has_its_login_and_its_audience(named: str, host: str) -> None:
    """GCC logs in like everybody else; GCC High and DoD have Microsoft's own for the government."""
    microsoft = Microsoft()
    of = TeamsSettings.of(APP, "hush", TENANT, "SingleTenant", anonymous=False, cloud=named)
    await Tokens(login(of, microsoft)).headers()
    (found,) = {URL(url).host for url, _ in microsoft.asked}
    assert found == f"login.microsoftonline.{host}"
    ((_, sent),) = microsoft.posted
    assert sent["scope"] == f"https://api.botframework.{host}/.default"
    assert of.cloud.trusts(of.cloud.service_url)
    assert of.cloud.issuer == f"https://api.botframework.{host}"


async def test_a_certificate_signs_instead_of_a_secret() -> None:
    microsoft = Microsoft()
    await Tokens(login(settings(pem()), microsoft)).headers()
    ((_, sent),) = microsoft.posted
    assert "client_secret" not in sent
    written = sent["client_assertion"]
    assertion = written if isinstance(written, str) else written.decode()
    said = jwt.decode(
        assertion, key().public_key(), algorithms=["RS256", "PS256"], audience=f"{AUTHORITY}/token", leeway=5
    )
    assert (said["iss"], said["sub"]) == (APP, APP)


async def test_a_managed_identity_needs_no_secret() -> None:
    microsoft = Microsoft()
    headers = await Tokens(login(settings("", "UserAssignedMSI"), microsoft)).headers()
    assert headers == {"Authorization": "Bearer of the machine"}
    ((url, sent),) = microsoft.asked
    assert url.startswith("http://169.254.169.254/metadata/identity/")
    assert (sent["resource"], sent["client_id"]) == ("https://api.botframework.com", APP)


async def test_a_wrong_secret_locks_out() -> None:
    with pytest.raises(LockedOut, match="AADSTS7000215"):
        await Tokens(login(settings("wrong"), Microsoft(refusing=True))).headers()


def test_half_a_certificate_is_taken_for_a_secret() -> None:
    secret = base64.b64encode(b"-----BEGIN nothing").decode()
    assert credential(secret) == secret
    whole = credential(pem())
    assert isinstance(whole, dict)
    assert set(whole) == {"private_key", "public_certificate"}
