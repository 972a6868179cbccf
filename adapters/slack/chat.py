"""The port `Chat` over Slack's Web API, for one workspace."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from adapters.slack import finding
from adapters.slack.api import Api
from adapters.slack.manifest import HISTORY
from adapters.slack.plain import Json
from adapters.slack.render import blocks, render, render_words
from adapters.slack.who import Ours
from bot.cards import Card
from bot.ports import Account, Gone, LockedOut, Pace, Place, Rate, Rejected
from content.texts import Words, supported

PACE = Pace(address=Rate(3, 3), post=Rate(10, 2), redraw=Rate(5, 6))
"""One message per second and channel, bursts allowed; "several hundred" posts a minute per workspace, taken
as 300; chat.update is tier 3, 50 a minute (https://docs.slack.dev/apis/web-api/rate-limits)."""
PAGE = "200"
"""Members per call; Slack allows 1,000 and recommends 200."""
_QUIET: Json = {"unfurl_links": False, "unfurl_media": False}
_LITERAL: Json = {"parse": "none", "link_names": False}
_OUTSIDE = ("is_restricted", "is_ultra_restricted", "is_stranger")
_MACHINE = ("is_bot", "is_workflow_bot", "is_connector_bot")
_OWNER = ("is_primary_owner", "is_owner", "is_admin")


class SlackChat:
    """Speaks as Herald in one workspace."""

    platform = "slack"
    pace = PACE

    def __init__(self, api: Api, ours: Ours) -> None:
        """Speak through `api`, in the workspace `ours`."""
        self._api = api
        self._ours = ours
        self._rendered: tuple[Card, str, Json] | None = None

    def renew(self, token: str) -> None:
        """Speak with a new token."""
        self._api.renew(token)

    @property
    def can_look(self) -> bool:
        """The optional history scopes were granted, as Slack says with every answer."""
        return self._api.scopes.issuperset(HISTORY)

    async def send(self, address: str, card: Card, language: str, operation: str) -> str:
        """Post a card once; the metadata names the operation, so that a lost answer can be looked for."""
        metadata = {"event_type": finding.EVENT, "event_payload": {"op": operation}}
        payload = {"channel": address, **_QUIET, "metadata": metadata, **self._message(card, language)}
        sent = await _pictured(lambda drawn: self._api.post("chat.postMessage", drawn), payload)
        return f"{sent['channel']}:{sent['ts']}"

    async def redraw(self, ref: str, card: Card, language: str) -> None:
        """Draw a message anew; only its text and blocks change."""
        channel, _, ts = ref.partition(":")
        drawn = {"blocks": [], **self._message(card, language)}
        drawn.pop("mrkdwn", None)
        payload = {"channel": channel, "ts": ts, **_LITERAL, **drawn}
        await _pictured(lambda payload: self._api.write("chat.update", payload), payload)

    async def find(self, address: str, operation: str, since: datetime) -> str | None:
        """Look through a channel's history for what an operation posted."""
        return await finding.find(self._api, address, operation, since)

    async def probe(self) -> None:
        """auth.test: answered whatever the scopes."""
        await self._api.ask("auth.test")

    async def tell(self, user: str, channel: str | None, words: Words | Card, language: str) -> None:
        """An ephemeral message where the person is; a 1:1 message where Herald cannot speak there."""
        message = render(words, language) if isinstance(words, Card) else render_words(words, language)
        if not channel or not await self._whispered(user, channel, message):
            await self._api.post("chat.postMessage", {"channel": user, **_QUIET, **message})

    async def account(self, user: str) -> Account:
        """One account by users.info; people of our organisation are at home, wherever their workspace is."""
        found = (await self._api.ask("users.info", user=user, include_locale="true"))["user"]
        profile = found.get("profile") or {}
        confirmed = found.get("is_email_confirmed") is True
        return Account(
            user=found["id"],
            name=profile.get("display_name") or profile.get("real_name") or found.get("name") or found["id"],
            home=self._home(found),
            language=supported(found.get("locale")),
            zone=found.get("tz") or "UTC",
            email=profile.get("email") if confirmed else None,
            guest=_any(found, _OUTSIDE),
            bot=_any(found, _MACHINE) or found["id"] == "USLACKBOT",
            gone=bool(found.get("deleted")),
            owner=_any(found, _OWNER),
        )

    async def place(self, channel: str) -> Place:
        """One channel by conversations.info; pending invitations of other organisations count as shared."""
        found = (await self._api.ask("conversations.info", channel=channel))["channel"]
        return Place(
            channel=found["id"],
            name=found.get("name") or "",
            private=bool(found.get("is_private")),
            shared=_any(found, ("is_ext_shared", "is_pending_ext_shared")),
            archived=bool(found.get("is_archived")),
            joined=bool(found.get("is_member", True)),
        )

    async def members(self, channel: str) -> tuple[str, ...]:
        """Everybody in a channel, page by page."""
        found: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            page = await self._api.ask("conversations.members", channel=channel, limit=PAGE, **cursor)
            found += page.get("members") or []
            following = (page.get("response_metadata") or {}).get("next_cursor")
            if not following:
                return tuple(found)
            cursor = {"cursor": following}

    async def join(self, channel: str) -> None:
        """Enter a public channel; without the scope `channels:join`, which is a choice, it is `Gone`."""
        try:
            await self._api.write("conversations.join", {"channel": channel})
        except LockedOut as locked:
            if "missing_scope" not in str(locked):
                raise
            raise Gone(f"{channel}: an invitation is needed") from locked

    async def home(self, user: str, card: Card, language: str) -> None:
        """Publish the Home tab of one person."""
        inside = blocks(card.roles, language, "home")
        await self._api.write("views.publish", {"user_id": user, "view": {"type": "home", "blocks": inside}})

    # ------------------------------------------------------------ beyond the port: forms are Slack's own

    async def open_view(self, trigger: str, shown: Json) -> None:
        """Open a view; the trigger lives three seconds and works once, else `Gone`."""
        await self._api.write("views.open", {"trigger_id": trigger, "view": shown})

    async def update_view(self, old: Json, shown: Json) -> None:
        """Replace what an open view shows, unless it changed since (`Gone`)."""
        guard = {"hash": old["hash"]} if old.get("hash") else {}
        await self._api.write("views.update", {"view_id": old["id"], **guard, "view": shown})

    def _message(self, card: Card, language: str) -> Json:
        """A card as a message; what goes to many channels is drawn once for all of them."""
        last = self._rendered
        if last is None or last[0] is not card or last[1] != language:
            self._rendered = last = (card, language, render(card, language))
        return last[2]

    async def _whispered(self, user: str, channel: str, message: Json) -> bool:
        """Say it in the channel, to one person; False when Herald or the person is not there."""
        payload = {"channel": channel, "user": user, **_LITERAL, **message}
        payload.pop("mrkdwn", None)
        try:
            await self._api.post("chat.postEphemeral", payload)
        except Gone:
            return False
        return True

    def _home(self, user: Json) -> str:
        grid = (user.get("enterprise_user") or {}).get("enterprise_id")
        ours = self._ours.enterprise is not None and grid == self._ours.enterprise
        return self._ours.team if ours else str(user.get("team_id") or self._ours.team)


async def _pictured(call: Callable[[Json], Awaitable[Json]], payload: Json) -> Json:
    """Make the call; when Slack refuses the blocks and there is a picture, once more without.

    Slack loads pictures while it posts and answers `invalid_blocks` when one cannot be had
    (slackapi/python-slack-sdk#1782, #1521).
    A refused payload was surely not posted, so the second call cannot double it.
    """
    try:
        return await call(payload)
    except Rejected:
        bare = [block for block in payload.get("blocks") or [] if block["type"] != "image"]
        if not bare or len(bare) == len(payload["blocks"]):
            raise
    return await call(payload | {"blocks": bare})


def _any(found: Json, flags: tuple[str, ...]) -> bool:
    return any(found.get(flag) for flag in flags)
