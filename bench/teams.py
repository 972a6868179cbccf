"""The door of Teams: a press that records a fact beside stock botbuilder that records nothing."""

import json
from collections.abc import Iterator

from adapters.teams.carried import Carried
from adapters.teams.connect import PLAYGROUND
from bench import counting, load
from bench.company import DENY
from bench.figure import Figure
from bench.presses import person, written
from bench.programs import Program, pinned
from bench.stage import PER_SECOND, Plan, Side, Stage, Unrecorded, beside, recorded, stage

DENIALS = "SELECT count(*) FROM facts WHERE kind = 'denied'"
_WHO, _NUMBER = "UWHOPRESSES", "NUMBEROFPRESS"


def teams_invoke(plan: Plan) -> list[Figure]:
    """*No, I did not post it* on a card: on disk before the answer; Bot Framework without credentials."""
    with stage(environment={"HERALD_TEAMS_ANONYMOUS": "1"}, on_teams=True) as at:
        peer = at.peer("bench/peers/teams.py", "PORT")
        ours, theirs = Side(at.herald), Side(peer)
        for _ in range(plan.rounds):
            before = counting.rows(at.company.file, DENIALS)
            found = ours.add(lambda: invoked(at, at.herald, plan))
            recorded(counting.rows(at.company.file, DENIALS) - before, found)
            theirs.add(lambda: invoked(at, peer, plan))
    return beside("teams_invoke", "10", ours, theirs, "invokes/s")


def invoked(at: Stage, program: Program, plan: Plan) -> load.Answered:
    """One round of presses on Teams."""
    file = at.folder / "requests"
    written(invokes(at, int(PER_SECOND * plan.seconds), program.port), file)
    found = load.flood(file, program.port, plan.seconds, pinned(-1))
    at.pressed(found.answered)
    if found.wrong:
        raise Unrecorded(f"{found.wrong} requests of {found.answered} were refused")
    return found


def invokes(at: Stage, count: int, port: int) -> Iterator[bytes]:
    """Raw HTTP requests, each by another person."""
    service = f"http://127.0.0.1:{at.slack.port}/"
    encoded = json.dumps(press() | {"serviceUrl": service})
    for number in range(at.used, at.used + count):
        raw = encoded.replace(_WHO, person(number)).replace(_NUMBER, f"{number:08d}").encode()
        head = (
            f"POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {len(raw)}\r\n"
            "Content-Type: application/json; charset=utf-8\r\n\r\n"
        )
        yield head.encode() + raw


def press() -> dict[str, object]:
    """A button of a card, as Teams sends it, by somebody in the language that Herald knows of them."""
    action = {"type": "Action.Execute", "verb": "not_said", "data": Carried(wire=DENY).written()}
    return {
        "type": "invoke", "name": "adaptiveCard/action", "id": f"f:{_NUMBER}", "channelId": "msteams",
        "timestamp": "2026-11-23T09:00:00.000Z", "replyToId": "1700000000001",
        "from": {"id": f"29:{_WHO}", "name": "Léa Martin", "aadObjectId": _WHO},
        "conversation": {"id": "a:chat", "conversationType": "personal", "tenantId": PLAYGROUND},
        "recipient": {"id": "28:herald", "name": "Herald"}, "locale": "en-GB",
        "channelData": {"tenant": {"id": PLAYGROUND}},
        "value": {"action": action, "trigger": "manual"},
    }  # fmt: skip
