"""A small Bolt app that behaves like Herald's loop: slack_bolt itself checks what the workspace sends."""

import copy
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from adapters.local.people import BOT, BOT_ID, REVIEW, STORIES, TEAM
from adapters.local.routes import routes
from adapters.local.workspace import TOKEN, LocalWorkspace, Offers

Json = dict[str, Any]
SECRET = "local-secret"
START = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
EVENTS = frozenset({"app_home_opened", "member_joined_channel", "message.im", "user_change"})


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def button(label: str, wire: str, **more: object) -> Json:
    return {"type": "button", "text": plain(label), "action_id": wire, "value": wire, **more}


def writing(block: str, label: str, **more: object) -> Json:
    element = {"type": "plain_text_input", "action_id": block, "multiline": True, **more}
    return {"type": "input", "block_id": block, "label": plain(label), "element": element}


def modal(title: str, blocks: list[Json], **more: object) -> Json:
    return {"type": "modal", "title": plain(title), "blocks": blocks, "close": plain("Later"), **more}


FORM = modal(
    "Suggest a story",
    [
        writing("what", "Link, or what happened", max_length=3000),
        writing("why", "Why would colleagues care?") | {"optional": True},
        {
            "type": "input",
            "block_id": "picture",
            "optional": True,
            "label": plain("A picture"),
            "element": {"type": "file_input", "action_id": "picture", "filetypes": ["png"], "max_files": 1},
        },
    ],
    callback_id="suggest",
    submit=plain("Send to comms"),
    notify_on_close=True,
)
THANKS = modal(
    "Thank you",
    [
        {
            "type": "input",
            "block_id": "thanks",
            "optional": True,
            "label": plain("If you like"),
            "element": {
                "type": "checkboxes",
                "action_id": "thanks",
                "options": [
                    {"text": plain("Thank me by name"), "value": "name"},
                    {"text": plain("Remind me now and then"), "value": "remind"},
                ],
            },
        }
    ],
    callback_id="thanks",
    submit=plain("Save"),
)


def review(title: str) -> list[Json]:
    return [
        {"type": "section", "text": mrkdwn(f"*Idea from Léa*\n{title}")},
        {
            "type": "actions",
            "elements": [
                button("Approve", "approve?id=1&version=1", style="primary"),
                button("Decline", "decline?id=1", confirm=CONFIRM),
                {
                    "type": "overflow",
                    "action_id": "more",
                    "options": [{"text": plain("Edit…"), "value": "edit?id=1"}],
                },
            ],
        },
    ]


CONFIRM = {
    "title": plain("Decline?"),
    "text": plain("Léa hears of it."),
    "confirm": plain("Decline"),
    "deny": plain("Back"),
}


def story(title: str) -> list[Json]:
    return [
        {"type": "header", "text": plain(title)},
        {"type": "actions", "elements": [button("Share on LinkedIn", "share?id=1", style="primary")]},
    ]


def sheet(link: str) -> Json:
    return modal(
        "Share on LinkedIn",
        [
            writing("words", "Your words (nothing is posted for you)", initial_value="I work at Example."),
            {"type": "actions", "elements": [button("Open LinkedIn", "open?id=1", url=link)]},
        ],
        callback_id="said",
        submit=plain("I posted it"),
    )


@dataclass(slots=True)
class Small:
    """The app, the workspace beside it, and what Bolt received."""

    origin: str
    shifted: timedelta = timedelta()
    payloads: list[Json] = field(default_factory=list)
    visits: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    resets: int = 0
    fails: int = 0
    retries: list[str | None] = field(default_factory=list)
    workspace: LocalWorkspace = field(init=False)
    bolt: AsyncApp = field(init=False)

    def __post_init__(self) -> None:
        events = f"{self.origin}/slack/events"
        offers = Offers(events=EVENTS)
        self.workspace = LocalWorkspace(events, SECRET, self.now, self.shift, self.reset, offers)
        client = AsyncWebClient(token=TOKEN, base_url=f"{self.origin}/local/slack/api/")
        self.bolt = AsyncApp(
            signing_secret=SECRET, client=client, authorize=authorize, process_before_response=True
        )
        listen(self)

    def now(self) -> datetime:
        return START + self.shifted

    async def shift(self, distance: timedelta) -> None:
        self.shifted += distance

    async def reset(self) -> None:
        self.resets += 1
        self.shifted = timedelta()

    @property
    def client(self) -> AsyncWebClient:
        return self.bolt.client

    def site(self) -> web.Application:
        app = web.Application()
        app.add_routes(routes(self.workspace))
        app.router.add_post("/slack/events", self.slack)
        app.router.add_get("/s/{token}", self.reader)
        app.router.add_get("/o/{token}", self.sharer)
        return app

    async def slack(self, request: web.Request) -> web.StreamResponse:
        self.retries.append(request.headers.get("X-Slack-Retry-Num"))
        if self.fails:
            self.fails -= 1
            return web.Response(status=500)
        return await to_aiohttp_response(await self.bolt.async_dispatch(await to_bolt_request(request)))

    async def reader(self, request: web.Request) -> web.StreamResponse:
        self.visits.append(request.headers["User-Agent"])
        raise web.HTTPFound("https://www.example.com/zoe")

    async def sharer(self, request: web.Request) -> web.StreamResponse:
        link = f"{self.origin}/s/abc"
        raise web.HTTPFound(f"/local/network?url={link}&text=I+work+at+Example.")


