"""Is Slack well? The credential, its scopes, the clock, Socket Mode, and the channels in use.

What Slack answers: https://docs.slack.dev/reference/methods/auth.test (granted scopes stand in the header
`X-OAuth-Scopes`).
"""

import time
from collections.abc import Callable, Iterable
from email.utils import parsedate_to_datetime

import aiohttp

from adapters.slack.api import CONNECT, TIMEOUT, Api
from adapters.slack.chat import SlackChat
from adapters.slack.door import OLDEST
from adapters.slack.manifest import manifest
from adapters.slack.plain import Json
from adapters.slack.settings import SlackSettings
from adapters.slack.who import Ours
from bot.doctoring import Check, failed, ok, warning
from bot.ports import FAILURES, Gone
from bot.proxies import proxy_of
from bot.rooms import problem
from content.programmes import Channel
from content.texts import say, text

SKEW = 60.0
"""Seconds that clocks may differ before it is worth a word; from 300 on Slack's signatures are refused."""


async def examine(
    settings: SlackSettings, channels: Iterable[Channel], now: Callable[[], float] = time.time
) -> list[Check]:
    """Ask Slack; when the token is refused there is nothing else to ask. `now` is real time."""
    async with aiohttp.ClientSession(proxy=proxy_of(settings.api_url)) as session:
        try:
            body, headers = await _auth_test(session, settings)
        except (aiohttp.ClientError, TimeoutError, ValueError) as lost:
            todo = f"can this machine reach {settings.api_url}?"
            return [failed("slack", f"no answer: {type(lost).__name__}", todo)]
        if not body.get("ok"):
            said = f"the bot token is refused: {body.get('error')}"
            return [failed("slack", said, "see docs/slack.md, Install")]
        ours = Ours(body["team_id"], body["user_id"], body.get("bot_id") or "", body.get("enterprise_id"))
        chat = SlackChat(Api(session, settings.api_url, settings.bot_token), ours)
        here = [channel for channel in channels if channel.workspace == ours.workspace]
        return [
            ok("slack", f"{body.get('user')} in {body.get('team')} ({ours.team})"),
            _scopes(headers.get("X-OAuth-Scopes")),
            _clock(headers.get("Date"), now),
            *await _socket(session, settings),
            *[await _channel(chat, channel) for channel in here],
        ]


async def _auth_test(session: aiohttp.ClientSession, settings: SlackSettings) -> tuple[Json, dict[str, str]]:
    return await _post(session, f"{settings.api_url.rstrip('/')}/auth.test", settings.bot_token)


async def _post(session: aiohttp.ClientSession, url: str, token: str) -> tuple[Json, dict[str, str]]:
    """One call with its headers, which `Api` has no use for."""
    limit = aiohttp.ClientTimeout(total=TIMEOUT, connect=CONNECT)
    bearer = {"Authorization": f"Bearer {token}"}
    async with session.post(url, headers=bearer, timeout=limit) as answer:
        body: Json = await answer.json(content_type=None)
        return body, dict(answer.headers)


def _scopes(granted: str | None) -> Check:
    if granted is None:
        return warning("slack scopes", "Slack did not say which scopes it granted")
    have = {scope.strip() for scope in granted.split(",")}
    missing = sorted(set(manifest()["oauth_config"]["scopes"]["bot"]) - have)
    if not missing:
        return ok("slack scopes", f"all {len(have)} that the manifest asks for")
    todo = "update the app's manifest (python app.py manifest slack), then reinstall it to the workspace"
    return failed("slack scopes", f"missing: {', '.join(missing)}", todo)


def _clock(date: str | None, now: Callable[[], float]) -> Check:
    if date is None:
        return warning("clock", "Slack did not say the time")
    apart = abs(now() - parsedate_to_datetime(date).timestamp())
    said = f"{apart:.0f} s from Slack's"
    if apart >= OLDEST:
        return failed("clock", said, "set this machine's clock: Slack's requests are refused as too old")
    return warning("clock", said, "set this machine's clock") if apart > SKEW else ok("clock", said)


async def _socket(session: aiohttp.ClientSession, settings: SlackSettings) -> list[Check]:
    if not settings.app_token:
        return []
    try:
        url = f"{settings.api_url.rstrip('/')}/apps.connections.open"
        body, _ = await _post(session, url, settings.app_token)
    except (aiohttp.ClientError, TimeoutError, ValueError) as lost:
        return [failed("socket mode", f"no answer: {type(lost).__name__}", "run doctor again")]
    if body.get("ok"):
        return [ok("socket mode", "Slack offers a connection")]
    todo = "SLACK_APP_TOKEN needs the scope connections:write, and Socket Mode must be on in the app"
    return [failed("socket mode", f"refused: {body.get('error')}", todo)]


async def _channel(chat: SlackChat, channel: Channel) -> Check:
    name = f"slack {channel.use} #{channel.name}"
    try:
        place = await chat.place(channel.id.partition("/")[2])
    except Gone:
        return failed(name, "Herald cannot see it", "type /invite @Herald there")
    except FAILURES as trouble:
        return failed(name, type(trouble).__name__, str(trouble))
    reason = problem(channel.use, place)
    if reason is None:
        return ok(name, "Herald is in")
    return failed(name, "cannot be used", say(text(f"room.{reason}", channel=f"#{place.name}"), "en"))
