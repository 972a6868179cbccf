"""Connecting: said at start when something is missing, looked up once, closed without leaving anything."""

import asyncio
from dataclasses import replace

import pytest

from adapters.slack.connect import TRIES, connect
from adapters.slack.settings import NAMES, SlackSettings, Unconfigured
from bot.commands import dump
from bot.commands.sharing import ExplainCard
from bot.ports import LockedOut, Told, Unreachable
from tests.slack.desk import SECRET, Desk, FakeBot
from tests.slack.payloads import press
from tests.slack.server import TOKEN, Fault, SlackServer, error


class Pauses:
    """Time that passes at once."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


@pytest.mark.parametrize("missing", ["bot_token", "signing_secret", "api_url"])
async def test_an_empty_credential_is_said_at_start(bot: FakeBot, server: SlackServer, missing: str) -> None:
    whole = SlackSettings(TOKEN, SECRET, api_url=server.url)
    with pytest.raises(Unconfigured, match=NAMES[missing]):
        await connect(bot, replace(whole, **{missing: " "}))
    assert server.calls == []


async def test_the_workspace_is_looked_up_once(at: Desk, bot: FakeBot) -> None:
    assert (at.slack.ours.workspace, at.slack.ours.bot_user, at.slack.ours.bot) == (
        "slack:T1",
        "UHERALD",
        "BHERALD",
    )
    bot.answers[ExplainCard] = Told("Because")
    for _ in range(3):
        await at.interact(press(dump(ExplainCard("1"))))
    assert len(at.server.made("auth.test")) == 1


async def test_a_slow_start_of_slack_is_waited_for(bot: FakeBot, server: SlackServer) -> None:
    server.faults += [Fault(503, ""), error("ratelimited"), Fault(drop="before")]
    pauses = Pauses()
    slack = await connect(bot, SlackSettings(TOKEN, SECRET, api_url=server.url), pauses)
    assert pauses.taken == [1, 2, 4]
    await slack.close()


async def test_patience_ends(bot: FakeBot, server: SlackServer) -> None:
    server.faults += [Fault(500, "")] * TRIES
    with pytest.raises(Unreachable):
        await connect(bot, SlackSettings(TOKEN, SECRET, api_url=server.url), Pauses())


async def test_a_wrong_token_is_not_tried_again(bot: FakeBot, server: SlackServer) -> None:
    server.faults.append(error("invalid_auth"))
    pauses = Pauses()
    with pytest.raises(LockedOut):
        await connect(bot, SlackSettings(TOKEN, SECRET, api_url=server.url), pauses)
    assert pauses.taken == []


async def test_credentials_of_the_environment_are_not_read(
    bot: FakeBot, server: SlackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """slack_bolt reads these by itself: with a client id it would switch to OAuth and ignore our token."""
    for name in (
        "BOT_TOKEN",
        "SIGNING_SECRET",
        "APP_TOKEN",
        "CLIENT_ID",
        "CLIENT_SECRET",
        "VERIFICATION_TOKEN",
    ):
        monkeypatch.setenv(f"SLACK_{name}", "from-elsewhere")
    slack = await connect(bot, SlackSettings(TOKEN, SECRET, api_url=server.url))
    [joined] = slack.workspaces.values()
    assert joined.app.oauth_flow is None
    assert joined.app.client.token is None
    await slack.close()


async def test_closing_waits_for_what_was_acknowledged(at: Desk, bot: FakeBot, server: SlackServer) -> None:
    bot.answers[ExplainCard] = Told("Because")
    server.faults.append(Fault(drop="never", method="chat.postEphemeral"))
    pressing = asyncio.create_task(at.interact(press(dump(ExplainCard("1")))))
    closing = asyncio.create_task(at.slack.settled())
    await asyncio.wait([pressing, closing], timeout=0.05)
    assert not pressing.done()
    server.released.set()
    await asyncio.gather(pressing, closing)
