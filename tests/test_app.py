"""The process: what it reads, what it refuses, what it logs, how its clock runs, how it starts and stops."""

import asyncio
import hashlib
import hmac
import json
import logging
import os
import re
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest
import structlog
from structlog.testing import capture_logs

import app
from adapters.clock import Clock, Clockwork
from adapters.host import logs
from adapters.host.serving import loopback
from adapters.host.where import Where
from bot.jobs import Job
from storage.backup import integrity
from storage.sealing import Seal
from storage.secrets import Secrets
from tests.slack.server import error, slack_server

ROOT = Path(app.__file__).parent
EVERYWHERE = "0.0.0.0"  # noqa: S104  named, never bound
NAMES = [name.upper() for name in app.Settings.model_fields]


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, and an environment that names nothing of Herald's."""
    for name in os.environ:
        if name.upper().removesuffix("_FILE") in NAMES or name.startswith(("HERALD_", "Microsoft")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def quiet() -> Iterator[None]:
    """What `main` does to logging is undone."""
    root, level = logging.getLogger(), logging.getLogger().level
    handlers = root.handlers[:]
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


# ---------------------------------------------------------------------------------------------- settings


def test_the_environment_wins_over_the_file_and_a_value_over_a_secrets_file(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (nowhere / "token").write_text("xoxb-from-a-file\n")
    (nowhere / ".env").write_text(
        f"PORT=4000\nHERALD_HOST={EVERYWHERE}\nSLACK_BOT_TOKEN_FILE={nowhere / 'token'}\n"
    )
    monkeypatch.setenv("PORT", "5000")
    found = app.Settings()
    assert (found.port, found.herald_host, found.slack_bot_token) == (5000, EVERYWHERE, "xoxb-from-a-file")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-said")
    assert app.Settings().slack_bot_token == "xoxb-said"


def test_microsofts_names_work_as_microsoft_writes_them(
    monkeypatch: pytest.MonkeyPatch, nowhere: Path
) -> None:
    (nowhere / "secret").write_text("hush")
    monkeypatch.setenv("MicrosoftAppId", "abc")
    monkeypatch.setenv("MicrosoftAppPassword_FILE", str(nowhere / "secret"))
    found = app.Settings()
    assert (found.teams_app_id, found.teams_app_password) == ("abc", "hush")


@pytest.mark.usefixtures("nowhere")
def test_a_government_cloud_is_named_and_a_made_up_one_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MicrosoftAppId", "abc")
    monkeypatch.setenv("HERALD_TEAMS_CLOUD", "gcch")
    found = app.Settings().teams
    assert found is not None
    assert found.cloud.login == "https://login.microsoftonline.us"
    monkeypatch.setenv("HERALD_TEAMS_CLOUD", "moon")
    with pytest.raises(ValueError, match="dod"):
        app.Settings()


def test_a_name_that_nobody_reads_is_named_with_its_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HERALD_PUBLIK_URL", "x")
    monkeypatch.setenv("HERALD_ADMINS_FILE", "/dev/null")
    monkeypatch.setenv("HERALD_QWERTZUIOP", "x")
    assert app.Settings.strangers() == {"HERALD_PUBLIK_URL": "HERALD_PUBLIC_URL", "HERALD_QWERTZUIOP": ""}


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "three"), ("HERALD_FETCH_ALLOW", "http://*"), ("SLACK_BOT_TOKEN_FILE", "/nowhere/at/all")],
)
def test_a_setting_that_makes_no_sense_is_named_without_its_value(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)
    assert app.main(["version"]) == 2
    said = capsys.readouterr().err
    assert name.removesuffix("_FILE").lower() in said.lower() or value in said
    assert "Traceback" not in said


