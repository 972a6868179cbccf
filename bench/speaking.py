"""What one proactive card on Teams costs, beside stock `continue_conversation` with the same card."""

import asyncio
import json
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from adapters.teams.render import message
from bench.company import company, story_card
from bench.figure import Figure
from bench.load import Answered
from bench.programs import Program, free_port, running
from bench.stage import Plan, Side, Unrecorded


@dataclass(frozen=True, slots=True)
class Office:
    """A Bot Connector with its login, and both who send to it."""

    connector: Program
    ours: Program
    stock: Program
    key: str

    @property
    def arrived(self) -> int:
        """Cards that came, as they should."""
        return self.connector.told("/made").get(self.key, 0)

    @property
    def logins(self) -> int:
        """How often somebody logged in."""
        return self.connector.told("/made").get("logins", 0)


def teams_send(plan: Plan) -> list[Figure]:
    """Microseconds of processor time a card: Herald draws it and sends it, the stock adapter has it ready."""
    return [
        compared("teams_send", plan, logs_in=True),
        compared("teams_send.no_login", plan, logs_in=False),
    ]


def compared(name: str, plan: Plan, *, logs_in: bool) -> Figure:
    """Both in turn, each until its seconds are over, counted at the connector."""
    with office(logs_in=logs_in) as at:
        sent(at, at.ours, 1)  # the connections stand, and Herald has logged in
        sent(at, at.stock, 1)
        before = at.logins
        ours, theirs = Side(at.ours), Side(at.stock)
        for _ in range(plan.rounds):
            ours.add(lambda: sent(at, at.ours, plan.seconds))
            theirs.add(lambda: sent(at, at.stock, plan.seconds))
        note = f"µs of processor time a card; {at.logins - before} logins of the peer" if logs_in else ""
    return Figure.of(name, "<=0.1", ours.costs, theirs.costs, note)


def sent(at: Office, program: Program, seconds: float) -> Answered:
    """One round: what it says it sent is what arrived."""
    before, began = at.arrived, time.monotonic()
    url, said = f"http://127.0.0.1:{program.port}/send", json.dumps({"seconds": seconds}).encode()
    asked = urllib.request.Request(url, said, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=60 + seconds) as answer:  # noqa: S310
        cards = int(json.load(answer)["sent"])
    if at.arrived - before != cards:
        raise Unrecorded(f"{cards} sent, {at.arrived - before} arrived")
    return Answered(cards, time.monotonic() - began, 0, 0, 0)


@contextmanager
def office(*, logs_in: bool) -> Iterator[Office]:
    """All three, with the same story to tell."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="herald-bench-")))
        made = asyncio.run(company(folder, people=0))
        drawn = message(asyncio.run(story_card(made.url)), "en")["attachments"][0]["content"]
        card, vouched = folder / "card.json", certificate(folder)
        card.write_text(json.dumps(drawn))
        port, login = free_port(), free_port()
        words = ["bench/peers/connector.py", str(port), str(login), str(vouched)]
        connector = stack.enter_context(running(words, port, core=-1, log=folder / "connector.log"))
        where = [f"http://127.0.0.1:{port}/", f"https://127.0.0.1:{login}" if logs_in else ""]

        def sender(program: str, last: str) -> Program:
            port = free_port()
            words = [program, str(port), *where, last]
            trusting = {"REQUESTS_CA_BUNDLE": str(vouched)}
            log = folder / f"{Path(program).stem}.log"
            return stack.enter_context(running(words, port, log=log, environment=trusting))

        ours = sender("bench/speaker.py", made.url)
        stock = sender("bench/peers/proactive.py", str(card))
        yield Office(connector, ours, stock, "cards, logged in" if logs_in else "cards")


def certificate(folder: Path) -> Path:
    """A certificate of loopback with its key, that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Herald's bench")])
    began = datetime.now(UTC) - timedelta(days=1)
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(began)
        .not_valid_after(began + timedelta(days=8))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file = folder / "login.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file