async def authorize() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_user_id=BOT, bot_id=BOT_ID, bot_token=TOKEN)


def listen(small: Small) -> None:
    """Everything the small app answers to; the last listeners take what is left."""
    suggesting(small, small.bolt)
    deciding(small, small.bolt)
    sharing(small, small.bolt)
    everything_else(small, small.bolt)


def suggesting(small: Small, bolt: AsyncApp) -> None:
    """The form, its errors, its receipt, and the card for moderators."""

    @bolt.command("/story")
    async def suggest(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        small.payloads.append(body)
        await ack()
        view = copy.deepcopy(FORM)
        view["blocks"][0]["element"]["initial_value"] = body["text"]
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @bolt.shortcut("suggest")
    async def from_message(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        small.payloads.append(body)
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @bolt.view("suggest")
    async def suggested(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        small.payloads.append(body)
        what = body["view"]["state"]["values"]["what"]["what"]["value"]
        if len(what) < 10:
            await ack(response_action="errors", errors={"what": "A few words more, please."})
            return
        small.titles.append(what)
        receipt = modal("Thank you", [{"type": "section", "text": mrkdwn("Comms answers soon.")}])
        await ack(response_action="update", view=receipt)
        await client.chat_postMessage(channel=REVIEW, text=f"New idea: {what}", blocks=review(what))

    @bolt.view_closed("suggest")
    async def closed(ack: AsyncAck, body: Json) -> None:
        small.payloads.append(body)
        await ack()


def deciding(small: Small, bolt: AsyncApp) -> None:
    """Approve: the card is drawn again, the story goes out."""

    @bolt.action(re.compile("^approve"))
    async def approve(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        small.payloads.append(body)
        await ack()
        where = body["container"]
        text = f"Approved by <@{body['user']['id']}>"
        undo: Json = {"type": "actions", "elements": [button("Undo", "undo?id=1")]}
        blocks: list[Json] = [{"type": "section", "text": mrkdwn(text)}, undo]
        await client.chat_update(
            channel=where["channel_id"], ts=where["message_ts"], text=text, blocks=blocks
        )
        await client.chat_postMessage(channel=STORIES, text=small.titles[-1], blocks=story(small.titles[-1]))


def sharing(small: Small, bolt: AsyncApp) -> None:
    """The sheet, *I posted it*, the boxes after it."""

    @bolt.action(re.compile("^share"))
    async def share(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        small.payloads.append(body)
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=sheet(f"{small.origin}/o/xyz"))

    @bolt.view("said")
    async def said(ack: AsyncAck, body: Json) -> None:
        small.payloads.append(body)
        await ack(response_action="update", view=THANKS)

    @bolt.view("thanks")
    async def thanks(ack: AsyncAck, body: Json) -> None:
        small.payloads.append(body)
        await ack()


def everything_else(small: Small, bolt: AsyncApp) -> None:
    """Help, Home, and whatever else comes."""

    @bolt.command("/herald")
    async def help_(ack: AsyncAck, body: Json) -> None:
        small.payloads.append(body)
        await ack(
            text="*Herald* helps: /story", blocks=[{"type": "section", "text": mrkdwn("*Herald* helps")}]
        )

    @bolt.action(re.compile("."))
    async def other(ack: AsyncAck, body: Json) -> None:
        small.payloads.append(body)
        await ack()

    @bolt.event("app_home_opened")
    async def home(event: Json, body: Json, client: AsyncWebClient) -> None:
        small.payloads.append(body)
        if event["tab"] == "home":
            view = {"type": "home", "blocks": [{"type": "header", "text": plain("Stories to share")}]}
            await client.views_publish(user_id=event["user"], view=view)

    @bolt.event(re.compile("."))
    async def anything(body: Json) -> None:
        small.payloads.append(body)
