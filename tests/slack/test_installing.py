"""Installed by a link: Slack's consent and back, a token kept sealed, several workspaces at one door."""

import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from adapters.slack.connect import EVENTS, Slack, connect
from adapters.slack.installing import GOOD_FOR, INSTALL, States
from adapters.slack.manifest import REDIRECT, manifest
from adapters.slack.settings import SlackSettings, Unconfigured
from bot.commands.settling import ShowSetup
from bot.ports import Chat, Told
from storage.installations import installations
from storage.migrating import migrate
from storage.sealing import Broken, Seal
from storage.work import Storage
from tests.bot.programme import MONDAY
from tests.fakes import FrozenClock
from tests.slack.desk import SECRET, FakeBot, signed
from tests.slack.server import Fault, SlackServer, error

KEY, CLIENT = "k" * 40, "111.222"
FRENCH = {"Accept-Language": "fr-FR"}


@dataclass
class Root:
    """Where installations are kept."""

    storage: Storage
    speaking: dict[str, Chat] = field(default_factory=dict)

    def speak(self, workspace: str, chat: Chat) -> None:
        assert workspace not in self.speaking
        self.speaking[workspace] = chat


@dataclass
class Door:
    """Herald as a browser and as Slack meet it."""

    slack: Slack
    root: Root
    session: ClientSession
    origin: str
    path: Path

    async def leave(self) -> str:
        """Follow the installation link as far as Slack's consent; the state that Slack sends back."""
        async with self.session.get(self.origin + INSTALL, allow_redirects=False) as answer:
            assert answer.status == 302
            self.session.headers["Cookie"] = answer.headers["Set-Cookie"].partition(";")[0]
            self.asked = urlsplit(answer.headers["Location"])
            return parse_qs(self.asked.query)["state"][0]

    async def back(self, **query: str) -> tuple[int, str]:
        """Come back from Slack."""
        async with self.session.get(self.origin + REDIRECT, params=query, headers=FRENCH) as answer:
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            return answer.status, await answer.text()

    async def setup(self, team: str) -> str:
        """Somebody types `/herald setup` in a workspace."""
        form = {"command": "/herald", "text": "setup", "user_id": "U1", "team_id": team, "channel_id": "C1"}
        raw = urlencode(form | {"trigger_id": f"1.{team}"}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        async with self.session.post(
            self.origin + EVENTS, data=io.BytesIO(raw), headers=signed(raw) | kind
        ) as answer:
            assert answer.status == 200
            return await answer.text()


def settings(server: SlackServer) -> SlackSettings:
    """An app with a client, and no token of its own."""
    return SlackSettings("", SECRET, "", server.url, CLIENT, "shh", "https://herald.example", KEY)


@asynccontextmanager
async def opened(bot: FakeBot, server: SlackServer, folder: Path) -> AsyncIterator[Door]:
    """Herald over a database file."""
    path = folder / "herald.db"
    url = f"sqlite+aiosqlite:///{path}"
    await migrate(url)
    root = Root(Storage.open(url, FrozenClock(MONDAY).now))
    slack = await connect(bot, settings(server), root=root)
    app = web.Application()
    app.add_routes(slack.routes())
    async with TestServer(app, host="127.0.0.1") as there, ClientSession() as session:
        yield Door(slack, root, session, str(there.make_url("")).rstrip("/"), path)
    await slack.close()
    await root.storage.close()


def everything(folder: Path) -> bytes:
    """The bytes of the database and what SQLite keeps beside it."""
    return b"".join(file.read_bytes() for file in folder.iterdir())


@pytest.fixture
async def door(bot: FakeBot, server: SlackServer, tmp_path: Path) -> AsyncIterator[Door]:
    async with opened(bot, server, tmp_path) as door:
        yield door


async def test_the_link_asks_slack_for_the_manifests_scopes(door: Door, server: SlackServer) -> None:
    state = await door.leave()
    asked = parse_qs(door.asked.query)
    assert door.asked.netloc == urlsplit(server.url).netloc
    assert door.asked.path == "/oauth/v2/authorize"
    assert asked["client_id"] == [CLIENT]
    assert asked["redirect_uri"] == ["https://herald.example/slack/oauth_redirect"]
    assert asked["scope"][0].split(",") == manifest()["oauth_config"]["scopes"]["bot"]
    assert state not in await door.leave()


async def test_coming_back_installs_herald(
    door: Door, bot: FakeBot, server: SlackServer, tmp_path: Path
) -> None:
    """It listens and speaks there at once, and still does after a restart; the token is kept sealed."""
    bot.answers[ShowSetup] = Told("Set up Herald")
    status, page = await door.back(code="c0de", state=await door.leave())
    assert (status, "Herald est installé" in page, "Acme &lt;b&gt;" in page) == (200, True, True)
    [exchanged] = server.made("oauth.v2.access")
    assert exchanged["code"] == "c0de"
    assert "Set up Herald" in await door.setup("T1")
    assert set(door.root.speaking) == {"slack:T1"}
    [kept] = await installations(door.root.storage)
    assert Seal.of(KEY).open(kept.token) == "xoxb-given"
    assert b"xoxb-given" not in everything(tmp_path)
    again = await connect(bot, settings(server), root=Root(door.root.storage))
    assert set(again.chats) == {"slack:T1"}
    await again.close()


async def test_installed_anew_it_takes_the_new_token(door: Door, server: SlackServer) -> None:
    await door.back(code="c0de", state=await door.leave())
    server.given = "xoxb-second"
    await door.back(code="c0de", state=await door.leave())
    await door.slack.chat.probe()
    assert server.tokens[-1] == "Bearer xoxb-second"
    [kept] = await installations(door.root.storage)
    assert Seal.of(KEY).open(kept.token) == "xoxb-second"


async def test_every_workspace_has_its_own(door: Door, bot: FakeBot, server: SlackServer) -> None:
    """What one workspace asks is never answered as another's; nobody's workspace stays inert."""
    bot.answers[ShowSetup] = Told("Set up Herald")
    await door.back(code="c0de", state=await door.leave())
    server.team = "T2"
    await door.back(code="c0de", state=await door.leave())
    for team in ("T1", "T2"):
        assert "Set up Herald" in await door.setup(team)
    assert [by.workspace for _, by in bot.asked] == ["slack:T1", "slack:T2"]
    assert "not set up" in await door.setup("T9")
    assert len(bot.asked) == 2


async def test_somebody_who_cancels_is_told_so(door: Door, server: SlackServer) -> None:
    status, page = await door.back(error="access_denied", state=await door.leave())
    assert (status, "Vous avez annulé" in page, server.made("oauth.v2.access")) == (200, True, [])


async def test_another_browser_or_an_old_state_installs_nothing(door: Door, server: SlackServer) -> None:
    """Somebody who is sent a link back by an attacker installs nothing (login CSRF)."""
    state = await door.leave()
    door.session.headers["Cookie"] = "slack-app-oauth-state=other"
    refused = [await door.back(code="c0de", state=state), await door.back(code="c0de", state="forged")]
    door.session.headers["Cookie"] = "slack-app-oauth-state=forged"
    refused.append(await door.back(code="c0de", state="forged"))
    assert [status for status, _ in refused] == [400, 400, 401]
    assert all("dix minutes" in page for _, page in refused)
    assert server.made("oauth.v2.access") == []


async def test_a_state_is_good_for_ten_minutes() -> None:
    """The age stands in the seal itself: any replica can tell."""
    states = States(Seal.of(KEY))
    state = await states.async_issue()
    assert await states.async_consume(state)
    assert not await States(Seal.of("another" * 8)).async_consume(state)
    with pytest.raises(Broken):
        Seal.of(KEY).open(state, within=-GOOD_FOR)


async def test_a_code_that_slack_refuses_is_told_kindly(door: Door, server: SlackServer) -> None:
    state = await door.leave()
    server.faults.append(error("invalid_code"))
    status, page = await door.back(code="old", state=state)
    assert (status, "dix minutes" in page, await installations(door.root.storage)) == (401, True, [])


async def test_a_slack_that_does_not_answer_is_told_kindly(door: Door, server: SlackServer) -> None:
    state = await door.leave()
    server.faults.append(Fault(drop="before"))
    status, page = await door.back(code="c0de", state=state)
    assert (status, "ne répond pas" in page) == (502, True)


async def test_a_whole_organisation_is_refused(door: Door, server: SlackServer) -> None:
    """One token for many workspaces is not what Herald keeps."""
    server.team = ""
    status, page = await door.back(code="c0de", state=await door.leave())
    assert (status, "un seul espace" in page, await installations(door.root.storage)) == (500, True, [])


async def test_a_token_that_died_is_skipped_at_start(door: Door, bot: FakeBot, server: SlackServer) -> None:
    """One workspace that threw Herald out does not keep it from the others."""
    await door.back(code="c0de", state=await door.leave())
    server.faults.append(error("account_inactive"))
    again = await connect(bot, settings(server), root=Root(door.root.storage))
    assert again.chats == {}
    await again.close()
    changed = replace(settings(server), keys="another" * 8)
    lost = await connect(bot, changed, root=Root(door.root.storage))
    assert lost.chats == {}
    await lost.close()


@pytest.mark.parametrize("missing", ["public_url", "keys"])
async def test_what_a_link_needs_is_said_at_start(bot: FakeBot, server: SlackServer, missing: str) -> None:
    with pytest.raises(Unconfigured, match="HERALD_"):
        await connect(bot, replace(settings(server), **{missing: ""}))


def test_the_manifest_names_the_way_back() -> None:
    """Slack sends people only to addresses that the app names."""
    drawn = manifest(url="https://herald.example/")
    assert drawn["oauth_config"]["redirect_urls"] == [f"https://herald.example{REDIRECT}"]
    assert "redirect_urls" not in json.dumps(manifest())
