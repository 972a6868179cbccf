"""The verbs of the host: what they say, what they write, what they refuse, and that none of them posts."""

import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import app
from adapters.host import arguments
from adapters.host.doctor import Unwell, drawn, examine_database, examine_settings
from adapters.host.failed import Failed
from adapters.host.table import csv_of
from adapters.host.verbs import do
from adapters.host.where import Where
from adapters.slack.doctor import examine as examine_slack
from adapters.slack.manifest import manifest
from adapters.slack.settings import SlackSettings
from bot.doctoring import Check, Verdict, examine
from bot.ports import Surroundings
from content.feeds import Feed
from content.people import Member
from content.programmes import Channel, Programme, Use, Workspace
from content.refusals import Refusal
from content.shares import Evidence, of_person
from content.stories import Origin, State, Story
from content.texts import say
from storage import directory, queries, sources
from storage.backup import NotACopy, integrity
from storage.facts import record
from storage.locking import InUse, held
from storage.migrating import HEAD
from storage.records import HOST, Admin, AuditEntry, Copy, Moderator, Sending
from storage.upgrading import bring_up
from storage.work import Storage, Work
from tests.bot.programme import LEA, MONDAY, STORIES, P, Told, W, programme
from tests.fakes import FrozenClock
from tests.slack.server import Fault, SlackServer, error, slack_server

ROOT = Path(app.__file__).parent
CLOCK = FrozenClock(MONDAY)


@dataclass
class Host:
    """A machine with a database that is set up; `say` does a verb."""

    told: Told
    path: Path

    @property
    def url(self) -> str:
        return f"sqlite+aiosqlite:///{self.path}"

    async def say(self, words: str) -> str:
        asked = arguments.read(words.split())
        return await do(Where(self.url, "127.0.0.1", 1, Surroundings(), CLOCK.now), asked)


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without `.env`, an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith(("HERALD_", "SLACK_", "Microsoft")) or name in {"PORT", "DATABASE_URL"}:
            monkeypatch.delenv(name)


@pytest.fixture
async def host(tmp_path: Path) -> AsyncIterator[Host]:
    async with programme(tmp_path) as told:
        yield Host(told, tmp_path / "herald.db")
        assert told.chat.sent == []
        assert told.chat.whispers == []


async def told_story(host: Host, **more: object) -> Story:
    story = Story("S1", P, 1, State.LIVE, Origin.IDEA, MONDAY, title="Zoé", author=LEA, live_at=MONDAY)
    story = replace(story, **more)  # type: ignore[arg-type]
    async with host.told.storage.work(P) as work:
        await work.insert(story)
    return story


async def refused(doing: Awaitable[str], why: str) -> None:
    with pytest.raises((Failed, Refusal)) as problem:
        await doing
    said = problem.value
    assert why in (say(said.words, "en") if isinstance(said, Refusal) else str(said))


# ------------------------------------------------------------------------------------------- arguments


def test_serve_is_what_happens_when_nothing_is_said() -> None:
    assert (arguments.read([]).verb, arguments.read([]).local) == ("serve", False)
    assert arguments.read(["serve", "--local"]).local


