"""Slack's requests, signed before anybody measures: each from somebody else, none sent twice."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

SECRET, TOKEN = "bench-secret", "xoxb-bench"
_WHO, _NUMBER = "UWHOPRESSES", "NUMBEROFPRESS"

Json = dict[str, Any]


def press(value: str, view: Json | None = None) -> Json:
    """A button: in an open view, or on a card in #stories; as Slack sends it, 3 to 5 KB."""
    body: Json = {
        "type": "block_actions",
        "user": {"id": _WHO, "username": "lea", "name": "lea", "team_id": "T1"},
        "api_app_id": "A1",
        "token": "x" * 24,
        "trigger_id": f"1.2.{_NUMBER}",
        "team": {"id": "T1", "domain": "acme"},
        "enterprise": None,
        "is_enterprise_install": False,
        "actions": [_action(value)],
    }
    if view is None:
        return body | {
            "container": {"type": "message", "message_ts": "1.1", "channel_id": "CSTORIES"},
            "channel": {"id": "CSTORIES", "name": "stories"},
            "message": {"type": "message", "ts": "1.1", "bot_id": "BHERALD", "text": "w " * 900},
            "state": {"values": {}},
            "response_url": "https://hooks.slack.com/actions/T1/1/x",
        }
    given = {"id": f"V{_NUMBER}", "hash": "1.hash", "team_id": "T1", "bot_id": "BHERALD"}
    shown = view | given | {"state": {"values": _typed(view)}}
    return body | {"container": {"type": "view", "view_id": f"V{_NUMBER}"}, "view": shown}


def requests(body: Json, *, start: int, count: int, port: int) -> Iterator[bytes]:
    """Raw HTTP requests, each by another person."""
    encoded = "payload=" + quote_plus(json.dumps(body))
    stamp = str(int(time.time()))
    for number in range(start, start + count):
        raw = encoded.replace(_WHO, person(number)).replace(_NUMBER, f"{number:08d}").encode()
        mac = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
        head = (
            f"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {len(raw)}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nUser-Agent: Slackbot 1.0\r\n"
            f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={mac}\r\n\r\n"
        )
        yield head.encode() + raw


def visits(token: str, port: int) -> Iterator[bytes]:
    """One reader's request, for ever the same."""
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    head = f"GET /s/{token} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: {agent}\r\n"
    yield f"{head}Accept: text/html\r\nAccept-Language: fr\r\nSec-Fetch-Mode: navigate\r\n\r\n".encode()


def person(number: int) -> str:
    """The platform's id of somebody."""
    return f"U{number:08d}"


def written(all_: Iterator[bytes], path: Path) -> None:
    """Keep requests in a file that wrk's script reads: the length of each on a line before it."""
    with path.open("wb") as file:
        for each in all_:
            file.write(b"%d\n" % len(each) + each)


def _action(value: str) -> Json:
    text = {"type": "plain_text", "text": "Open LinkedIn", "emoji": False}
    return {"type": "button", "action_id": "herald:0", "block_id": "x", "action_ts": "1.0", "text": text} | {
        "value": value
    }


def _typed(view: Json) -> Json:
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    words = {"type": "plain_text_input", "value": f"My own words {_NUMBER}, written with care."}
    return {block["block_id"]: {block["element"]["action_id"]: words} for block in inputs}