REFUSED = [
    pytest.param({}, [], ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "serve --local"), id="no credentials"),
    pytest.param({"SLACK_BOT_TOKEN": "xoxb-1"}, ["serve"], ("SLACK_SIGNING_SECRET",), id="half of them"),
    pytest.param({"SLACK_BOT_TOKEN": "xoxb-1"}, ["serve", "--local"], ("SLACK_BOT_TOKEN",), id="real token"),
    pytest.param({"SLACK_APP_TOKEN": "xapp-1"}, ["serve", "--local"], ("SLACK_APP_TOKEN",), id="real socket"),
    pytest.param({"MicrosoftAppPassword": "p"}, ["serve", "--local"], ("MicrosoftAppPassword",), id="Teams"),
    pytest.param(
        {"HERALD_PUBLIC_URL": "https://h.example"}, ["serve", "--local"], ("HERALD_PUBLIC_URL",), id="public"
    ),
    pytest.param({"HERALD_HOST": EVERYWHERE}, ["serve", "--local"], ("HERALD_HOST",), id="every interface"),
]


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize(("environment", "words", "named"), REFUSED)
def test_serve_does_not_begin_when_it_must_not(  # noqa: PLR0917  pytest passes fixtures by name
    environment: dict[str, str],
    words: list[str],
    named: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    nowhere: Path,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert app.main(words) == 2
    said = capsys.readouterr().err
    assert all(name in said for name in named)
    assert not any(value in said for value in environment.values() if value.startswith("x"))
    assert list(nowhere.iterdir()) == []


def test_make_demo_plays_whatever_is_set(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It empties what the local workspace would refuse, also what `.env` and files set."""
    [names] = re.findall(r"^REAL := (.*(?:\\\n.*)*)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    emptied = names.replace("\\", "").split()
    (nowhere / "secret").write_text("xoxb-1")
    (nowhere / ".env").write_text(
        "".join(f"{name}=real\n" for name in emptied) + f"SLACK_APP_TOKEN_FILE={nowhere / 'secret'}\n"
    )
    assert sorted(app.Settings().with_value(app.REAL)) == sorted(set(emptied) - {"HERALD_HOST"})
    for name in emptied:
        monkeypatch.setenv(name, "")
    assert app.Settings().with_value(app.REAL) == []
    assert loopback(app.Settings().herald_host)


@pytest.mark.parametrize(
    ("host", "inside"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("", True), ("127.0.0.2", True),
     (EVERYWHERE, False), ("::", False), ("192.168.1.2", False), ("localhost.example", False)],
)  # fmt: skip
def test_only_this_machine_is_loopback(host: str, inside: bool) -> None:
    assert loopback(host) is inside


def test_no_secret_stands_in_what_settings_look_like(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tracebacks and debuggers show values as they look: a token is none of their business."""
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "SLACK_CLIENT_SECRET"):
        monkeypatch.setenv(name, "hunter2")
    monkeypatch.setenv("MicrosoftAppPassword", "hunter2")
    monkeypatch.setenv("HERALD_SECRET_KEY", "hunter2, hunter2 as well")
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://herald:hunter2@localhost/herald")
    settings = app.Settings()
    secret = settings.herald_secret_key
    where = Where(settings.database_url, "", 1, settings.around, lambda: datetime.now(UTC))
    shown = (
        settings,
        settings.slack,
        settings.teams,
        settings.around,
        where,
        Seal.of(secret),
        Secrets.of(secret),
    )
    assert [type(one).__name__ for one in shown if "hunter2" in f"{one!r} {one}"] == []


# ---------------------------------------------------------------------------------------------- the log


@pytest.mark.usefixtures("quiet")
def test_no_secret_and_nobodys_words_are_logged(capsys: pytest.CaptureFixture[str]) -> None:
    logs.start(pretty=False)
    log = structlog.get_logger("herald.test")
    log.info("slack.refused xoxb-12-34-abc", token="xapp-1-A-2-ff", url="postgresql://me:secret@host/h")
    log.info("press", text="my words", title="a title", email="lea@example.org", workspace="T1")
    logging.getLogger("slack_bolt").warning("Bearer %s was refused", "xoxe.xoxb-1-abc")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    whole = json.dumps(lines)
    for secret in ("xoxb-12", "xapp-1", "me:secret", "my words", "a title", "lea@", "xoxe.xoxb"):
        assert secret not in whole
    assert lines[1]["workspace"] == "T1"
    assert {line["level"] for line in lines} == {"info", "warning"}


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("pretty", [False, True], ids=["json", "terminal"])
def test_a_traceback_is_kept_without_its_secrets(capsys: pytest.CaptureFixture[str], *, pretty: bool) -> None:
    """Neither in the error's own words nor among the values of a frame."""
    logs.start(pretty=pretty)
    token, words = "xoxb-99-99", "what Léa wrote"
    try:
        int(token + words[:0])
    except ValueError:
        structlog.get_logger("herald.test").exception("clock.job_failed", job="deliver")
    told = capsys.readouterr().err
    assert "ValueError" in told
    assert not any(secret in told for secret in ("xoxb-99", "wrote"))


# --------------------------------------------------------------------------------------------- the clock


class Work:
    """A job that says when it ran, and may fail or wait."""

    def __init__(self, *, fails: bool = False) -> None:
        self.runs = 0
        self.ran = asyncio.Event()
        self.may_end = asyncio.Event()
        self.may_end.set()
        self.fails = fails

    async def __call__(self) -> None:
        self.runs += 1
        self.ran.set()
        await self.may_end.wait()
        if self.fails:
            raise ValueError("broken")


@asynccontextmanager
async def clockwork(stirred: asyncio.Event, **work: Work) -> AsyncIterator[Clockwork]:
    """Jobs that come round once an hour, unless stirred."""
    found = Clockwork(tuple(Job(name, 3600, each) for name, each in work.items()), stirred)
    found.start()
    try:
        yield found
    finally:
        for each in work.values():
            each.may_end.set()
        await found.stop()


async def test_a_job_that_fails_is_told_once_and_stops_no_other() -> None:
    bad, good = Work(fails=True), Work()
    with capture_logs() as lines:
        async with clockwork(asyncio.Event(), bad=bad, good=good) as clock:
            await asyncio.wait_for(asyncio.gather(bad.ran.wait(), good.ran.wait()), 60)
    told = [line for line in lines if line["event"] == "clock.job_failed"]
    assert [line["job"] for line in told] == ["bad"]
    assert set(clock.beats) == {"good"}


async def test_a_press_that_left_something_to_do_is_not_kept_waiting() -> None:
    work, stirred = Work(), asyncio.Event()
    async with clockwork(stirred, work=work):
        await asyncio.wait_for(work.ran.wait(), 60)
        work.ran.clear()
        stirred.set()
        await asyncio.wait_for(work.ran.wait(), 60)
    assert work.runs == 2


async def test_a_job_never_runs_beside_itself() -> None:
    work, other, stirred = Work(), Work(), asyncio.Event()
    work.may_end.clear()
    async with clockwork(stirred, work=work, other=other):
        await asyncio.wait_for(asyncio.gather(work.ran.wait(), other.ran.wait()), 60)
        other.ran.clear()
        stirred.set()
        await asyncio.wait_for(other.ran.wait(), 60)
        assert work.runs == 1


async def test_stopping_waits_for_what_runs() -> None:
    """A card is not left half posted."""
    work = Work()
    work.may_end.clear()
    clock = Clockwork((Job("work", 3600, work),), asyncio.Event())
    clock.start()
    await asyncio.wait_for(work.ran.wait(), 60)
    stopping = asyncio.create_task(clock.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    work.may_end.set()
    await asyncio.wait_for(stopping, 60)
    assert "work" in clock.beats


def test_the_clock_moves_and_comes_back() -> None:
    clock = Clock()
    clock.shift(timedelta(days=-8))
    assert timedelta(days=7) < datetime.now(UTC) - clock.now() < timedelta(days=9)
    clock.reset()
    assert abs(datetime.now(UTC) - clock.now()) < timedelta(minutes=1)


# ---------------------------------------------------------------------------------- the local workspace


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@asynccontextmanager
async def running(*words: str, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The same, and it never outlives its test."""
    process = await start(*words, **environment)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def start(*words: str, **environment: str) -> asyncio.subprocess.Process:
    """Herald as a process of its own, in the present folder."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return await asyncio.create_subprocess_exec(
        sys.executable, str(ROOT / "app.py"), *words,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, env={**inherited, **environment},
    )  # fmt: skip


async def test_the_local_workspace_opens_alone_on_its_file_and_stops_when_told(nowhere: Path) -> None:
    """One process per file: others are refused, a copy can be made all the same."""
    port = free_port()
    async with running("serve", "--local", PORT=str(port)) as herald:
        await plays_alone(herald, port, nowhere)


async def plays_alone(herald: asyncio.subprocess.Process, port: int, nowhere: Path) -> None:
    assert herald.stdout is not None
    line = (await asyncio.wait_for(herald.stdout.readline(), 60)).decode()
    assert f"http://127.0.0.1:{port}" in line
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as page:
        async with page.get("/healthz") as health, page.get("/local/screen?person=U0LEA") as screen:
            assert (health.status, screen.status) == (200, 200)
        url = f"sqlite+aiosqlite:///{nowhere / 'data/local.db'}"
        second, migrating, copying = await asyncio.gather(
            start("serve", "--local", PORT=str(free_port())),
            start("migrate", DATABASE_URL=url),
            start("backup", "copy.db", DATABASE_URL=url),
        )
        refused = [(await process.communicate())[1].decode() for process in (second, migrating)]
    assert [process.returncode for process in (second, migrating)] == [1, 1]
    assert all("Herald is running" in words for words in refused)
    assert (await copying.communicate(), copying.returncode)[1] == 0
    assert integrity(nowhere / "copy.db") == ""
    herald.send_signal(signal.SIGTERM)
    _, said = await asyncio.wait_for(herald.communicate(), 60)
    assert herald.returncode == 0, said.decode()
    assert "Traceback" not in said.decode()


# -------------------------------------------------------------------------------------------- for real


def signed(secret: str, body: str) -> dict[str, str]:
    """Slack's signature of a request made now."""
    stamp = str(int(time.time()))
    made = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={made}",
        "Content-Type": "application/x-www-form-urlencoded",
    }


async def line_with(event: str, stream: asyncio.StreamReader | None) -> str:
    """The first line of the log that tells of an event."""
    assert stream is not None
    async for line in stream:
        if event in line.decode():
            return line.decode()
    raise AssertionError(event)


async def test_serve_answers_slack_and_stops_when_told() -> None:
    """From nothing: the first start makes the database, an owner's command begins the programme."""
    port, secret = free_port(), "made-up"
    typed = urlencode({
        "command": "/herald", "text": "setup", "user_id": "UIDA", "team_id": "T1", "channel_id": "CANY",
        "trigger_id": "1.2.3",
    })  # fmt: skip
    async with slack_server() as slack, aiohttp.ClientSession() as http, AsyncExitStack() as stack:
        slack.users["UIDA"] = {
            "id": "UIDA",
            "name": "ida",
            "team_id": "T1",
            "is_owner": True,
            "locale": "fr-FR",
        }
        herald = await stack.enter_async_context(running(
            "serve", PORT=str(port), SLACK_BOT_TOKEN="xoxb-secret", SLACK_SIGNING_SECRET=secret,
            SLACK_API_URL=slack.url, HERALD_HOSTT="x",
        ))  # fmt: skip
        assert "HERALD_HOST" in await asyncio.wait_for(line_with("settings.unknown", herald.stderr), 60)
        await asyncio.wait_for(line_with("herald.serves", herald.stderr), 60)
        url = f"http://127.0.0.1:{port}"
        async with http.post(f"{url}/slack/events", data=typed, headers=signed("wrong", typed)) as forged:
            assert forged.status == 401
        async with http.post(f"{url}/slack/events", data=typed, headers=signed(secret, typed)) as answer:
            assert "Installer Herald" in json.dumps(await answer.json())
        async with http.get(f"{url}/readyz") as ready:
            said = await ready.json()
            assert (said["database"], said["slack"]) == (True, True)
        herald.send_signal(signal.SIGTERM)
        _, log = await asyncio.wait_for(herald.communicate(), 60)
    assert herald.returncode == 0, log.decode()
    assert "Traceback" not in log.decode()
    assert "xoxb-secret" not in log.decode()


async def test_serve_says_in_a_line_when_slack_refuses_the_token() -> None:
    async with slack_server() as slack:
        slack.faults.append(error("invalid_auth"))
        herald = await start(
            "serve", PORT=str(free_port()), SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="s",
            SLACK_API_URL=slack.url,
        )  # fmt: skip
        _, said = await asyncio.wait_for(herald.communicate(), 60)
    assert herald.returncode == 1
    assert "herald serve: auth.test: invalid_auth" in said.decode()
    assert "Traceback" not in said.decode()