@pytest.mark.parametrize("words", ["bogus", "stories", "stories show", "backup", "setup", "manifest teams9"])
def test_words_that_make_no_sense_end_with_two(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        arguments.read(words.split())
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_every_verb_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments.read(["--help"])
    said = capsys.readouterr().out
    assert all(verb in said for verb in arguments.VERBS)


# ------------------------------------------------------------------------------ feeds, stories, messages


async def test_feeds_are_followed_and_forgotten_on_the_host(host: Host) -> None:
    assert await host.say("feeds list") == "No feed yet."
    assert "example.org/feed.xml" in await host.say("feeds add https://example.org/feed.xml")
    await refused(host.say("feeds add https://EXAMPLE.org/feed.xml"), "already")
    await refused(host.say("feeds add javascript:alert(1)"), "")
    assert "not read yet" in await host.say("feeds list")
    async with host.told.storage.reading(P) as at:
        [feed] = await sources.feeds(at)
        assert [entry.actor for entry in await at.find(AuditEntry)] == [HOST]
    await refused(host.say("feeds remove nothing"), "")
    assert "Removed" in await host.say(f"feeds remove {feed.id}")
    assert await host.say("feeds list") == "No feed yet."


async def test_a_feed_in_trouble_says_why(host: Host) -> None:
    async with host.told.storage.work(P) as work:
        await work.insert(Feed("F1", P, "https://example.org/f", MONDAY, problem="not_a_feed", polled=MONDAY))
    assert "read 2026-11-23 09:00 UTC; " in await host.say("feeds list")


async def test_stories_are_listed_and_shown_without_who_had_them(host: Host) -> None:
    """Who suggested and who decided is for moderators, in chat."""
    await told_story(host, why="She welds.", question="Is she fine with it?", decided_by=f"{W}/UANA")
    assert await host.say("stories list") == "S1  live       2026-11-23  Zoé"
    shown = await host.say("stories show S1")
    assert "why: She welds." in shown
    assert "ULEA" not in shown
    assert "UANA" not in shown
    await refused(host.say("stories show S2"), "no longer there")


async def stuck(host: Host, state: Sending) -> Copy:
    async with host.told.storage.work(P) as work:
        await work.send("story", "S1", STORIES, "en")
        [copy] = await work.find(Copy)
        after = replace(copy, state=state, attempts=3, error="invalid_blocks")
        await work.set_copy(after)
    return after


async def test_messages_that_did_not_arrive_are_listed_sent_again_or_dropped(host: Host) -> None:
    assert await host.say("deliveries list") == "Everything arrived."
    copy = await stuck(host, Sending.ASIDE)
    assert "aside" in await host.say("deliveries list")
    assert "invalid_blocks" in await host.say("deliveries list")
    assert await host.say(f"deliveries retry {copy.id}") == f"{copy.id}: idle"
    async with host.told.storage.reading(P) as at:
        again = await at.get(Copy, id=copy.id)
    assert again is not None
    assert (again.state, again.attempts, again.error) == (Sending.IDLE, 0, "")
    assert again.wanted > again.drawn
    assert await host.say(f"deliveries drop {copy.id}") == f"{copy.id}: dropped"
    assert await host.say("deliveries list") == "Everything arrived."
    await refused(host.say("deliveries retry 01NOT"), "no message 01NOT")


async def test_a_verb_asks_which_programme_when_there_are_two(host: Host) -> None:
    async with host.told.storage.work("P2") as work:
        await work.insert(Programme("P2", "Other", MONDAY))
    await refused(host.say("stories list"), "P1, P2")
    assert await host.say("stories list --programme P2") == "No story yet."
    await refused(host.say("stories list --programme P3"), "no programme P3")


async def test_the_week_is_printed_and_not_sent(host: Host) -> None:
    assert await host.say("digest")
    assert await host.say("digest --language fr") != await host.say("digest")
    with pytest.raises(SystemExit):
        await host.say("digest --language xx")


# ------------------------------------------------------------------------------------- export and audit


async def test_export_holds_totals_alone_and_none_below_five(host: Host) -> None:
    story = await told_story(host, title='=HYPERLINK("evil")')
    async with host.told.storage.work(P) as work:
        for number in range(5):
            await work.insert(Member(f"{W}/U{number}", P, W, f"Name{number}", met=MONDAY))
    for number in range(4):
        await record(
            host.told.storage, of_person(Evidence.INTENT, story, f"{W}/U{number}", MONDAY, "linkedin")
        )
    few = await host.say("export")
    await record(host.told.storage, of_person(Evidence.INTENT, story, f"{W}/U4", MONDAY, "linkedin"))
    many = await host.say("export")
    assert few.splitlines()[1].endswith(",")
    assert many.splitlines()[1].endswith(",5")
    for said in (few, many):
        assert said.startswith("\ufeffid,title")
        assert "'=HYPERLINK" in said
        assert "Name" not in said
        assert "U0" not in said


def test_a_cell_that_would_run_is_defused() -> None:
    made = csv_of(("a",), [("+1",), ("-1",), ("@x",), ("\tx",), ("fine, really",)])
    assert made.splitlines()[1:] == ["'+1", "'-1", "'@x", "'\tx", '"fine, really"']


async def test_a_changed_decision_is_found(host: Host) -> None:
    for action in ("approve", "end"):
        async with host.told.storage.work(P) as work:
            await work.audit(f"{W}/UANA", action, "S1")
    assert await host.say("audit verify") == "2 decisions, unchanged since they were written."
    async with host.told.storage.work(P) as work:
        first = next(entry for entry in await work.find(AuditEntry) if entry.number == 1)
        await work.put(replace(first, actor=LEA))
    await refused(host.say("audit verify"), "entry 1")


# ------------------------------------------------------------------------- backup, restore, migrations


async def test_a_copy_made_while_herald_runs_is_whole_and_can_be_put_back(host: Host, tmp_path: Path) -> None:
    await told_story(host)
    copy = tmp_path / "backups" / "monday.db"
    with held(host.path):
        assert "monday.db" in await host.say(f"backup {copy}")
        with pytest.raises(FileExistsError):
            await host.say(f"backup {copy}")
    assert integrity(copy) == ""
    assert names_in(copy.parent) == ["monday.db"]
    assert copy.stat().st_mode & 0o077 == 0
    async with host.told.storage.work(P) as work:
        await work.put(replace(await told_again(work), title="Changed since"))
    await host.told.storage.close()
    assert "Restored" in await host.say(f"restore {copy}")
    assert "Zoé" in await host.say("stories list")
    assert integrity(tmp_path / "herald.db.before-restore") == ""


async def told_again(work: Work) -> Story:
    story = await queries.story(work, "S1")
    assert story is not None
    return story


@pytest.mark.parametrize("verb", ["restore copy.db", "migrate"])
async def test_what_changes_the_whole_file_is_refused_while_herald_runs(
    host: Host, verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    await host.say("backup copy.db")
    with held(host.path), pytest.raises(InUse):
        await host.say(verb)
    assert await host.say("stories list") == "No story yet."


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\x00" + b"\x00" * 4096])
async def test_what_is_no_copy_is_not_restored(host: Host, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "bad.db").write_bytes(content)
    before = host.path.read_bytes()
    with pytest.raises(NotACopy):
        await host.say(f"restore {tmp_path / 'bad.db'}")
    assert host.path.read_bytes() == before
    with pytest.raises(FileNotFoundError):
        await host.say(f"restore {tmp_path / 'nothing.db'}")


async def test_a_damaged_copy_is_not_restored(host: Host, tmp_path: Path) -> None:
    copy = tmp_path / "damaged.db"
    await host.say(f"backup {copy}")
    whole = bytearray(copy.read_bytes())
    whole[8192:12288] = b"\xff" * 4096
    copy.write_bytes(whole)
    with pytest.raises(NotACopy):
        await host.say(f"restore {copy}")


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_verbs_make_no_database(tmp_path: Path) -> None:
    """A wrong DATABASE_URL is told, not filled."""
    where = Where(f"sqlite+aiosqlite:///{tmp_path / 'none.db'}", "127.0.0.1", 1, Surroundings(), CLOCK.now)
    for words in ("stories list", "backup x.db", "export"):
        await refused(do(where, arguments.read(words.split())), "no database")
    assert names_in(tmp_path) == []


async def test_an_older_file_is_copied_before_it_is_migrated(tmp_path: Path, host: Host) -> None:
    """The copy is what one goes back to when the new version disappoints."""
    await told_story(host)
    async with host.told.storage.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    await host.told.storage.close()
    with pytest.raises(Exception, match="0000"):
        await bring_up(host.url)
    [copy] = [name for name in names_in(tmp_path) if name.startswith(f"herald.db.before-{HEAD}-")]
    assert integrity(tmp_path / copy) == ""
    assert await bring_up(f"sqlite+aiosqlite:///{tmp_path / 'new.db'}") is None


async def test_health_is_asked_of_a_running_herald(host: Host) -> None:
    await refused(host.say("healthcheck"), "does not answer")


async def test_the_version_is_the_projects(host: Host) -> None:
    assert f'version = "{await host.say("version")}"' in (ROOT / "pyproject.toml").read_text()


# ----------------------------------------------------------------------------------------------- doctor


def verdicts(checks: list[Check]) -> dict[str, Verdict]:
    return {check.name: check.verdict for check in checks}


def test_doctor_draws_a_line_a_check_and_json_for_scripts() -> None:
    checks = [Check("disk", Verdict.OK, "99 MB free"), Check("clock", Verdict.FAILED, "400 s", "set it")]
    assert drawn(checks, as_json=False).splitlines() == [
        "ok       disk: 99 MB free",
        "failed   clock: 400 s -> set it",
    ]
    assert json.loads(drawn(checks, as_json=True))[1] == {
        "name": "clock", "verdict": "failed", "said": "400 s", "todo": "set it",
    }  # fmt: skip


def test_doctor_reads_the_settings() -> None:
    found = examine_settings({"HERALD_PORTT": "HERALD_HOST"}, ["SLACK_BOT_TOKEN"], "short,also-short")
    assert [check.verdict for check in found] == [Verdict.WARNING, Verdict.FAILED, Verdict.FAILED]
    assert "did you mean HERALD_HOST?" in found[0].todo
    assert [check.verdict for check in examine_settings({}, [], "x" * 32)] == [Verdict.OK]


async def test_doctor_knows_a_database_that_is_missing_old_damaged_or_well(
    host: Host, tmp_path: Path
) -> None:
    def url(name: str) -> str:
        return f"sqlite+aiosqlite:///{tmp_path / name}"

    assert verdicts(await examine_database(host.url)) == {"database": Verdict.OK, "disk": Verdict.OK}
    assert (await examine_database(url("none.db")))[0].verdict is Verdict.WARNING
    (tmp_path / "bad.db").write_bytes(b"nonsense")
    assert (await examine_database(url("bad.db")))[0].verdict is Verdict.FAILED
    async with host.told.storage.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    [old] = await examine_database(host.url)
    assert (old.verdict, old.todo) == (Verdict.FAILED, "python app.py migrate")


Shape = Callable[[Host], Awaitable[None]]


async def nobody_decides(host: Host) -> None:
    async with host.told.storage.work(P) as work:
        for name in ("ANA", "TOM"):
            await work.remove(Moderator, member=f"{W}/U{name}")


async def paused(host: Host) -> None:
    async with host.told.storage.work(P) as work:
        await work.put(Workspace(W, P, "slack", paused="token_revoked"))


async def shut(host: Host) -> None:
    async with host.told.storage.work(P) as work:
        [channel] = [one for one in await work.find(Channel) if one.use is Use.STORIES]
        await work.put(replace(channel, shut="shared"))


async def no_review(host: Host) -> None:
    async with host.told.storage.work(P) as work:
        await work.remove(Channel, use=Use.REVIEW)


async def troubled_feed(host: Host) -> None:
    async with host.told.storage.work(P) as work:
        await work.insert(Feed("F1", P, "https://example.org/f", MONDAY, problem="not_a_feed"))


async def aside(host: Host) -> None:
    await stuck(host, Sending.ASIDE)


@pytest.mark.parametrize(
    ("shape", "name", "verdict", "words"),
    [
        (nobody_decides, "people", Verdict.FAILED, "nobody decides"),
        (paused, "workspace", Verdict.FAILED, "token_revoked"),
        (shut, "stories #stories", Verdict.FAILED, "shared with another organisation"),
        (no_review, "channels", Verdict.FAILED, "no review channel"),
        (troubled_feed, "feeds", Verdict.WARNING, "https://example.org/f"),
        (aside, "deliveries", Verdict.WARNING, "1 set aside or unsure"),
    ],
)
async def test_doctor_reads_the_programme(
    host: Host, shape: Shape, name: str, verdict: Verdict, words: str
) -> None:
    before = verdicts(await examine(host.told.storage))
    assert before.get(name, Verdict.OK) is not verdict
    await shape(host)
    found = next(check for check in await examine(host.told.storage) if check.name == name)
    assert found.verdict is verdict
    assert words in f"{found.said} {found.todo}"


# ------------------------------------------------------------------------------- with a Slack that answers

SCOPES = ",".join(manifest()["oauth_config"]["scopes"]["bot"])


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with slack_server() as server:
        server.channels |= {
            "CREVIEW": {"id": "CREVIEW", "name": "review", "is_private": True, "is_member": True},
            "CSTORIES": {"id": "CSTORIES", "name": "stories", "is_member": True},
            "CDIGEST": {"id": "CDIGEST", "name": "digest", "is_member": True},
        }
        server.users |= {
            name: {"id": name, "name": name.lower(), "team_id": "T1", "tz": "Europe/Paris"}
            for name in ("UANA", "UTOM", "UIDA")
        }
        server.members["CREVIEW"] = ["UANA", "UTOM", "UHERALD"]
        yield server


def settings(slack: SlackServer, url: str, **more: str) -> app.Settings:
    given = {"slack_bot_token": "xoxb-1", "slack_signing_secret": "s", "slack_api_url": slack.url}
    return app.Settings.model_validate({**given, "database_url": url, **more})


@pytest.mark.usefixtures("nowhere")
async def test_setup_writes_rows_by_what_slack_says_and_posts_nothing(
    slack: SlackServer, tmp_path: Path
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'new.db'}"
    words = (
        "setup --platform slack --workspace T1 --review CREVIEW --stories CSTORIES --admin UIDA --name Acme"
    )
    said = await app.setup(settings(slack, url, herald_admins="slack:T1/UTOM"), arguments.read(words.split()))
    assert said.startswith("T1 is set up")
    storage = Storage.open(url, CLOCK.now)
    [programme_id] = await directory.programmes(storage)
    async with storage.reading(programme_id) as at:
        assert await queries.moderators(at) == [f"{W}/UANA", f"{W}/UTOM"]
        assert {one.member for one in await at.find(Admin)} == {f"{W}/UIDA", f"{W}/UTOM"}
        assert {one.zone for one in await at.find(Member) if one.id == f"{W}/UANA"} == {"Europe/Paris"}
    await storage.close()
    assert {call.method for call in slack.calls} <= READS
    with pytest.raises(Failed, match="not for T2"):
        await app.setup(settings(slack, url), arguments.read(words.replace("T1", "T2").split()))


READS = {"auth.test", "conversations.info", "conversations.members", "conversations.join", "users.info"}


async def look(slack: SlackServer, now: float, **more: str) -> dict[str, Check]:
    channels = [
        Channel(f"{W}/C{use.name}", P, W, use, use.value) for use in (Use.REVIEW, Use.STORIES, Use.DIGEST)
    ]
    credentials = SlackSettings("xoxb-1", "s", api_url=slack.url, **more)
    return {check.name: check for check in await examine_slack(credentials, channels, lambda: now)}


def answering(slack: SlackServer, **headers: str) -> None:
    """What the next auth.test says."""
    body = {"ok": True, "team": "Acme", "user": "herald", "team_id": "T1", "user_id": "UHERALD"}
    slack.faults.append(
        Fault(200, body, {"Date": "Mon, 23 Nov 2026 09:00:00 GMT", **headers}, method="auth.test")
    )


NOW = MONDAY.timestamp()


async def test_doctor_finds_slack_well(slack: SlackServer) -> None:
    answering(slack, **{"X-OAuth-Scopes": SCOPES})
    found = await look(slack, NOW, app_token="xapp-1")
    assert {check.verdict for check in found.values()} == {Verdict.OK}
    assert set(found) == {
        "slack", "slack scopes", "clock", "socket mode", "slack review #review", "slack stories #stories",
        "slack digest #digest",
    }  # fmt: skip


async def test_doctor_names_what_slack_does_not_grant(slack: SlackServer) -> None:
    answering(slack, **{"X-OAuth-Scopes": SCOPES.replace("chat:write", "chat:read")})
    found = (await look(slack, NOW))["slack scopes"]
    assert (found.verdict, found.said) == (Verdict.FAILED, "missing: chat:write")
    assert "reinstall" in found.todo


@pytest.mark.parametrize(
    ("apart", "verdict"), [(59, Verdict.OK), (61, Verdict.WARNING), (300, Verdict.FAILED)]
)
async def test_doctor_compares_clocks(slack: SlackServer, apart: int, verdict: Verdict) -> None:
    """At five minutes Slack's requests are refused."""
    answering(slack, **{"X-OAuth-Scopes": SCOPES})
    assert (await look(slack, NOW - apart))["clock"].verdict is verdict


async def test_doctor_stops_at_a_token_that_is_refused(slack: SlackServer) -> None:
    slack.faults.append(error("invalid_auth"))
    found = await look(slack, NOW)
    assert set(found) == {"slack"}
    assert "invalid_auth" in found["slack"].said


async def test_doctor_says_when_slack_is_out_of_reach(slack: SlackServer) -> None:
    slack.faults.append(Fault(drop="before"))
    assert "no answer" in (await look(slack, NOW))["slack"].said


async def test_doctor_looks_at_every_channel(slack: SlackServer) -> None:
    """A review channel that turned public, a channel shared with others, and one that is gone."""
    answering(slack, **{"X-OAuth-Scopes": SCOPES})
    slack.channels["CREVIEW"]["is_private"] = False
    slack.channels["CSTORIES"]["is_ext_shared"] = True
    del slack.channels["CDIGEST"]
    found = await look(slack, NOW)
    for name, todo in (
        ("slack review #review", "is public"),
        ("slack stories #stories", "shared with another organisation"),
        ("slack digest #digest", "/invite @Herald"),
    ):
        assert found[name].verdict is Verdict.FAILED
        assert todo in found[name].todo


async def test_doctor_tries_the_app_token(slack: SlackServer) -> None:
    answering(slack, **{"X-OAuth-Scopes": SCOPES})
    slack.faults.append(
        Fault(200, {"ok": False, "error": "not_allowed_token_type"}, method="apps.connections.open")
    )
    found = (await look(slack, NOW, app_token="xapp-1"))["socket mode"]
    assert found.verdict is Verdict.FAILED
    assert "connections:write" in found.todo


@pytest.mark.usefixtures("nowhere")
async def test_doctor_fails_as_a_whole_when_one_check_does(slack: SlackServer, host: Host) -> None:
    answering(slack, **{"X-OAuth-Scopes": SCOPES})
    with pytest.raises(Unwell) as unwell:
        await app.diagnose(settings(slack, host.url), arguments.read(["doctor", "--json"]))
    names = {check["name"]: check["verdict"] for check in json.loads(str(unwell.value))}
    assert names["clock"] == "failed"
    assert names["database"] == names["slack"] == "ok"


@pytest.mark.usefixtures("nowhere")
async def test_the_manifest_is_printed_for_pasting(slack: SlackServer) -> None:
    asked = arguments.read(["manifest", "slack", "--reconcile", "--url", "https://herald.example"])
    printed = json.loads(await app.manifest(settings(slack, ""), asked))
    assert "channels:history" in printed["oauth_config"]["scopes"]["bot"]
    assert printed["features"]["slash_commands"][0]["url"] == "https://herald.example/slack/events"
